//! The waiting list of a full day: a time that comes free is kept for one founder after the other.
//!
//! **The rule, as it is published:** whoever asked first is asked first, and gets the earliest time of the day that is free
//! for her kind. The time is hers alone until she answers, lets it go, or her time to answer is over. She is told by day
//! only and the clock runs by day only, so that nobody loses a chance asleep and no message lights up a phone at night; who
//! looks by herself may answer earlier. Shortly before the consultation nothing is kept any more: it is open to all.

use super::DayWish;
use crate::calendar::{Date, JstTime};
use crate::slot::{Kind, Rules, Slot, Taken, slots, slots_of_kinds};

/// JST; she is told and clocks run from here …
pub const DAY_BEGINS: u16 = 8 * 60;
/// … to here.
pub const DAY_ENDS: u16 = 21 * 60;
/// Minutes by day to answer an offer.
pub const ANSWER_WITHIN: u16 = 120;
/// With fewer minutes left before the cut-off nothing is offered: she could not answer in peace.
pub const ANSWER_AT_LEAST: i64 = 30;
/// Minutes before the consultation; no offer lasts longer.
pub const CUT_OFF: i64 = 6 * 60;

/// Minutes for which a request for a day is written down: all of it.
pub const WHOLE_DAY: u16 = 24 * 60;

const MINUTE: i64 = 60;

/// One request on a day's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: i64,
    pub kind: Kind,
    /// Beginnings of times she let go. They are not offered to her again.
    pub passed: Vec<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Of the request.
    pub id: i64,
    pub slot: Slot,
    /// When she is told: now, or in the morning.
    pub tell_at: i64,
    /// Until this second it is hers alone.
    pub until: i64,
}

/// What is to be offered now, given everything that is taken on this day; `list` in the order in which they asked.
#[must_use]
pub fn offers(rules: &Rules, taken: &[Taken], date: Date, list: &[Waiting], now: i64) -> Vec<Offer> {
    let mut taken = taken.to_vec();
    let mut offers = Vec::new();
    for Waiting { id, kind, passed } in list {
        let free = slots(rules, &taken, (date, date), *kind, now);
        let mut hers = free.into_iter().filter(|slot| !passed.contains(&slot.start));
        let Some((slot, (tell_at, until))) = hers.find_map(|slot| Some((slot, moments(slot.start, now)?)))
        else {
            continue;
        };
        taken.push(Taken { start: slot.start, length: slot.length, place: slot.place });
        offers.push(Offer { id: *id, slot, tell_at, until });
    }
    offers
}

/// Whether this day has times of this kind of which one may still be offered to somebody who waits.
#[must_use]
pub fn can_wait(rules: &Rules, wish: DayWish, now: i64) -> bool {
    let all = slots(rules, &[], (wish.date, wish.date), wish.kind, now);
    all.iter().any(|slot| moments(slot.start, now).is_some())
}

/// The days between two, both included, each with the kinds of which it has times but not one that is `free`; both in order.
#[must_use]
pub fn full_days(
    rules: &Rules,
    free: &[Slot],
    days: (Date, Date),
    kinds: &[Kind],
    now: i64,
) -> Vec<(Date, Vec<Kind>)> {
    let mut has_free: Vec<(Date, Kind)> =
        free.iter().map(|slot| (JstTime::from_unix_seconds(slot.start).date, slot.kind)).collect();
    has_free.sort_unstable();
    let full = |date: Date| {
        let wanting = |kind: &Kind| has_free.binary_search(&(date, *kind)).is_err();
        let kinds: Vec<Kind> = kinds.iter().copied().filter(wanting).collect();
        // Most days have something of everything; only the others are looked at a second time.
        let all =
            if kinds.is_empty() { Vec::new() } else { slots_of_kinds(rules, &[], (date, date), &kinds, now) };
        let could_wait =
            |kind: &Kind| all.iter().any(|slot| slot.kind == *kind && moments(slot.start, now).is_some());
        (date, kinds.into_iter().filter(could_wait).collect::<Vec<Kind>>())
    };
    let all = (days.0.days()..=days.1.days()).map(Date::from_days).map(full);
    all.filter(|(_, kinds)| !kinds.is_empty()).collect()
}

/// The midnight, JST, with which a day begins: the beginning of a request for a day.
#[must_use]
pub fn midnight(date: Date) -> i64 {
    JstTime { date, minute: 0 }.unix_seconds()
}

/// When she is told of a time that begins at `start`, and until when she may answer; `None` where it is too late for that.
fn moments(start: i64, now: i64) -> Option<(i64, i64)> {
    let tell_at = day_at_or_after(now);
    let last = start - CUT_OFF * MINUTE;
    let until = after_minutes_of_day(tell_at, ANSWER_WITHIN).min(last);
    (until - tell_at >= ANSWER_AT_LEAST * MINUTE).then_some((tell_at, until))
}

/// `now` by day, else the next morning.
fn day_at_or_after(now: i64) -> i64 {
    let at = JstTime::from_unix_seconds(now);
    match at.minute {
        DAY_BEGINS..DAY_ENDS => now,
        0..DAY_BEGINS => morning(at.date),
        _ => morning(at.date.plus_days(1)),
    }
}

fn morning(date: Date) -> i64 {
    JstTime { date, minute: DAY_BEGINS }.unix_seconds()
}

/// The moment at which so many minutes of day have passed since one of them.
fn after_minutes_of_day(from: i64, minutes: u16) -> i64 {
    let date = JstTime::from_unix_seconds(from).date;
    let evening = JstTime { date, minute: DAY_ENDS }.unix_seconds();
    let end = from + i64::from(minutes) * MINUTE;
    if end <= evening { end } else { morning(date.plus_days(1)) + (end - evening) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Weekday;
    use crate::slot::{Hours, Kinds, Weekly};

    const WEDNESDAY: Date = Date { year: 2026, month: 12, day: 9 };

    fn at(day: u8, hour: u16, minute: u16) -> i64 {
        JstTime { date: Date { year: 2026, month: 12, day }, minute: hour * 60 + minute }.unix_seconds()
    }

    /// Wednesdays, 10:00 to 16:00, an hour each, one place.
    fn rules() -> Rules {
        let hours = Hours::new((10 * 60, 16 * 60), 60, 60, 1, Kinds::ALL).unwrap();
        Rules {
            weekly: vec![Weekly { weekday: Weekday::Wednesday, hours }],
            days: Vec::new(),
            buffer: 0,
            lead: 0,
            horizon: 60,
            cap: None,
            deadline: 0,
            by_hand: false,
            away: Vec::new(),
        }
    }

    fn waiting(id: i64) -> Waiting {
        Waiting { id, kind: Kind::Visit, passed: Vec::new() }
    }

    fn all_but(hours: &[u16]) -> Vec<Taken> {
        let taken = (10..16).filter(|hour| !hours.contains(hour));
        taken.map(|hour| Taken { start: at(9, hour, 0), length: 60, place: 0 }).collect()
    }

    fn told(list: &[Waiting], free: &[u16], now: i64) -> Vec<(i64, i64, i64, i64)> {
        let offers = offers(&rules(), &all_but(free), WEDNESDAY, list, now);
        offers.iter().map(|offer| (offer.id, offer.slot.start, offer.tell_at, offer.until)).collect()
    }

    // A message at two in the morning, and the chance was gone at four.
    #[test]
    fn at_night_she_is_not_told_and_no_time_runs() {
        let list = [waiting(1)];
        let begin = at(9, 13, 0);
        assert_eq!(told(&list, &[13], at(1, 2, 0)), [(1, begin, at(1, 8, 0), at(1, 10, 0))]);
        assert_eq!(told(&list, &[13], at(1, 21, 0)), [(1, begin, at(2, 8, 0), at(2, 10, 0))]);
        assert_eq!(told(&list, &[13], at(1, 20, 0)), [(1, begin, at(1, 20, 0), at(2, 9, 0))]);
    }

    #[test]
    fn the_first_who_asked_gets_the_earliest_time_and_what_she_let_go_is_the_next_ones() {
        let now = at(1, 10, 0);
        let until = at(1, 12, 0);
        let mut list = [waiting(7), waiting(3)];
        assert_eq!(told(&list, &[14], now), [(7, at(9, 14, 0), now, until)]);
        let both = [(7, at(9, 11, 0), now, until), (3, at(9, 14, 0), now, until)];
        assert_eq!(told(&list, &[11, 14], now), both);
        list[0].passed.push(at(9, 14, 0));
        assert_eq!(told(&list, &[14], now), [(3, at(9, 14, 0), now, until)]);
        assert_eq!(told(&list, &[], now), []);
    }

    #[test]
    fn shortly_before_it_nothing_is_kept_for_anybody() {
        let last = |minute| told(&[waiting(1)], &[15], at(9, 8, minute));
        assert_eq!(last(30), [(1, at(9, 15, 0), at(9, 8, 30), at(9, 9, 0))]);
        assert_eq!(last(31), [], "not half an hour is left to answer");
        let wish = DayWish { date: WEDNESDAY, kind: Kind::Visit };
        assert!(can_wait(&rules(), wish, at(9, 8, 30)) && !can_wait(&rules(), wish, at(9, 8, 31)));
        assert!(!can_wait(
            &rules(),
            DayWish { date: WEDNESDAY.plus_days(1), kind: Kind::Visit },
            at(1, 8, 0)
        ));
    }

    // A day on which nobody works was shown as full, and a founder waited for it.
    #[test]
    fn a_day_is_full_only_where_there_would_be_times() {
        let days = (Date { day: 1, ..WEDNESDAY }, Date { day: 20, ..WEDNESDAY });
        let full = |taken: &[Taken]| {
            let free = slots(&rules(), taken, days, Kind::Phone, at(1, 9, 0));
            full_days(&rules(), &free, days, &[Kind::Phone], at(1, 9, 0))
        };
        assert_eq!(full(&all_but(&[])), [(WEDNESDAY, vec![Kind::Phone])]);
        assert_eq!(full(&all_but(&[12])), []);
    }

    #[test]
    fn a_day_is_full_for_the_kinds_it_would_have_and_only_while_there_is_time_to_answer() {
        let hours = Hours::new((10 * 60, 16 * 60), 60, 60, 1, Kinds::NONE.with(Kind::Phone)).unwrap();
        let rules = Rules { weekly: vec![Weekly { weekday: Weekday::Wednesday, hours }], ..rules() };
        let full = |now| full_days(&rules, &[], (WEDNESDAY, WEDNESDAY), &[Kind::Visit, Kind::Phone], now);
        assert_eq!(full(at(1, 9, 0)), [(WEDNESDAY, vec![Kind::Phone])]);
        assert_eq!(full(at(9, 8, 30)), [(WEDNESDAY, vec![Kind::Phone])]);
        assert_eq!(full(at(9, 8, 31)), []);
    }

    #[test]
    fn a_request_for_a_day_lasts_from_midnight_to_midnight() {
        assert_eq!(midnight(WEDNESDAY), at(9, 0, 0));
        assert_eq!(midnight(WEDNESDAY) + i64::from(WHOLE_DAY) * 60, at(10, 0, 0));
    }

    proptest! {
        #[test]
        fn whoever_is_offered_a_time_can_answer_by_day_and_nobody_else_has_it(
            now in 0i64..9 * 1440, free in prop::collection::vec(10u16..16, 0..6), count in 0i64..8,
            passed in prop::collection::vec((0usize..8, 10u16..16), 0..12),
        ) {
            let now = at(1, 0, 0) + now * 60;
            let mut list: Vec<Waiting> = (0..count).map(waiting).collect();
            for (who, hour) in passed {
                if let Some(one) = list.get_mut(who) {
                    one.passed.push(at(9, hour, 0));
                }
            }
            let offers = offers(&rules(), &all_but(&free), WEDNESDAY, &list, now);
            for (n, Offer { id, slot, tell_at, until }) in offers.iter().enumerate() {
                prop_assert!((DAY_BEGINS..DAY_ENDS).contains(&JstTime::from_unix_seconds(*tell_at).minute));
                prop_assert!(*tell_at >= now && tell_at - now <= 11 * 3600);
                prop_assert!(*until <= slot.start - CUT_OFF * 60 && until - tell_at >= ANSWER_AT_LEAST * 60);
                prop_assert!(!list[*id as usize].passed.contains(&slot.start));
                prop_assert!(free.contains(&(JstTime::from_unix_seconds(slot.start).minute / 60)));
                prop_assert!(offers[n + 1..].iter().all(|other| other.slot.start != slot.start && other.id > *id));
            }
        }
    }
}
