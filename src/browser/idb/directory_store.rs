//! The newest edition of the directory that passed every check, exactly as it was signed, so that it can be checked
//! again when it is read: disks rot, and a wrong phone number is worse than an old one.

use wasm_bindgen::JsValue;

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, read_one, write};
use crate::BrowserError;

const KEY: &str = "newest";

#[derive(Clone, Debug, PartialEq)]
pub struct StoredEdition {
    pub number: u32,
    /// The body as signed, byte for byte.
    pub body: String,
    pub signature: String,
    pub etag: Option<String>,
    pub fetched_at_ms: f64,
}

pub async fn load() -> Result<Option<StoredEdition>, BrowserError> {
    Ok(read_one(Store::Directory, KEY).await?.as_ref().and_then(from_record))
}

pub async fn store(edition: &StoredEdition) -> Outcome {
    write(Store::Directory, vec![Change::Put { key: KEY.to_owned(), value: to_record(edition) }]).await
}

/// For an edition that no longer passes its checks.
pub async fn forget() -> Outcome {
    write(Store::Directory, vec![Change::Delete { key: KEY.to_owned() }]).await
}

fn to_record(edition: &StoredEdition) -> JsValue {
    Writer::new()
        .with("number", edition.number)
        .with("body", edition.body.as_str())
        .with("signature", edition.signature.as_str())
        .with("etag", edition.etag.as_deref().map_or(JsValue::NULL, JsValue::from_str))
        .with("fetchedAt", edition.fetched_at_ms)
        .finish()
}

fn from_record(record: &JsValue) -> Option<StoredEdition> {
    Some(StoredEdition {
        number: number(record, "number")? as u32,
        body: text(record, "body")?,
        signature: text(record, "signature")?,
        etag: text(record, "etag"),
        fetched_at_ms: number(record, "fetchedAt")?,
    })
}
