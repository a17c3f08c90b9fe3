//! Japan's calendar: dates in JST, public holidays, year-end closing.
//!
//! Must not know the time: whoever asks brings it. Japan has had no summer time since 1951, so JST is nine hours
//! ahead of UTC, always. *Holiday* is what the law names (国民の祝日に関する法律); *closed* adds weekends and the
//! year-end days on which public bodies close by custom.

mod hours;
mod instant;

pub use hours::{OpenState, WeekHours};
pub use instant::{from_rfc3339, to_rfc3339};

/// A day in Japan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A moment as a clock on a wall in Japan shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JstTime {
    pub date: Date,
    /// Minutes since midnight.
    pub minute: u16,
}

const DAY_SECONDS: i64 = 86_400;
const JST_AHEAD_SECONDS: i64 = 9 * 3600;

impl JstTime {
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Self {
        let local = seconds + JST_AHEAD_SECONDS;
        let minute = local.rem_euclid(DAY_SECONDS) / 60;
        Self { date: Date::from_days(local.div_euclid(DAY_SECONDS)), minute: minute as u16 }
    }

    /// The first second of this minute.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.date.days() * DAY_SECONDS + i64::from(self.minute) * 60 - JST_AHEAD_SECONDS
    }
}

impl Date {
    /// Days since 1970-01-01. Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms".
    #[must_use]
    pub fn days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let from_march = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * from_march + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year: year as i32, month: month as u8, day: (of_year - (153 * from_march + 2) / 5 + 1) as u8 }
    }

    /// `2026-12-10`, and only a day that exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let (year, month, day) =
            (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
        let date = Self { year: year.into(), month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        // A day that does not exist is another one when counted.
        (parts.next().is_none()
            && month > 0
            && month <= 12
            && day > 0
            && Self::from_days(date.days()) == date)
            .then_some(date)
    }

    /// As [`Self::parse`] reads it.
    #[must_use]
    pub fn to_text(self) -> String {
        let Ok(year @ 0..=9999) = u16::try_from(self.year) else {
            return format!("{:04}-{:02}-{:02}", self.year, self.month, self.day);
        };
        // A list of times has hundreds of these.
        let mut text = String::with_capacity("2026-12-10T00:00:00Z".len());
        push_two(&mut text, i64::from(year / 100));
        push_two(&mut text, i64::from(year % 100));
        for number in [self.month, self.day] {
            text.push('-');
            push_two(&mut text, i64::from(number));
        }
        text
    }

    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days() + days)
    }

    #[must_use]
    pub fn weekday(self) -> Weekday {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        // 1970-01-01 was a Thursday.
        const FROM_THURSDAY: [Weekday; 7] = [Thursday, Friday, Saturday, Sunday, Monday, Tuesday, Wednesday];
        FROM_THURSDAY[self.days().rem_euclid(7) as usize]
    }

    /// Weekend, holiday or year-end: no office can be expected to be open.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self.weekday(), Weekday::Saturday | Weekday::Sunday)
            || self.is_year_end()
            || is_holiday(self)
    }

    /// 12/29 to 1/3, when public bodies close (行政機関の休日に関する法律).
    #[must_use]
    pub fn is_year_end(self) -> bool {
        matches!((self.month, self.day), (12, 29..=31) | (1, 1..=3))
    }
}

/// Two digits of a number that has no more.
fn push_two(text: &mut String, number: i64) {
    for digit in [number / 10, number % 10] {
        text.push(char::from(b'0' + digit as u8));
    }
}

/// Whether the law makes this day a holiday, from 2022 to 2099 (the years before moved days for the Olympics, the
/// years after lie beyond the equinox formula).
#[must_use]
pub fn is_holiday(date: Date) -> bool {
    is_named(date) || is_substitute(date) || is_between(date)
}

/// 国民の祝日 with a name of its own.
fn is_named(date: Date) -> bool {
    let nth_monday = |nth: u8| date.weekday() == Weekday::Monday && (date.day - 1) / 7 + 1 == nth;
    match date.month {
        1 => date.day == 1 || nth_monday(2),
        2 => matches!(date.day, 11 | 23),
        3 => date.day == equinox(date.year, 20.8431),
        4 => date.day == 29,
        5 => matches!(date.day, 3..=5),
        7 => nth_monday(3),
        8 => date.day == 11,
        9 => date.day == equinox(date.year, 23.2488) || nth_monday(3),
        10 => nth_monday(2),
        11 => matches!(date.day, 3 | 23),
        _ => false,
    }
}

/// The day the sun crosses the equator, by the usual approximation for 1980 to 2099; the official date is announced
/// each February for the year after.
fn equinox(year: i32, base: f64) -> u8 {
    let since = year - 1980;
    let day = base + 0.242_194 * f64::from(since) - f64::from(since.div_euclid(4));
    day.floor() as u8
}

/// 振替休日: a holiday on a Sunday moves to the next day that is none.
fn is_substitute(date: Date) -> bool {
    if is_named(date) {
        return false;
    }
    let mut before = date.plus_days(-1);
    while is_named(before) {
        if before.weekday() == Weekday::Sunday {
            return true;
        }
        before = before.plus_days(-1);
    }
    false
}

/// 国民の休日: a day between two holidays is one too.
fn is_between(date: Date) -> bool {
    is_named(date.plus_days(-1)) && is_named(date.plus_days(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    fn holidays(year: i32) -> Vec<(u8, u8)> {
        let first = date(year, 1, 1).days();
        let days = (first..date(year + 1, 1, 1).days()).map(Date::from_days);
        days.filter(|day| is_holiday(*day)).map(|day| (day.month, day.day)).collect()
    }

    // As announced by the Cabinet Office.
    #[test]
    fn the_holidays_are_those_the_government_announced() {
        assert_eq!(
            holidays(2024),
            [
                (1, 1),
                (1, 8),
                (2, 11),
                (2, 12),
                (2, 23),
                (3, 20),
                (4, 29),
                (5, 3),
                (5, 4),
                (5, 5),
                (5, 6),
                (7, 15),
                (8, 11),
                (8, 12),
                (9, 16),
                (9, 22),
                (9, 23),
                (10, 14),
                (11, 3),
                (11, 4),
                (11, 23),
            ]
        );
        assert_eq!(
            holidays(2026),
            [
                (1, 1),
                (1, 12),
                (2, 11),
                (2, 23),
                (3, 20),
                (4, 29),
                (5, 3),
                (5, 4),
                (5, 5),
                (5, 6),
                (7, 20),
                (8, 11),
                (9, 21),
                (9, 22),
                (9, 23),
                (10, 12),
                (11, 3),
                (11, 23),
            ]
        );
        assert!(holidays(2023).contains(&(1, 2)) && holidays(2027).contains(&(3, 22)));
    }

    // Two crates that know the law by other ways: one computes, one holds a list.
    #[test]
    fn the_rules_agree_with_those_of_others_from_2024_to_2030() {
        let computed = jpholiday::jpholiday::JPHoliday::new();
        holidays::Builder::new().countries(&[holidays::Country::JP]).years(2024..2031).init().unwrap();
        let days = date(2024, 1, 1).days()..date(2031, 1, 1).days();
        for day in days.map(Date::from_days) {
            let theirs = chrono::NaiveDate::from_ymd_opt(day.year, day.month.into(), day.day.into()).unwrap();
            let listed = holidays::contains(holidays::Country::JP, theirs).unwrap();
            assert_eq!((is_holiday(day), is_holiday(day)), (computed.is_holiday(&theirs), listed), "{day:?}");
        }
    }

    #[test]
    fn midnight_in_japan_is_three_in_the_afternoon_in_greenwich() {
        let before = JstTime::from_unix_seconds(1_766_933_999);
        assert_eq!((before.date, before.minute), (date(2025, 12, 28), 23 * 60 + 59));
        let after = JstTime::from_unix_seconds(1_766_934_000);
        assert_eq!((after.date, after.minute), (date(2025, 12, 29), 0));
        assert!(after.date.is_closed() && after.date.weekday() == Weekday::Monday, "year-end");
    }

    proptest! {
        #[test]
        fn days_and_dates_are_the_same_thing(days in -800_000i64..800_000) {
            let day = Date::from_days(days);
            prop_assert_eq!(day.days(), days);
            prop_assert!((1..=12).contains(&day.month) && (1..=31).contains(&day.day));
            prop_assert!(day < day.plus_days(1));
        }
    }
}
