//! What has to hold in every state, and what has to be seen in some: a model in which nobody is ever too late proves
//! nothing about those who are.

use stateright::Property;

use super::phone::SEALED;
use super::{Message, State, Town, Wish};
use crate::outbox::{Entry, Parked, Receipt, Status};

pub(super) const ONE_TIME: &str = "a time is given once";
pub(super) const ONE_KEY: &str = "a key is one booking at most";
pub(super) const NO_LIE: &str = "sent is what the server has, and parked what it has not";
pub(super) const NO_LOSS: &str = "what was called saved is on the disk until it is deleted";
pub(super) const WRITTEN_FIRST: &str = "nothing is sent before it is written down as being sent";
pub(super) const NO_DRAFT: &str = "a draft is never sent";
pub(super) const ENDS: &str = "once everything works, everything that waits comes to its end";

/// Many times what the longest way to the end takes.
const ENOUGH: usize = 60;

pub(super) fn all() -> Vec<Property<Town>> {
    let mut all = vec![
        always(ONE_TIME, |_, state| no_two(&state.server.bookings, |one, other| one.0 == other.0)),
        always(ONE_KEY, |_, state| no_two(&state.server.bookings, |one, other| one.1 == other.1)),
        always(NO_LIE, |_, state| state.entries().all(|(wish, entry)| state.is_true(wish, entry))),
        always(NO_LOSS, |_, state| {
            state
                .phones
                .iter()
                .all(|phone| phone.saved.difference(&phone.deleted).all(|key| phone.disk.contains_key(key)))
        }),
        always(WRITTEN_FIRST, |_, state| state.phones.iter().all(|phone| !phone.was_hasty)),
        always(NO_DRAFT, |_, state| !state.server.has_seen_a_draft && state.air.iter().all(is_no_draft)),
        always(ENDS, |town, state| state.clone().calm_down(town)),
    ];
    all.extend(seen());
    all
}

fn always(name: &'static str, holds: fn(&Town, &State) -> bool) -> Property<Town> {
    Property::always(name, holds)
}

fn sometimes(name: &'static str, is_so: fn(&Town, &State) -> bool) -> Property<Town> {
    Property::sometimes(name, is_so)
}

fn seen() -> [Property<Town>; 11] {
    [
        sometimes("two want one time at once", |_, state| {
            let asks = |wish| state.air.iter().any(|message| message.wish() == wish && is_request(message));
            asks(Wish::Hana) && asks(Wish::Yuki)
        }),
        sometimes("somebody was too late", |_, state| state.any(is_too_late)),
        sometimes("a second wish was given", |_, state| state.server.bookings.contains(&(1, Wish::Hana))),
        sometimes("one message is there twice", |_, state| {
            state.air.windows(2).any(|pair| pair[0] == pair[1])
        }),
        sometimes("sent twice and booked", |_, state| {
            state.any(|entry| entry.attempts > 1 && matches!(entry.status, Status::Sent(_)))
        }),
        sometimes("work was done, and booked", |_, state| {
            state.phones.iter().any(|phone| {
                let sent = |entry: &Entry| entry.attempts == 1 && matches!(entry.status, Status::Sent(_));
                phone.has_worked && phone.disk.values().any(sent)
            })
        }),
        sometimes("killed between writing and sending", |_, state| {
            let sending = |entry: &Entry| entry.status == Status::Sending;
            state
                .phones
                .iter()
                .any(|phone| phone.disk.values().any(sending) && !phone.outbox.entries().iter().any(sending))
        }),
        sometimes("booked, and the phone gave it up after thirty days", |_, state| {
            state.entries().any(|(wish, entry)| {
                entry.status == Status::Parked(Parked::Expired) && !state.server.times_of(wish).is_empty()
            })
        }),
        sometimes("deleted, and booked all the same", |_, state| {
            let is_deleted = |wish: Wish| state.phones[wish.phone()].deleted.contains(&wish.key());
            state.server.bookings.iter().any(|(_, wish)| is_deleted(*wish))
        }),
        sometimes("a draft lies beside a request under way", |_, state| {
            state.phones.iter().any(|phone| {
                phone.sent.is_some() && phone.disk.values().any(|entry| entry.status == Status::Draft)
            })
        }),
        sometimes("everybody has an answer", |town, state| {
            town.wishes.iter().all(|wish| state.phones[wish.phone()].entry(*wish).is_some_and(is_answered))
        }),
    ]
}

impl State {
    /// On the disks and in the memories.
    fn entries(&self) -> impl Iterator<Item = (Wish, &Entry)> {
        let everywhere =
            self.phones.iter().flat_map(|phone| phone.disk.values().chain(phone.outbox.entries()));
        everywhere.map(|entry| (Wish::of(&entry.key), entry))
    }

    fn any(&self, is_so: impl Fn(&Entry) -> bool) -> bool {
        self.entries().any(|(_, entry)| is_so(entry))
    }

    fn is_true(&self, wish: Wish, entry: &Entry) -> bool {
        let times = self.server.times_of(wish);
        match &entry.status {
            Status::Sent(Receipt(time)) => matches!(&times[..], [only] if only.to_string() == *time),
            Status::Parked(Parked::ChooseAgain(_)) => times.is_empty(),
            // Nothing here refuses for good; what expired says itself that it does not know.
            Status::Parked(Parked::Refused(_)) => false,
            Status::Parked(Parked::Expired) | Status::Draft | Status::Queued { .. } | Status::Sending => true,
        }
    }

    /// From now on nothing goes wrong. Whether everybody who waited has an answer soon, and a true one.
    fn calm_down(&mut self, town: &Town) -> bool {
        for _ in 0..ENOUGH {
            for phone in 0..self.phones.len() {
                while self.phones[phone].has_work() {
                    self.work(phone, town.disk);
                }
            }
            if self.phones.iter().all(|phone| phone.outbox.waiting() == 0) {
                return self.entries().all(|(wish, entry)| self.is_true(wish, entry));
            }
            self.bring_all(town);
        }
        false
    }

    fn bring_all(&mut self, town: &Town) {
        while let Some(message) = self.air.last().cloned() {
            self.arrive(message, town.clerk);
            self.commit(town.clerk);
        }
        for phone in &mut self.phones {
            // A request that is nowhere any more is noticed by its time limit.
            match phone.sent {
                _ if phone.has_work() => {}
                Some(_) => phone.give_up(),
                // Only for what it asked for: an outbox that forgets to be woken is found out.
                None if phone.alarm.is_some() => phone.wake(),
                None => {}
            }
        }
    }
}

fn is_no_draft(message: &Message) -> bool {
    match message {
        Message::Request { body, .. } => body == SEALED,
        Message::Answer { .. } => true,
    }
}

fn is_request(message: &Message) -> bool {
    matches!(message, Message::Request { .. })
}

fn is_too_late(entry: &Entry) -> bool {
    matches!(entry.status, Status::Parked(Parked::ChooseAgain(_)))
}

fn is_answered(entry: &Entry) -> bool {
    is_too_late(entry) || matches!(entry.status, Status::Sent(_))
}

fn no_two<T>(all: &[T], alike: impl Fn(&T, &T) -> bool) -> bool {
    all.iter().enumerate().all(|(at, one)| all[at + 1..].iter().all(|other| !alike(one, other)))
}
