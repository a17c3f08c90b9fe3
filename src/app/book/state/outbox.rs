//! Her bookings on this device: what waits, what was sent and what became of it.

use browser::bookings::{self, Told};
use browser::drafts;
use browser::drainer::Drainer;
use browser::idb::Outcome;
use browser::spawn_local;
use domain::api::{BookingRequest, BookingView, Refusal, WishedTime};
use domain::outbox::{Entry, Key, Receipt, Status};
use ui::live::Live;

#[derive(Clone, Copy)]
pub struct Outbox {
    pub entries: Live<Vec<Entry>>,
    /// The device has been read.
    pub loaded: Live<bool>,
    /// The device was asked and does not answer; it is asked again and again.
    pub unread: Live<bool>,
    /// What happened last while this page is open.
    pub news: Live<News>,
    /// These could not be written down; they are sent while this page lives.
    unsaved: Live<Vec<Key>>,
    /// Those that are being sent at this moment.
    on_its_way: Live<Vec<Key>>,
    /// What came of the last change she asked the server for.
    pub trouble: Live<Option<Trouble>>,
    pub busy: Live<bool>,
    /// One she looks at by the link in a mail, which is not on this device. It is shown, not kept.
    visited: Live<Visit>,
    drainer: Live<Option<Drainer>>,
}

pub enum News {
    /// These came to stand otherwise.
    Changed(Vec<Entry>),
    /// One was taken from this device.
    Removed,
}

#[derive(Clone, PartialEq)]
pub enum Visit {
    Nowhere,
    Asking(Key),
    There(Entry),
    /// Nobody has this token, or there was no answer.
    Unknown(Key),
    Unreachable(Key),
}

/// Why a change was not made. The booking is as it was.
#[derive(Clone, PartialEq)]
pub enum Trouble {
    NoNetwork,
    Refused(Refusal),
}

impl Outbox {
    pub(crate) fn new() -> Self {
        Self {
            entries: Live::new(Vec::new()),
            loaded: Live::new(false),
            unread: Live::new(false),
            news: Live::new(News::Changed(Vec::new())),
            unsaved: Live::new(Vec::new()),
            on_its_way: Live::new(Vec::new()),
            trouble: Live::new(None),
            busy: Live::new(false),
            visited: Live::new(Visit::Nowhere),
            drainer: Live::new(None),
        }
    }

    /// Begins to send what waits.
    pub fn start(self) {
        let drainer = Drainer::start(move |entries| {
            if let Some(entries) = entries {
                let arrived = self.entries.peek(|before| just_arrived(before, entries));
                let news = self.entries.peek(|before| news(before, entries));
                if !news.is_empty() {
                    self.news.set(News::Changed(news));
                }
                let sending = entries.iter().filter(|entry| entry.status == Status::Sending);
                self.on_its_way.settle(sending.map(|entry| entry.key.clone()).collect());
                self.entries.settle(entries.to_vec());
                spawn_local(async move {
                    for key in arrived {
                        drafts::erase(&key.0).await;
                    }
                });
                if !self.loaded.now() {
                    self.loaded.set(true);
                    // The screen she opened first had nothing to ask about yet.
                    self.refresh();
                }
            }
            self.unread.settle(entries.is_none());
            self.forget_what_was_saved_later();
        });
        self.drainer.set(Some(drainer));
    }

    /// It still waits, and only this page knows of it. Follows.
    pub fn is_unsaved(self, entry: &Entry) -> bool {
        entry.is_waiting() && self.unsaved.with(|unsaved| unsaved.contains(&entry.key))
    }

    /// Follows.
    pub fn is_on_its_way(self, key: &Key) -> bool {
        self.on_its_way.with(|keys| keys.contains(key))
    }

    /// What could not be written down at first may be by now.
    pub(crate) fn forget_what_was_saved_later(self) {
        let Some(drainer) = self.drainer.now() else { return };
        if self.unsaved.peek(|unsaved| unsaved.iter().any(|key| drainer.is_saved(key))) {
            self.unsaved.update(|unsaved| unsaved.retain(|key| !drainer.is_saved(key)));
        }
    }

    pub fn entry(self, key: &Key) -> Option<Entry> {
        let own = self.entries.with(|entries| entries.iter().find(|entry| entry.key == *key).cloned());
        own.or_else(|| match self.visited.get() {
            Visit::There(entry) if entry.key == *key => Some(entry),
            _ => None,
        })
    }

    /// Asks the server for a booking that is not on this device; the key is its token then.
    pub fn visit(self, token: &Key) -> Visit {
        let visit = self.visited.get();
        let known = match &visit {
            Visit::Nowhere => false,
            Visit::Asking(key) | Visit::Unknown(key) | Visit::Unreachable(key) => key == token,
            Visit::There(entry) => entry.key == *token,
        };
        if known {
            return visit;
        }
        self.visited.take_quietly(|visited| *visited = Visit::Asking(token.clone()));
        let token = token.clone();
        spawn_local(async move {
            let visit = match bookings::look(&token.0).await {
                Told::View(body) => shown(&token, body).map_or(Visit::Unknown(token), Visit::There),
                Told::Refused(_) => Visit::Unknown(token),
                Told::Unreachable => Visit::Unreachable(token),
            };
            self.visited.set(visit);
        });
        Visit::Asking(Key(String::new()))
    }

    /// Writes it down, then sends it; comes back when it is known whether it is on the device.
    pub async fn queue(self, entry: Entry) {
        let Some(drainer) = self.drainer.now() else { return };
        let key = entry.key.clone();
        if drainer.queue(entry).await != Outcome::Saved {
            self.unsaved.update(|unsaved| unsaved.push(key));
        }
    }

    pub fn remove(self, key: &Key) {
        let (Some(drainer), key) = (self.drainer.now(), key.clone()) else { return };
        spawn_local(async move {
            // What could not be deleted is on the list again, where she sees it.
            if drainer.remove(&key).await == Outcome::Saved {
                self.news.set(News::Removed);
            }
            drafts::erase(&key.0).await;
        });
    }

    /// Another request was made in its place; one that is still under way, or was taken, stays.
    pub fn replaced(self, key: &Key) {
        let parked = |entry: &Entry| entry.key == *key && matches!(entry.status, Status::Parked(_));
        if self.entries.peek(|entries| entries.iter().any(parked)) {
            self.remove(key);
        }
    }

    pub fn send_now(self) {
        if let Some(drainer) = self.drainer.now() {
            drainer.send_now();
        }
    }

    /// Asks the server how the sent ones are by now.
    pub fn refresh(self) {
        for (key, view) in self.entries.peek(|entries| sent(entries)) {
            if !view.status.is_over() {
                spawn_local(async move {
                    if let Told::View(body) = bookings::look(&view.token).await {
                        self.told(key, body).await;
                    }
                });
            }
        }
    }

    pub fn cancel(self, key: Key, token: String) {
        self.ask(key, async move { bookings::cancel(&token).await }, || {});
    }

    /// To a time that is kept for her.
    pub fn answer(self, key: Key, token: String, takes_it: bool) {
        self.ask(key, async move { bookings::answer(&token, takes_it).await }, || {});
    }

    /// `then` once it stands at the other time.
    pub fn move_to(self, key: Key, token: String, wish: WishedTime, then: impl FnOnce() + 'static) {
        self.ask(key, async move { bookings::move_to(&token, &wish).await }, then);
    }

    fn ask(self, key: Key, asked: impl Future<Output = Told> + 'static, then: impl FnOnce() + 'static) {
        if self.busy.now() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match asked.await {
                Told::View(body) => {
                    self.told(key, body).await;
                    then();
                }
                Told::Refused(refusal) => {
                    self.trouble.set(Some(Trouble::Refused(refusal)));
                    self.look_again();
                }
                Told::Unreachable => self.trouble.set(Some(Trouble::NoNetwork)),
            }
            self.busy.set(false);
        });
    }

    /// It is not as this screen says.
    fn look_again(self) {
        if self.visited.peek(|visit| matches!(visit, Visit::There(_))) {
            self.visited.set(Visit::Nowhere);
        }
        self.refresh();
    }

    async fn told(self, key: Key, body: String) {
        let visited = self.visited.peek(|visit| matches!(visit, Visit::There(entry) if entry.key == key));
        if visited {
            let entry = shown(&key, body);
            self.news.set(News::Changed(Vec::from_iter(entry.clone())));
            self.visited.set(entry.map_or(Visit::Nowhere, Visit::There));
            return;
        }
        if let Some(drainer) = self.drainer.now() {
            // Not written down, it is asked for again at the next look.
            let _ = drainer.told(&key, Receipt(body)).await;
        }
    }
}

/// Their letters are with the server; this device needs them no more.
fn just_arrived(before: &[Entry], now: &[Entry]) -> Vec<Key> {
    let waited = |key: &Key| before.iter().any(|entry| entry.key == *key && entry.is_waiting());
    let arrived = now.iter().filter(|entry| matches!(entry.status, Status::Sent(_)) && waited(&entry.key));
    arrived.map(|entry| entry.key.clone()).collect()
}

/// Those that stand otherwise than before, and wait no more.
fn news(before: &[Entry], now: &[Entry]) -> Vec<Entry> {
    let stood = |entry: &Entry| before.iter().find(|old| old.key == entry.key).map(|old| &old.status);
    let is_told = |entry: &Entry| matches!(entry.status, Status::Sent(_) | Status::Parked(_));
    let changed = |entry: &&Entry| is_told(entry) && stood(entry).is_some_and(|old| *old != entry.status);
    now.iter().filter(changed).cloned().collect()
}

/// An entry as if it had been sent from here.
fn shown(key: &Key, body: String) -> Option<Entry> {
    let view = BookingView::read(body.as_bytes())?;
    let request = BookingRequest {
        team: view.team,
        wishes: vec![WishedTime { start: view.start, kind: view.kind }],
        day: None,
        key_id: String::new(),
        sealed: String::new(),
        made_at: String::new(),
    };
    let status = Status::Sent(Receipt(body));
    Some(Entry { key: key.clone(), body: request.to_json(), created_at_ms: 0, attempts: 1, status })
}

pub fn sent(entries: &[Entry]) -> Vec<(Key, BookingView)> {
    let view = |entry: &Entry| match &entry.status {
        Status::Sent(Receipt(body)) => Some((entry.key.clone(), BookingView::read(body.as_bytes())?)),
        Status::Draft | Status::Queued { .. } | Status::Sending | Status::Parked(_) => None,
    };
    entries.iter().filter_map(view).collect()
}
