//! What she has typed and not sent. It comes here encrypted and is only bytes to this file.
//!
//! The surprising rule: reading clears up. Whatever is older than a day, of whichever form, is gone after any reading;
//! so is what seems to come from the future, because a wrong clock must not keep her words for a year.

use domain::outbox::DRAFT_LIFE_MS;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, read_all, write};
use crate::BrowserError;

#[derive(Clone, Debug, PartialEq)]
pub struct StoredDraft {
    /// Which form it belongs to.
    pub key: String,
    pub sealed: Vec<u8>,
    pub created_at_ms: f64,
}

/// The draft of this form, if it is of today.
pub async fn load(key: &str, now_ms: f64) -> Result<Option<StoredDraft>, BrowserError> {
    let records = read_all(Store::Drafts).await?;
    let (fresh, stale): (Vec<_>, Vec<_>) =
        records.iter().filter_map(from_record).partition(|draft| is_fresh(draft, now_ms));
    if !stale.is_empty() {
        // One that could not be deleted is not shown either, and the next reading tries again.
        let _ =
            write(Store::Drafts, stale.into_iter().map(|draft| Change::Delete { key: draft.key }).collect())
                .await;
    }
    Ok(fresh.into_iter().find(|draft| draft.key == key))
}

pub async fn store(draft: &StoredDraft) -> Outcome {
    let value = Writer::new()
        .with("key", draft.key.as_str())
        .with("sealed", Uint8Array::from(draft.sealed.as_slice()))
        .with("createdAt", draft.created_at_ms)
        .finish();
    write(Store::Drafts, vec![Change::Put { key: draft.key.clone(), value }]).await
}

pub async fn erase(key: &str) -> Outcome {
    write(Store::Drafts, vec![Change::Delete { key: key.to_owned() }]).await
}

fn is_fresh(draft: &StoredDraft, now_ms: f64) -> bool {
    (now_ms - draft.created_at_ms).abs() < DRAFT_LIFE_MS as f64
}

fn from_record(record: &JsValue) -> Option<StoredDraft> {
    // Not `instanceof`: after a mending, bytes come from another frame's realm.
    let sealed: Uint8Array = Reflect::get(record, &"sealed".into()).ok()?.unchecked_into();
    Some(StoredDraft {
        key: text(record, "key")?,
        sealed: sealed.to_vec(),
        created_at_ms: number(record, "createdAt")?,
    })
}
