//! What a team's bookings come to: how many, of which kind, how they ended, how long founders waited.
//!
//! Counted from what lies in the clear beside a booking; no letter is opened for a report, so nothing here knows what she
//! wrote. Two look-alikes: *response* is how long a request waited for a person's first answer, *lead* how long before the
//! consultation it came in.

pub mod csv;
pub mod few;
pub mod subject;

use crate::booking::Status;
use crate::calendar::{Date, JstTime};
use crate::slot::Kind;

/// As much as a person looks at at once, and a database reads in passing.
pub const MOST_DAYS: i64 = 400;

/// One booking, without anybody in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    pub kind: Kind,
    pub status: Status,
    pub start: i64,
    /// Minutes.
    pub length: u16,
    /// `None` where she was erased: the row is left, the moment is not.
    pub received_at: Option<i64>,
    /// A person's first answer to a request that waited for one.
    pub answered_at: Option<i64>,
    pub fictional: bool,
}

/// How it ended, or that it has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Attended,
    Absent,
    /// It stands; nobody has said yet whether she came.
    Standing,
    /// Waits for the team, or for a day.
    Asked,
    Cancelled,
    Declined,
    Expired,
}

impl Outcome {
    pub const ALL: [Self; 7] = [
        Self::Attended,
        Self::Absent,
        Self::Standing,
        Self::Asked,
        Self::Cancelled,
        Self::Declined,
        Self::Expired,
    ];

    #[must_use]
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Attended => Self::Attended,
            Status::Absent => Self::Absent,
            Status::Confirmed | Status::Moved => Self::Standing,
            Status::Draft
            | Status::Queued
            | Status::Sending
            | Status::Pending
            | Status::Waiting
            | Status::Offered => Self::Asked,
            Status::Cancelled => Self::Cancelled,
            Status::Declined => Self::Declined,
            Status::Expired => Self::Expired,
        }
    }
}

/// Of lengths of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct Spread {
    /// Of how many.
    pub of: u32,
    /// Seconds; half were no longer.
    pub median: i64,
    /// Seconds; nine of ten were no longer.
    pub ninetieth: i64,
}

/// What a period comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
pub struct Figures {
    pub all: u32,
    /// In the order of [`Kind::ALL`].
    pub kinds: [u32; 3],
    /// In the order of [`Outcome::ALL`].
    pub outcomes: [u32; 7],
    /// From Monday on.
    pub weekdays: [u32; 7],
    /// `2026-12` and how many, without gaps, from the first month that has one to the last.
    pub months: Vec<(String, u32)>,
    pub response: Option<Spread>,
    pub lead: Option<Spread>,
}

impl Figures {
    #[must_use]
    pub fn of(facts: &[Fact]) -> Self {
        let mut figures = Self { all: facts.len().try_into().unwrap_or(u32::MAX), ..Self::default() };
        for fact in facts {
            figures.kinds[fact.kind as usize] += 1;
            figures.outcomes[Outcome::of(fact.status) as usize] += 1;
            figures.weekdays[day_of(fact).weekday() as usize] += 1;
        }
        figures.months = months(facts);
        figures.response = spread(facts.iter().filter_map(Fact::response).collect());
        figures.lead = spread(facts.iter().filter_map(Fact::lead).collect());
        figures
    }

    #[must_use]
    pub const fn outcome(&self, outcome: Outcome) -> u32 {
        self.outcomes[outcome as usize]
    }

    /// How many stayed away, and of how many of whom it is known.
    #[must_use]
    pub const fn no_show(&self) -> Option<(u32, u32)> {
        let (came, absent) = (self.outcome(Outcome::Attended), self.outcome(Outcome::Absent));
        if came + absent == 0 { None } else { Some((absent, came + absent)) }
    }
}

impl Fact {
    #[must_use]
    pub fn response(&self) -> Option<i64> {
        Some((self.answered_at? - self.received_at?).max(0))
    }

    /// Who waits for a day has no time yet.
    #[must_use]
    pub fn lead(&self) -> Option<i64> {
        let received_at = self.received_at.filter(|_| !self.status.is_in_line())?;
        Some((self.start - received_at).max(0))
    }
}

fn day_of(fact: &Fact) -> Date {
    JstTime::from_unix_seconds(fact.start).date
}

/// By nearest rank: a length that really occurred, and none in between.
fn spread(mut lengths: Vec<i64>) -> Option<Spread> {
    lengths.sort_unstable();
    let rank =
        |percent: usize| lengths.get((lengths.len() * percent).div_ceil(100).saturating_sub(1)).copied();
    let of = lengths.len().try_into().unwrap_or(u32::MAX);
    Some(Spread { of, median: rank(50)?, ninetieth: rank(90)? })
}

fn months(facts: &[Fact]) -> Vec<(String, u32)> {
    let month_of = |fact: &Fact| {
        let day = day_of(fact);
        day.year * 12 + i32::from(day.month) - 1
    };
    let (first, last) = (facts.iter().map(month_of).min(), facts.iter().map(month_of).max());
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let mut counts: Vec<(String, u32)> = (first..=last).map(|month| (month_text(month), 0)).collect();
    for fact in facts {
        counts[(month_of(fact) - first) as usize].1 += 1;
    }
    counts
}

fn month_text(month: i32) -> String {
    let first = Date { year: month.div_euclid(12), month: (month.rem_euclid(12) + 1) as u8, day: 1 };
    subject::month(first)
}

/// The first day and the last of a period, if it is one that a report may be about.
#[must_use]
pub fn period(from: &str, to: &str) -> Option<(Date, Date)> {
    let (from, to) = (Date::parse(from)?, Date::parse(to)?);
    (0..MOST_DAYS).contains(&(to.days() - from.days())).then_some((from, to))
}

/// The quarter of Japan's fiscal year that begins on this day, if it is over.
///
/// Of all associations together nothing else is told: periods that overlap could be subtracted from one another until one
/// booking is left.
#[must_use]
pub fn finished_quarter(first: Date, today: Date) -> Option<(Date, Date)> {
    let begins = first.day == 1 && first.month % 3 == 1;
    let (year, month) = if first.month > 9 { (first.year + 1, 1) } else { (first.year, first.month + 3) };
    let next = Date { year, month, day: 1 };
    (begins && next <= today).then(|| (first, next.plus_days(-1)))
}

/// The first days of the quarters that are over, the latest first.
#[must_use]
pub fn finished_quarters(today: Date, most: usize) -> Vec<Date> {
    let mut first = Date { month: (today.month - 1) / 3 * 3 + 1, day: 1, ..today };
    let mut all = Vec::with_capacity(most);
    for _ in 0..most {
        let before = first.plus_days(-1);
        first = Date { month: before.month - 2, day: 1, ..before };
        all.push(first);
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600;
    /// 2026-12-01, a Tuesday, at ten in Japan.
    const START: i64 = 1_796_086_800;

    fn fact(status: Status, received: i64, answered: Option<i64>) -> Fact {
        Fact {
            kind: Kind::Visit,
            status,
            start: START,
            length: 60,
            received_at: Some(START - received * HOUR),
            answered_at: answered.map(|after| START - (received - after) * HOUR),
            fictional: false,
        }
    }

    // Nine requests were answered within the hour and one after a week; the mean said seventeen hours, which was true of nobody.
    #[test]
    fn half_and_nine_of_ten_are_lengths_that_occurred() {
        let mut facts: Vec<Fact> = (0..9).map(|_| fact(Status::Confirmed, 240, Some(1))).collect();
        facts.push(fact(Status::Declined, 240, Some(168)));
        let figures = Figures::of(&facts);
        assert_eq!(figures.response, Some(Spread { of: 10, median: HOUR, ninetieth: HOUR }));
        assert_eq!(figures.lead.map(|lead| lead.median), Some(240 * HOUR));
        assert_eq!(Figures::of(&facts[9..]).response.map(|one| one.ninetieth), Some(168 * HOUR));
        assert_eq!(Figures::of(&[]), Figures::default());
    }

    // Who had not been marked yet counted as having come, and the rate of those who stayed away looked better than it was.
    #[test]
    fn only_of_whom_it_is_known_counts_for_staying_away() {
        let facts =
            [Status::Attended, Status::Attended, Status::Absent, Status::Confirmed, Status::Cancelled]
                .map(|status| fact(status, 24, None));
        let figures = Figures::of(&facts);
        assert_eq!(figures.no_show(), Some((1, 3)));
        assert_eq!((figures.all, figures.outcome(Outcome::Standing)), (5, 1));
        assert_eq!((figures.weekdays[1], figures.response), (5, None));
        assert_eq!(Figures::of(&facts[3..]).no_show(), None);
    }

    #[test]
    fn who_was_erased_or_waits_for_a_day_counts_and_has_no_lengths() {
        let erased = Fact { received_at: None, answered_at: Some(START), ..fact(Status::Attended, 1, None) };
        let figures = Figures::of(&[erased, fact(Status::Waiting, 24, None)]);
        assert_eq!((figures.all, figures.response, figures.lead), (2, None, None));
    }

    #[test]
    fn months_without_a_booking_stand_between_those_with_one() {
        let later = Fact { start: START + 62 * 24 * HOUR, ..fact(Status::Confirmed, 1, None) };
        let months = Figures::of(&[later, fact(Status::Confirmed, 1, None)]).months;
        let told: Vec<_> = months.iter().map(|(month, n)| (month.as_str(), *n)).collect();
        assert_eq!(told, [("2026-12", 1), ("2027-01", 0), ("2027-02", 1)]);
    }

    #[test]
    fn a_period_has_an_end_and_a_quarter_is_over() {
        let day = |text| Date::parse(text).unwrap();
        assert!(period("2026-04-01", "2027-03-31").is_some() && period("2026-04-01", "2026-04-01").is_some());
        for (from, to) in [("2026-04-02", "2026-04-01"), ("2026-04-01", "2027-05-06"), ("x", "2026-04-01")] {
            assert_eq!(period(from, to), None, "{from} {to}");
        }
        let today = day("2026-11-26");
        let told: Vec<String> = finished_quarters(today, 3).into_iter().map(Date::to_text).collect();
        assert_eq!(told, ["2026-07-01", "2026-04-01", "2026-01-01"]);
        let over = |first| finished_quarter(day(first), today);
        assert_eq!(over("2026-07-01"), Some((day("2026-07-01"), day("2026-09-30"))));
        assert_eq!(over("2025-10-01"), Some((day("2025-10-01"), day("2025-12-31"))));
        for refused in ["2026-10-01", "2026-07-02", "2026-08-01"] {
            assert_eq!(over(refused), None, "{refused}");
        }
    }

    proptest! {
        #[test]
        fn every_booking_is_counted_once_wherever_it_is_counted(
            all in prop::collection::vec((0..13usize, 0..3usize, -400..400i64, prop::option::of(0..999i64)), 0..40),
        ) {
            let facts: Vec<Fact> = all.into_iter().map(|(status, kind, days, received)| Fact {
                kind: Kind::ALL[kind],
                start: START + days * 24 * HOUR,
                received_at: received.map(|hours| START - hours * HOUR),
                ..fact(Status::ALL[status], 0, None)
            }).collect();
            let figures = Figures::of(&facts);
            let months: u32 = figures.months.iter().map(|(_, n)| n).sum();
            for sum in [figures.kinds.iter().sum(), figures.outcomes.iter().sum(), figures.weekdays.iter().sum(), months] {
                prop_assert_eq!(sum, figures.all);
            }
        }
    }
}
