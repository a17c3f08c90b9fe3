//! The key that signs editions: ECDSA on P-256, because WebCrypto verifies it and so the phone needs no crypto code.
//!
//! Made at the first start, kept in one file only its owner may read. A phone trusts the key in the page it was
//! served with; losing the file means that phones take new editions only after their next update of the app.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};

pub struct EditionKey(SigningKey);

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key {path} cannot be read or written: {cause}")]
    File { path: String, cause: std::io::Error },
    #[error(
        "the key {0} is not a P-256 key in PKCS#8 PEM; restore it from a backup, or remove it to make a new one"
    )]
    NotAKey(String),
    #[error("the key {0} can be read by others; run `chmod 600 {0}`")]
    Exposed(String),
}

impl EditionKey {
    /// The key in this file, which is made if it is missing.
    ///
    /// # Errors
    /// [`KeyError`], in one line that says what to do.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
        match create(path) {
            Ok(key) => Ok(key),
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => load(path),
            Err(cause) => Err(KeyError::File { path: path.display().to_string(), cause }),
        }
    }

    /// For `importKey("raw", …, { name: "ECDSA", namedCurve: "P-256" })`: the uncompressed point, base64url.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// r‖s over SHA-256 of the message, base64url: what WebCrypto's `verify` takes. The same message always gets the
    /// same signature (RFC 6979), so answers can be compared and cached.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> String {
        let signature: Signature = self.0.sign(message);
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    }
}

/// Makes the file or fails, in one step: two servers starting on one folder must end up with one key.
fn create(path: &Path) -> std::io::Result<EditionKey> {
    if path.exists() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let key = SigningKey::generate();
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(std::io::Error::other)?;
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let written = write_private(&draft, pem.as_bytes()).and_then(|()| std::fs::hard_link(&draft, path));
    let removed = std::fs::remove_file(&draft);
    written.and(removed).map(|()| EditionKey(key))
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn load(path: &Path) -> Result<EditionKey, KeyError> {
    let name = || path.display().to_string();
    let file = |cause| KeyError::File { path: name(), cause };
    if std::fs::metadata(path).map_err(file)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyError::Exposed(name()));
    }
    let pem = std::fs::read(path).map_err(file)?;
    let pem = std::str::from_utf8(&pem).map_err(|_| KeyError::NotAKey(name()))?;
    SigningKey::from_pkcs8_pem(pem).map(EditionKey).map_err(|_| KeyError::NotAKey(name()))
}
