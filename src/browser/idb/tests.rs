//! The storage layer against a real IndexedDB. What a browser does by itself on a bad day is stubbed in JavaScript
//! only where it cannot be provoked here; killing WebKit's storage process is the e2e tests' part.

use std::cell::RefCell;
use std::rc::Rc;

use domain::association::AssociationId;
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::saved_store::{self, SavedTeam};
use super::{Outcome, StorageEvent, acknowledge_loss, connection, erase, on_event};
use crate::{BrowserError, local};

wasm_bindgen_test_configure!(run_in_browser);

pub(crate) type Heard = Rc<RefCell<Vec<StorageEvent>>>;

/// An empty device, a page that was just opened.
pub(crate) async fn fresh() -> Heard {
    // Redirections and stubs of earlier tests are own properties of `window`; below them is the browser's own.
    js("for (const name of ['indexedDB', 'IDBDatabase', 'IDBRequest', 'IDBOpenDBRequest', 'IDBTransaction',
            'IDBObjectStore', 'IDBKeyRange', 'localStorage']) if (window.original?.[name]) Object.defineProperty(window, name, window.original[name]);
        window.original ??= Object.getOwnPropertyDescriptors(window);
        delete document.createElement;");
    connection::forget();
    erase().await.unwrap();
    local::clear();
    let heard = Heard::default();
    let ear = Rc::clone(&heard);
    on_event(move |event| ear.borrow_mut().push(event));
    heard
}

/// Runs JavaScript in the page; a promise is awaited by the caller.
pub(crate) fn js(code: &str) -> JsValue {
    Function::new_no_args(code).call0(&JsValue::NULL).unwrap()
}

pub(crate) async fn js_async(code: &str) -> JsValue {
    JsFuture::from(js_sys::Promise::from(js(code))).await.unwrap()
}

pub(crate) async fn until(condition: impl Fn() -> bool) {
    for _ in 0..800 {
        if condition() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("did not happen within 8 s");
}

fn team(id: &str) -> SavedTeam {
    SavedTeam {
        association: AssociationId(id.to_owned()),
        saved_at_ms: 1.0,
        refreshed_at_ms: 2.0,
        edition: 7,
    }
}

async fn saved_ids() -> Vec<String> {
    saved_store::all().await.unwrap().into_iter().map(|team| team.association.0).collect()
}

#[wasm_bindgen_test]
async fn what_was_saved_is_there_when_the_page_is_opened_again() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("shimane")).await, Outcome::Saved);
    connection::forget();
    assert_eq!(saved_store::all().await.unwrap(), [team("shimane")]);
    assert_eq!(saved_store::remove(&AssociationId("shimane".into())).await, Outcome::Saved);
    assert!(saved_ids().await.is_empty());
    assert!(heard.borrow().is_empty(), "{heard:?}");
}

// The server said what is newest while she was taking a team back: the new date was written over nothing, and the
// team was there again at the next visit.
#[wasm_bindgen_test]
async fn a_new_date_does_not_bring_back_what_she_took_back() {
    fresh().await;
    assert_eq!(saved_store::put(&team("shimane")).await, Outcome::Saved);
    assert_eq!(saved_store::put(&team("kochi")).await, Outcome::Saved);
    let fresher = |id| SavedTeam { refreshed_at_ms: 9.0, edition: 8, ..team(id) };
    assert_eq!(saved_store::remove(&AssociationId("shimane".into())).await, Outcome::Saved);
    assert_eq!(saved_store::refresh(&[fresher("shimane"), fresher("kochi")]).await, Outcome::Saved);
    assert_eq!(saved_store::all().await.unwrap(), [fresher("kochi")]);
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_version_walks_up_and_keeps_its_records() {
    fresh().await;
    js_async(
        "return new Promise((done, failed) => {
            const request = indexedDB.open('tonari', 1);
            request.onerror = failed;
            request.onupgradeneeded = () => request.result.createObjectStore('saved').put(
                { association: 'kochi', savedAt: 1, refreshedAt: 1, edition: 1 }, 'kochi');
            request.onsuccess = () => { request.result.close(); done(); };
        })",
    )
    .await;
    assert_eq!(saved_ids().await, ["kochi"]);
    assert!(super::directory_store::load().await.unwrap().is_none());
}

// Her phone ended the storage process; the page only notices when the next write throws InvalidStateError.
#[wasm_bindgen_test]
async fn a04_a_dead_connection_is_mended_and_the_write_repeated() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
    connection::database().await.unwrap().close();
    assert_eq!(saved_store::put(&team("akita")).await, Outcome::Saved);
    assert_eq!(saved_ids().await.len(), 2);
    assert_eq!(*heard.borrow(), [StorageEvent::Healing, StorageEvent::Healed]);
}

// A train full of phones, one of them slow: two writes had lost the same connection. The one that heard of it late mended the
// new connection too, and cut off what the first had begun on it, until both had given up.
#[wasm_bindgen_test]
async fn a04_whoever_hears_late_of_a_death_leaves_the_new_connection_alone() {
    let heard = fresh().await;
    let dead = connection::database().await.unwrap();
    dead.close();
    let mended = connection::heal(&dead).await.unwrap();
    assert_eq!(connection::heal(&dead).await, Ok(mended.clone()));
    connection::suspect(&dead);
    assert_eq!(connection::database().await, Ok(mended));
    assert_eq!(*heard.borrow(), [StorageEvent::Healing, StorageEvent::Healed]);
}

// On iPhones before 2026 everything that comes from this document's own factory stays dead.
#[wasm_bindgen_test]
async fn a01_when_reopening_does_not_help_a_blank_frame_does() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
    connection::database().await.unwrap().close();
    js("const dead = { open() { throw new DOMException('The database connection is closing', 'InvalidStateError'); } };
        Object.defineProperty(window, 'indexedDB', { value: dead, configurable: true });");
    assert_eq!(saved_store::put(&team("akita")).await, Outcome::Saved);
    assert_eq!(saved_ids().await.len(), 2);
    assert_eq!(*heard.borrow(), [StorageEvent::Healing, StorageEvent::Healed]);
}

#[wasm_bindgen_test]
async fn a03_when_the_frame_does_not_help_either_a_reload_is_asked_for() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
    connection::database().await.unwrap().close();
    js("const dead = { open() { throw new DOMException('gone', 'UnknownError'); } };
        Object.defineProperty(window, 'indexedDB', { value: dead, configurable: true });
        document.createElement = () => { throw new DOMException('no frames', 'NotSupportedError'); };");
    assert!(matches!(saved_store::put(&team("akita")).await, Outcome::NotSaved(_)));
    assert_eq!(*heard.borrow(), [StorageEvent::Healing, StorageEvent::ReloadNeeded]);
}

#[wasm_bindgen_test]
async fn a05_when_open_never_settles_she_can_go_on_without_storage() {
    let heard = fresh().await;
    js("Object.defineProperty(window, 'indexedDB', { value: { open: () => ({}) }, configurable: true });
        document.createElement = () => { throw new DOMException('no frames', 'NotSupportedError'); };");
    let asked = crate::clock::now_ms();
    assert_eq!(saved_store::all().await, Err(BrowserError::TimedOut));
    assert!(crate::clock::now_ms() - asked < 3_500.0);
    until(|| heard.borrow().contains(&StorageEvent::MemoryOnly)).await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::MemoryOnly);
    assert_eq!(saved_ids().await, ["gunma"]);
}

// The phone's storage hung when the page was opened and was there again a minute later; the page went on without it until it
// was closed, and then everything was gone.
#[wasm_bindgen_test]
async fn what_was_kept_in_memory_goes_to_the_disk_that_answers_again() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("akita")).await, Outcome::Saved);
    connection::forget();
    js("Object.defineProperty(window, 'indexedDB', { value: { open: () => ({}) }, configurable: true });
        document.createElement = () => { throw new DOMException('no frames', 'NotSupportedError'); };");
    connection::database().await.unwrap_err();
    until(|| heard.borrow().contains(&StorageEvent::MemoryOnly)).await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::MemoryOnly);
    connection::retry().await;
    assert_eq!(saved_ids().await, ["gunma"], "it still hangs");
    js("Object.defineProperty(window, 'indexedDB', window.original.indexedDB)");
    connection::retry().await;
    assert_eq!(saved_ids().await, ["akita", "gunma"]);
    assert_eq!(*heard.borrow(), [StorageEvent::MemoryOnly, StorageEvent::Healed]);
    connection::forget();
    assert_eq!(saved_ids().await, ["akita", "gunma"], "it is on the disk");
}

#[wasm_bindgen_test]
async fn a06_a_request_that_never_settles_ends_within_three_seconds() {
    for method in ["put", "delete", "get", "getAll"] {
        fresh().await;
        assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
        js(&format!(
            "window.kept = IDBObjectStore.prototype.{method}; IDBObjectStore.prototype.{method} = () => ({{ readyState: 'pending' }});"
        ));
        let asked = crate::clock::now_ms();
        let (put, removed, all) = match method {
            "put" => (Some(saved_store::put(&team("akita")).await), None, None),
            "delete" => (None, Some(saved_store::remove(&AssociationId("gunma".into())).await), None),
            "get" => (None, None, super::directory_store::load().await.err()),
            _ => (None, None, saved_store::all().await.err()),
        };
        js(&format!("IDBObjectStore.prototype.{method} = window.kept;"));
        let took = crate::clock::now_ms() - asked;
        assert!(took < 3_000.0, "{method} took {took} ms");
        for outcome in [put, removed].into_iter().flatten() {
            assert_eq!(outcome, Outcome::NotSaved(BrowserError::TimedOut), "{method}");
        }
        assert!(all.is_none_or(|error| error == BrowserError::TimedOut));
        assert_eq!(saved_ids().await, ["gunma"], "{method}: nothing changed, and the next attempt works");
    }
}

// She updates one tab; the other has been open since last week and does not let go.
#[wasm_bindgen_test]
async fn a07_a_blocked_upgrade_says_so_and_goes_on_by_itself() {
    let heard = fresh().await;
    js_async(
        "return new Promise((done, failed) => {
            const request = indexedDB.open('tonari', 1);
            request.onerror = failed;
            request.onupgradeneeded = () => request.result.createObjectStore('saved');
            request.onsuccess = () => { window.oldTab = request.result; done(); };
        })",
    )
    .await;
    spawn_local(async {
        let _ = saved_store::all().await;
    });
    until(|| heard.borrow().contains(&StorageEvent::Blocked)).await;
    js("window.oldTab.close()");
    until(|| heard.borrow().contains(&StorageEvent::Unblocked)).await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
}

#[wasm_bindgen_test]
async fn a08_an_old_tab_makes_way_for_a_newer_version() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
    js_async(
        "return new Promise((done, failed) => {
            const request = indexedDB.open('tonari', 99);
            request.onerror = request.onblocked = failed;
            request.onsuccess = () => { request.result.close(); done(); };
        })",
    )
    .await;
    assert_eq!(*heard.borrow(), [StorageEvent::NewerVersionElsewhere]);
    assert_eq!(saved_store::put(&team("akita")).await, Outcome::NotSaved(BrowserError::Newer));
}

#[wasm_bindgen_test]
async fn a13_what_vanished_is_reported_until_she_has_read_it() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
    assert_eq!(saved_store::put(&team("akita")).await, Outcome::Saved);
    erase().await.unwrap();
    assert!(saved_ids().await.is_empty());
    until(|| !heard.borrow().is_empty()).await;
    let lost = StorageEvent::Lost {
        count: 2,
        ids: vec!["gunma".into(), "akita".into()],
        unsent: vec![],
        sent: vec![],
    };
    assert_eq!(*heard.borrow(), std::slice::from_ref(&lost));
    acknowledge_loss().await;
    connection::forget();
    assert!(saved_ids().await.is_empty());
    super::witness::check().await;
    assert_eq!(*heard.borrow(), [lost], "said once");
}

// WebKit's storage process died while she took a team back; the app then told her that it had been lost.
#[wasm_bindgen_test]
async fn what_she_took_back_while_the_connection_died_is_not_reported_as_lost() {
    let heard = fresh().await;
    assert_eq!(saved_store::put(&team("gunma")).await, Outcome::Saved);
    connection::database().await.unwrap().close();
    assert_eq!(saved_store::remove(&AssociationId("gunma".into())).await, Outcome::Saved);
    connection::forget();
    assert!(saved_ids().await.is_empty());
    super::witness::check().await;
    assert_eq!(*heard.borrow(), [StorageEvent::Healing, StorageEvent::Healed]);
}

#[wasm_bindgen_test]
async fn a17_without_indexed_db_the_page_works_in_memory() {
    for stub in [
        "Object.defineProperty(window, 'indexedDB', { value: null, configurable: true })",
        "Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true })",
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') }, configurable: true })",
        "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new DOMException('no', 'SecurityError') } }, configurable: true })",
    ] {
        let heard = fresh().await;
        js(stub);
        assert_eq!(saved_store::put(&team("gunma")).await, Outcome::MemoryOnly, "{stub}");
        assert_eq!(saved_ids().await, ["gunma"]);
        assert_eq!(*heard.borrow(), [StorageEvent::MemoryOnly], "{stub}");
    }
}

#[wasm_bindgen_test]
async fn a18_choices_hold_without_local_storage() {
    fresh().await;
    js("Object.defineProperty(window, 'localStorage', { value: null, configurable: true })");
    crate::prefs::set(crate::prefs::Pref::Theme, "dark");
    let kept = crate::prefs::get(crate::prefs::Pref::Theme);
    assert_eq!(kept.as_deref(), Some("dark"));
    fresh().await;
    assert_eq!(crate::prefs::get(crate::prefs::Pref::Theme), None);
}
