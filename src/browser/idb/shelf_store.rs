//! Shelves as they were signed, or what was cut out of one, closed under a key that lies beside them and goes when they
//! lapse (`lapsing`).

use domain::content::Areas;
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
    pub(crate) origin: Origin,
    /// Seconds since 1970; read no more from then on.
    pub(crate) until: f64,
    pub(crate) fetched_at: f64,
}

/// Why the bytes are believed when they are opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A whole shelf: its server signed these very bytes.
    Whole { signature: String, etag: Option<String> },
    /// What is for these areas of a whole one that was checked; cut and closed on this device.
    Part(Areas),
}

impl Origin {
    pub(crate) const fn areas(&self) -> Areas {
        match self {
            Self::Whole { .. } => Areas::ALL,
            Self::Part(areas) => *areas,
        }
    }
}

pub(crate) async fn load(name: &str) -> Result<Option<StoredShelf>, BrowserError> {
    Ok(read_one(Store::Shelves, name).await?.as_ref().and_then(from_record))
}

/// A newer one stays where it is: a tab of yesterday must not bring back what was withdrawn since.
pub(crate) async fn store(name: &str, shelf: &StoredShelf) -> Outcome {
    let text = |text: Option<&str>| text.map_or(JsValue::NULL, JsValue::from_str);
    let (signature, etag, areas) = match &shelf.origin {
        Origin::Whole { signature, etag } => (Some(&**signature), etag.as_deref(), None),
        Origin::Part(areas) => (None, None, Some(areas.to_text())),
    };
    let value = Writer::new()
        .with("number", shelf.number)
        .with("key", Uint8Array::from(shelf.closed.key.as_slice()))
        .with("nonce", Uint8Array::from(shelf.closed.nonce.as_slice()))
        .with("closed", shelf.closed.bytes.clone())
        .with("signature", text(signature))
        .with("etag", text(etag))
        .with("areas", text(areas.as_deref()))
        .with("until", shelf.until)
        .with("fetchedAt", shelf.fetched_at)
        .finish();
    write(Store::Shelves, vec![Change::PutIf { key: name.to_owned(), value, may: is_no_older }]).await
}

fn is_no_older(before: &JsValue, after: &JsValue) -> bool {
    before.is_undefined() || number(before, "number") <= number(after, "number")
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
    // Records from before there were parts have no such field.
    let origin = match text(record, "areas") {
        Some(areas) => Origin::Part(Areas::parse(&areas)?),
        None => Origin::Whole { signature: text(record, "signature")?, etag: text(record, "etag") },
    };
    Some(StoredShelf {
        number: number(record, "number")? as u32,
        closed,
        origin,
        until: number(record, "until")?,
        fetched_at: number(record, "fetchedAt")?,
    })
}
