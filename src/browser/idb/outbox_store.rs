//! What she asked to be sent, each entry under its key, until she deletes it.
//!
//! Several tabs write here, and one of them may have been asleep since yesterday. So no write is blind: each looks at
//! what is there in the same transaction, and what the server has settled is never taken back. The surprising rule: an
//! entry whose status this build does not know counts as settled; it was written by a newer Tonari and stays as it is.

use domain::outbox::{Entry, Key, Parked, Receipt, Status};
use wasm_bindgen::JsValue;

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, connection, erase_witnessed, memory, read_all, read_one, witness, write};
use crate::BrowserError;

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub outcome: Outcome,
    /// What stands under the key now; not what was to be written where somebody else was first. `None`: nothing,
    /// or nothing this build can read.
    pub standing: Option<Entry>,
}

/// The oldest first.
pub async fn all() -> Result<Vec<Entry>, BrowserError> {
    let records = read_all(Store::Outbox).await?;
    let mut entries: Vec<Entry> = Vec::new();
    for entry in records.iter().filter_map(from_record) {
        let after = entries.partition_point(|earlier| earlier.created_at_ms <= entry.created_at_ms);
        entries.insert(after, entry);
    }
    if connection::is_open() {
        witness(&entries);
    }
    Ok(entries)
}

pub async fn get(key: &Key) -> Result<Option<Entry>, BrowserError> {
    Ok(read_one(Store::Outbox, &key.0).await?.as_ref().and_then(from_record))
}

/// Takes a new entry in, or a draft's next state. A second tap with the same key changes nothing.
pub async fn add(entry: &Entry) -> Written {
    write_if(entry, |there, _| there.is_undefined() || word(there).as_deref() == Some(DRAFT)).await
}

/// Writes how far an entry has come. One that was deleted meanwhile stays deleted.
pub async fn advance(entry: &Entry) -> Written {
    write_if(entry, |there, _| is_open(there)).await
}

/// The same for an entry that could not be written so far.
pub async fn add_or_advance(entry: &Entry) -> Written {
    write_if(entry, |there, _| there.is_undefined() || is_open(there)).await
}

/// Another answer about one that was sent, as long as it is there.
pub async fn retell(entry: &Entry) -> Written {
    write_if(entry, |there, _| word(there).as_deref() == Some(SENT)).await
}

/// Whether it is kept until this page closes, and no longer.
#[must_use]
pub fn is_in_memory(key: &Key) -> bool {
    memory::get(Store::Outbox, &key.0).is_some()
}

pub async fn erase(key: &Key) -> Outcome {
    erase_witnessed(Store::Outbox, &key.0).await
}

/// So that what is here now is missed should it vanish.
fn witness(entries: &[Entry]) {
    for entry in entries {
        let mark = match entry.status {
            // What she was typing is no request yet.
            Status::Draft => continue,
            Status::Queued { .. } | Status::Sending | Status::Parked(_) => witness::UNSENT,
            Status::Sent(_) => witness::SENT,
        };
        witness::saved(&[mark, &entry.key.0].concat());
    }
}

async fn write_if(entry: &Entry, may: fn(&JsValue, &JsValue) -> bool) -> Written {
    let change = Change::PutIf { key: entry.key.0.clone(), value: to_record(entry), may };
    let outcome = write(Store::Outbox, vec![change]).await;
    let standing = match outcome {
        Outcome::Saved | Outcome::MemoryOnly => {
            // Just written and not readable: the transaction was complete, so it is there.
            get(&entry.key).await.unwrap_or_else(|_| Some(entry.clone()))
        }
        Outcome::NotSaved(_) | Outcome::Unknown => None,
    };
    if outcome == Outcome::Saved {
        witness(standing.as_slice());
    }
    Written { outcome, standing }
}

const DRAFT: &str = "draft";
const QUEUED: &str = "queued";
const SENDING: &str = "sending";
const SENT: &str = "sent";
const CHOOSE_AGAIN: &str = "choose-again";
const REFUSED: &str = "refused";
const EXPIRED: &str = "expired";

fn word(record: &JsValue) -> Option<String> {
    text(record, "status")
}

fn is_open(record: &JsValue) -> bool {
    matches!(word(record).as_deref(), Some(DRAFT | QUEUED | SENDING))
}

fn to_record(entry: &Entry) -> JsValue {
    let record = Writer::new()
        .with("key", entry.key.0.as_str())
        .with("body", entry.body.as_str())
        .with("createdAt", entry.created_at_ms as f64)
        .with("attempts", entry.attempts);
    let record = match &entry.status {
        Status::Draft => record.with("status", DRAFT),
        Status::Queued { not_before_ms } => {
            record.with("status", QUEUED).with("notBefore", *not_before_ms as f64)
        }
        Status::Sending => record.with("status", SENDING),
        Status::Sent(receipt) => record.with("status", SENT).with("answer", receipt.0.as_str()),
        Status::Parked(Parked::ChooseAgain(free)) => {
            record.with("status", CHOOSE_AGAIN).with("answer", free.as_str())
        }
        Status::Parked(Parked::Refused(code)) => record.with("status", REFUSED).with("answer", code.as_str()),
        Status::Parked(Parked::Expired) => record.with("status", EXPIRED),
    };
    record.finish()
}

/// `None` for a record nobody here can read; it stays where it is.
fn from_record(record: &JsValue) -> Option<Entry> {
    let answer = || text(record, "answer");
    Some(Entry {
        key: Key(text(record, "key")?),
        body: text(record, "body")?,
        created_at_ms: number(record, "createdAt")? as i64,
        attempts: number(record, "attempts")? as u32,
        status: match word(record)?.as_str() {
            DRAFT => Status::Draft,
            QUEUED => Status::Queued { not_before_ms: number(record, "notBefore")? as i64 },
            SENDING => Status::Sending,
            SENT => Status::Sent(Receipt(answer()?)),
            CHOOSE_AGAIN => Status::Parked(Parked::ChooseAgain(answer()?)),
            REFUSED => Status::Parked(Parked::Refused(answer()?)),
            EXPIRED => Status::Parked(Parked::Expired),
            _ => return None,
        },
    })
}
