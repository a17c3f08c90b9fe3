//! Sending against a real IndexedDB and real locks. Only the last step, the network, is recorded instead of done.

use std::cell::RefCell;
use std::rc::Rc;

use domain::outbox::{Answer, Entry, Key, Parked, Receipt, Status};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Drainer;
use crate::idb::tests::{fresh, js, until};
use crate::idb::{Outcome, outbox_store};

type Sent = Rc<RefCell<Vec<String>>>;

fn entry(key: &str) -> Entry {
    let created_at_ms = super::now_ms();
    let status = Status::Queued { not_before_ms: created_at_ms };
    Entry { key: Key(key.to_owned()), body: "{}".to_owned(), created_at_ms, attempts: 0, status }
}

/// A tab whose sendings are written down and answered like this.
fn tab(sent: &Sent, answer: &Answer) -> Drainer {
    let (sent, answer) = (Rc::clone(sent), answer.clone());
    Drainer::start_with(
        move |entry: Entry, _| {
            sent.borrow_mut().push(entry.key.0);
            let answer = answer.clone();
            async move { answer }
        },
        |_| {},
    )
}

fn taken() -> Answer {
    Answer::Taken(Receipt(r#"{"reference":"7K3M9QF2"}"#.to_owned()))
}

fn status(tab: &Drainer, key: &str) -> Option<Status> {
    tab.entries().into_iter().find(|entry| entry.key.0 == key).map(|entry| entry.status)
}

fn is_sent(tab: &Drainer, key: &str) -> bool {
    matches!(status(tab, key), Some(Status::Sent(_)))
}

// She queued a booking in a tunnel; the train came out, two tabs woke and both sent it.
#[wasm_bindgen_test]
async fn a27_two_tabs_send_what_was_queued_once() {
    fresh().await;
    let sent = Sent::default();
    for key in ["a", "b", "c"] {
        assert_eq!(outbox_store::add(&entry(key)).await.outcome, Outcome::Saved);
    }
    let (one, other) = (tab(&sent, &taken()), tab(&sent, &taken()));
    until(|| ["a", "b", "c"].iter().all(|key| is_sent(&one, key) && is_sent(&other, key))).await;
    let mut keys = sent.take();
    keys.sort();
    assert_eq!(keys, ["a", "b", "c"]);
}

// The same in a WebView that has no locks: there the lease has to do.
#[wasm_bindgen_test]
async fn a28_without_locks_two_tabs_send_it_once_too() {
    fresh().await;
    js("Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })");
    let sent = Sent::default();
    outbox_store::add(&entry("a")).await;
    let (one, other) = (tab(&sent, &taken()), tab(&sent, &taken()));
    until(|| is_sent(&one, "a") && is_sent(&other, "a")).await;
    assert_eq!(sent.take(), ["a"]);
    js("delete navigator.locks");
}

// The tab was closed while its request was under way. The next one sends it again under the same key, which the server
// knows.
#[wasm_bindgen_test]
async fn a_tab_that_dies_while_sending_is_followed_by_the_next() {
    fresh().await;
    outbox_store::add(&Entry { status: Status::Sending, attempts: 1, ..entry("a") }).await;
    let sent = Sent::default();
    let next = tab(&sent, &taken());
    until(|| is_sent(&next, "a")).await;
    assert_eq!(sent.take(), ["a"]);
    assert_eq!(next.entries()[0].attempts, 2);
}

#[wasm_bindgen_test]
async fn d08_what_is_refused_is_parked_and_the_next_one_goes_on() {
    fresh().await;
    let sent = Sent::default();
    let order = Rc::clone(&sent);
    let tab = Drainer::start_with(
        move |entry: Entry, _| {
            order.borrow_mut().push(entry.key.0.clone());
            async move { if entry.key.0 == "a" { Answer::Refused("invalid".to_owned()) } else { taken() } }
        },
        |_| {},
    );
    assert_eq!(tab.queue(entry("a")).await, Outcome::Saved);
    assert_eq!(tab.queue(entry("b")).await, Outcome::Saved);
    until(|| is_sent(&tab, "b")).await;
    assert_eq!(status(&tab, "a"), Some(Status::Parked(Parked::Refused("invalid".to_owned()))));
    assert_eq!(sent.take(), ["a", "b"]);
}

// A disk that is full must not keep her from booking; but it was called saved, and after a reload it was gone.
#[wasm_bindgen_test]
async fn a10_what_cannot_be_written_down_is_sent_and_never_called_saved() {
    fresh().await;
    js("window.realPut = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...all) {
            if (this.name === 'outbox') throw new DOMException('full', 'QuotaExceededError');
            return window.realPut.apply(this, all);
        };");
    let sent = Sent::default();
    let tab = tab(&sent, &taken());
    let outcome = tab.queue(entry("a")).await;
    assert!(matches!(outcome, Outcome::NotSaved(_)), "{outcome:?}");
    assert!(!tab.is_saved(&Key("a".to_owned())));
    until(|| is_sent(&tab, "a")).await;
    // Or its round would write the receipt into the next test's database.
    until(|| tab.0.round.get() == super::Round::Idle).await;
    js("IDBObjectStore.prototype.put = window.realPut");
    assert_eq!(sent.take(), ["a"]);
}

// She cancelled in one tab; the list in the other went on saying that it was confirmed.
#[wasm_bindgen_test]
async fn a_newer_answer_reaches_every_tab_and_brings_nothing_back() {
    fresh().await;
    let sent = Sent::default();
    let (one, other) = (tab(&sent, &taken()), tab(&sent, &taken()));
    assert_eq!(one.queue(entry("a")).await, Outcome::Saved);
    until(|| is_sent(&one, "a") && is_sent(&other, "a")).await;
    let newer = Receipt(r#"{"reference":"7K3M9QF2","status":"cancelled"}"#.to_owned());
    assert_eq!(one.told(&Key("a".to_owned()), newer.clone()).await, Outcome::Saved);
    until(|| status(&other, "a") == Some(Status::Sent(newer.clone()))).await;
    assert_eq!(one.remove(&Key("a".to_owned())).await, Outcome::Saved);
    let _ = one.told(&Key("a".to_owned()), newer).await;
    until(|| one.entries().is_empty() && other.entries().is_empty()).await;
    assert!(outbox_store::all().await.unwrap().is_empty());
}

// WebKit's storage did not answer at once; "no bookings yet" stood over two that waited, and nobody looked again.
#[wasm_bindgen_test]
async fn a_disk_that_does_not_answer_is_not_an_empty_list_and_is_asked_again() {
    fresh().await;
    assert_eq!(outbox_store::add(&entry("a")).await.outcome, Outcome::Saved);
    js("window.realGetAll = IDBObjectStore.prototype.getAll;
        IDBObjectStore.prototype.getAll = function (...all) {
            if (this.name === 'outbox') throw new DOMException('mute', 'DataError');
            return window.realGetAll.apply(this, all);
        };");
    let told = Rc::new(RefCell::new(Vec::new()));
    let ear = Rc::clone(&told);
    let tell = move |entries: Option<&[Entry]>| ear.borrow_mut().push(entries.map(<[Entry]>::len));
    let tab = Drainer::start_with(|_, _| async { taken() }, tell);
    until(|| !told.borrow().is_empty()).await;
    assert!(told.take().iter().all(Option::is_none), "told of a disk nobody has read");
    js("IDBObjectStore.prototype.getAll = window.realGetAll");
    until(|| is_sent(&tab, "a")).await;
    assert!(told.borrow().iter().all(|count| matches!(count, None | Some(1))), "{told:?}");
}
