//! One transaction: a list of changes known before it starts, or one read.
//!
//! IndexedDB commits a transaction as soon as nobody asks it for anything, so awaiting something else in the middle
//! ends it behind one's back. Taking the changes as data makes that mistake impossible to write, and lets the caller
//! repeat them after healing.

use indexed_db_futures::database::Database;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use wasm_bindgen::JsValue;

use super::failure::from_request;
use super::migrations::Store;
use crate::BrowserError;
use crate::time_limit::within;

const LIMIT_MS: u32 = 2_500;

/// One step of a transaction. Each can be repeated without harm.
pub(crate) enum Change {
    Put {
        key: String,
        value: JsValue,
    },
    /// Only over a record that is there.
    Replace {
        key: String,
        value: JsValue,
    },
    Delete {
        key: String,
    },
}

/// How far a failed write had come.
pub(super) enum WriteFailure {
    /// Rolled back: nothing of it is on the disk.
    NotSaved(BrowserError),
    /// It broke off while committing.
    Unknown(BrowserError),
}

impl WriteFailure {
    pub(super) const fn reason(&self) -> BrowserError {
        match self {
            Self::NotSaved(why) | Self::Unknown(why) => *why,
        }
    }
}

pub(super) async fn write(database: &Database, store: Store, changes: &[Change]) -> Result<(), WriteFailure> {
    let not_saved = |error| WriteFailure::NotSaved(from_request(error));
    let transaction = database
        .transaction(store.name())
        .with_mode(TransactionMode::Readwrite)
        // Relaxed is the default in Chromium: it reports success before the disk has anything.
        .with_options(TransactionOptions::new().with_durability(TransactionDurability::Strict))
        .build()
        .map_err(not_saved)?;
    let requests = async {
        let objects = transaction.object_store(store.name())?;
        for change in changes {
            apply(&objects, change).await?;
        }
        Ok(())
    };
    // Dropping the transaction on a way out rolls it back.
    within(LIMIT_MS, requests).await.map_err(WriteFailure::NotSaved)?.map_err(not_saved)?;
    match within(LIMIT_MS, transaction.commit()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(WriteFailure::Unknown(from_request(error))),
        Err(late) => Err(WriteFailure::Unknown(late)),
    }
}

async fn apply(objects: &ObjectStore<'_>, change: &Change) -> indexed_db_futures::Result<()> {
    match change {
        Change::Put { key, value } => put(objects, key, value).await,
        Change::Replace { key, value } => {
            match objects.get::<JsValue, _, _>(key.as_str()).primitive()?.await? {
                Some(_) => put(objects, key, value).await,
                None => Ok(()),
            }
        }
        Change::Delete { key } => objects.delete(key.as_str()).primitive()?.await,
    }
}

async fn put(objects: &ObjectStore<'_>, key: &str, value: &JsValue) -> indexed_db_futures::Result<()> {
    objects.put(value).with_key(key).primitive()?.await.map(drop)
}

pub(super) async fn get(
    database: &Database,
    store: Store,
    key: &str,
) -> Result<Option<JsValue>, BrowserError> {
    let read = async {
        let transaction = database.transaction(store.name()).with_mode(TransactionMode::Readonly).build()?;
        let objects = transaction.object_store(store.name())?;
        objects.get::<JsValue, _, _>(key).primitive()?.await
    };
    within(LIMIT_MS, read).await?.map_err(from_request)
}

pub(super) async fn all(database: &Database, store: Store) -> Result<Vec<JsValue>, BrowserError> {
    let read = async {
        let transaction = database.transaction(store.name()).with_mode(TransactionMode::Readonly).build()?;
        let objects = transaction.object_store(store.name())?;
        objects.get_all::<JsValue>().primitive()?.await?.collect::<Result<Vec<_>, _>>()
    };
    within(LIMIT_MS, read).await?.map_err(from_request)
}
