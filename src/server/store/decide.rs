//! What follows from what a database holds: pure, so that every store decides alike. A store reads, asks here, writes.
//!
//! It must not know a database. Whatever it is given has to stay as it is until the store has written the outcome.

use domain::booking::waiting::{Offer, WHOLE_DAY, can_wait, midnight};
use domain::booking::{DayWish, Event, Resolution, Status, Wanted, Wish, serve};
use domain::calendar::{Date, JstTime};
use domain::slot::{Rules, Slot, Taken, nearest};

use super::{Booked, Booking, Changed, NewBooking};

const DAY: i64 = 86_400;
/// A request may wait on a phone this long; keys are kept five days longer.
const LIFE: i64 = 30 * DAY;
/// Times offered instead of one that is gone, and how many days from it they are looked for.
const NEAREST: usize = 3;
const DAYS_AROUND: i64 = 14;

/// What becomes of a request.
pub(super) enum Verdict {
    Give { rank: u8, slot: Slot, status: Status },
    Refuse(Vec<Slot>),
    TooOld,
}

/// What becomes of a change.
pub(super) enum Step {
    /// This is to be written.
    Write(Booking),
    /// Nothing is.
    Answer(Changed),
}

/// Between these moments lies everything that can matter for what she wants and for what is offered instead of it.
pub(super) fn around(wanted: &Wanted) -> (i64, i64) {
    let starts: Vec<i64> = match wanted {
        Wanted::Times(wishes) => wishes.iter().map(|wish| wish.start).collect(),
        Wanted::Day(day) => vec![midday(*day).start],
    };
    let margin = (DAYS_AROUND + 1) * DAY;
    match (starts.iter().min(), starts.iter().max()) {
        (Some(first), Some(last)) => (first - margin, last + margin),
        _ => (0, 0),
    }
}

pub(super) fn on_request(new: &NewBooking, taken: &[Taken]) -> Verdict {
    if new.received_at - new.made_at > LIFE {
        return Verdict::TooOld;
    }
    match &new.wanted {
        Wanted::Times(wishes) => on_times(new, taken, wishes),
        Wanted::Day(day) => on_day(new, taken, *day),
    }
}

fn on_times(new: &NewBooking, taken: &[Taken], wishes: &[Wish]) -> Verdict {
    match serve(&new.rules, taken, wishes, new.received_at) {
        Resolution::Given { rank, slot } => {
            let status = if new.rules.by_hand { Status::Pending } else { Status::Confirmed };
            Verdict::Give { rank, slot, status }
        }
        Resolution::None(_) => Verdict::Refuse(near(&new.rules, taken, wishes.first(), new.received_at)),
    }
}

/// Whether the day is full does not matter: a time that is free is kept for her at once.
fn on_day(new: &NewBooking, taken: &[Taken], wish: DayWish) -> Verdict {
    if can_wait(&new.rules, wish, new.received_at) {
        let slot = Slot { start: midnight(wish.date), length: WHOLE_DAY, kind: wish.kind, place: 0 };
        return Verdict::Give { rank: 0, slot, status: Status::Waiting };
    }
    Verdict::Refuse(near(&new.rules, taken, Some(&midday(wish)), new.received_at))
}

fn midday(DayWish { date, kind }: DayWish) -> Wish {
    Wish { start: JstTime { date, minute: WHOLE_DAY / 2 }.unix_seconds(), kind }
}

/// The day of a booking, and of the waiting list that is concerned when it changes.
pub(super) fn day(booking: &Booking) -> Date {
    JstTime::from_unix_seconds(booking.start).date
}

/// A time that came free, for one who waits.
pub(super) fn on_offer(booking: Booking, offer: &Offer) -> Step {
    let status = match booking.status.on(Event::Offer) {
        Ok(status) => status,
        Err(wrong) => return Step::Answer(Changed::WrongState(wrong)),
    };
    let Slot { start, length, kind, place } = offer.slot;
    let (sequence, answer_by) = (booking.sequence + 1, Some(offer.until));
    Step::Write(Booking { start, length, kind, place, status, sequence, answer_by, ..booking })
}

/// Whether an event changes what others can have.
pub(super) fn frees(before: &Booking, after: &Booking) -> bool {
    before.status.holds_place() && !after.status.holds_place()
}

pub(super) fn on_event(booking: Booking, event: Event) -> Step {
    match booking.status.on(event) {
        // Back to the list of the day.
        Ok(status @ Status::Waiting) => Step::Write(Booking {
            start: midnight(day(&booking)),
            length: WHOLE_DAY,
            place: 0,
            status,
            sequence: booking.sequence + 1,
            answer_by: None,
            ..booking
        }),
        Ok(status) => {
            Step::Write(Booking { status, sequence: booking.sequence + 1, answer_by: None, ..booking })
        }
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
            | (Status::Confirmed, Event::Confirm | Event::Accept)
            | (Status::Waiting, Event::Pass)
            | (Status::Declined, Event::Decline)
            | (Status::Attended, Event::Attend)
            | (Status::Absent, Event::Miss)
    )
}
