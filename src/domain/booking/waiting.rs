//! The waiting list of a full day: a time that comes free is offered to one founder after the other.
//!
//! Offers go out by day only, and the time to answer runs by day only, so that nobody loses a chance asleep and no
//! message lights up a phone at night. Shortly before the consultation the list is closed and the time is open to all.

use crate::calendar::{Date, JstTime};

/// JST; offers go out and clocks run from here …
pub const DAY_BEGINS: u16 = 8 * 60;
/// … to here.
pub const DAY_ENDS: u16 = 21 * 60;
/// Minutes by day to answer an offer.
pub const ANSWER_WITHIN: u16 = 120;
/// Minutes before the consultation; no offer goes out later.
pub const CUT_OFF: i64 = 6 * 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Of the founder's request.
    pub key: String,
    /// Seconds since 1970.
    pub since: i64,
    pub offered: Option<Offer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub made_at: i64,
    /// Until this second it is hers alone.
    pub until: i64,
    pub answer: Option<bool>,
}

/// What to do about one time that came free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Offer it to this one.
    Offer { key: String, until: i64 },
    /// Somebody has it in her hands, or it is night. Look again then.
    Wait { until: i64 },
    /// Nobody is left, or it is too late for offers: the time is open to everybody.
    Open,
}

/// Decides for a free time that begins at `start`. Asked again after every answer and when the moment of `Wait` comes.
#[must_use]
pub fn next(list: &[Waiting], start: i64, now: i64) -> Next {
    if now > start - CUT_OFF * 60 {
        return Next::Open;
    }
    let open = |waiting: &Waiting| {
        waiting.offered.filter(|offer| offer.answer.is_none() && now < offer.until).map(|offer| offer.until)
    };
    if let Some(until) = list.iter().filter_map(open).min() {
        return Next::Wait { until };
    }
    let longest = list.iter().filter(|waiting| waiting.offered.is_none());
    let Some(first) = longest.min_by(|a, b| (a.since, &a.key).cmp(&(b.since, &b.key))) else {
        return Next::Open;
    };
    let morning = day_at_or_after(now);
    if morning > now {
        return Next::Wait { until: morning };
    }
    // Never longer than offers are made at all.
    let until = after_minutes_of_day(now, ANSWER_WITHIN).min(start - CUT_OFF * 60);
    if until <= now { Next::Open } else { Next::Offer { key: first.key.clone(), until } }
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

/// The moment at which so many minutes of day have passed.
fn after_minutes_of_day(from: i64, minutes: u16) -> i64 {
    let from = day_at_or_after(from);
    let evening = JstTime { date: JstTime::from_unix_seconds(from).date, minute: DAY_ENDS }.unix_seconds();
    let end = from + i64::from(minutes) * 60;
    if end <= evening {
        return end;
    }
    morning(JstTime::from_unix_seconds(from).date.plus_days(1)) + (end - evening)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(day: u8, hour: u16, minute: u16) -> i64 {
        let date = Date { year: 2026, month: 12, day };
        JstTime { date, minute: hour * 60 + minute }.unix_seconds()
    }

    fn waiting(key: &str, since: i64) -> Waiting {
        Waiting { key: key.to_owned(), since, offered: None }
    }

    // A message at two in the morning, and the chance was gone at four.
    #[test]
    fn at_night_nothing_is_offered_and_no_time_runs() {
        let list = [waiting("a", 1)];
        assert_eq!(next(&list, at(9, 13, 0), at(1, 2, 0)), Next::Wait { until: at(1, 8, 0) });
        assert_eq!(next(&list, at(9, 13, 0), at(1, 21, 0)), Next::Wait { until: at(2, 8, 0) });
        let evening = next(&list, at(9, 13, 0), at(1, 20, 0));
        assert_eq!(evening, Next::Offer { key: "a".to_owned(), until: at(2, 9, 0) });
    }

    #[test]
    fn one_after_the_other_and_then_everybody() {
        let (start, now) = (at(9, 13, 0), at(1, 10, 0));
        let mut list = [waiting("later", 5), waiting("first", 3)];
        let offer = |until| Next::Offer { key: "first".to_owned(), until };
        assert_eq!(next(&list, start, now), offer(at(1, 12, 0)));
        list[1].offered = Some(Offer { made_at: now, until: at(1, 12, 0), answer: None });
        assert_eq!(next(&list, start, at(1, 11, 0)), Next::Wait { until: at(1, 12, 0) });
        // She says no, or lets it pass: the next one.
        list[1].offered = Some(Offer { made_at: now, until: at(1, 12, 0), answer: Some(false) });
        assert_eq!(
            next(&list, start, at(1, 11, 0)),
            Next::Offer { key: "later".to_owned(), until: at(1, 13, 0) }
        );
        list[0].offered = Some(Offer { made_at: at(1, 11, 0), until: at(1, 13, 0), answer: None });
        assert_eq!(next(&list, start, at(1, 13, 0)), Next::Open);
    }

    proptest! {
        #[test]
        fn whoever_is_offered_has_time_to_answer_or_the_cut_off_is_near(
            now in 0i64..30 * 86_400, ahead in 0i64..10 * 86_400,
        ) {
            let now = at(1, 0, 0) + now;
            let start = now + ahead;
            match next(&[waiting("a", 0)], start, now) {
                Next::Offer { until, .. } => {
                    prop_assert!(until > now && until <= start - CUT_OFF * 60);
                    prop_assert!(until - now >= i64::from(ANSWER_WITHIN) * 60 || until == start - CUT_OFF * 60);
                    prop_assert!((DAY_BEGINS..DAY_ENDS).contains(&JstTime::from_unix_seconds(now).minute));
                }
                Next::Wait { until } => {
                    prop_assert!(until > now && until - now <= 11 * 3600);
                    prop_assert_eq!(JstTime::from_unix_seconds(until).minute, DAY_BEGINS);
                }
                Next::Open => prop_assert!(now >= start - CUT_OFF * 60),
            }
        }
    }
}
