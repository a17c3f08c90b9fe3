//! One transaction: a list of changes known before it starts, or one read.
//!
//! IndexedDB commits a transaction as soon as nobody asks it for anything, so awaiting something else in the middle
//! ends it behind one's back. Taking the changes as data makes that mistake impossible to write, and lets the caller
//! repeat them after healing.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore};

use super::migrations::Store;
use super::request::answer;
use super::running::Running;
use crate::BrowserError;
use crate::time_limit::within;

const LIMIT_MS: u32 = 2_500;

/// One step of a transaction. Each can be repeated without harm.
pub(crate) enum Change {
    Put {
        key: String,
        value: JsValue,
    },
    /// Only where `may` agrees, which sees what is there (`undefined` for nothing) and what would take its place.
    PutIf {
        key: String,
        value: JsValue,
        may: fn(&JsValue, &JsValue) -> bool,
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

pub(super) async fn write(
    database: &IdbDatabase,
    store: Store,
    changes: &[Change],
) -> Result<(), WriteFailure> {
    let running = begin(database, store, "readwrite").map_err(WriteFailure::NotSaved)?;
    let requests = async {
        let objects = running.transaction().object_store(store.name())?;
        for change in changes {
            apply(&objects, change).await?;
        }
        Ok(())
    };
    // Dropping the transaction on a way out rolls it back.
    within(LIMIT_MS, requests).await.flatten().map_err(WriteFailure::NotSaved)?;
    within(LIMIT_MS, running.committed()).await.flatten().map_err(|why| match why {
        // Some browsers notice only now, and roll back.
        BrowserError::Full => WriteFailure::NotSaved(why),
        why => WriteFailure::Unknown(why),
    })
}

async fn apply(objects: &IdbObjectStore, change: &Change) -> Result<(), BrowserError> {
    let request = match change {
        Change::Put { key, value } => objects.put_with_key(value, &key.into())?,
        Change::PutIf { key, value, may } => {
            let key = JsValue::from(key);
            if !may(&answer(objects.get(&key)?).await?, value) {
                return Ok(());
            }
            objects.put_with_key(value, &key)?
        }
        Change::Delete { key } => objects.delete(&key.into())?,
    };
    answer(request).await.map(drop)
}

pub(super) async fn get(
    database: &IdbDatabase,
    store: Store,
    key: &str,
) -> Result<Option<JsValue>, BrowserError> {
    let running = begin(database, store, "readonly")?;
    let request = running.transaction().object_store(store.name())?.get(&key.into())?;
    let found = within(LIMIT_MS, answer(request)).await??;
    running.close();
    Ok((!found.is_undefined()).then_some(found))
}

pub(super) async fn all(database: &IdbDatabase, store: Store) -> Result<Vec<JsValue>, BrowserError> {
    let running = begin(database, store, "readonly")?;
    let request = running.transaction().object_store(store.name())?.get_all()?;
    let found = within(LIMIT_MS, answer(request)).await??;
    running.close();
    Ok(Array::from(&found).to_vec())
}

/// The keys of all records, without reading the records.
pub(super) async fn keys(database: &IdbDatabase, store: Store) -> Result<Vec<String>, BrowserError> {
    let running = begin(database, store, "readonly")?;
    let request = running.transaction().object_store(store.name())?.get_all_keys()?;
    let found = within(LIMIT_MS, answer(request)).await??;
    running.close();
    Ok(Array::from(&found).iter().filter_map(|key| key.as_string()).collect())
}

/// Called by its name: web-sys has no stable way to say how durable a transaction has to be.
fn begin(database: &IdbDatabase, store: Store, mode: &str) -> Result<Running, BrowserError> {
    let options = Object::new();
    // Relaxed is the default in Chromium: it reports success before the disk has anything.
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let begin: Function = Reflect::get(database, &"transaction".into())?.unchecked_into();
    Running::begin(|| begin.call3(database, &store.name().into(), &mode.into(), &options))
}
