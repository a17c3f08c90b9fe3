//! Sending on a bad day: no network, no room, a frozen tab. Locks, channels and IndexedDB are real; only the server is a
//! list of what arrived. Two drainers in one page stand for two tabs.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use domain::api::{ALGORITHM, Challenge, Proof};
use domain::outbox::{Answer, Entry, Key, Parked, Receipt, Status};
use domain::proof::{Solution, challenge_of};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use super::{Drainer, Round, now_ms, post};
use crate::idb::tests::{fresh, js, until};
use crate::idb::{Outcome, lease_store, outbox_store};
use crate::{BrowserError, connectivity};

/// The server: what arrived, and what it answers (`Taken` when nothing else was asked for).
#[derive(Clone, Default)]
struct Server(Rc<Desk>);

#[derive(Default)]
struct Desk {
    arrived: RefCell<Vec<String>>,
    answers: RefCell<VecDeque<Answer>>,
    proofs: RefCell<Vec<Proof>>,
    /// While it is shut, answers wait.
    is_shut: Cell<bool>,
}

impl Server {
    fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let server = Self::default();
        server.0.answers.borrow_mut().extend(answers);
        server
    }

    fn arrived(&self) -> Vec<String> {
        self.0.arrived.borrow().clone()
    }

    fn open(&self) -> Drainer {
        let server = self.clone();
        Drainer::start_with(move |entry, proof| server.clone().take(entry, proof), |_| {})
    }

    async fn take(self, entry: Entry, proof: Option<Proof>) -> Answer {
        self.0.arrived.borrow_mut().push(entry.key.0);
        self.0.proofs.borrow_mut().extend(proof);
        // A turn at least, as any network takes.
        TimeoutFuture::new(1).await;
        while self.0.is_shut.get() {
            TimeoutFuture::new(5).await;
        }
        let asked_for = self.0.answers.borrow_mut().pop_front();
        asked_for.unwrap_or_else(|| Answer::Taken(receipt()))
    }
}

fn receipt() -> Receipt {
    Receipt(r#"{"reference":"7K3M-9QF2"}"#.to_owned())
}

async fn clean() {
    fresh().await;
    js(
        "delete navigator.locks; if (window.keptPut) IDBObjectStore.prototype.put = window.keptPut; delete window.keptPut;",
    );
}

fn queued(key: &str) -> Entry {
    let now_ms = now_ms();
    Entry {
        key: Key(key.to_owned()),
        body: "{}".to_owned(),
        created_at_ms: now_ms,
        attempts: 0,
        status: Status::Queued { not_before_ms: now_ms },
    }
}

fn is_sent(tab: &Drainer, key: &str) -> bool {
    tab.entries().iter().any(|entry| entry.key.0 == key && entry.status == Status::Sent(receipt()))
}

fn is_idle(tab: &Drainer) -> bool {
    tab.0.round.get() == Round::Idle
}

async fn at_rest(tabs: &[&Drainer]) {
    until(|| tabs.iter().all(|tab| is_idle(tab))).await;
}

fn network_is_back() {
    crate::window().dispatch_event(&Event::new("online").unwrap()).unwrap();
}

// She queued a booking in a tunnel; the train came out, two tabs woke and both sent it.
#[wasm_bindgen_test]
async fn a27_a_booking_queued_offline_is_sent_once_though_two_tabs_wake_together() {
    clean().await;
    let server = Server::answering([Answer::Unreachable]);
    let (one, two) = (server.open(), server.open());
    assert_eq!(one.queue(queued("a")).await, Outcome::Saved);
    until(|| server.arrived().len() == 1).await;
    at_rest(&[&one, &two]).await;
    until(|| !two.entries().is_empty()).await;
    network_is_back();
    until(|| is_sent(&one, "a") && is_sent(&two, "a")).await;
    at_rest(&[&one, &two]).await;
    assert_eq!(server.arrived(), ["a", "a"], "once in the tunnel, once outside");
    assert_eq!(outbox_store::all().await.unwrap(), one.entries());
}

// One tab held the lock when the phone froze it; nothing was sent until the phone was started anew.
#[wasm_bindgen_test]
async fn a28_the_lock_of_a_frozen_tab_is_taken_from_it() {
    clean().await;
    lease_store::seize("frozen", crate::clock::now_ms()).await;
    js(
        "navigator.locks.request('tonari-outbox', () => new Promise(() => {})).catch(() => { window.stolen = true; })",
    );
    let server = Server::default();
    let tab = server.open();
    let _ = tab.queue(queued("a")).await;
    assert!(server.arrived().is_empty(), "not while the lease lasts");
    until(|| is_sent(&tab, "a")).await;
    until(|| js("return window.stolen").is_truthy()).await;
}

#[wasm_bindgen_test]
async fn when_the_tab_that_sends_is_closed_the_next_one_goes_on() {
    clean().await;
    js(
        "navigator.locks.request('tonari-outbox', () => new Promise((close) => { window.closeTab = close; }))",
    );
    until(|| js("return window.closeTab").is_truthy()).await;
    lease_store::seize("closing", crate::clock::now_ms()).await;
    let server = Server::default();
    let tab = server.open();
    let _ = tab.queue(queued("a")).await;
    js("window.closeTab()");
    until(|| is_sent(&tab, "a")).await;
    assert_eq!(server.arrived(), ["a"]);
}

// She deleted the second request in another tab while the first was on its way; it was sent all the same.
#[wasm_bindgen_test]
async fn what_she_deletes_in_another_tab_is_not_sent() {
    clean().await;
    let server = Server::default();
    server.0.is_shut.set(true);
    let (one, two) = (server.open(), server.open());
    let _ = one.queue(queued("a")).await;
    let _ = one.queue(Entry { created_at_ms: now_ms() + 1, ..queued("b") }).await;
    until(|| server.arrived() == ["a"]).await;
    assert_eq!(two.remove(&Key("b".to_owned())).await, Outcome::Saved);
    server.0.is_shut.set(false);
    until(|| is_sent(&one, "a") && is_sent(&two, "a")).await;
    at_rest(&[&one, &two]).await;
    assert_eq!(server.arrived(), ["a"]);
    assert_eq!(one.entries().len(), 1);
}

// On a full disk she was told "saved"; then she closed the page.
#[wasm_bindgen_test]
async fn a10_what_does_not_fit_on_the_device_is_not_called_saved_but_sent() {
    clean().await;
    js("window.keptPut = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (value, key) {
            if (this.name === 'outbox') throw new DOMException('full', 'QuotaExceededError');
            return window.keptPut.call(this, value, key);
        };");
    let server = Server::default();
    server.0.is_shut.set(true);
    let tab = server.open();
    let key = Key("a".to_owned());
    assert_eq!(tab.queue(queued("a")).await, Outcome::NotSaved(BrowserError::Full));
    assert!(!tab.is_saved(&key));
    assert_eq!(tab.entries().len(), 1, "shown, as what it is");
    server.0.is_shut.set(false);
    until(|| is_sent(&tab, "a")).await;
    at_rest(&[&tab]).await;
    assert!(!tab.is_saved(&key));
    // There is room again: the receipt is kept at the next occasion.
    js("IDBObjectStore.prototype.put = window.keptPut; delete window.keptPut;");
    tab.send_now();
    until(|| tab.is_saved(&key)).await;
    at_rest(&[&tab]).await;
    assert!(is_sent(&tab, "a"));
    assert_eq!(server.arrived(), ["a"]);
}

// The train stood in a cutting: the network came for a moment, again and again, and each time her phone tried. In the evening
// its battery was empty.
#[wasm_bindgen_test]
async fn d04_a_network_that_comes_and_goes_is_tried_at_once_and_then_when_it_stays() {
    clean().await;
    let server = Server::answering([Answer::Unreachable, Answer::Unreachable]);
    let tab = server.open();
    let _ = tab.queue(queued("a")).await;
    until(|| server.arrived().len() == 1).await;
    at_rest(&[&tab]).await;
    for _ in 0..20 {
        network_is_back();
        // Sooner than any pause ends.
        TimeoutFuture::new(30).await;
    }
    assert_eq!(server.arrived().len(), 2, "twenty times there was a network");
    until(|| is_sent(&tab, "a")).await;
    at_rest(&[&tab]).await;
    assert_eq!(server.arrived().len(), 3);
}

// Two tabs, no room: each found that it knew better than the disk, said so, and woke the other.
#[wasm_bindgen_test]
async fn d04_two_tabs_on_a_full_disk_come_to_rest() {
    clean().await;
    let server = Server::default();
    server.0.is_shut.set(true);
    let (one, two) = (server.open(), server.open());
    assert_eq!(one.queue(queued("a")).await, Outcome::Saved);
    until(|| server.arrived().len() == 1).await;
    js("window.keptPut = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };");
    server.0.is_shut.set(false);
    until(|| is_sent(&one, "a")).await;
    at_rest(&[&one, &two]).await;
    js("IDBObjectStore.prototype.put = window.keptPut; delete window.keptPut;");
}

// The page let go of its list while a request was on its way; the answer counts, the next request is the next tab's.
#[wasm_bindgen_test]
async fn a_drainer_that_was_let_go_sends_nothing_new() {
    clean().await;
    let server = Server::default();
    server.0.is_shut.set(true);
    let tab = server.open();
    let _ = tab.queue(queued("a")).await;
    let _ = tab.queue(Entry { created_at_ms: now_ms() + 1, ..queued("b") }).await;
    until(|| server.arrived() == ["a"]).await;
    drop(tab);
    server.0.is_shut.set(false);
    let next = Server::default();
    let tab = next.open();
    until(|| is_sent(&tab, "a") && is_sent(&tab, "b")).await;
    assert_eq!((server.arrived(), next.arrived()), (vec!["a".to_owned()], vec!["b".to_owned()]));
    at_rest(&[&tab]).await;
}

// The disk filled up after the request was saved. The server's answer found no room, and the screen said "not sent".
#[wasm_bindgen_test]
async fn an_answer_that_cannot_be_written_down_is_shown_all_the_same() {
    clean().await;
    let server = Server::default();
    server.0.is_shut.set(true);
    let tab = server.open();
    assert_eq!(tab.queue(queued("a")).await, Outcome::Saved);
    until(|| server.arrived().len() == 1).await;
    js("window.keptPut = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };");
    server.0.is_shut.set(false);
    until(|| is_sent(&tab, "a")).await;
    at_rest(&[&tab]).await;
    assert!(is_sent(&tab, "a"), "also after the list was read again");
    js("IDBObjectStore.prototype.put = window.keptPut; delete window.keptPut;");
}

#[wasm_bindgen_test]
async fn a17_without_storage_a_request_is_sent_and_never_called_saved() {
    clean().await;
    js("Object.defineProperty(window, 'indexedDB', { value: null, configurable: true })");
    let server = Server::default();
    let tab = server.open();
    assert_eq!(tab.queue(queued("a")).await, Outcome::MemoryOnly);
    until(|| is_sent(&tab, "a")).await;
    assert!(!tab.is_saved(&Key("a".to_owned())));
    at_rest(&[&tab]).await;
    let _ = tab.remove(&Key("a".to_owned())).await;
    assert!(tab.entries().is_empty());
}

// The list on the screen was of before she had left the page: it said "not sent" of what was booked.
#[wasm_bindgen_test]
async fn a29_a_page_that_comes_back_reads_the_list_again() {
    clean().await;
    let server = Server::default();
    let tab = server.open();
    at_rest(&[&tab]).await;
    crate::window().dispatch_event(&Event::new("pagehide").unwrap()).unwrap();
    let conflict = Status::Parked(Parked::ChooseAgain("{}".to_owned()));
    let _ = outbox_store::add(&Entry { status: conflict, ..queued("a") }).await;
    crate::window().dispatch_event(&Event::new("pageshow").unwrap()).unwrap();
    until(|| tab.entries().len() == 1).await;
    assert!(server.arrived().is_empty());
}

// The hotel's login page answered in the server's place.
#[wasm_bindgen_test]
async fn an_answer_that_is_not_our_servers_is_none() {
    clean().await;
    assert_eq!(post::send(queued("a"), None).await, Answer::Unreachable);
    assert!(!connectivity::reaches_server().await);
}

// An event was announced, and in that minute the server wanted work from everybody.
#[wasm_bindgen_test]
async fn asked_for_work_the_phone_does_it_and_sends_the_same_request_again() {
    fresh().await;
    let salt = "3065d108b2314f5ecc7e1207?expires=1796008920&";
    let challenge = Challenge {
        algorithm: ALGORITHM.to_owned(),
        challenge: challenge_of(salt, 4_711),
        maxnumber: 5_000,
        salt: salt.to_owned(),
        signature: "cd".repeat(32),
    };
    let impossible = Challenge { maxnumber: 100, ..challenge.clone() };
    let server = Server::answering([Answer::ProofNeeded(challenge), Answer::ProofNeeded(impossible)]);
    let tab = server.open();
    assert_eq!(tab.queue(queued("a")).await, Outcome::Saved);
    // The second work brings nothing: it waits and is neither parked nor lost.
    until(|| {
        server.arrived().len() == 2
            && tab.entries().iter().any(|entry| matches!(entry.status, Status::Queued { .. }))
    })
    .await;
    tab.send_now();
    until(|| is_sent(&tab, "a")).await;
    assert_eq!(server.arrived(), ["a", "a", "a"]);
    let proofs = server.0.proofs.take();
    assert_eq!(
        proofs.iter().map(|proof| Solution::read(&proof.0).unwrap().number).collect::<Vec<_>>(),
        [4_711]
    );
}
