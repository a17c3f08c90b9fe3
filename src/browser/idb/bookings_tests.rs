//! The stores of the booking against a real IndexedDB.

use domain::association::AssociationId;
use domain::outbox::{DRAFT_LIFE_MS, Entry, Key, Parked, Receipt, Status};
use wasm_bindgen_test::wasm_bindgen_test;

use super::draft_store::{self, StoredDraft};
use super::slots_store::{self, StoredSlots};
use super::tests::{fresh, js, js_async, until};
use super::{Outcome, StorageEvent, acknowledge_loss, connection, erase, lease_store, outbox_store, witness};

fn entry(key: &str, created_at_ms: i64, status: Status) -> Entry {
    Entry {
        key: Key(key.to_owned()),
        body: r#"{"sealed":"AA\u0000"}"#.to_owned(),
        created_at_ms,
        attempts: 3,
        status,
    }
}

fn queued(key: &str) -> Entry {
    entry(key, 1, Status::Queued { not_before_ms: 1_796_000_000_123 })
}

async fn there() -> Vec<Entry> {
    outbox_store::all().await.unwrap()
}

/// Writes into the database as some other version of Tonari would.
async fn put_raw(store: &str, key: &str, record: &str) {
    js_async(&format!(
        "return new Promise((done, failed) => {{
            const request = indexedDB.open('tonari');
            request.onerror = failed;
            request.onsuccess = () => {{
                const transaction = request.result.transaction('{store}', 'readwrite');
                transaction.objectStore('{store}').put({record}, '{key}');
                transaction.oncomplete = () => {{ request.result.close(); done(); }};
            }};
        }})"
    ))
    .await;
}

#[wasm_bindgen_test]
async fn a25_every_status_survives_a_reload() {
    fresh().await;
    let all = [
        entry("a", 1, Status::Draft),
        entry("b", 2, Status::Queued { not_before_ms: 1_796_000_000_123 }),
        entry("c", 3, Status::Sending),
        entry("d", 4, Status::Sent(Receipt(r#"{"reference":"7K3M-9QF2","名":"島根"}"#.to_owned()))),
        entry("e", 5, Status::Parked(Parked::ChooseAgain("{\"alternatives\":[]}".to_owned()))),
        entry("f", 6, Status::Parked(Parked::Refused("too_old".to_owned()))),
        entry("g", 7, Status::Parked(Parked::Expired)),
    ];
    for entry in all.iter().rev() {
        let written = outbox_store::add(entry).await;
        assert_eq!(written.outcome, Outcome::Saved);
        assert_eq!(written.standing.as_ref(), Some(entry));
    }
    connection::forget();
    assert_eq!(there().await, all, "the oldest first");
    assert_eq!(outbox_store::erase(&Key("b".to_owned())).await, Outcome::Saved);
    assert_eq!(there().await.len(), 6);
}

// A tab from yesterday woke up, its own request failed at last, and it wrote "not sent" over the receipt.
#[wasm_bindgen_test]
async fn what_the_server_settled_or_she_deleted_is_not_taken_back_by_a_late_tab() {
    fresh().await;
    let sent = entry("a", 1, Status::Sent(Receipt("{}".to_owned())));
    let _ = outbox_store::add(&queued("a")).await;
    assert_eq!(outbox_store::advance(&sent).await.standing, Some(sent.clone()));
    // The same form, tapped twice; and the late tab.
    assert_eq!(outbox_store::add(&queued("a")).await.standing, Some(sent.clone()));
    assert_eq!(outbox_store::advance(&queued("a")).await.standing, Some(sent.clone()));
    assert_eq!(outbox_store::add_or_advance(&queued("a")).await.standing, Some(sent.clone()));
    let _ = outbox_store::erase(&sent.key).await;
    assert_eq!(outbox_store::advance(&queued("a")).await.standing, None);
    assert!(there().await.is_empty());
}

#[wasm_bindgen_test]
async fn a23_an_entry_of_a_newer_version_is_neither_read_nor_overwritten() {
    fresh().await;
    let _ = outbox_store::add(&queued("a")).await;
    put_raw("outbox", "new", "{ key: 'new', status: 'in-three-parts', parts: [1, 2, 3] }").await;
    assert_eq!(there().await, [queued("a")]);
    for written in [
        outbox_store::add(&queued("new")).await,
        outbox_store::advance(&queued("new")).await,
        outbox_store::add_or_advance(&queued("new")).await,
    ] {
        assert_eq!(written.standing, None);
    }
    let parts = js_async(
        "return new Promise((done) => {
            const request = indexedDB.open('tonari');
            request.onsuccess = () => {
                const read = request.result.transaction('outbox').objectStore('outbox').get('new');
                read.onsuccess = () => { request.result.close(); done(read.result.parts.length); };
            };
        })",
    )
    .await;
    assert_eq!(parts.as_f64(), Some(3.0));
}

#[wasm_bindgen_test]
async fn a22_a_database_from_before_the_bookings_walks_up_and_keeps_what_was_saved() {
    fresh().await;
    js_async(
        "return new Promise((done, failed) => {
            const request = indexedDB.open('tonari', 2);
            request.onerror = failed;
            request.onupgradeneeded = () => {
                request.result.createObjectStore('directory');
                request.result.createObjectStore('saved').put(
                    { association: 'kochi', savedAt: 1, refreshedAt: 1, edition: 1 }, 'kochi');
            };
            request.onsuccess = () => { request.result.close(); done(); };
        })",
    )
    .await;
    assert!(there().await.is_empty());
    assert_eq!(super::saved_store::all().await.unwrap().len(), 1);
}

// Chromium brought the database back empty: one request had been waiting, one was booked.
#[wasm_bindgen_test]
async fn a13_lost_requests_are_told_apart_from_lost_receipts() {
    let heard = fresh().await;
    let _ = outbox_store::add(&queued("waits")).await;
    let _ = outbox_store::add(&queued("booked")).await;
    let _ = outbox_store::advance(&entry("booked", 1, Status::Sent(Receipt("{}".to_owned())))).await;
    let _ = outbox_store::add(&queued("deleted")).await;
    let _ = outbox_store::erase(&Key("deleted".to_owned())).await;
    // Deleted in this tab, then written once more by a round that had not noticed.
    let _ = outbox_store::advance(&queued("deleted")).await;
    let _ = outbox_store::add(&entry("typing", 1, Status::Draft)).await;
    erase().await.unwrap();
    assert!(there().await.is_empty());
    until(|| !heard.borrow().is_empty()).await;
    let lost = StorageEvent::Lost {
        count: 0,
        ids: vec![],
        unsent: vec!["waits".to_owned()],
        sent: vec!["booked".to_owned()],
    };
    assert_eq!(*heard.borrow(), [lost]);
    acknowledge_loss().await;
    connection::forget();
    assert!(there().await.is_empty());
    witness::check().await;
    assert_eq!(heard.borrow().len(), 1, "said once");
}

#[wasm_bindgen_test]
async fn a12_a_write_that_never_settles_is_not_called_saved() {
    fresh().await;
    let _ = outbox_store::add(&queued("a")).await;
    js(
        "window.kept = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => ({ readyState: 'pending' });",
    );
    let written = outbox_store::add(&queued("b")).await;
    js("IDBObjectStore.prototype.put = window.kept;");
    assert!(matches!(written.outcome, Outcome::NotSaved(_)), "{written:?}");
    assert_eq!(written.standing, None);
    assert_eq!(there().await, [queued("a")]);
}

#[wasm_bindgen_test]
async fn a_draft_of_yesterday_is_gone_on_reading_and_so_is_one_of_next_year() {
    fresh().await;
    let now_ms = 1_796_000_000_000.0;
    let life_ms = DRAFT_LIFE_MS as f64;
    let draft = |key: &str, created_at_ms| StoredDraft {
        key: key.to_owned(),
        sealed: vec![0, 255, 7],
        created_at_ms,
    };
    for draft in [
        draft("today", now_ms - life_ms + 1.0),
        draft("yesterday", now_ms - life_ms),
        draft("next year", now_ms + 365.0 * life_ms),
    ] {
        assert_eq!(draft_store::store(&draft).await, Outcome::Saved);
    }
    connection::forget();
    assert_eq!(
        draft_store::load("today", now_ms).await.unwrap(),
        Some(draft("today", now_ms - life_ms + 1.0))
    );
    // Gone from the disk, not only from sight: not there by any clock.
    for clock in [now_ms, now_ms - life_ms, now_ms + 365.0 * life_ms] {
        assert_eq!(draft_store::load("yesterday", clock).await.unwrap(), None);
        assert_eq!(draft_store::load("next year", clock).await.unwrap(), None);
    }
}

#[wasm_bindgen_test]
async fn the_times_of_a_team_are_kept_with_the_moment_they_were_heard() {
    fresh().await;
    let shimane = AssociationId("shimane".into());
    for body in ["{\"times\":[]}", "{\"times\":[1]}"] {
        let slots = StoredSlots { body: body.to_owned(), fetched_at_ms: 7.0 };
        assert_eq!(slots_store::store(&shimane, &slots).await, Outcome::Saved);
        connection::forget();
        assert_eq!(slots_store::load(&shimane).await.unwrap(), Some(slots));
    }
    assert_eq!(slots_store::load(&AssociationId("kochi".into())).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a28_a_lease_is_held_by_one_ends_by_itself_and_survives_no_wrong_clock() {
    fresh().await;
    let end = lease_store::LEASE_MS;
    assert!(lease_store::take("one", 0.0).await);
    assert!(!lease_store::take("other", 1.0).await);
    assert!(lease_store::take("one", 2.0).await, "renewed");
    assert!(!lease_store::take("other", end + 1.0).await);
    assert!(lease_store::take("other", end + 2.0).await, "nobody renewed it");
    assert!(!lease_store::take("one", end + 3.0).await, "whoever slept finds it gone");
    // The clock was put back by a year.
    assert!(lease_store::is_over(-365.0 * 86_400_000.0).await);
    lease_store::give_back("one", end + 4.0).await;
    assert!(!lease_store::take("one", end + 4.0).await, "not its own to give back");
    lease_store::give_back("other", end + 4.0).await;
    assert!(lease_store::take("one", end + 4.0).await);
}
