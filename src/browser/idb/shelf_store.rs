//! Shelves as they were signed, closed under a key that lies beside them and goes when they lapse (`lapsing`).

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, read_one, write};
use crate::BrowserError;
use crate::lapsing::Closed;

#[derive(Clone, Debug)]
pub(crate) struct StoredShelf {
    pub(crate) number: u32,
    pub(crate) closed: Closed,
    pub(crate) signature: String,
    pub(crate) etag: Option<String>,
    /// Seconds since 1970; read no more from then on.
    pub(crate) until: f64,
    pub(crate) fetched_at: f64,
}

pub(crate) async fn load(name: &str) -> Result<Option<StoredShelf>, BrowserError> {
    Ok(read_one(Store::Shelves, name).await?.as_ref().and_then(from_record))
}

pub(crate) async fn store(name: &str, shelf: &StoredShelf) -> Outcome {
    let value = Writer::new()
        .with("number", shelf.number)
        .with("key", Uint8Array::from(shelf.closed.key.as_slice()))
        .with("nonce", Uint8Array::from(shelf.closed.nonce.as_slice()))
        .with("closed", shelf.closed.bytes.clone())
        .with("signature", shelf.signature.as_str())
        .with("etag", shelf.etag.as_deref().map_or(JsValue::NULL, JsValue::from_str))
        .with("until", shelf.until)
        .with("fetchedAt", shelf.fetched_at)
        .finish();
    write(Store::Shelves, vec![Change::Put { key: name.to_owned(), value }]).await
}

pub(crate) async fn forget(name: &str) -> Outcome {
    write(Store::Shelves, vec![Change::Delete { key: name.to_owned() }]).await
}

fn from_record(record: &JsValue) -> Option<StoredShelf> {
    let field = |name: &str| Reflect::get(record, &name.into()).ok().filter(JsValue::is_object);
    // Not `instanceof`: after a mending, bytes come from another frame's realm.
    let bytes = |name: &str| field(name).map(|value| value.unchecked_into::<Uint8Array>());
    let closed =
        Closed { key: bytes("key")?.to_vec(), nonce: bytes("nonce")?.to_vec(), bytes: bytes("closed")? };
    Some(StoredShelf {
        number: number(record, "number")? as u32,
        closed,
        signature: text(record, "signature")?,
        etag: text(record, "etag"),
        until: number(record, "until")?,
        fetched_at: number(record, "fetchedAt")?,
    })
}
