//! The one judge of a time: offered, or closed for a reason.

use std::ops::Range;

use super::rules::OnDay;
use super::{DAY_MINUTES, Hours, Kind, Rules};
use crate::calendar::{Date, JstTime};

/// A time that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Seconds since 1970, UTC; a full minute on the grid.
    pub start: i64,
    /// Minutes.
    pub length: u16,
    pub kind: Kind,
    /// The lowest place that is free; a booking takes this one.
    pub place: u8,
}

/// A consultation that holds a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub start: i64,
    pub length: u16,
    pub place: u8,
}

/// Why a time is not offered, the first reason that holds, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyClosed {
    /// It has begun, or too little time is left before it.
    TooSoon,
    /// Later than bookings are taken; from this day on it can be booked.
    TooFar {
        from: Date,
    },
    /// A one-off closed day of the team.
    ClosedDay,
    Holiday,
    YearEnd,
    /// No hours on this day.
    NoHours,
    /// The day has hours, but not at this minute.
    OutsideHours,
    /// These hours, but not this kind.
    OtherKind,
    /// Inside the hours, but nothing begins at this minute.
    NoStart,
    /// As many consultations as the team takes in a day.
    DayFull,
    /// Everybody who could meet her is away.
    Away,
    /// Every place is taken, its buffer included.
    Taken,
}

const MINUTE: i64 = 60;

/// Whether this minute is offered for this kind. `taken` may hold anything that could matter, in any order.
pub fn judge(rules: &Rules, taken: &[Taken], start: i64, kind: Kind, now: i64) -> Result<Slot, WhyClosed> {
    let at = JstTime::from_unix_seconds(start);
    is_bookable_now(rules, at, start, now)?;
    let hours = match rules.on(at.date) {
        OnDay::Closed => return Err(WhyClosed::ClosedDay),
        OnDay::Holiday => return Err(WhyClosed::Holiday),
        OnDay::YearEnd => return Err(WhyClosed::YearEnd),
        OnDay::None => return Err(WhyClosed::NoHours),
        OnDay::Hours(hours) => hours,
    };
    let hours = hours.iter().find(|hours| hours.covers(at.minute)).ok_or(WhyClosed::OutsideHours)?;
    if !hours.offers(kind) {
        return Err(WhyClosed::OtherKind);
    }
    if at.unix_seconds() != start || !hours.begins_at(at.minute) {
        return Err(WhyClosed::NoStart);
    }
    let place = place_at(rules, hours, taken, (at, start))?;
    Ok(Slot { start, length: hours.length(), kind, place })
}

/// The place for a consultation that may begin here: the same for every kind.
fn place_at(
    rules: &Rules,
    hours: &Hours,
    taken: &[Taken],
    (at, start): (JstTime, i64),
) -> Result<u8, WhyClosed> {
    if is_full(rules, taken, at.date) {
        return Err(WhyClosed::DayFull);
    }
    let left = rules.places_at(hours, at);
    if left == 0 {
        return Err(WhyClosed::Away);
    }
    free_place(rules, hours, taken, left, start).ok_or(WhyClosed::Taken)
}

/// Between these moments begins whatever of what is taken can matter to [`judge`] at `start`: what may still run then, what
/// a buffer reaches, and the whole day where consultations are counted. None is longer than a day.
#[must_use]
pub fn reach(rules: &Rules, start: i64) -> Range<i64> {
    let buffer = i64::from(rules.buffer);
    let to = start + (i64::from(rules.longest()) + buffer) * MINUTE;
    let to = match rules.cap {
        Some(_) => to.max(midnight(JstTime::from_unix_seconds(start).date.plus_days(1))),
        None => to,
    };
    start - (i64::from(DAY_MINUTES) + buffer) * MINUTE..to
}

/// The same for [`slots`] from one day to another, both included.
#[must_use]
pub fn reach_of_days(rules: &Rules, (first, last): (Date, Date)) -> Range<i64> {
    let buffer = i64::from(rules.buffer);
    let (begin, end) = (midnight(first), midnight(last.plus_days(1)));
    begin - (i64::from(DAY_MINUTES) + buffer) * MINUTE..end + buffer * MINUTE
}

fn midnight(date: Date) -> i64 {
    JstTime { date, minute: 0 }.unix_seconds()
}

/// Everything offered for this kind from one day to another, both included, in order of time.
#[must_use]
pub fn slots(rules: &Rules, taken: &[Taken], days: (Date, Date), kind: Kind, now: i64) -> Vec<Slot> {
    slots_of_kinds(rules, taken, days, &[kind], now)
}

/// The same for several kinds; those of one time follow one another in the order given here.
#[must_use]
pub fn slots_of_kinds(
    rules: &Rules,
    taken: &[Taken],
    days: (Date, Date),
    kinds: &[Kind],
    now: i64,
) -> Vec<Slot> {
    let today = JstTime::from_unix_seconds(now).date;
    // Whatever is asked, only days that can be booked are looked at.
    let first = days.0.max(today);
    let last = days.1.min(today.plus_days(i64::from(rules.horizon)));
    let mut taken = taken.to_vec();
    taken.sort_unstable_by_key(|one| one.start);
    let mut offered = Vec::new();
    for date in (first.days()..=last.days()).map(Date::from_days) {
        let OnDay::Hours(mut all) = rules.on(date) else { continue };
        let near = near(rules, &taken, date);
        all.sort_by_key(|hours| hours.starts().next());
        for (hours, minute) in all.iter().flat_map(|hours| hours.starts().map(move |minute| (hours, minute)))
        {
            let at = JstTime { date, minute };
            let start = at.unix_seconds();
            if is_bookable_now(rules, at, start, now).is_ok()
                && let Ok(place) = place_at(rules, hours, near, (at, start))
            {
                let kinds = kinds.iter().filter(|kind| hours.offers(**kind));
                let length = hours.length();
                offered.extend(kinds.map(|kind| Slot { start, length, kind: *kind, place }));
            }
        }
    }
    offered
}

/// Of what is taken, in order of time, all that can matter for a day.
fn near<'t>(rules: &Rules, taken: &'t [Taken], date: Date) -> &'t [Taken] {
    let reach = reach_of_days(rules, (date, date));
    let from = taken.partition_point(|one| one.start < reach.start);
    let to = taken.partition_point(|one| one.start < reach.end);
    &taken[from..to.max(from)]
}

/// The offered times closest to one that is gone, the closest first and the earlier of two equally close.
#[must_use]
pub fn nearest(
    rules: &Rules,
    taken: &[Taken],
    wanted: i64,
    days: (Date, Date),
    kind: Kind,
    now: i64,
    at_most: usize,
) -> Vec<Slot> {
    let mut offered = slots(rules, taken, days, kind, now);
    offered.sort_by_key(|slot| ((slot.start - wanted).abs(), slot.start));
    offered.truncate(at_most);
    offered
}

fn is_bookable_now(rules: &Rules, at: JstTime, start: i64, now: i64) -> Result<(), WhyClosed> {
    if start < now + i64::from(rules.lead) * MINUTE || start <= now {
        return Err(WhyClosed::TooSoon);
    }
    let from = at.date.plus_days(-i64::from(rules.horizon));
    if JstTime::from_unix_seconds(now).date < from { Err(WhyClosed::TooFar { from }) } else { Ok(()) }
}

fn is_full(rules: &Rules, taken: &[Taken], date: Date) -> bool {
    rules.cap.is_some_and(|cap| {
        let that_day = taken.iter().filter(|one| JstTime::from_unix_seconds(one.start).date == date).count();
        that_day >= usize::from(cap)
    })
}

/// The lowest place in which nothing runs at that time, buffers on both sides; none where as many run as there is anybody
/// `left` for.
fn free_place(rules: &Rules, hours: &Hours, taken: &[Taken], left: u8, start: i64) -> Option<u8> {
    let buffered = |start: i64, length: u16| (start, start + i64::from(length + rules.buffer) * MINUTE);
    let wanted = buffered(start, hours.length());
    let mut free = (0..hours.places()).filter(|place| {
        taken.iter().filter(|one| one.place == *place).all(|one| {
            let held = buffered(one.start, one.length);
            wanted.1 <= held.0 || held.1 <= wanted.0
        })
    });
    let lowest = free.next()?;
    // Who is away may have had a lower place than who is met already.
    let busy = usize::from(hours.places()) - 1 - free.count();
    (busy < usize::from(left)).then_some(lowest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Weekday;
    use crate::slot::{Away, Day, Kinds, Weekly};

    fn date(month: u8, day: u8) -> Date {
        Date { year: 2026, month, day }
    }

    fn at(month: u8, day: u8, hour: u16, minute: u16) -> i64 {
        JstTime { date: date(month, day), minute: hour * 60 + minute }.unix_seconds()
    }

    fn hours(from: u16, to: u16, places: u8, kinds: Kinds) -> Hours {
        Hours::new((from * 60, to * 60), 60, 30, places, kinds).unwrap()
    }

    /// Tuesdays and Thursdays, mornings by telephone, afternoons for everything in two places.
    fn rules() -> Rules {
        let weekly = [Weekday::Tuesday, Weekday::Thursday].into_iter().flat_map(|weekday| {
            let phone = Kinds::NONE.with(Kind::Phone);
            [hours(10, 12, 1, phone), hours(13, 16, 2, Kinds::ALL)].map(|hours| Weekly { weekday, hours })
        });
        Rules {
            weekly: weekly.collect(),
            days: vec![Day::Closed(date(12, 10)), Day::Open(date(12, 12), hours(10, 12, 1, Kinds::ALL))],
            buffer: 15,
            lead: 24 * 60,
            horizon: 30,
            cap: Some(5),
            deadline: 24 * 60,
            by_hand: false,
            away: Vec::new(),
        }
    }

    /// 2026-11-30, a Monday, at nine.
    fn now() -> i64 {
        at(11, 30, 9, 0)
    }

    #[test]
    fn every_closed_time_has_its_reason() {
        let rules = rules();
        let ask = |start, kind| judge(&rules, &[], start, kind, now()).unwrap_err();
        assert_eq!(ask(at(12, 1, 8, 30), Kind::Phone), WhyClosed::TooSoon, "within the lead");
        assert_eq!(ask(at(11, 24, 13, 0), Kind::Phone), WhyClosed::TooSoon, "past");
        assert_eq!(
            ask(at(12, 31, 13, 0), Kind::Phone),
            WhyClosed::TooFar { from: date(12, 1) },
            "bookable tomorrow"
        );
        assert_eq!(ask(at(12, 10, 13, 0), Kind::Visit), WhyClosed::ClosedDay);
        assert_eq!(ask(at(12, 29, 13, 0), Kind::Visit), WhyClosed::YearEnd);
        assert_eq!(ask(at(12, 2, 13, 0), Kind::Visit), WhyClosed::NoHours);
        assert_eq!(ask(at(12, 3, 12, 0), Kind::Visit), WhyClosed::OutsideHours);
        assert_eq!(ask(at(12, 3, 10, 0), Kind::Visit), WhyClosed::OtherKind);
        assert_eq!(ask(at(12, 3, 13, 10), Kind::Visit), WhyClosed::NoStart);
        assert_eq!(ask(at(12, 3, 15, 30), Kind::Visit), WhyClosed::NoStart, "it would not end in time");
        assert_eq!(judge(&rules, &[], at(12, 12, 10, 0), Kind::Visit, now()).unwrap().place, 0, "a Saturday");
    }

    #[test]
    fn a_holiday_closes_weekly_hours_and_an_open_day_opens_it() {
        let mut rules = rules();
        rules.horizon = 400;
        let labour_thanksgiving = JstTime { date: Date { year: 2027, month: 11, day: 23 }, minute: 13 * 60 };
        let ask = |rules: &Rules| judge(rules, &[], labour_thanksgiving.unix_seconds(), Kind::Visit, now());
        assert_eq!(ask(&rules), Err(WhyClosed::Holiday));
        rules.days.push(Day::Open(labour_thanksgiving.date, hours(13, 16, 1, Kinds::ALL)));
        assert!(ask(&rules).is_ok());
    }

    // Both places were taken at overlapping times, and a third founder was offered the gap that did not exist.
    #[test]
    fn the_buffer_counts_on_both_sides_and_places_one_by_one() {
        let rules = rules();
        let held = |hour, minute, place| Taken { start: at(12, 3, hour, minute), length: 60, place };
        let ask =
            |taken: &[Taken], hour, minute| judge(&rules, taken, at(12, 3, hour, minute), Kind::Visit, now());
        let first = [held(14, 0, 0)];
        assert_eq!(ask(&first, 13, 0).unwrap().place, 1, "its buffer would reach into the next");
        assert_eq!(ask(&first, 14, 30).unwrap().place, 1);
        let both = [held(14, 0, 0), held(13, 0, 1)];
        assert_eq!(ask(&both, 13, 30), Err(WhyClosed::Taken));
        assert_eq!(ask(&both, 14, 30).unwrap().place, 1);
        let five: Vec<Taken> = (0..5).map(|_| held(10, 0, 9)).collect();
        assert_eq!(ask(&five, 14, 0), Err(WhyClosed::DayFull));
    }

    // She was on leave for a week; founders were offered her hours, and a colleague rang them up one by one.
    #[test]
    fn who_is_away_takes_her_place_along_and_the_last_one_closes_the_time() {
        let mut rules = rules();
        let away = |places| Away { days: (date(12, 1), date(12, 3)), minutes: (13 * 60, 15 * 60), places };
        let ask = |rules: &Rules, taken: &[Taken], hour, minute| {
            judge(rules, taken, at(12, 3, hour, minute), Kind::Visit, now()).map(|slot| slot.place)
        };
        rules.away = vec![away(1)];
        assert_eq!(ask(&rules, &[], 13, 0), Ok(0));
        for place in [0, 1] {
            let held = [Taken { start: at(12, 3, 14, 0), length: 60, place }];
            assert_eq!(ask(&rules, &held, 14, 0), Err(WhyClosed::Taken), "whoever is there is with somebody");
            assert_eq!(ask(&rules, &held, 15, 0), Ok(1 - place), "she is back at three");
        }
        rules.away.push(away(1));
        assert_eq!(ask(&rules, &[], 13, 0), Err(WhyClosed::Away));
        assert_eq!(ask(&rules, &[], 15, 0), Ok(0));
        rules.away = vec![away(0)];
        assert!(rules.check().is_err());
    }

    proptest! {
        // Book what is offered, again and again, at random: nothing overlaps in a place, and no day is over its cap.
        #[test]
        fn whatever_is_booked_from_the_offer_never_overlaps(
            picks in prop::collection::vec((any::<prop::sample::Index>(), 0usize..3), 1..60),
            buffer in 0u16..4, cap in prop::option::of(1u16..9), places in 1u8..4, away in 0u8..4,
        ) {
            let mut rules = rules();
            let days = (date(12, 1), date(12, 31));
            rules.away.extend((away > 0).then_some(Away { days, minutes: (0, 1440), places: away }));
            rules.buffer = buffer * 15;
            rules.cap = cap;
            rules.weekly.push(Weekly { weekday: Weekday::Friday, hours: hours(9, 17, places, Kinds::ALL) });
            let mut taken: Vec<Taken> = Vec::new();
            for (pick, kind) in picks {
                let offered = slots(&rules, &taken, (date(11, 1), date(12, 31)), Kind::ALL[kind], now());
                if offered.is_empty() {
                    break;
                }
                let slot = offered[pick.index(offered.len())];
                taken.push(Taken { start: slot.start, length: slot.length, place: slot.place });
            }
            for (n, one) in taken.iter().enumerate() {
                let end = |t: &Taken| t.start + i64::from(t.length + rules.buffer) * 60;
                for other in &taken[n + 1..] {
                    prop_assert!(
                        one.place != other.place || end(one) <= other.start || end(other) <= one.start
                    );
                }
                let day = JstTime::from_unix_seconds(one.start).date;
                let that_day = taken.iter().filter(|t| JstTime::from_unix_seconds(t.start).date == day).count();
                prop_assert!(cap.is_none_or(|cap| that_day <= usize::from(cap)));
                prop_assert!(!matches!(rules.on(day), OnDay::Closed | OnDay::Holiday | OnDay::YearEnd | OnDay::None));
            }
        }

        // The list and the question "why is this closed?" must not drift apart.
        #[test]
        fn the_list_holds_exactly_what_the_judge_offers(
            held in prop::collection::vec((0i64..40 * 96, 1u16..8, 0u8..3), 0..20), kind in 0usize..3,
        ) {
            let rules = rules();
            let midnight = at(11, 30, 0, 0);
            let taken: Vec<Taken> = held
                .into_iter()
                .map(|(quarter, length, place)| Taken { start: midnight + quarter * 900, length: length * 15, place })
                .collect();
            let kind = Kind::ALL[kind];
            let listed = slots(&rules, &taken, (date(11, 1), date(12, 31)), kind, now());
            let judged: Vec<Slot> = (0..40 * 96)
                .filter_map(|quarter| judge(&rules, &taken, midnight + quarter * 900, kind, now()).ok())
                .collect();
            prop_assert_eq!(&listed, &judged);
            let mut of_all = slots_of_kinds(&rules, &taken, (date(11, 1), date(12, 31)), &Kind::ALL, now());
            of_all.retain(|slot| slot.kind == kind);
            prop_assert_eq!(of_all, listed);
        }

        // The night before, somebody had booked a whole day; a cap was reached by a consultation in the evening. Both were
        // outside of what had been read, and the time was given twice.
        #[test]
        fn what_begins_out_of_reach_does_not_matter(
            // Most of them on the day itself, where they are counted, and in more places than there are.
            held in prop::collection::vec(
                (prop_oneof![-3i64 * 96..4 * 96, 40i64..96], prop_oneof![1u16..=96, 1u16..6], 0u8..9), 0..15,
            ),
            quarter in 40i64..66, buffer in prop_oneof![0u16..4, 0u16..120], cap in prop::option::of(1u16..6),
            kind in 0usize..3,
        ) {
            let (mut rules, kind) = (rules(), Kind::ALL[kind]);
            (rules.buffer, rules.cap) = (buffer * 15, cap);
            let midnight = at(12, 3, 0, 0);
            let taken: Vec<Taken> = held
                .into_iter()
                .map(|(quarter, length, place)| Taken { start: midnight + quarter * 900, length: length * 15, place })
                .collect();
            let within = |reach: Range<i64>| -> Vec<Taken> {
                taken.iter().filter(|one| reach.contains(&one.start)).copied().collect()
            };
            let start = midnight + quarter * 900;
            let near = within(reach(&rules, start));
            prop_assert_eq!(
                judge(&rules, &near, start, kind, now()), judge(&rules, &taken, start, kind, now())
            );
            let days = (date(12, 3), date(12, 4));
            let near = within(reach_of_days(&rules, days));
            prop_assert_eq!(slots(&rules, &near, days, kind, now()), slots(&rules, &taken, days, kind, now()));
        }
    }
}
