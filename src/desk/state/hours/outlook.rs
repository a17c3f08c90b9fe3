//! The next two weeks as founders will see them, beside what they see now. Computed here and at once, by the judge the server
//! asks.

use domain::calendar::{Date, JstTime};
use domain::slot::{Kind, Rules, Taken, WhyClosed, judge, slots_of_kinds};

pub const DAYS: i64 = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Stays,
    New,
    /// Another length or other kinds.
    Changed,
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    pub start: i64,
    pub length: u16,
    pub kinds: Vec<Kind>,
    pub fate: Fate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    pub day: Date,
    /// In order of time; those that fall away among them.
    pub times: Vec<Time>,
    /// Why nothing is offered on the whole day, where that is so.
    pub closed: Option<WhyClosed>,
}

impl Ahead {
    /// How many founders will see.
    #[must_use]
    pub fn offered(&self) -> usize {
        self.times.iter().filter(|time| time.fate != Fate::Gone).count()
    }

    #[must_use]
    pub fn with(&self, fate: Fate) -> usize {
        self.times.iter().filter(|time| time.fate == fate).count()
    }
}

/// `old` is what is saved; None where nothing is yet.
#[must_use]
pub fn outlook(new: &Rules, old: Option<&Rules>, taken: &[Taken], now: i64) -> Vec<Ahead> {
    let today = JstTime::from_unix_seconds(now).date;
    let days = (today, today.plus_days(DAYS - 1));
    let offered = times(new, taken, days, now);
    let before = old.map(|old| times(old, taken, days, now)).unwrap_or_default();
    let mut all: Vec<Time> =
        offered.into_iter().map(|time| Time { fate: fate(&time, &before), ..time }).collect();
    let is_gone = |time: &&Time| !all.iter().any(|other| other.start == time.start);
    let gone: Vec<Time> =
        before.iter().filter(is_gone).map(|time| Time { fate: Fate::Gone, ..time.clone() }).collect();
    all.extend(gone);
    all.sort_by_key(|time| time.start);
    (0..DAYS)
        .map(|at| {
            let day = today.plus_days(at);
            let on_it = |time: &&Time| JstTime::from_unix_seconds(time.start).date == day;
            let times: Vec<Time> = all.iter().filter(on_it).cloned().collect();
            let closed = closed(new, taken, day, now);
            Ahead { day, times, closed }
        })
        .collect()
}

fn fate(time: &Time, before: &[Time]) -> Fate {
    match before.iter().find(|old| old.start == time.start) {
        None => Fate::New,
        Some(old) if (old.length, &old.kinds) == (time.length, &time.kinds) => Fate::Stays,
        Some(_) => Fate::Changed,
    }
}

fn times(rules: &Rules, taken: &[Taken], days: (Date, Date), now: i64) -> Vec<Time> {
    let mut times: Vec<Time> = Vec::new();
    for slot in slots_of_kinds(rules, taken, days, &Kind::ALL, now) {
        match times.last_mut() {
            Some(last) if last.start == slot.start => last.kinds.push(slot.kind),
            _ => times.push(Time {
                start: slot.start,
                length: slot.length,
                kinds: vec![slot.kind],
                fate: Fate::Stays,
            }),
        }
    }
    times
}

/// The last quarter of the day is asked about: a reason that holds for it and is none of the hour's is the day's.
fn closed(rules: &Rules, taken: &[Taken], day: Date, now: i64) -> Option<WhyClosed> {
    let last = JstTime { date: day, minute: 23 * 60 + 45 }.unix_seconds();
    judge(rules, taken, last, Kind::Visit, now).err().filter(|why| match why {
        WhyClosed::TooSoon
        | WhyClosed::TooFar { .. }
        | WhyClosed::ClosedDay
        | WhyClosed::Holiday
        | WhyClosed::YearEnd
        | WhyClosed::NoHours => true,
        WhyClosed::OutsideHours
        | WhyClosed::OtherKind
        | WhyClosed::NoStart
        | WhyClosed::DayFull
        | WhyClosed::Away
        | WhyClosed::Taken => false,
    })
}

#[cfg(test)]
mod tests {
    use domain::slot::file::RulesFile;

    use super::super::edit::{add_stretch, example};
    use super::*;
    use domain::slot::file::DayOfWeek;

    /// A Thursday, nine in the morning in Japan.
    fn now() -> i64 {
        let date = Date { year: 2026, month: 11, day: 26 };
        JstTime { date, minute: 9 * 60 }.unix_seconds()
    }

    fn shown(new: &RulesFile, old: Option<&RulesFile>) -> Vec<Ahead> {
        let old = old.map(|old| old.parse().unwrap());
        outlook(&new.parse().unwrap(), old.as_ref(), &[], now())
    }

    fn on(all: &[Ahead], day: u8) -> Ahead {
        let day = Date { year: 2026, month: 12, day };
        all.iter().find(|ahead| ahead.day == day).unwrap().clone()
    }

    #[test]
    fn without_a_change_nothing_is_new_and_nothing_falls_away() {
        let all = shown(&example(), Some(&example()));
        assert_eq!(all.len(), 14);
        assert!(all.iter().flat_map(|ahead| &ahead.times).all(|time| time.fate == Fate::Stays));
        assert_eq!((on(&all, 1).offered(), on(&all, 8).offered()), (2, 2));
    }

    #[test]
    fn what_is_new_what_changes_and_what_falls_away_stands_side_by_side() {
        let mut new = example();
        new.weekly[0].hours.from = "11:00".to_owned();
        new.weekly[0].hours.kinds.pop();
        add_stretch(&mut new, DayOfWeek::Tue);
        let tuesday = on(&shown(&new, Some(&example())), 1);
        let fates: Vec<Fate> = tuesday.times.iter().map(|time| time.fate).collect();
        assert_eq!(fates, [Fate::Gone, Fate::Changed, Fate::New]);
        assert_eq!((tuesday.offered(), tuesday.with(Fate::Gone)), (2, 1));
    }

    #[test]
    fn a_first_version_is_all_new() {
        let tuesday = on(&shown(&example(), None), 1);
        assert_eq!(tuesday.with(Fate::New), 2);
    }

    // The day she had closed looked like one that was full, and she opened it again to find out.
    #[test]
    fn a_day_without_times_says_why() {
        let mut new = example();
        new.closed.push("2026-12-01".to_owned());
        let all = shown(&new, Some(&example()));
        assert_eq!((on(&all, 1).closed, on(&all, 1).with(Fate::Gone)), (Some(WhyClosed::ClosedDay), 2));
        assert_eq!(on(&all, 2).closed, Some(WhyClosed::NoHours));
        assert_eq!(all[0].closed, Some(WhyClosed::TooSoon));
        assert_eq!(on(&all, 8).closed, None);
    }
}
