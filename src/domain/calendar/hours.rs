//! Opening hours as associations write them, and whether it is open now.
//!
//! Only the plain form is read (月〜金 9:00〜17:10). Anything else is shown as it stands and never interpreted: a
//! wrong 「営業中」 costs somebody a trip.

use super::{JstTime, Weekday};

/// The same hours on a run of weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekHours {
    first: Weekday,
    last: Weekday,
    /// Minutes since midnight; closes before midnight.
    opens: u16,
    closes: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    Open,
    /// A working day, before or after hours.
    OutsideHours,
    /// Weekend, holiday or year-end.
    ClosedToday,
}

impl WeekHours {
    /// `None` where the text is not of the plain form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (days, times) = text.trim().split_once(char::is_whitespace)?;
        let (first, last) = range(days)?;
        let (opens, closes) = range(times.trim())?;
        let hours = Self {
            first: weekday(first)?,
            last: weekday(last)?,
            opens: minutes(opens)?,
            closes: minutes(closes)?,
        };
        (hours.first <= hours.last && hours.opens < hours.closes).then_some(hours)
    }

    #[must_use]
    pub fn at(&self, now: JstTime) -> OpenState {
        if now.date.is_closed() || !(self.first..=self.last).contains(&now.date.weekday()) {
            OpenState::ClosedToday
        } else if (self.opens..self.closes).contains(&now.minute) {
            OpenState::Open
        } else {
            OpenState::OutsideHours
        }
    }
}

/// The wave dash has two code points that look alike, and both are in use.
fn range(text: &str) -> Option<(&str, &str)> {
    text.split_once(['〜', '～', '-', '–'])
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "月" => Weekday::Monday,
        "火" => Weekday::Tuesday,
        "水" => Weekday::Wednesday,
        "木" => Weekday::Thursday,
        "金" => Weekday::Friday,
        "土" => Weekday::Saturday,
        "日" => Weekday::Sunday,
        _ => return None,
    })
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::super::Date;
    use super::*;

    fn state(hours: WeekHours, (month, day): (u8, u8), (hour, minute): (u16, u16)) -> OpenState {
        hours.at(JstTime { date: Date { year: 2026, month, day }, minute: hour * 60 + minute })
    }

    #[test]
    fn matsue_is_open_on_working_days_until_ten_past_five() {
        let hours = WeekHours::parse("月〜金 9:00〜17:10").unwrap();
        assert_eq!(state(hours, (11, 25), (9, 0)), OpenState::Open);
        assert_eq!(state(hours, (11, 25), (17, 9)), OpenState::Open);
        assert_eq!(state(hours, (11, 25), (17, 10)), OpenState::OutsideHours);
        assert_eq!(state(hours, (11, 25), (8, 59)), OpenState::OutsideHours);
        assert_eq!(state(hours, (11, 28), (12, 0)), OpenState::ClosedToday, "a Saturday");
        assert_eq!(state(hours, (11, 23), (12, 0)), OpenState::ClosedToday, "a holiday");
        assert_eq!(state(hours, (12, 30), (12, 0)), OpenState::ClosedToday, "year-end");
    }

    #[test]
    fn hours_that_are_not_plain_are_not_interpreted() {
        for text in [
            "",
            "月〜金",
            "平日 9:00〜17:00",
            "月〜金 9:00〜12:00、13:00〜17:00",
            "金〜月 9:00〜17:00",
            "月〜金 17:00〜9:00",
        ] {
            assert_eq!(WeekHours::parse(text), None, "{text}");
        }
    }
}
