//! One event in, effects out. One entry is on its way at a time, the oldest first; a parked one holds nobody up. Where
//! nobody answers one entry, nobody would answer the next: then all of them wait.
//!
//! A server under pressure asks for work before it books. That is neither a refusal nor a miss: the entry stays on its way,
//! and the same request goes again with the proof. Where the work fails, or is asked for again and again, it waits.

use crate::api::{Challenge, Proof};

use super::entry::{Entry, Key, Parked, Receipt, Status};
use super::policy::{DRAFT_LIFE_MS, LIFE_MS, LONGEST_PAUSE_MS, backoff_ms};

/// How often work is done for one sending. More often is asked only by what takes no proof at all.
const PROOFS_AT_MOST: u8 = 2;

/// All entries of this device, as they are written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Outbox {
    entries: Vec<Entry>,
    /// The entry whose answer is awaited in this page.
    awaited: Option<Key>,
    /// How often it was asked for work.
    proofs: u8,
    /// Sendings in a row that brought no answer, whichever entry they were for.
    misses: u32,
    /// Nothing is begun before this moment.
    quiet_until_ms: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What was read from the disk, at the start and whenever this page becomes the one that sends.
    Loaded { entries: Vec<Entry>, now_ms: i64 },
    /// She tapped 送信, or edits a draft.
    Put { entry: Entry, now_ms: i64 },
    /// The effect `Write` of this entry is on the disk, as it was asked for.
    Written { entry: Entry, now_ms: i64 },
    /// She deletes it, whatever its status.
    Removed { key: Key, now_ms: i64 },
    /// 今すぐ送る, or a sign that the network is back: pauses end.
    SendNow { now_ms: i64 },
    /// The moment asked for by `WakeAt` has come, or the page became visible.
    Woke { now_ms: i64 },
    /// `chance` (0 to 1) spreads the next attempt.
    Answered { key: Key, answer: Answer, chance: f64, now_ms: i64 },
    /// The effect `Solve` came to its end; `None` where there is no solution, or this phone cannot find one.
    Solved { key: Key, proof: Option<Proof>, chance: f64, now_ms: i64 },
}

/// What came of one sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Taken(Receipt),
    /// 409: the time is gone; the nearest free ones.
    Conflict(String),
    /// 4xx that will not change by itself, with its code.
    Refused(String),
    /// 429, 503, or still in flight from an earlier attempt.
    Later {
        after_ms: Option<i64>,
    },
    /// 429 with work to do first.
    ProofNeeded(Challenge),
    /// No answer that is certainly ours.
    Unreachable,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Make it durable, then come back with `Written`.
    Write(Entry),
    Erase(Key),
    /// Send the body under the key, with the proof if there is one, then come back with `Answered`.
    Send(Entry, Option<Proof>),
    /// Do this work, then come back with `Solved`.
    Solve(Key, Challenge),
    /// Come back with `Woke` then. A later one replaces an earlier one.
    WakeAt(i64),
}

impl Outbox {
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many are not with the server yet: the counter on the screen.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_waiting()).count()
    }

    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        let now_ms = match event {
            Event::Loaded { entries, now_ms } => {
                self.entries = entries;
                self.awaited = None;
                // Whoever was sending is gone; whether it arrived, the server knows.
                self.end_pauses(now_ms, |entry| entry.status == Status::Sending, &mut effects);
                now_ms
            }
            Event::Put { entry, now_ms } => {
                self.put(entry, &mut effects);
                now_ms
            }
            Event::Written { entry, now_ms } => {
                self.written(entry, &mut effects);
                now_ms
            }
            Event::Removed { key, now_ms } => {
                self.entries.retain(|entry| entry.key != key);
                self.release(&key);
                effects.push(Effect::Erase(key));
                now_ms
            }
            Event::SendNow { now_ms } => {
                self.quiet_until_ms = now_ms;
                let paused = |entry: &Entry| matches!(entry.status, Status::Queued { not_before_ms } if not_before_ms > now_ms);
                self.end_pauses(now_ms, paused, &mut effects);
                now_ms
            }
            Event::Woke { now_ms } => now_ms,
            Event::Answered { key, answer, chance, now_ms } => {
                self.heard(&key, answer, chance, now_ms, &mut effects);
                now_ms
            }
            Event::Solved { key, proof, chance, now_ms } => {
                self.solved(&key, proof, chance, now_ms, &mut effects);
                now_ms
            }
        };
        self.expire(now_ms, &mut effects);
        self.begin_next(now_ms, &mut effects);
        effects
    }

    /// A key that is known already is what she changed; one that is on its way or with the server stays as it is.
    fn put(&mut self, entry: Entry, effects: &mut Vec<Effect>) {
        match self.entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) if matches!(known.status, Status::Draft) => *known = entry.clone(),
            Some(_) => return,
            None => self.entries.push(entry.clone()),
        }
        effects.push(Effect::Write(entry));
    }

    /// An earlier write of the same entry may come back late: only the one that says *sending* lets it go.
    fn written(&self, entry: Entry, effects: &mut Vec<Effect>) {
        if entry.status == Status::Sending
            && self.awaited.as_ref() == Some(&entry.key)
            && self.entries.contains(&entry)
        {
            effects.push(Effect::Send(entry, None));
        }
    }

    fn heard(&mut self, key: &Key, answer: Answer, chance: f64, now_ms: i64, effects: &mut Vec<Effect>) {
        match answer {
            Answer::ProofNeeded(challenge) if self.awaited.as_ref() == Some(key) => {
                if self.proofs < PROOFS_AT_MOST {
                    self.proofs += 1;
                    effects.push(Effect::Solve(key.clone(), challenge));
                } else {
                    self.answered(key, Answer::Later { after_ms: None }, chance, now_ms, effects);
                }
            }
            // Said to an earlier sending; the next one hears it itself.
            Answer::ProofNeeded(_) => {}
            answer => self.answered(key, answer, chance, now_ms, effects),
        }
    }

    /// She may have deleted it meanwhile, or an answer came all the same.
    fn solved(
        &mut self,
        key: &Key,
        proof: Option<Proof>,
        chance: f64,
        now_ms: i64,
        effects: &mut Vec<Effect>,
    ) {
        if self.awaited.as_ref() != Some(key) {
            return;
        }
        if proof.is_none() {
            return self.answered(key, Answer::Later { after_ms: None }, chance, now_ms, effects);
        }
        let entry = self.entries.iter().find(|entry| entry.key == *key);
        effects.extend(entry.map(|entry| Effect::Send(entry.clone(), proof)));
    }

    fn answered(&mut self, key: &Key, answer: Answer, chance: f64, now_ms: i64, effects: &mut Vec<Effect>) {
        self.release(key);
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == *key) else { return };
        // An answer that comes twice, or after she took it up again, changes nothing that is settled.
        if !entry.is_waiting() {
            return;
        }
        let settled = match answer {
            Answer::Taken(receipt) => Ok(Status::Sent(receipt)),
            Answer::Conflict(free) => Ok(Status::Parked(Parked::ChooseAgain(free))),
            Answer::Refused(code) => Ok(Status::Parked(Parked::Refused(code))),
            Answer::Later { after_ms } => Err(after_ms.unwrap_or(0)),
            Answer::ProofNeeded(_) | Answer::Unreachable => Err(0),
        };
        entry.status = match settled {
            Ok(status) => {
                self.misses = 0;
                status
            }
            Err(asked_ms) => {
                self.misses = self.misses.saturating_add(1);
                let until = |attempts| now_ms + backoff_ms(attempts, chance).max(asked_ms);
                self.quiet_until_ms = until(self.misses);
                Status::Queued { not_before_ms: until(entry.attempts) }
            }
        };
        effects.push(Effect::Write(entry.clone()));
    }

    fn end_pauses(&mut self, now_ms: i64, whose: impl Fn(&Entry) -> bool, effects: &mut Vec<Effect>) {
        for entry in self.entries.iter_mut().filter(|entry| whose(entry)) {
            let status = Status::Queued { not_before_ms: now_ms };
            if entry.status != status {
                entry.status = status;
                effects.push(Effect::Write(entry.clone()));
            }
        }
    }

    /// What waited too long is parked, what was typed and left is gone.
    fn expire(&mut self, now_ms: i64, effects: &mut Vec<Effect>) {
        for entry in &mut self.entries {
            let age = now_ms - entry.created_at_ms;
            if matches!(entry.status, Status::Queued { .. }) && age >= LIFE_MS {
                entry.status = Status::Parked(Parked::Expired);
                effects.push(Effect::Write(entry.clone()));
            }
        }
        let stale =
            |entry: &Entry| entry.status == Status::Draft && now_ms - entry.created_at_ms >= DRAFT_LIFE_MS;
        effects.extend(
            self.entries.iter().filter(|entry| stale(entry)).map(|entry| Effect::Erase(entry.key.clone())),
        );
        self.entries.retain(|entry| !stale(entry));
    }

    fn begin_next(&mut self, now_ms: i64, effects: &mut Vec<Effect>) {
        if self.awaited.is_some() {
            return;
        }
        let quiet_until_ms = self.quiet_until_ms;
        let due = |entry: &Entry| match entry.status {
            Status::Queued { not_before_ms } => Some(not_before_ms.max(quiet_until_ms)),
            Status::Draft | Status::Sending | Status::Sent(_) | Status::Parked(_) => None,
        };
        let has_come = |at: i64| at <= now_ms || at - now_ms > LONGEST_PAUSE_MS;
        let ready = self.entries.iter_mut().filter(|entry| due(entry).is_some_and(has_come));
        if let Some(next) = ready.min_by_key(|entry| entry.created_at_ms) {
            next.status = Status::Sending;
            next.attempts += 1;
            self.awaited = Some(next.key.clone());
            self.proofs = 0;
            effects.push(Effect::Write(next.clone()));
        } else if let Some(earliest) = self.entries.iter().filter_map(due).min() {
            effects.push(Effect::WakeAt(earliest));
        }
    }

    fn release(&mut self, key: &Key) {
        if self.awaited.as_ref() == Some(key) {
            self.awaited = None;
        }
    }
}

#[cfg(test)]
mod tests;
