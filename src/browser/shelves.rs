//! What is read, from the server: fetched whole, checked, kept closed for as long as its publisher lets phones keep it.
//!
//! Whole, so that nobody learns what she reads. A shelf the device has is opened without asking; a newer number takes
//! its place; one that lapsed is gone for good, key first.

use domain::api::KEEP_UNTIL_HEADER;
use domain::calendar::from_rfc3339;
use domain::content::{Shelf, ShelfName, Unread};

use crate::idb::shelf_store::{self, StoredShelf};
pub use crate::signed::RefreshFailure;
use crate::signed::Signed;
use crate::{clock, lapsing, signature, signed, turn};

/// A clock that stands before the day of the fetch was put back.
const DAY: f64 = 86_400.0;

/// A shelf in use.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub shelf: Shelf,
    /// Until then it can be read without a network, in seconds since 1970; `None` if it is not kept.
    pub until: Option<i64>,
    /// As large as it is on this device.
    pub bytes: usize,
}

pub enum Refreshed {
    /// What is in use is the newest there is; kept until then from now on.
    Current {
        until: Option<i64>,
    },
    Newer(Box<Opened>),
}

/// What this device has, if it may still be read.
pub async fn load(name: ShelfName) -> Option<Opened> {
    let stored = shelf_store::load(name.code()).await.ok()??;
    let opened = open(&stored).await;
    if opened.is_none() {
        // Key and bytes together. Whatever became of it, the same check refuses them next time.
        let _ = shelf_store::forget(name.code()).await;
    }
    opened
}

async fn open(stored: &StoredShelf) -> Option<Opened> {
    let now = clock::now_ms() / 1000.0;
    if now >= stored.until || now < stored.fetched_at - DAY {
        return None;
    }
    let body = lapsing::open(&stored.closed).await?;
    if !signature::is_good(&body, &stored.signature).await {
        return None;
    }
    let shelf = read(&body).await?;
    Some(Opened { shelf, until: Some(stored.until as i64), bytes: body.len() })
}

/// Asks the server for a shelf newer than the one in use, checks it and keeps it.
pub async fn refresh(name: ShelfName, in_use: Option<u32>) -> Result<Refreshed, RefreshFailure> {
    // Another tab may have kept a newer one; its tag would have the server say that this page is up to date.
    let stored = match in_use {
        Some(number) => {
            shelf_store::load(name.code()).await.ok().flatten().filter(|stored| stored.number == number)
        }
        None => None,
    };
    let etag = stored.as_ref().and_then(|stored| stored.etag.clone());
    let answer = signed::ask(name.path(), etag.as_deref()).await?;
    let until = answer.header(KEEP_UNTIL_HEADER).as_deref().and_then(from_rfc3339);
    let Some(fetched) = signed::read(answer).await? else {
        if let (Some(stored), Some(until)) = (stored, until) {
            let longer = StoredShelf { until: until as f64, fetched_at: clock::now_ms() / 1000.0, ..stored };
            let _ = shelf_store::store(name.code(), &longer).await;
        }
        return Ok(Refreshed::Current { until });
    };
    let shelf = read(&fetched.body).await.ok_or(RefreshFailure::Unreadable)?;
    if let Some(in_use) = in_use.filter(|in_use| shelf.number < *in_use) {
        return Err(RefreshFailure::Older { offered: shelf.number, in_use });
    }
    let bytes = fetched.body.len();
    let kept = match until {
        Some(until) => keep(name, shelf.number, fetched, until).await,
        None => None,
    };
    Ok(Refreshed::Newer(Box::new(Opened { shelf, until: kept, bytes })))
}

/// In turns: a large shelf in one piece would be a tenth of a second in which no touch is answered.
async fn read(body: &[u8]) -> Option<Shelf> {
    let unread = Unread::parse(body).ok()?;
    turn::next().await;
    unread.read().ok()
}

/// What could not be kept is still good for this visit.
async fn keep(name: ShelfName, number: u32, fetched: Signed, until: i64) -> Option<i64> {
    let stored = StoredShelf {
        number,
        closed: lapsing::close(&fetched.body).await?,
        signature: fetched.signature,
        etag: fetched.etag,
        until: until as f64,
        fetched_at: clock::now_ms() / 1000.0,
    };
    (shelf_store::store(name.code(), &stored).await == crate::idb::Outcome::Saved).then_some(until)
}
