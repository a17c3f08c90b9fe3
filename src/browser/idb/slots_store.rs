//! The free times of each team as the server last told them, so that she can choose without a network. How old they are
//! is said beside them; whether a time is still free is the server's answer to the request, nobody else's.

use domain::association::AssociationId;
use wasm_bindgen::JsValue;

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, read_one, write};
use crate::BrowserError;

#[derive(Clone, Debug, PartialEq)]
pub struct StoredSlots {
    /// The answer, byte for byte.
    pub body: String,
    pub fetched_at_ms: f64,
}

pub async fn load(team: &AssociationId) -> Result<Option<StoredSlots>, BrowserError> {
    Ok(read_one(Store::Slots, team.as_str()).await?.as_ref().and_then(from_record))
}

/// Replaces the team's earlier answer: one a team is enough, and there are only so many teams.
pub async fn store(team: &AssociationId, slots: &StoredSlots) -> Outcome {
    let value =
        Writer::new().with("body", slots.body.as_str()).with("fetchedAt", slots.fetched_at_ms).finish();
    write(Store::Slots, vec![Change::Put { key: team.as_str().to_owned(), value }]).await
}

fn from_record(record: &JsValue) -> Option<StoredSlots> {
    Some(StoredSlots { body: text(record, "body")?, fetched_at_ms: number(record, "fetchedAt")? })
}
