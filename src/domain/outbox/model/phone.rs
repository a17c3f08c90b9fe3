//! A phone around the real outbox: a disk that survives, a memory that does not, and one thing done at a time.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::api::{Challenge, Proof};

use super::server::Said;
use super::{Message, Wish};
use crate::outbox::{Answer, Effect, Entry, Event, Key, Outbox, Receipt, Status};

pub(super) const SEALED: &str = "sealed";
const TYPED: &str = "typed";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disk {
    Honest,
    /// Says that it has written what it has not.
    Lying,
    /// Lets a sending go before it is written down.
    Late,
}

/// Clocks stand still but for what a phone waits for: nothing else in the outbox depends on how long anything takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Phone {
    now_ms: i64,
    pub(super) disk: BTreeMap<Key, Entry>,
    pub(super) outbox: Outbox,
    asked: VecDeque<Effect>,
    /// The request whose answer the page waits for.
    pub(super) sent: Option<Key>,
    pub(super) alarm: Option<i64>,
    /// What the screen called saved.
    pub(super) saved: BTreeSet<Key>,
    pub(super) deleted: BTreeSet<Key>,
    /// Something was sent that was not written down as being sent.
    pub(super) was_hasty: bool,
    /// It was asked for work and did it.
    pub(super) has_worked: bool,
}

impl Wish {
    pub(super) fn key(self) -> Key {
        Key(format!("{self:?}"))
    }

    pub(super) fn of(key: &Key) -> Self {
        Self::ALL.into_iter().find(|wish| wish.key() == *key).expect("every key is of a wish")
    }
}

fn challenge() -> Challenge {
    let text = String::new;
    Challenge { algorithm: text(), challenge: text(), maxnumber: 0, salt: text(), signature: text() }
}

impl Phone {
    pub(super) fn entry(&self, wish: Wish) -> Option<&Entry> {
        let key = wish.key();
        self.outbox.entries().iter().find(|entry| entry.key == key)
    }

    pub(super) fn has(&self, wish: Wish) -> bool {
        self.entry(wish).is_some()
    }

    pub(super) fn has_work(&self) -> bool {
        !self.asked.is_empty()
    }

    pub(super) fn can_type(&self, wish: Wish) -> bool {
        wish == Wish::YukisSecond && !self.has(wish) && !self.deleted.contains(&wish.key())
    }

    /// Again, too, where the page died before anything was written: she sees that it is not there.
    pub(super) fn can_tap(&self, wish: Wish) -> bool {
        let is_known = self.entry(wish).is_some_and(|entry| entry.status != Status::Draft);
        let is_typed = wish != Wish::YukisSecond || self.has(wish);
        is_typed && !is_known && !self.deleted.contains(&wish.key())
    }

    pub(super) fn type_draft(&mut self, wish: Wish) {
        self.put(wish, TYPED, Status::Draft);
    }

    pub(super) fn tap(&mut self, wish: Wish) {
        self.put(wish, SEALED, Status::Queued { not_before_ms: self.now_ms });
    }

    pub(super) fn delete(&mut self, wish: Wish) {
        self.deleted.insert(wish.key());
        self.hear(Event::Removed { key: wish.key(), now_ms: self.now_ms });
    }

    pub(super) fn hear_answer(&mut self, wish: Wish, said: Said) {
        let answer = match said {
            Said::Taken(time) => Answer::Taken(Receipt(time.to_string())),
            Said::Conflict => Answer::Conflict(String::new()),
            Said::Later => Answer::Later { after_ms: None },
            Said::ProofNeeded => Answer::ProofNeeded(challenge()),
        };
        self.end_sending(wish.key(), answer);
    }

    pub(super) fn give_up(&mut self) {
        if let Some(key) = self.sent.clone() {
            self.end_sending(key, Answer::Unreachable);
        }
    }

    pub(super) fn wake(&mut self) {
        self.now_ms = self.alarm.take().map_or(self.now_ms, |alarm| alarm.max(self.now_ms));
        self.hear(Event::Woke { now_ms: self.now_ms });
    }

    pub(super) fn sleep(&mut self, ms: i64) {
        self.now_ms += ms;
        self.give_up();
        self.wake();
    }

    /// The page is killed and opened again.
    pub(super) fn kill(&mut self) {
        let entries = self.disk.values().cloned().collect();
        self.outbox = Outbox::default();
        self.asked.clear();
        (self.sent, self.alarm) = (None, None);
        self.hear(Event::Loaded { entries, now_ms: self.now_ms });
    }

    /// Does the first of what was asked. Nothing else does anything on the phone.
    pub(super) fn work(&mut self, disk: Disk) -> Option<Message> {
        match self.asked.pop_front()? {
            Effect::Write(entry) => self.write(entry, disk),
            Effect::Erase(key) => {
                self.disk.remove(&key);
            }
            Effect::WakeAt(at_ms) => self.alarm = Some(at_ms),
            Effect::Solve(key, _) => {
                self.has_worked = true;
                self.solved(key, Some(Proof(String::new())));
            }
            Effect::Send(entry, _) => {
                let is_deleted = self.deleted.contains(&entry.key);
                self.was_hasty |= !is_deleted && self.disk.get(&entry.key) != Some(&entry);
                self.sent = Some(entry.key.clone());
                return Some(Message::Request { wish: Wish::of(&entry.key), body: entry.body });
            }
        }
        None
    }

    pub(super) fn is_working(&self) -> bool {
        matches!(self.asked.front(), Some(Effect::Solve(..)))
    }

    /// The work brings nothing.
    pub(super) fn fail_to_solve(&mut self) {
        if let Some(Effect::Solve(key, _)) = self.asked.pop_front() {
            self.solved(key, None);
        }
    }

    fn solved(&mut self, key: Key, proof: Option<Proof>) {
        self.hear(Event::Solved { key, proof, chance: 0.0, now_ms: self.now_ms });
    }

    fn write(&mut self, entry: Entry, disk: Disk) {
        let is_kept = match disk {
            Disk::Honest => true,
            Disk::Lying => false,
            Disk::Late => entry.status != Status::Sending,
        };
        if is_kept {
            self.disk.insert(entry.key.clone(), entry.clone());
        }
        if entry.is_waiting() {
            self.saved.insert(entry.key.clone());
        }
        self.hear(Event::Written { entry, now_ms: self.now_ms });
    }

    fn put(&mut self, wish: Wish, body: &str, status: Status) {
        let entry =
            Entry { key: wish.key(), body: body.to_owned(), created_at_ms: self.now_ms, attempts: 0, status };
        self.hear(Event::Put { entry, now_ms: self.now_ms });
    }

    fn end_sending(&mut self, key: Key, answer: Answer) {
        if self.sent.as_ref() == Some(&key) {
            self.sent = None;
        }
        self.hear(Event::Answered { key, answer, chance: 0.0, now_ms: self.now_ms });
    }

    fn hear(&mut self, event: Event) {
        let effects = self.outbox.step(event);
        self.asked.extend(effects);
    }
}
