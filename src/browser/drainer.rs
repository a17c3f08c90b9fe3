//! Brings what she asked for to the server: drives `domain::outbox`, does what it says, and tells the screen.
//!
//! The disk is the truth, and every tab reads it. Sending goes in *rounds*: whoever has the right to send (`right`, one
//! tab at a time) reads the list anew, sends what is due, and gives the right back. Between rounds a tab only holds a
//! copy for the screen. So no tab has to outlive another, and one that slept for a day finds the list as it is.
//!
//! The surprising rule: an entry that could not be written down is sent all the same while the page lives, but
//! never called saved. A disk that is full must not keep her from booking, and the server knows the key.

#[cfg(all(test, target_arch = "wasm32"))]
mod fault_tests;
mod lock;
mod post;
mod right;
mod round;
mod signs;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};

use domain::api::Proof;
use domain::outbox::{Answer, Entry, Key, Outbox, Receipt, Status};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use crate::idb::{Outcome, outbox_store};
use crate::{clock, id, service_worker};

/// The outbox of this device, as this tab sees it. Clones are the same one; when the last is dropped, nothing new begins.
#[derive(Clone)]
pub struct Drainer(Rc<Inner>);

type Tell = Box<dyn Fn(Option<&[Entry]>)>;
type Sending = Pin<Box<dyn Future<Output = Answer>>>;

struct Inner {
    /// This tab's name in the lease.
    me: String,
    send: Box<dyn Fn(Entry, Option<Proof>) -> Sending>,
    tell: Tell,
    list: RefCell<List>,
    outbox: RefCell<Outbox>,
    round: Cell<Round>,
    /// The next round starts with `SendNow`.
    pauses_end: Cell<bool>,
    alarm: RefCell<Option<Timeout>>,
    signs: signs::Signs,
}

#[derive(Default)]
struct List {
    /// As last read, and what this tab has written since.
    disk: Vec<Entry>,
    /// What could not be written down: here this tab knows more than the disk.
    unkept: Vec<Entry>,
    /// Counts what changed `disk` and `unkept`, so that a reading begun before is not taken for the present.
    changes: u32,
    shown: Vec<Entry>,
    /// The disk has been read. Before that an empty list says nothing, and is not told.
    is_read: bool,
    /// Somebody was told; from then on only changes are.
    is_told: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Idle,
    Running,
    /// Something happened meanwhile: another one follows.
    Again,
}

impl Drainer {
    /// Starts with what is on the disk. `tell` hears the whole list after each change, the oldest first; `None` as long as
    /// the disk does not answer.
    pub fn start(tell: impl Fn(Option<&[Entry]>) + 'static) -> Self {
        Self::start_with(post::send, tell)
    }

    /// The same with another way to send.
    pub fn start_with<F>(
        send: impl Fn(Entry, Option<Proof>) -> F + 'static,
        tell: impl Fn(Option<&[Entry]>) + 'static,
    ) -> Self
    where
        F: Future<Output = Answer> + 'static,
    {
        let inner = Rc::new_cyclic(|me| Inner {
            // Without a generator of random numbers she could not have made a request either.
            me: id::new_key().map_or_else(|_| String::new(), |key| key.0),
            send: Box::new(move |entry, proof| Box::pin(send(entry, proof))),
            tell: Box::new(tell),
            list: RefCell::default(),
            outbox: RefCell::default(),
            round: Cell::new(Round::Idle),
            pauses_end: Cell::new(false),
            alarm: RefCell::default(),
            signs: signs::Signs::heed(Weak::clone(me)),
        });
        inner.begin();
        Self(inner)
    }

    /// Takes in what she asked for, or a new state of a draft. Only `Outcome::Saved` may be called saved. What could not
    /// be saved is sent while this page is open.
    pub async fn queue(&self, entry: Entry) -> Outcome {
        let outcome = outbox_store::add(&entry).await.outcome;
        let is_request = entry.is_waiting();
        self.0.change(|list| match outcome {
            Outcome::Saved | Outcome::MemoryOnly => {}
            Outcome::NotSaved(_) | Outcome::Unknown => replace(&mut list.unkept, entry),
        });
        self.0.read().await;
        self.0.signs.tell_tabs();
        if is_request {
            service_worker::send_later();
            self.send_now();
        }
        outcome
    }

    /// Deletes it, whatever its status. What is on its way arrives all the same.
    pub async fn remove(&self, key: &Key) -> Outcome {
        self.0.change(|list| {
            list.disk.retain(|entry| entry.key != *key);
            list.unkept.retain(|entry| entry.key != *key);
        });
        let outcome = outbox_store::erase(key).await;
        self.0.read().await;
        self.0.signs.tell_tabs();
        outcome
    }

    /// How a sent one stands by now, as the server says. What has been removed meanwhile stays away.
    pub async fn told(&self, key: &Key, receipt: Receipt) -> Outcome {
        let sent = |entry: &Entry| entry.key == *key && matches!(entry.status, Status::Sent(_));
        let known = self.0.list.borrow().shown.iter().find(|entry| sent(entry)).cloned();
        let Some(entry) = known else { return Outcome::Saved };
        let outcome = outbox_store::retell(&Entry { status: Status::Sent(receipt), ..entry }).await.outcome;
        self.0.read().await;
        self.0.signs.tell_tabs();
        outcome
    }

    /// 今すぐ送る: pauses end.
    pub fn send_now(&self) {
        self.0.send_now();
    }

    /// The oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.0.list.borrow().shown.clone()
    }

    /// Whether it will still be there after this page is closed.
    #[must_use]
    pub fn is_saved(&self, key: &Key) -> bool {
        let list = self.0.list.borrow();
        list.disk.iter().any(|entry| entry.key == *key) && !outbox_store::is_in_memory(key)
    }
}

impl Inner {
    fn send_now(self: &Rc<Self>) {
        self.pauses_end.set(true);
        self.begin();
    }

    /// One round at a time in this tab; what is asked for meanwhile follows it.
    fn begin(self: &Rc<Self>) {
        if self.round.get() != Round::Idle {
            self.round.set(Round::Again);
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            loop {
                this.round.set(Round::Running);
                round::go(&this).await;
                if this.round.get() != Round::Again || this.is_let_go() {
                    break;
                }
            }
            this.round.set(Round::Idle);
        });
    }

    /// Nobody holds the drainer any more but the round itself: it writes down what it heard, and begins nothing new.
    fn is_let_go(self: &Rc<Self>) -> bool {
        Rc::strong_count(self) == 1
    }

    /// A later one replaces an earlier one.
    fn wake_at(self: &Rc<Self>, at_ms: i64) {
        // Longer pauses than a timer can hold do not exist, but clocks that jump do.
        let pause = u32::try_from(at_ms - now_ms()).unwrap_or(0).min(i32::MAX as u32);
        let me = Rc::downgrade(self);
        let alarm = Timeout::new(pause, move || {
            if let Some(this) = me.upgrade() {
                this.begin();
            }
        });
        self.alarm.replace(Some(alarm));
    }

    /// Reads the list and shows it. False where the disk cannot be read; what was read before stays on the screen.
    async fn read(&self) -> bool {
        const PATIENCE: usize = 5;
        let mut is_read = false;
        for attempt in 1..=PATIENCE {
            let before = self.list.borrow().changes;
            let Ok(disk) = outbox_store::all().await else { break };
            let mut list = self.list.borrow_mut();
            if list.changes == before || attempt == PATIENCE {
                list.unkept.retain(|unkept| {
                    let kept = disk.iter().find(|entry| entry.key == unkept.key);
                    kept.is_none_or(|kept| kept.is_waiting() && !unkept.is_waiting())
                });
                list.disk = disk;
                list.is_read = true;
                is_read = true;
                break;
            }
        }
        self.show();
        is_read
    }

    fn change(&self, change: impl FnOnce(&mut List)) {
        let mut list = self.list.borrow_mut();
        change(&mut list);
        list.changes = list.changes.wrapping_add(1);
    }

    fn show(&self) {
        let shown = {
            let mut list = self.list.borrow_mut();
            let entries = list.entries();
            // "No bookings" over a disk that does not answer would send her to book once more.
            if entries.is_empty() && !list.is_read {
                drop(list);
                return (self.tell)(None);
            }
            if std::mem::replace(&mut list.is_told, true) && entries == list.shown {
                return;
            }
            list.shown.clone_from(&entries);
            entries
        };
        // Not while borrowed: whoever hears it may ask.
        (self.tell)(Some(&shown));
    }
}

impl List {
    fn entries(&self) -> Vec<Entry> {
        let mut entries = self.disk.clone();
        for unkept in &self.unkept {
            match entries.iter_mut().find(|entry| entry.key == unkept.key) {
                Some(entry) => entry.clone_from(unkept),
                None => {
                    let at = entries.partition_point(|entry| entry.created_at_ms <= unkept.created_at_ms);
                    entries.insert(at, unkept.clone());
                }
            }
        }
        entries
    }

    fn has(&self, key: &Key) -> bool {
        self.disk.iter().chain(&self.unkept).any(|entry| entry.key == *key)
    }
}

fn replace(entries: &mut Vec<Entry>, entry: Entry) {
    match entries.iter_mut().find(|known| known.key == entry.key) {
        // Tapped twice: what is under way stays under way.
        Some(known) if known.status != Status::Draft => {}
        Some(known) => *known = entry,
        None => entries.push(entry),
    }
}

fn now_ms() -> i64 {
    clock::now_ms() as i64
}
