//! Events from a calendar or a feed that an association keeps elsewhere, so that nobody types them twice.
//!
//! Nothing of it is published by itself: [`read`] says what would be an event, what it still lacks, and what was left out
//! and why; a person looks, and publishes. What another site says is never believed to be complete, short, or polite. The
//! surprising rule: nothing is guessed. A feed has no dates of events, and a place without a municipality is none.

pub mod addresses;
mod feed;
pub mod fetch;
mod found;
mod global;
mod ics;
mod remembered;
mod request;
#[cfg(test)]
mod tests;
mod where_it_is;
mod words;

use domain::association::AssociationId;
use domain::content::{Cited, EventSort, Item};

use crate::service::Clock;
use fetch::{Fetcher, Refused};
pub use found::{Draft, Lack};
pub use remembered::Remembered;
pub use where_it_is::Places;

/// Of one file; a year of a busy association has fifty.
pub const MOST_EVENTS: usize = 500;
/// Days from today on of which events are taken.
pub const DAYS_AHEAD: i64 = 366;
/// Seconds before the same address is asked again.
const ASK_AGAIN: i64 = 3_600;

/// What is the same for all events of one import.
pub struct Wish {
    pub association: AssociationId,
    /// A calendar does not say which of our sorts its events are of.
    pub sort: EventSort,
    /// Named where the calendar has no name. Not its address: some have one that lets in whoever knows it.
    pub source: Cited,
    pub now: i64,
}

/// What somebody's calendar came to.
#[derive(Debug, Default)]
pub struct Import {
    /// As they can be published.
    pub events: Vec<Item>,
    /// What a person has to complete.
    pub drafts: Vec<Draft>,
    pub left_out: Vec<Left>,
}

/// What is no event for founders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub title: String,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    #[error("is over")]
    Past,
    #[error("is more than a year away")]
    FarAway,
    #[error("was cancelled")]
    Cancelled,
    #[error("is marked as not for the public")]
    Private,
    #[error("repeats by a rule that is not followed here; enter its days one by one")]
    Rule,
    #[error("has a date that does not exist")]
    Date,
    #[error("is there twice")]
    Twice,
    #[error("stands behind the first 500, and was not read")]
    TooMany,
}

/// Why nothing of a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("is neither a calendar (ICS) nor a feed (RSS, Atom)")]
    Neither,
    #[error("is larger than 1 MB or has more than 10,000 lines")]
    TooLarge,
    #[error("is broken")]
    Broken,
}

/// What came from an address.
pub struct Looked {
    pub bytes: Vec<u8>,
    /// Nothing has changed since, or it was asked less than an hour ago: it was not sent again.
    pub as_before: bool,
}

/// Why an address told nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotLooked {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(
        "was asked less than an hour ago without success; it is not asked again before that hour is over"
    )]
    TooSoon,
    #[error("cannot be remembered, and so is not asked: {0}")]
    Forgetful(std::io::Error),
}

/// Asks addresses, each at most once an hour, for what it has not got already.
pub struct Importer {
    pub fetcher: Fetcher,
    pub remembered: Remembered,
    pub clock: Clock,
}

impl Importer {
    /// # Errors
    /// Why there is nothing to read; the next hour does not change it where the address was asked.
    pub async fn look(&self, address: &str) -> Result<Looked, NotLooked> {
        let url = fetch::address(address, self.fetcher.reach())?;
        let now = (self.clock)();
        let mut page = self.remembered.page(&url);
        if page.tried <= now && now < page.tried + ASK_AGAIN {
            let bytes = page.body.ok_or(NotLooked::TooSoon)?;
            return Ok(Looked { bytes, as_before: true });
        }
        let answer = self.fetcher.fetch(&url, &page.known).await;
        page.tried = now;
        let as_before = match &answer {
            Ok(None) => true,
            Ok(Some(fetched)) => {
                page.known = fetched.known.clone();
                page.body = Some(fetched.bytes.clone());
                false
            }
            Err(_) => false,
        };
        self.remembered.keep(&url, &page).map_err(NotLooked::Forgetful)?;
        match (answer, page.body) {
            (Err(refused), _) => Err(refused.into()),
            (Ok(_), Some(bytes)) => Ok(Looked { bytes, as_before }),
            (Ok(_), None) => Err(Refused::Status(304).into()),
        }
    }
}

/// What the bytes say, whatever their type was called.
///
/// # Errors
/// Where nothing of it can be read.
pub fn read(bytes: &[u8], wish: &Wish, places: &Places) -> Result<Import, Unreadable> {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    if bytes.len() > fetch::LARGEST || lines > 10_000 {
        return Err(Unreadable::TooLarge);
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let mut found = if start.len() >= 15 && start[..15].eq_ignore_ascii_case(b"BEGIN:VCALENDAR") {
        ics::read(std::str::from_utf8(start).map_err(|_| Unreadable::Broken)?, wish.now)?
    } else if start.starts_with(b"<") {
        feed::read(start)?
    } else {
        return Err(Unreadable::Neither);
    };
    found.sort_out(wish, places)
}
