//! The directory from the server: fetched, checked, kept.
//!
//! The app carries an edition of its own and always works with it. A newer one is taken only when its signature is
//! good over the exact bytes that arrived and its number is higher than what is in use: an old edition, however well
//! signed, would bring back facts that were corrected.

use domain::api::BOOKABLE_HEADER;
use domain::directory::Edition;

use crate::idb::directory_store::{self, StoredEdition};
pub use crate::signed::RefreshFailure;
use crate::signed::Signed;
use crate::{clock, local, signature, signed};

const PATH: &str = "/api/v1/associations";

#[derive(Clone, Debug, PartialEq)]
pub enum Refreshed {
    /// What is in use is the newest there is.
    Current,
    /// A newer edition, already checked and kept.
    Newer(Edition),
}

/// Small key for what the server last said of the teams that take bookings.
const BOOKABLE: &str = "tn.bookable";

/// Ids of the teams that take bookings, separated by spaces, as the server last said.
#[must_use]
pub fn bookable() -> String {
    local::get(BOOKABLE).unwrap_or_default()
}

/// The edition kept on this device, if it still passes its checks.
pub async fn load() -> Option<Edition> {
    let stored = directory_store::load().await.ok()??;
    match checked(stored.body.as_bytes(), &stored.signature).await {
        Ok(edition) => Some(edition),
        Err(_) => {
            // Whatever became of the deletion, the same check will refuse it next time.
            let _ = directory_store::forget().await;
            None
        }
    }
}

/// Asks the server for an edition newer than the one in use, checks it and keeps it.
pub async fn refresh(in_use: u32) -> Result<Refreshed, RefreshFailure> {
    let stored = directory_store::load().await.ok().flatten();
    let etag = stored.filter(|stored| stored.number == in_use).and_then(|stored| stored.etag);
    let answer = signed::ask(PATH, etag.as_deref()).await?;
    if let Some(teams) = answer.header(BOOKABLE_HEADER) {
        local::set(BOOKABLE, &teams);
    }
    let Some(Signed { body, signature, etag }) = signed::read(answer).await? else {
        return Ok(Refreshed::Current);
    };
    let edition = Edition::parse(&body).map_err(|_| RefreshFailure::Unreadable)?;
    if edition.number < in_use {
        return Err(RefreshFailure::Older { offered: edition.number, in_use });
    }
    let newer = edition.number > in_use;
    let body = String::from_utf8(body).map_err(|_| RefreshFailure::Unreadable)?;
    let fetched =
        StoredEdition { number: edition.number, body, signature, etag, fetched_at_ms: clock::now_ms() };
    // An edition that could not be kept is still good for this visit.
    let _ = directory_store::store(&fetched).await;
    Ok(if newer { Refreshed::Newer(edition) } else { Refreshed::Current })
}

async fn checked(body: &[u8], signature: &str) -> Result<Edition, RefreshFailure> {
    if !signature::is_good(body, signature).await {
        return Err(RefreshFailure::BadSignature);
    }
    Edition::parse(body).map_err(|_| RefreshFailure::Unreadable)
}
