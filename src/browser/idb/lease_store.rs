//! Who sends just now, for browsers without locks of their own, and for noticing a holder of the lock that fell asleep.
//!
//! A lease ends by itself: whoever holds it renews it while sending. Taking it is one transaction that looks before it
//! writes, so of two pages that ask at once one gets it.

use wasm_bindgen::JsValue;

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, read_one, write};

/// Longer than any single step between two renewals, short enough that a dead page holds nobody up for long.
pub(crate) const LEASE_MS: f64 = if cfg!(test) { 900.0 } else { 15_000.0 };

const KEY: &str = "outbox";

/// Takes or renews it; false while somebody else has it. Where the disk does not answer nobody else can have it
/// either, and the server knows the key of a request: then sending comes first.
pub(crate) async fn take(owner: &str, now_ms: f64) -> bool {
    let outcome = put(owner, now_ms, may_take).await;
    match outcome {
        Outcome::Saved | Outcome::MemoryOnly => {
            let there = read_one(Store::Lease, KEY).await.ok().flatten();
            there.and_then(|lease| text(&lease, "owner")).is_none_or(|holder| holder == owner)
        }
        Outcome::NotSaved(_) | Outcome::Unknown => true,
    }
}

/// For whoever has the browser's lock, which says more than a lease.
pub(crate) async fn seize(owner: &str, now_ms: f64) {
    // Without it a holder that sleeps is noticed by nobody, which is the worst that can come of it.
    let _ = put(owner, now_ms, |_, _| true).await;
}

/// Nobody renews it any more.
pub(crate) async fn is_over(now_ms: f64) -> bool {
    match read_one(Store::Lease, KEY).await {
        Ok(lease) => lease.is_none_or(|lease| has_ended(&lease, now_ms)),
        Err(_) => false,
    }
}

pub(crate) async fn give_back(owner: &str, now_ms: f64) {
    let ended = record(owner, now_ms);
    // One that stays ends by itself.
    let _ = write(Store::Lease, vec![Change::PutIf { key: KEY.to_owned(), value: ended, may: is_the_same }])
        .await;
}

async fn put(owner: &str, now_ms: f64, may: fn(&JsValue, &JsValue) -> bool) -> Outcome {
    let value = record(owner, now_ms + LEASE_MS);
    write(Store::Lease, vec![Change::PutIf { key: KEY.to_owned(), value, may }]).await
}

fn record(owner: &str, until_ms: f64) -> JsValue {
    Writer::new().with("owner", owner).with("until", until_ms).finish()
}

fn may_take(there: &JsValue, wanted: &JsValue) -> bool {
    let now_ms = number(wanted, "until").map_or(0.0, |until| until - LEASE_MS);
    there.is_undefined() || is_the_same(there, wanted) || has_ended(there, now_ms)
}

fn is_the_same(there: &JsValue, wanted: &JsValue) -> bool {
    text(there, "owner") == text(wanted, "owner")
}

/// An end further away than a lease is long was written by a clock that was wrong.
fn has_ended(lease: &JsValue, now_ms: f64) -> bool {
    number(lease, "until").is_none_or(|until| until <= now_ms || until > now_ms + LEASE_MS)
}
