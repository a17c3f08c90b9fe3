//! The one connection of this page, and the mending of it.
//!
//! ```text
//! Closed ─open─▶ Open ─lost─▶ (mending) ─▶ Open     told: Healing, Healed
//!    │                            └──────▶ Broken   told: ReloadNeeded
//!    ├─ nothing usable ─▶ Memory ─she returns─▶ Open  told: MemoryOnly, Healed
//!    └─ newer database ─▶ Newer                     told: NewerVersionElsewhere
//! ```
//!
//! Mending goes: reopen, blank frame, two more with a pause before each. Reopening alone does not help where the storage process
//! died (WebKit before 2026), but it is what helps after the user cleared the site's data.
//! Everybody who needs the connection meanwhile waits for the same attempt: only the first of several open requests
//! would be answered, and the rest would hang.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Poll, Waker};

use gloo_events::EventListener;
use js_sys::Reflect;
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbDatabase;

use super::event::{StorageEvent, tell};
use super::migrations::Store;
use super::opening::{delete, open};
use super::{factory, memory, transaction, witness};
use crate::time_limit::within;
use crate::{BrowserError, turn};

/// How long anybody waits for the connection; the attempt itself goes on.
const WAIT_MS: u32 = 3_000;
const OPEN_MS: u32 = 3_000;
const REOPEN_MS: u32 = 1_000;
const FRAME_MS: u32 = 1_500;
/// At first without a blank frame, then with a pause before each. On a busy phone a storage process that died is not back at
/// once, and until then every frame fails at once too; with a pause the third has come through where two without one had
/// given up.
const ATTEMPTS: [Option<u32>; 4] = [None, Some(0), Some(200), Some(500)];

enum State {
    Closed,
    /// One attempt is under way; these wait for it.
    Opening(Vec<Waker>),
    Open(Connection),
    /// There is no store, or none that answers. There may be one when she comes back to the page.
    Memory,
    /// Nothing of this page is to stay on the disk.
    InFrame,
    Newer,
    Broken,
}

enum Attempt {
    First,
    Mend,
    /// The store that did not answer at first.
    TakeUp(IdbDatabase),
}

struct Connection {
    database: IdbDatabase,
    /// Dropped with the connection, so that a closed one says nothing more.
    _listeners: [EventListener; 2],
}

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State::Closed) };
}

/// The open database. `Unavailable` means: work in memory.
pub(super) async fn database() -> Result<IdbDatabase, BrowserError> {
    if STATE.with_borrow(|state| matches!(state, State::Closed)) {
        begin(Attempt::First);
    }
    let attempt = poll_fn(|context| {
        STATE.with_borrow_mut(|state| match state {
            State::Opening(waiting) => {
                waiting.push(context.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(()),
        })
    });
    within(WAIT_MS, attempt).await?;
    settled()
}

/// For somebody who found this connection dead: one mending for all, then the new connection.
///
/// On a busy phone the last one hears of the death when the first has a new connection already. Mending that again would
/// cut off what runs on it, and so on, until somebody's patience is used up.
pub(super) async fn heal(dead: &IdbDatabase) -> Result<IdbDatabase, BrowserError> {
    if is_current(dead) {
        close(State::Closed);
        begin(Attempt::Mend);
    }
    database().await
}

/// For somebody whose request was never answered: the next one gets a new connection instead of waiting behind it.
pub(super) fn suspect(hung: &IdbDatabase) {
    if is_current(hung) {
        close(State::Closed);
    }
}

fn is_current(database: &IdbDatabase) -> bool {
    STATE.with_borrow(|state| matches!(state, State::Open(open) if open.database == *database))
}

/// Nothing of this page is to stay on the disk; to be called before anything is asked for.
pub(super) fn stay_in_memory() {
    STATE.set(State::InFrame);
}

/// A broken connection gets another chance when she comes back to the page, and so does a store that did not answer.
pub(super) async fn retry() {
    if STATE.with_borrow(|state| matches!(state, State::Broken)) {
        begin(Attempt::Mend);
        // Whatever comes of it is told as an event.
        let _ = database().await;
    } else if is_away()
        && let Ok(database) = open(OPEN_MS).await
    {
        // Nobody waited so far. From here on they do, so that nothing is put into the memory behind its back.
        if is_away() {
            begin(Attempt::TakeUp(database));
        } else {
            database.close();
        }
    }
}

/// It is done without a store that may come back.
fn is_away() -> bool {
    STATE.with_borrow(|state| matches!(state, State::Memory))
}

pub(super) fn is_open() -> bool {
    STATE.with_borrow(|state| matches!(state, State::Open(_)))
}

/// Closes and deletes the database, whatever state it is in.
pub(super) async fn erase() -> Result<(), BrowserError> {
    close(State::Closed);
    match delete(WAIT_MS).await {
        // No storage, nothing to erase.
        Ok(()) | Err(BrowserError::Unavailable | BrowserError::Refused) => Ok(()),
        Err(other) => Err(other),
    }
}

/// As after a reload, for tests.
#[cfg(all(test, target_arch = "wasm32"))]
pub(super) fn forget() {
    close(State::Closed);
}

fn settled() -> Result<IdbDatabase, BrowserError> {
    STATE.with_borrow(|state| match state {
        State::Open(connection) => Ok(connection.database.clone()),
        State::Memory | State::InFrame => Err(BrowserError::Unavailable),
        State::Newer => Err(BrowserError::Newer),
        State::Broken => Err(BrowserError::Lost),
        State::Closed | State::Opening(_) => Err(BrowserError::TimedOut),
    })
}

fn close(next: State) {
    if let State::Open(connection) = STATE.replace(next) {
        connection.database.close();
    }
}

/// Starts the one attempt everybody waits for. It goes on when those who wait have given up.
fn begin(attempt: Attempt) {
    STATE.set(State::Opening(Vec::new()));
    spawn_local(async move {
        let reached = match attempt {
            Attempt::First => reach().await,
            Attempt::Mend => mend_told().await,
            Attempt::TakeUp(database) => take_up(database).await,
        };
        if let State::Opening(waiting) = STATE.replace(reached) {
            waiting.into_iter().for_each(Waker::wake);
        }
        witness::check().await;
    });
}

/// The first connection of this page.
async fn reach() -> State {
    let failed = match open(OPEN_MS).await {
        Ok(database) => return State::Open(watch(database)),
        Err(failed) => failed,
    };
    match failed {
        BrowserError::Newer => {
            tell(StorageEvent::NewerVersionElsewhere);
            State::Newer
        }
        BrowserError::Unavailable | BrowserError::Refused => in_memory(),
        _ => mend().await.map_or_else(|_| in_memory(), |database| State::Open(watch(database))),
    }
}

fn in_memory() -> State {
    tell(StorageEvent::MemoryOnly);
    State::Memory
}

/// What she did meanwhile goes to the disk. It stays in the memory until all of it is there, and can be put there twice.
async fn take_up(database: IdbDatabase) -> State {
    for store in Store::HERS {
        if transaction::write(&database, store, &memory::puts(store)).await.is_err() {
            database.close();
            return State::Memory;
        }
    }
    memory::clear();
    tell(StorageEvent::Healed);
    State::Open(watch(database))
}

async fn mend_told() -> State {
    tell(StorageEvent::Healing);
    match mend().await {
        Ok(database) => {
            tell(StorageEvent::Healed);
            State::Open(watch(database))
        }
        Err(BrowserError::Newer) => {
            tell(StorageEvent::NewerVersionElsewhere);
            State::Newer
        }
        Err(_) => {
            tell(StorageEvent::ReloadNeeded);
            State::Broken
        }
    }
}

async fn mend() -> Result<IdbDatabase, BrowserError> {
    let mut last = BrowserError::Lost;
    for pause_ms in ATTEMPTS {
        let mut limit_ms = REOPEN_MS;
        if let Some(pause_ms) = pause_ms {
            turn::after(pause_ms).await;
            factory::redirect_to_blank_frame()?;
            limit_ms = FRAME_MS;
        }
        match open(limit_ms).await {
            Err(failed) if failed != BrowserError::Newer => last = failed,
            reached => return reached,
        }
    }
    Err(last)
}

/// Hears when another tab needs the database, and when the browser took the connection away.
fn watch(database: IdbDatabase) -> Connection {
    let change = EventListener::once(&database, "versionchange", |event| {
        // `close` lets running transactions finish first.
        let erased = Reflect::get(event, &"newVersion".into()).is_ok_and(|version| version.is_null());
        if erased {
            close(State::Closed);
        } else {
            close(State::Newer);
            tell(StorageEvent::NewerVersionElsewhere);
        }
    });
    let gone = database.clone();
    let closed = EventListener::once(&database, "close", move |_| {
        spawn_local(async move {
            // Its outcome is told as an event.
            let _ = heal(&gone).await;
        });
    });
    Connection { database, _listeners: [change, closed] }
}
