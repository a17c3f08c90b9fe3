//! What follows from what a database holds: pure, so that every store decides alike. A store reads, asks here, writes.
//!
//! It must not know a database. Whatever it is given has to stay as it is until the store has written the outcome.
//!
//! The surprising rule: a request is decided twice where it has to be refused. Most get what they wish, and for that only
//! what is taken near their wishes has to be read ([`reach`]); the weeks around them ([`around`]) matter only to those who
//! are offered other times. What is found there is decided anew, because another statement may see a later moment, and a
//! refusal and what is offered instead of it have to be true at the same one.

use std::ops::Range;

use domain::booking::waiting::{Offer, WHOLE_DAY, can_wait, midnight};
use domain::booking::{DayWish, Event, Resolution, Status, Wanted, Wish, serve};
use domain::calendar::{Date, JstTime};
use domain::slot::{self, Rules, Slot, Taken, nearest};

use super::{Booked, Booking, Changed, NewBooking};

const DAY: i64 = 86_400;
/// A request may wait on a phone this long; keys are kept five days longer.
const LIFE: i64 = 30 * DAY;
/// Times offered instead of one that is gone, and how many days from it they are looked for.
const NEAREST: usize = 3;
const DAYS_AROUND: i64 = 14;

/// What becomes of a request.
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) enum Verdict {
    Give { rank: u8, slot: Slot, status: Status },
    Refuse(Vec<Slot>),
    TooOld,
}

/// What becomes of a change.
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) enum Step {
    /// This is to be written.
    Write(Booking),
    /// Nothing is.
    Answer(Changed),
}

/// Between these moments begins everything taken that decides which of her wishes she gets; apart and in order, so that
/// nothing is read, or counted, twice.
pub(super) fn reach(rules: &Rules, wanted: &Wanted) -> Vec<Range<i64>> {
    match wanted {
        Wanted::Times(wishes) => apart(wishes.iter().map(|wish| slot::reach(rules, wish.start)).collect()),
        // A place on the list of a day is nobody else's.
        Wanted::Day(_) => Vec::new(),
    }
}

/// And everything that can matter for what is offered instead.
pub(super) fn around(rules: &Rules, wanted: &Wanted) -> Vec<Range<i64>> {
    let mut ranges = reach(rules, wanted);
    ranges.extend(looked_near(wanted).map(|wish| slot::reach_of_days(rules, days_around(&wish))));
    apart(ranges)
}

fn apart(mut ranges: Vec<Range<i64>>) -> Vec<Range<i64>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut apart: Vec<Range<i64>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// Given what is taken within [`reach`]; `None` where she has to be refused.
pub(super) fn at_first(new: &NewBooking, taken: &[Taken]) -> Option<Verdict> {
    if new.received_at - new.made_at > LIFE {
        return Some(Verdict::TooOld);
    }
    match &new.wanted {
        Wanted::Times(wishes) => match serve(&new.rules, taken, wishes, new.received_at) {
            Resolution::Given { rank, slot } => {
                let status = if new.rules.by_hand { Status::Pending } else { Status::Confirmed };
                Some(Verdict::Give { rank, slot, status })
            }
            Resolution::None(_) => None,
        },
        // Whether the day is full does not matter: a time that is free is kept for her at once.
        Wanted::Day(wish) => can_wait(&new.rules, *wish, new.received_at).then(|| {
            let slot = Slot { start: midnight(wish.date), length: WHOLE_DAY, kind: wish.kind, place: 0 };
            Verdict::Give { rank: 0, slot, status: Status::Waiting }
        }),
    }
}

/// Given what is taken [`around`].
pub(super) fn at_last(new: &NewBooking, taken: &[Taken]) -> Verdict {
    let near = || match looked_near(&new.wanted) {
        Some(wish) => near(&new.rules, taken, &wish, new.received_at),
        None => Vec::new(),
    };
    at_first(new, taken).unwrap_or_else(|| Verdict::Refuse(near()))
}

/// Near what other times are looked for: her first wish, the middle of her day.
fn looked_near(wanted: &Wanted) -> Option<Wish> {
    match wanted {
        Wanted::Times(wishes) => wishes.first().copied(),
        Wanted::Day(day) => Some(midday(*day)),
    }
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

/// Given what is taken within [`reach`] of the wish; `None` where it has to be refused.
pub(super) fn move_at_first(
    booking: &Booking,
    wish: Wish,
    rules: &Rules,
    taken: &[Taken],
    now: i64,
) -> Option<Step> {
    if (booking.start, booking.kind) == (wish.start, wish.kind) {
        return Some(Step::Answer(Changed::Already(booking.clone())));
    }
    let status = match booking.status.on(Event::Move) {
        Ok(status) => status,
        Err(wrong) => return Some(Step::Answer(Changed::WrongState(wrong))),
    };
    match serve(rules, &without(booking, taken), &[wish], now) {
        Resolution::Given { slot: Slot { start, length, kind, place }, .. } => {
            let sequence = booking.sequence + 1;
            Some(Step::Write(Booking { start, length, kind, place, status, sequence, ..booking.clone() }))
        }
        Resolution::None(_) => None,
    }
}

/// Given what is taken [`around`] it.
pub(super) fn move_at_last(booking: &Booking, wish: Wish, rules: &Rules, taken: &[Taken], now: i64) -> Step {
    let near = || near(rules, &without(booking, taken), &wish, now);
    move_at_first(booking, wish, rules, taken, now).unwrap_or_else(|| Step::Answer(Changed::Conflict(near())))
}

/// Its own place is free for it.
fn without(booking: &Booking, taken: &[Taken]) -> Vec<Taken> {
    let others = taken.iter().filter(|one| (one.start, one.place) != (booking.start, booking.place));
    others.copied().collect()
}

/// What is answered to a key that was answered before; `given` is the booking of then, as it is now.
pub(super) fn on_repeat(is_same: bool, given: Option<(u8, Booking)>, near: Vec<Slot>) -> Booked {
    match given {
        _ if !is_same => Booked::KeyReused,
        Some((rank, booking)) => Booked::Taken { rank, booking },
        None => Booked::Conflict(near),
    }
}

fn near(rules: &Rules, taken: &[Taken], wish: &Wish, now: i64) -> Vec<Slot> {
    nearest(rules, taken, wish.start, days_around(wish), wish.kind, now, NEAREST)
}

fn days_around(wish: &Wish) -> (Date, Date) {
    let day = JstTime::from_unix_seconds(wish.start).date;
    (day.plus_days(-DAYS_AROUND), day.plus_days(DAYS_AROUND))
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::association::AssociationId;
    use domain::booking::{Status, Wish};
    use domain::calendar::Weekday;
    use domain::slot::{Hours, Kind, Kinds, Weekly};
    use proptest::prelude::*;

    use super::*;

    const WEDNESDAY: Date = Date { year: 2026, month: 12, day: 16 };

    /// Mondays to Thursdays, ten to four, in two places.
    fn rules(buffer: u16, cap: Option<u16>) -> Rules {
        use Weekday::{Monday, Thursday, Tuesday, Wednesday};
        let hours = Hours::new((600, 960), 60, 30, 2, Kinds::ALL).unwrap();
        let weekly = [Monday, Tuesday, Wednesday, Thursday].map(|weekday| Weekly { weekday, hours });
        let weekly = weekly.to_vec();
        Rules {
            weekly,
            days: Vec::new(),
            buffer,
            lead: 60,
            horizon: 30,
            cap,
            deadline: 60,
            by_hand: false,
            away: Vec::new(),
        }
    }

    fn start((day, quarter): (i64, i64)) -> i64 {
        midnight(WEDNESDAY.plus_days(day)) + quarter * 900
    }

    fn moment() -> impl Strategy<Value = (i64, i64)> {
        (-17i64..18, 38i64..66)
    }

    /// So many that about half of the wishes are refused, old ones as long as a day among them.
    fn taken() -> impl Strategy<Value = Vec<Taken>> {
        let length = prop_oneof![9 => Just(4u16), 1 => 1u16..=96];
        let one = (moment(), length, 0u8..2);
        prop::collection::vec(one, 0..250).prop_map(|all| {
            let taken = all.into_iter();
            taken.map(|(at, length, place)| Taken { start: start(at), length: length * 15, place }).collect()
        })
    }

    fn wish() -> impl Strategy<Value = Wish> {
        (moment(), 0usize..3).prop_map(|(at, kind)| Wish { start: start(at), kind: Kind::ALL[kind] })
    }

    fn wanted() -> impl Strategy<Value = Wanted> {
        let day = (-17i64..18, 0usize..3);
        prop_oneof![
            4 => prop::collection::vec(wish(), 1..=3).prop_map(Wanted::Times),
            1 => day.prop_map(|(day, kind)| {
                Wanted::Day(DayWish { date: WEDNESDAY.plus_days(day), kind: Kind::ALL[kind] })
            }),
        ]
    }

    fn request(rules: Rules, wanted: Wanted) -> NewBooking {
        let now = midnight(WEDNESDAY.plus_days(-10));
        NewBooking {
            key: String::new(),
            fingerprint: [0; 32],
            team: AssociationId(String::new()),
            rules: Arc::new(rules),
            wanted,
            reference: String::new(),
            token: [0; 32],
            key_id: String::new(),
            sealed: Vec::new(),
            fictional: false,
            made_at: now,
            received_at: now,
        }
    }

    fn read(taken: &[Taken], ranges: &[Range<i64>]) -> Vec<Taken> {
        let of = |range: &Range<i64>| {
            let range = range.clone();
            taken.iter().filter(move |one| range.contains(&one.start)).copied()
        };
        ranges.iter().flat_map(of).collect()
    }

    proptest! {
        // Only the wished hours had been read; a cap counted the half of a day, and one more was booked than the team takes.
        #[test]
        fn what_is_read_at_first_gives_the_verdict_of_everything(
            taken in taken(), wanted in wanted(), buffer in 0u16..6, cap in prop::option::of(3u16..12),
        ) {
            let new = request(rules(buffer * 15, cap), wanted);
            let of_everything = at_last(&new, &taken);
            let at_first = at_first(&new, &read(&taken, &reach(&new.rules, &new.wanted)));
            let is_refused = matches!(of_everything, Verdict::Refuse(_));
            prop_assert_eq!(at_first.as_ref(), (!is_refused).then_some(&of_everything));
            let around = read(&taken, &around(&new.rules, &new.wanted));
            prop_assert_eq!(at_last(&new, &around), of_everything);
        }

        #[test]
        fn a_move_is_judged_alike_by_what_is_near_and_by_everything(
            taken in taken(), own in moment(), place in 0u8..2, wish in wish(),
            buffer in 0u16..6, cap in prop::option::of(3u16..12),
        ) {
            let rules = rules(buffer * 15, cap);
            let new = request(rules.clone(), Wanted::Times(vec![wish]));
            let slot = Slot { start: start(own), length: 60, kind: Kind::Visit, place };
            let booking = new.booked(1, slot, Status::Confirmed);
            let now = new.received_at;
            let all = move_at_last(&booking, wish, &rules, &taken, now);
            let near = read(&taken, &reach(&rules, &new.wanted));
            let at_first = move_at_first(&booking, wish, &rules, &near, now);
            let is_refused = matches!(all, Step::Answer(Changed::Conflict(_)));
            prop_assert_eq!(at_first.as_ref(), (!is_refused).then_some(&all));
            let around = read(&taken, &around(&rules, &new.wanted));
            prop_assert_eq!(move_at_last(&booking, wish, &rules, &around, now), all);
        }
    }
}
