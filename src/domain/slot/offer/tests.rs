//! Every closed time has its reason, and nothing that is booked from the offer overlaps.

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
