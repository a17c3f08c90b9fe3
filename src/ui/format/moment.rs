//! Days and times of a consultation, by the clock on a wall in Japan, whatever the phone's zone.

use domain::calendar::{Date, JstTime, Weekday};

use super::english_month;
use crate::i18n::{Lang, language};

/// 「12月1日（火）」
#[must_use]
pub fn day(date: Date) -> String {
    let (month, day) = (date.month.to_string(), date.day.to_string());
    match language() {
        Lang::Japanese | Lang::Easy => [&*month, "月", &day, "日（", weekday(date), "）"].concat(),
        Lang::English => [weekday(date), " ", &day, " ", english_month(&month)].concat(),
    }
}

/// 「12/1」, beside a weekday.
#[must_use]
pub fn day_short(date: Date) -> String {
    let (month, day) = (date.month.to_string(), date.day.to_string());
    match language() {
        Lang::Japanese | Lang::Easy => [&*month, "/", &day].concat(),
        Lang::English => [&*day, " ", english_month(&month)].concat(),
    }
}

/// 「火」
#[must_use]
pub fn weekday(date: Date) -> &'static str {
    let (japanese, english) = match date.weekday() {
        Weekday::Monday => ("月", "Mon"),
        Weekday::Tuesday => ("火", "Tue"),
        Weekday::Wednesday => ("水", "Wed"),
        Weekday::Thursday => ("木", "Thu"),
        Weekday::Friday => ("金", "Fri"),
        Weekday::Saturday => ("土", "Sat"),
        Weekday::Sunday => ("日", "Sun"),
    };
    if language() == Lang::English { english } else { japanese }
}

/// 「9:30」
#[must_use]
pub fn clock(start: i64) -> String {
    let minute = JstTime::from_unix_seconds(start).minute;
    let minutes = minute % 60;
    [&*(minute / 60).to_string(), if minutes < 10 { ":0" } else { ":" }, &minutes.to_string()].concat()
}

/// 「12月1日（火） 10:00」
#[must_use]
pub fn day_and_clock(start: i64) -> String {
    let joint = if language() == Lang::English { ", " } else { " " };
    [day(JstTime::from_unix_seconds(start).date), clock(start)].join(joint)
}

/// `7K3M-9QF2`, as it is read out.
#[must_use]
pub fn reference(reference: &str) -> String {
    match reference.split_at_checked(4) {
        Some((first, rest)) if !rest.is_empty() => [first, "-", rest].concat(),
        _ => reference.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_japans_wherever_the_phone_is() {
        // 2026-11-30 00:00 UTC is nine in the morning in Japan.
        assert_eq!(day_and_clock(1_795_996_800), "11月30日（月） 9:00");
        assert_eq!(clock(1_795_996_800 + 5 * 60), "9:05");
        assert_eq!(day_and_clock(1_795_996_800 - 10 * 3600), "11月29日（日） 23:00");
    }

    #[test]
    fn a_reference_is_read_in_two_halves() {
        assert_eq!(reference("7K3M9QF2"), "7K3M-9QF2");
        assert_eq!(reference("7K"), "7K");
    }
}
