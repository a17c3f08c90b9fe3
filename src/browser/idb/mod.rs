//! The device's own memory: IndexedDB behind a layer that never waits for ever and never lies about what it kept.
//!
//! On real phones between 0.5 and 3 % of people lose local data, most of them without any error being shown. So:
//! every step has a time limit; *saved* means that a strict transaction is complete; a dead connection is mended
//! without a reload where possible (`connection`); what cannot be kept is kept in memory and said (`MemoryOnly`);
//! what got lost is said (`witness`).

#[cfg(all(test, target_arch = "wasm32"))]
mod bookings_tests;
mod connection;
pub mod directory_store;
pub mod draft_store;
mod event;
mod factory;
pub(crate) mod lease_store;
mod memory;
mod migrations;
mod opening;
pub mod outbox_store;
mod probe;
pub mod reading_store;
mod record;
mod request;
mod running;
pub mod saved_store;
pub(crate) mod shelf_store;
pub mod slots_store;
#[cfg(all(test, target_arch = "wasm32"))]
pub(crate) mod tests;
mod transaction;
mod witness;

pub use event::{StorageEvent, on_event};
pub use witness::{acknowledge_loss, unsent};

use migrations::Store;
use transaction::{Change, WriteFailure};
use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

use crate::BrowserError;

/// Named after the origin's only use of IndexedDB; on people's phones, never rename it.
const DATABASE: &str = "tonari";

/// What became of something she asked us to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// On the disk: the transaction was strict and is complete.
    Saved,
    /// Kept until this page closes; there is no usable storage here. Say so.
    MemoryOnly,
    /// Certainly not kept.
    NotSaved(BrowserError),
    /// The device stopped answering while committing: it may be there after a restart, or not.
    Unknown,
}

/// Keeps everything until this page closes, and nothing on the disk: for a frame on somebody else's page. To be called
/// before anything else here.
pub fn stay_in_memory() {
    crate::local::stay_in_memory();
    connection::stay_in_memory();
}

/// Opens the store, looks for losses and keeps watch over the connection. Call it once, after `on_event`.
pub async fn start() {
    running::watch();
    probe::watch();
    // The outcome arrives as an event; without storage there is nothing to wait for.
    let _ = connection::database().await;
}

/// Deletes the database and what the page remembers of it.
pub async fn erase() -> Result<(), BrowserError> {
    memory::clear();
    connection::erase().await
}

/// How often one wish is repeated on a mended connection before she is told; phones have been seen to lose it twice.
const REPEATS: usize = 3;

async fn read_one(store: Store, key: &str) -> Result<Option<JsValue>, BrowserError> {
    let mut database = match connection::database().await {
        Ok(database) => database,
        Err(BrowserError::Unavailable) => return Ok(memory::get(store, key)),
        Err(other) => return Err(other),
    };
    for _ in 0..REPEATS {
        match transaction::get(&database, store, key).await {
            Err(failed) => database = after(&database, failed).await?,
            answer => return answer,
        }
    }
    transaction::get(&database, store, key).await
}

async fn read_all(store: Store) -> Result<Vec<JsValue>, BrowserError> {
    let mut database = match connection::database().await {
        Ok(database) => database,
        Err(BrowserError::Unavailable) => return Ok(memory::all(store)),
        Err(other) => return Err(other),
    };
    for _ in 0..REPEATS {
        match transaction::all(&database, store).await {
            Err(failed) => database = after(&database, failed).await?,
            answer => return answer,
        }
    }
    transaction::all(&database, store).await
}

async fn write(store: Store, changes: Vec<Change>) -> Outcome {
    let mut database = match connection::database().await {
        Ok(database) => database,
        Err(BrowserError::Unavailable) => return memory::apply(store, changes),
        Err(other) => return Outcome::NotSaved(other),
    };
    // Putting and deleting by key can be repeated, so a write whose end nobody saw is simply done again.
    for _ in 0..REPEATS {
        let failure = match transaction::write(&database, store, &changes).await {
            Ok(()) => return Outcome::Saved,
            Err(failure) => failure,
        };
        database = match after(&database, failure.reason()).await {
            Ok(database) => database,
            Err(_) => return failure.into(),
        };
    }
    transaction::write(&database, store, &changes).await.map_or_else(Outcome::from, |()| Outcome::Saved)
}

/// Deletes a record of which the witness knows.
async fn erase_witnessed(store: Store, key: &str) -> Outcome {
    // Before the write, or a connection that dies right after it would report as lost what she took back.
    let witnessed = witness::removed(key);
    let outcome = write(store, vec![Change::Delete { key: key.to_owned() }]).await;
    if matches!(outcome, Outcome::NotSaved(_)) {
        if let Some(word) = witnessed {
            witness::saved(&word);
        }
    } else {
        // Again: a mending in between has found it on the disk and witnessed it.
        witness::removed(key);
    }
    outcome
}

/// A connection to try again with, if this failure is of the kind that a new connection mends.
async fn after(used: &IdbDatabase, failed: BrowserError) -> Result<IdbDatabase, BrowserError> {
    match failed {
        BrowserError::Lost => connection::heal(used).await,
        BrowserError::TimedOut => {
            // Her patience is used up; the next attempt shall not queue behind the one that hangs.
            connection::suspect(used);
            Err(failed)
        }
        other => Err(other),
    }
}

impl From<WriteFailure> for Outcome {
    fn from(failure: WriteFailure) -> Self {
        match failure {
            WriteFailure::NotSaved(why) => Self::NotSaved(why),
            WriteFailure::Unknown(_) => Self::Unknown,
        }
    }
}
