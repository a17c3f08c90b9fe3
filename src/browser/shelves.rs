//! What is read, from the server: fetched whole, checked, kept closed for as long as its publisher lets phones keep it.
//!
//! Whole, so that nobody learns what she reads. A shelf the device has is opened without asking; a newer number takes
//! its place; one that lapsed is gone for good, key first. How much of it is kept is her choice ([`keeping`]).

pub mod keeping;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use std::sync::OnceLock;

use domain::api::KEEP_UNTIL_HEADER;
use domain::calendar::from_rfc3339;
use domain::content::{Areas, Pieces, Shelf, ShelfName, Unread};

use crate::idb::shelf_store::{self, Origin, StoredShelf};
pub use crate::signed::RefreshFailure;
use crate::signed::Signed;
use crate::{clock, lapsing, signature, signed, turn};
use keeping::Kept;

/// A clock that stands before the day of the fetch was put back.
const DAY: f64 = 86_400.0;

/// A shelf in use.
#[derive(Debug)]
pub struct Opened {
    pub shelf: Shelf,
    text: Vec<u8>,
    origin: Origin,
    pieces: OnceLock<Option<Pieces>>,
}

/// A shelf in use, and what this device keeps of it; `None` if nothing.
#[derive(Debug)]
pub struct Found {
    pub opened: Opened,
    pub kept: Option<Kept>,
}

pub enum Refreshed {
    /// What is in use is the newest there is.
    Current {
        kept: Option<Kept>,
    },
    Newer(Box<Found>),
}

impl Opened {
    fn new(shelf: Shelf, text: Vec<u8>, origin: Origin) -> Self {
        Self { shelf, text, origin, pieces: OnceLock::new() }
    }

    /// The areas it is limited to: what others have, only the server knows.
    #[must_use]
    pub const fn areas(&self) -> Areas {
        self.origin.areas()
    }

    /// Its text is gone through once, when somebody first asks.
    #[must_use]
    pub fn pieces(&self) -> Option<&Pieces> {
        self.pieces.get_or_init(|| Pieces::of(&self.shelf, &self.text)).as_ref()
    }

    /// A part has none: it must not answer for the whole.
    fn etag(&self) -> Option<&str> {
        match &self.origin {
            Origin::Whole { etag, .. } => etag.as_deref(),
            Origin::Part(_) => None,
        }
    }
}

/// What this device has, if it may still be read.
pub async fn load(name: ShelfName) -> Option<Found> {
    let stored = shelf_store::load(name.code()).await.ok()??;
    let Some(opened) = open(&stored).await else {
        // Key and bytes together. Whatever became of it, the same check refuses them next time.
        let _ = shelf_store::forget(name.code()).await;
        return None;
    };
    let kept = if keeping::loses(&opened, keeping::chosen()) {
        // The page was closed before the disk had her choice, or another tab wrote what she chose before.
        keeping::rewrite(name, &opened, &stored).await
    } else {
        Some(Kept { until: stored.until as i64, bytes: opened.text.len() })
    };
    Some(Found { opened, kept })
}

async fn open(stored: &StoredShelf) -> Option<Opened> {
    let now = clock::now_ms() / 1000.0;
    if now >= stored.until || now < stored.fetched_at - DAY {
        return None;
    }
    let text = lapsing::open(&stored.closed).await?;
    // A part is no longer what was signed. That it is what this device cut out of it, its closing vouches for.
    if let Origin::Whole { signature, .. } = &stored.origin
        && !signature::is_good(&text, signature).await
    {
        return None;
    }
    Some(Opened::new(read(&text).await?, text, stored.origin.clone()))
}

/// Asks the server for a shelf newer than the one in use, checks it and keeps of it what she chose.
///
/// With the tag of what is in use: another tab may have kept a newer one, and its tag would have the server say that this
/// page is up to date.
pub async fn refresh(name: ShelfName, in_use: Option<&Opened>) -> Result<Refreshed, RefreshFailure> {
    let answer = signed::ask(name.path(), in_use.and_then(Opened::etag)).await?;
    let until = answer.header(KEEP_UNTIL_HEADER).as_deref().and_then(from_rfc3339);
    let newer = match signed::read(answer).await? {
        Some(fetched) => Some(checked(fetched, in_use).await?),
        None => None,
    };
    let kept = match (newer.as_ref().or(in_use), until) {
        (Some(opened), Some(until)) => {
            keeping::keep(name, opened, until as f64, clock::now_ms() / 1000.0).await
        }
        _ => None,
    };
    Ok(match newer {
        Some(opened) => Refreshed::Newer(Box::new(Found { opened, kept })),
        None => Refreshed::Current { kept },
    })
}

async fn checked(fetched: Signed, in_use: Option<&Opened>) -> Result<Opened, RefreshFailure> {
    let shelf = read(&fetched.body).await.ok_or(RefreshFailure::Unreadable)?;
    if let Some(in_use) = in_use.map(|opened| opened.shelf.number).filter(|in_use| shelf.number < *in_use) {
        return Err(RefreshFailure::Older { offered: shelf.number, in_use });
    }
    let origin = Origin::Whole { signature: fetched.signature, etag: fetched.etag };
    Ok(Opened::new(shelf, fetched.body, origin))
}

/// In turns: a large shelf in one piece would be a tenth of a second in which no touch is answered.
async fn read(body: &[u8]) -> Option<Shelf> {
    let unread = Unread::parse(body).ok()?;
    turn::next().await;
    unread.read().ok()
}
