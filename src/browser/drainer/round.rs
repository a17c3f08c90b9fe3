//! One round of sending: the right, the list as it is now, what is due, and the right is given back.
//!
//! The surprising rule: where the disk says something else than what was just written, somebody was faster (another tab,
//! or she deleted it). Then this round's list is old; it ends without sending, and the next one starts with a new list.

use std::collections::VecDeque;
use std::rc::Rc;

use domain::outbox::{DRAFT_LIFE_MS, Effect, Entry, Event, Status};
use js_sys::Math;

use super::right::Right;
use super::{Inner, now_ms};
use crate::idb::lease_store::LEASE_MS;
use crate::idb::{Outcome, outbox_store};

pub(super) async fn go(this: &Rc<Inner>) {
    this.read().await;
    if !has_work(&this.list.borrow().shown) {
        return;
    }
    let right = Right::take(&this.me).await;
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

fn has_work(entries: &[Entry]) -> bool {
    let is_stale =
        |entry: &Entry| entry.status == Status::Draft && now_ms() - entry.created_at_ms >= DRAFT_LIFE_MS;
    entries.iter().any(|entry| entry.is_waiting() || is_stale(entry))
}

async fn drain(this: &Rc<Inner>, right: &Right) -> End {
    // Read again: the list of before may have been the work of whoever had the right until now.
    this.read().await;
    let entries = this.list.borrow().shown.clone();
    let step = |event| this.outbox.borrow_mut().step(event);
    let mut asked = VecDeque::from(step(Event::Loaded { entries, now_ms: now_ms() }));
    if this.pauses_end.take() {
        asked.extend(step(Event::SendNow { now_ms: now_ms() }));
    }
    while let Some(effect) = asked.pop_front() {
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
            Effect::Send(entry) => {
                if !right.holds() {
                    return End::ListWasOld;
                }
                let key = entry.key.clone();
                let answer = (this.send)(entry).await;
                asked.extend(step(Event::Answered { key, answer, chance: Math::random(), now_ms: now_ms() }));
            }
            Effect::WakeAt(at_ms) => this.wake_at(at_ms),
        }
    }
    End::NothingDue
}

/// Writes down how far an entry has come, as well as this device can. False when the disk knows better.
async fn keep(this: &Rc<Inner>, entry: &Entry) -> bool {
    let is_unkept = || this.list.borrow().unkept.iter().any(|unkept| unkept.key == entry.key);
    let was_unkept = is_unkept();
    let written = if was_unkept {
        outbox_store::add_or_advance(entry).await
    } else {
        outbox_store::advance(entry).await
    };
    if was_unkept && !is_unkept() {
        // She deleted it just now, and the write has brought it back.
        let _ = outbox_store::erase(&entry.key).await;
        return false;
    }
    let as_asked = match written.outcome {
        Outcome::Saved | Outcome::MemoryOnly => written.standing.as_ref() == Some(entry),
        // Its last state is there, and says no more than that it has to be sent: it may be sent. Should this page die, it
        // is sent again under the same key.
        Outcome::NotSaved(_) | Outcome::Unknown => true,
    };
    if as_asked {
        this.change(|list| {
            let unkept = matches!(written.outcome, Outcome::NotSaved(_) | Outcome::Unknown) && was_unkept;
            if !unkept {
                list.unkept.retain(|unkept| unkept.key != entry.key);
            }
            let known = if unkept { &mut list.unkept } else { &mut list.disk };
            match known.iter_mut().find(|known| known.key == entry.key) {
                Some(known) => known.clone_from(entry),
                None => known.push(entry.clone()),
            }
        });
        this.show();
    }
    this.signs.tell_tabs();
    as_asked
}
