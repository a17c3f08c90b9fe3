//! What follows from what a database holds: pure, so that every store decides alike. A store reads, asks here, writes.
//!
//! It must not know a database. Whatever it is given has to stay as it is until the store has written the outcome.

use domain::booking::{Event, Resolution, Status, Wish, serve};
use domain::calendar::JstTime;
use domain::slot::{Rules, Slot, Taken, nearest};

use super::{Booked, Booking, Changed, NewBooking};

const DAY: i64 = 86_400;
/// Times offered instead of one that is gone, and how many days from it they are looked for.
const NEAREST: usize = 3;
const DAYS_AROUND: i64 = 14;

/// What becomes of a request.
pub(super) enum Verdict {
    Give { rank: u8, slot: Slot, status: Status },
    Refuse(Vec<Slot>),
}

/// What becomes of a change.
pub(super) enum Step {
    /// This is to be written.
    Write(Booking),
    /// Nothing is.
    Answer(Changed),
}

/// Between these moments lies everything that can matter for the wishes and for what is offered instead of them.
pub(super) fn around(wishes: &[Wish]) -> (i64, i64) {
    let starts = || wishes.iter().map(|wish| wish.start);
    let margin = (DAYS_AROUND + 1) * DAY;
    match (starts().min(), starts().max()) {
        (Some(first), Some(last)) => (first - margin, last + margin),
        _ => (0, 0),
    }
}

pub(super) fn on_request(new: &NewBooking, taken: &[Taken]) -> Verdict {
    match serve(&new.rules, taken, &new.wishes, new.received_at) {
        Resolution::Given { rank, slot } => {
            let status = if new.rules.by_hand { Status::Pending } else { Status::Confirmed };
            Verdict::Give { rank, slot, status }
        }
        Resolution::None(_) => Verdict::Refuse(near(&new.rules, taken, new.wishes.first(), new.received_at)),
    }
}

pub(super) fn on_event(booking: Booking, event: Event) -> Step {
    match booking.status.on(event) {
        Ok(status) => Step::Write(Booking { status, sequence: booking.sequence + 1, ..booking }),
        // Asked twice: the second time there is nothing left to do.
        Err(_) if is_done_by(booking.status, event) => Step::Answer(Changed::Already(booking)),
        Err(wrong) => Step::Answer(Changed::WrongState(wrong)),
    }
}

pub(super) fn on_move(booking: Booking, wish: Wish, rules: &Rules, mut taken: Vec<Taken>, now: i64) -> Step {
    if (booking.start, booking.kind) == (wish.start, wish.kind) {
        return Step::Answer(Changed::Already(booking));
    }
    let status = match booking.status.on(Event::Move) {
        Ok(status) => status,
        Err(wrong) => return Step::Answer(Changed::WrongState(wrong)),
    };
    // Its own place is free for it.
    taken.retain(|one| (one.start, one.place) != (booking.start, booking.place));
    match serve(rules, &taken, &[wish], now) {
        Resolution::Given { slot: Slot { start, length, kind, place }, .. } => {
            let sequence = booking.sequence + 1;
            Step::Write(Booking { start, length, kind, place, status, sequence, ..booking })
        }
        Resolution::None(_) => Step::Answer(Changed::Conflict(near(rules, &taken, Some(&wish), now))),
    }
}

/// What is answered to a key that was answered before; `given` is the booking of then, as it is now.
pub(super) fn on_repeat(is_same: bool, given: Option<(u8, Booking)>, near: Vec<Slot>) -> Booked {
    match given {
        _ if !is_same => Booked::KeyReused,
        Some((rank, booking)) => Booked::Taken { rank, booking },
        None => Booked::Conflict(near),
    }
}

fn near(rules: &Rules, taken: &[Taken], wish: Option<&Wish>, now: i64) -> Vec<Slot> {
    let Some(wish) = wish else { return Vec::new() };
    let day = JstTime::from_unix_seconds(wish.start).date;
    let days = (day.plus_days(-DAYS_AROUND), day.plus_days(DAYS_AROUND));
    nearest(rules, taken, wish.start, days, wish.kind, now, NEAREST)
}

/// An event that leads where the booking is already.
fn is_done_by(status: Status, event: Event) -> bool {
    matches!(
        (status, event),
        (Status::Cancelled, Event::Cancel)
            | (Status::Confirmed, Event::Confirm)
            | (Status::Declined, Event::Decline)
            | (Status::Attended, Event::Attend)
            | (Status::Absent, Event::Miss)
    )
}
