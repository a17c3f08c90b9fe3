//! One round of sending: the right, the list as it is now, what is due, and the right is given back.
//!
//! The surprising rule: where the disk says something else than what was just written, somebody was faster (another tab,
//! or she deleted it). Then this round's list is old; it ends without sending, and the next one starts with a new list.

use std::collections::VecDeque;
use std::rc::Rc;

use domain::outbox::{DRAFT_LIFE_MS, Effect, Entry, Event, Status};
use js_sys::Math;

use super::right::Right;
use super::{Inner, List, now_ms};
use crate::BrowserError;
use crate::idb::lease_store::LEASE_MS;
use crate::idb::{Outcome, outbox_store};
use crate::proof;

/// A disk that did not answer is asked again after this; storage that died takes about a second to be mended.
const UNREAD_MS: i64 = 2_000;

pub(super) async fn go(this: &Rc<Inner>) {
    if !this.read().await {
        this.wake_at(now_ms() + UNREAD_MS);
    }
    if !has_work(&this.list.borrow()) {
        return;
    }
    let right = Right::take(&this.me).await;
    if this.is_let_go() {
        return right.give_back().await;
    }
    if drain(this, &right).await == End::ListWasOld {
        // Not at once: whatever it was, it has to come to its end first.
        this.wake_at(now_ms() + (LEASE_MS / 5.0) as i64);
    }
    right.give_back().await;
    this.read().await;
}

#[derive(PartialEq, Eq)]
enum End {
    NothingDue,
    ListWasOld,
}

fn has_work(list: &List) -> bool {
    let is_stale =
        |entry: &Entry| entry.status == Status::Draft && now_ms() - entry.created_at_ms >= DRAFT_LIFE_MS;
    !list.unkept.is_empty() || list.shown.iter().any(|entry| entry.is_waiting() || is_stale(entry))
}

async fn drain(this: &Rc<Inner>, right: &Right) -> End {
    // Read again: the list of before may have been the work of whoever had the right until now.
    let entries = if this.read().await {
        for settled in settled_and_unkept(this) {
            keep(this, &settled).await;
        }
        this.list.borrow().shown.clone()
    } else {
        // What others did with the rest cannot be known.
        this.list.borrow().unkept.clone()
    };
    let step = |event| this.outbox.borrow_mut().step(event);
    let mut asked = VecDeque::from(step(Event::Loaded { entries, now_ms: now_ms() }));
    if this.pauses_end.take() {
        asked.extend(step(Event::SendNow { now_ms: now_ms() }));
    }
    while let Some(effect) = asked.pop_front() {
        if this.is_let_go() && !matches!(effect, Effect::Write(_)) {
            return End::NothingDue;
        }
        match effect {
            Effect::Write(entry) => {
                if !keep(this, &entry).await {
                    return End::ListWasOld;
                }
                asked.extend(step(Event::Written { entry, now_ms: now_ms() }));
            }
            Effect::Erase(key) => {
                // What stays is erased by the next round.
                let _ = outbox_store::erase(&key).await;
            }
            Effect::Solve(key, challenge) => {
                let proof = proof::solve(&challenge).await;
                asked.extend(step(Event::Solved { key, proof, chance: Math::random(), now_ms: now_ms() }));
            }
            Effect::Send(entry, proof) => {
                if !right.holds() {
                    return End::ListWasOld;
                }
                let key = entry.key.clone();
                let answer = (this.send)(entry, proof).await;
                asked.extend(step(Event::Answered { key, answer, chance: Math::random(), now_ms: now_ms() }));
            }
            Effect::WakeAt(at_ms) => this.wake_at(at_ms),
        }
    }
    End::NothingDue
}

/// Answers that could not be written down when they came.
fn settled_and_unkept(this: &Inner) -> Vec<Entry> {
    this.list.borrow().unkept.iter().filter(|entry| !entry.is_waiting()).cloned().collect()
}

/// Writes down how far an entry has come, as well as this device can. False when the disk knows better.
async fn keep(this: &Inner, entry: &Entry) -> bool {
    let is_new = !this.list.borrow().disk.iter().any(|kept| kept.key == entry.key);
    let written =
        if is_new { outbox_store::add_or_advance(entry).await } else { outbox_store::advance(entry).await };
    if !this.list.borrow().has(&entry.key) {
        // She deleted it just now, and the write may have brought it back.
        let _ = outbox_store::erase(&entry.key).await;
        return false;
    }
    let (is_kept, is_right) = match written.outcome {
        Outcome::Saved | Outcome::MemoryOnly => (true, written.standing.as_ref() == Some(entry)),
        // The newer tab sends what is on the disk.
        Outcome::NotSaved(BrowserError::Newer) if !is_new => (false, false),
        // What is on the disk says that it has to be sent, so it may be. Should this page die, it is sent again under
        // the same key.
        Outcome::NotSaved(_) | Outcome::Unknown => (false, true),
    };
    if is_right {
        this.change(|list| {
            list.unkept.retain(|unkept| unkept.key != entry.key);
            let entries = if is_kept { &mut list.disk } else { &mut list.unkept };
            match entries.iter_mut().find(|known| known.key == entry.key) {
                Some(known) => known.clone_from(entry),
                None => entries.push(entry.clone()),
            }
        });
        this.show();
        if is_kept {
            // Only what is on the disk: two tabs without room would call each other for ever.
            this.signs.tell_tabs();
        }
    }
    is_right
}
