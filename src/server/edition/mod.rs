//! An edition of the directory, ready to be sent, and the file it begins with: the one this program was built with, or a newer
//! one from its folder. What desks say is laid over that by `service::directory`.

pub mod key;

use std::path::Path;

use axum::http::HeaderValue;

use domain::directory::{BadEdition, Edition};

use crate::edition::key::EditionKey;
use crate::site::asset::{Asset, CachePolicy};
use crate::site::compress;

const BUNDLED: &[u8] = include_bytes!("../../../public/data/directory.json");

/// An edition, ready to send.
pub struct Published {
    pub edition: Edition,
    /// The file's, without what desks say.
    pub base: Edition,
    pub body: Asset,
    pub signature: HeaderValue,
}

/// Why the edition in the server's folder cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    #[error("the edition {path} cannot be read: {cause}")]
    Unreadable { path: String, cause: std::io::Error },
    #[error("the edition {path} is broken: {cause}")]
    Broken { path: String, cause: BadEdition },
}

/// The edition this program was built with.
#[must_use]
pub fn bundled() -> Edition {
    Edition::parse(BUNDLED).expect("the bundled edition is tested with the domain")
}

/// The bundled edition, or the one in `newer` if its number is higher.
///
/// # Errors
/// A file that is there but cannot be published: starting with the old facts would hide it.
pub fn of_file(newer: &Path) -> Result<Edition, EditionError> {
    let bundled = bundled();
    Ok(match read(newer)? {
        Some(edition) if edition.number > bundled.number => edition,
        Some(old) => {
            tracing::warn!(
                file = old.number,
                bundled = bundled.number,
                "the edition in the folder is not newer"
            );
            bundled
        }
        None => bundled,
    })
}

/// As it is signed and sent.
#[must_use]
pub fn body(edition: &Edition) -> String {
    serde_json::to_string(edition).expect("an edition is plain JSON")
}

impl Published {
    #[must_use]
    pub fn of(edition: Edition, base: Edition, key: &EditionKey) -> Self {
        let body = body(&edition).into_bytes();
        let signature = HeaderValue::from_str(&key.sign(&body)).expect("base64url fits a header");
        let mut body = Asset::new("associations.json", body, CachePolicy::Revalidate);
        compress::one(&mut body);
        Self { edition, base, body, signature }
    }
}

fn read(path: &Path) -> Result<Option<Edition>, EditionError> {
    let name = || path.display().to_string();
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(EditionError::Unreadable { path: name(), cause }),
    };
    Edition::parse(&bytes).map(Some).map_err(|cause| EditionError::Broken { path: name(), cause })
}
