//! What she means to read, and what she has read. On this device only; nothing here is ever sent.

use domain::content::ItemId;
use wasm_bindgen::JsValue;

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, read_all, write};
use crate::BrowserError;

#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub item: ItemId,
    /// When she put it on the reading list, in ms since 1970; `None` if it is not on it.
    pub kept_at_ms: Option<f64>,
    pub read_at_ms: Option<f64>,
}

pub async fn all() -> Result<Vec<Mark>, BrowserError> {
    Ok(read_all(Store::Reading).await?.iter().filter_map(from_record).collect())
}

/// A mark that says nothing is taken away.
pub async fn put(mark: &Mark) -> Outcome {
    let key = mark.item.as_str().to_owned();
    if mark.kept_at_ms.is_none() && mark.read_at_ms.is_none() {
        return write(Store::Reading, vec![Change::Delete { key }]).await;
    }
    let moment = |at: Option<f64>| at.map_or(JsValue::NULL, JsValue::from_f64);
    let value = Writer::new()
        .with("item", key.as_str())
        .with("keptAt", moment(mark.kept_at_ms))
        .with("readAt", moment(mark.read_at_ms))
        .finish();
    write(Store::Reading, vec![Change::Put { key, value }]).await
}

fn from_record(record: &JsValue) -> Option<Mark> {
    Some(Mark {
        item: ItemId::parse(&text(record, "item")?)?,
        kept_at_ms: number(record, "keptAt"),
        read_at_ms: number(record, "readAt"),
    })
}
