//! Rules as teams write them in a file, and as they are kept: JSON with times as people write them.
//!
//! ```json
//! { "weekly": [{ "day": "tue", "from": "10:00", "to": "16:00", "length": 60, "every": 60, "places": 2,
//!                "kinds": ["visit", "phone"] }],
//!   "closed": ["2026-12-10"],
//!   "open": [{ "date": "2026-12-12", "from": "10:00", "to": "12:00", "length": 60, "every": 60, "places": 1,
//!              "kinds": ["visit"] }],
//!   "away": [{ "from": "2026-12-14", "to": "2026-12-18", "between": ["13:00", "17:00"], "places": 1 }],
//!   "rooms": ["第1相談室", "第2相談室"], "tell_room": true,
//!   "buffer": 15, "lead_hours": 24, "horizon_days": 60, "cap": 8, "deadline_hours": 24, "by_hand": true }
//! ```

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Away, Day, Hours, HoursError, Kind, Rules, RulesError, Weekly};
use crate::calendar::{Date, Weekday};
use crate::mail_text::is_unseen;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesFile {
    pub weekly: Vec<WeeklyLine>,
    #[serde(default)]
    pub closed: Vec<String>,
    #[serde(default)]
    pub open: Vec<OpenLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<AwayLine>,
    /// Names of the places, the first one's first; where she comes to the team they are rooms. An empty one is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<String>,
    /// Her mail and her calendar name the room, too.
    #[serde(default, skip_serializing_if = "is_false")]
    pub tell_room: bool,
    #[serde(default)]
    pub buffer: u16,
    pub lead_hours: u32,
    pub horizon_days: u16,
    pub cap: Option<u16>,
    pub deadline_hours: u32,
    pub by_hand: bool,
}

/// Characters.
pub const ROOM_MAX: usize = 40;
/// No team has more than so many places.
const MOST_ROOMS: usize = 50;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyLine {
    pub day: DayOfWeek,
    #[serde(flatten)]
    pub hours: HoursLine,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLine {
    pub date: String,
    #[serde(flatten)]
    pub hours: HoursLine,
}

/// Somebody is away from one day to another, both included; the whole days, or between two times of each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwayLine {
    pub from: String,
    pub to: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<(String, String)>,
    /// How many are away.
    pub places: u8,
}

/// Times of the clock in Japan; length and every in minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursLine {
    pub from: String,
    pub to: String,
    pub length: u16,
    pub every: u16,
    pub places: u8,
    pub kinds: Vec<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayOfWeek {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// What is wrong, and in which field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    #[error("{field}: {value:?} is not a time like 09:30")]
    Time { field: String, value: String },
    #[error("{field}: {value:?} is not a day like 2026-12-10")]
    Date { field: String, value: String },
    #[error("{field}: {why}")]
    Hours { field: String, why: HoursError },
    #[error("{field}: {why}")]
    Room { field: String, why: RoomError },
    #[error(transparent)]
    Rules(#[from] RulesError),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RoomError {
    #[error("a room's name has at most {ROOM_MAX} characters and is one line")]
    Name,
    #[error("two places have the same name")]
    Twice,
    #[error("there are at most {MOST_ROOMS} rooms")]
    TooMany,
}

impl FileError {
    /// Where it is; empty where it is about several lines.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Time { field, .. }
            | Self::Date { field, .. }
            | Self::Hours { field, .. }
            | Self::Room { field, .. } => field,
            Self::Rules(_) => "",
        }
    }

    /// As on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Time { .. } => "not_a_time",
            Self::Date { .. } => "not_a_day",
            Self::Hours { why: HoursError::OffGrid, .. } => "off_grid",
            Self::Hours { why: HoursError::NoLength, .. } => "no_length",
            Self::Hours { why: HoursError::TooShort, .. } => "too_short",
            Self::Hours { why: HoursError::NoPlace, .. } => "no_place",
            Self::Hours { why: HoursError::NoKind, .. } => "no_kind",
            Self::Room { why: RoomError::Name, .. } => "room_name",
            Self::Room { why: RoomError::Twice, .. } => "room_twice",
            Self::Room { why: RoomError::TooMany, .. } => "room_many",
            Self::Rules(RulesError::BufferOffGrid) => "buffer_off_grid",
            Self::Rules(RulesError::BothWays(_)) => "both_ways",
            Self::Rules(RulesError::Overlap) => "overlap",
            Self::Rules(RulesError::AwayBackwards) => "away_backwards",
        }
    }
}

impl RulesFile {
    /// Everything is checked before anything is used.
    pub fn parse(&self) -> Result<Rules, FileError> {
        let mut weekly = Vec::with_capacity(self.weekly.len());
        for (at, line) in self.weekly.iter().enumerate() {
            let hours = line.hours.parse(&format!("weekly[{at}]"))?;
            weekly.push(Weekly { weekday: line.day.into(), hours });
        }
        let mut days = Vec::with_capacity(self.closed.len() + self.open.len());
        for (at, day) in self.closed.iter().enumerate() {
            days.push(Day::Closed(date(&format!("closed[{at}]"), day)?));
        }
        for (at, line) in self.open.iter().enumerate() {
            let field = format!("open[{at}]");
            days.push(Day::Open(date(&format!("{field}.date"), &line.date)?, line.hours.parse(&field)?));
        }
        let away = self.away.iter().enumerate().map(|(at, line)| line.parse(&format!("away[{at}]")));
        let rules = Rules {
            weekly,
            days,
            away: away.collect::<Result<_, _>>()?,
            buffer: self.buffer,
            lead: self.lead_hours.saturating_mul(60),
            horizon: self.horizon_days,
            cap: self.cap,
            deadline: self.deadline_hours.saturating_mul(60),
            by_hand: self.by_hand,
        };
        rules.check()?;
        self.check_rooms()?;
        Ok(rules)
    }

    /// Where a consultation in this place is held. A place is a person and a room; on the telephone nobody asks which.
    #[must_use]
    pub fn room(&self, kind: Kind, place: u8) -> Option<&str> {
        let name = self.rooms.get(usize::from(place))?;
        (kind == Kind::Visit && !name.is_empty()).then_some(name)
    }

    fn check_rooms(&self) -> Result<(), FileError> {
        for (at, name) in self.rooms.iter().enumerate() {
            let wrong = if at >= MOST_ROOMS {
                Some(RoomError::TooMany)
            } else if !is_room(name) {
                Some(RoomError::Name)
            } else if !name.is_empty() && self.rooms[..at].contains(name) {
                Some(RoomError::Twice)
            } else {
                None
            };
            if let Some(why) = wrong {
                return Err(FileError::Room { field: format!("rooms[{at}]"), why });
            }
        }
        Ok(())
    }
}

/// It goes into a mail, a calendar and on paper: a line of what can be seen, without spaces around it.
fn is_room(name: &str) -> bool {
    let fits = |c: char| c != '\n' && !is_unseen(c);
    name.chars().count() <= ROOM_MAX && name.trim() == name && name.chars().all(fits)
}

impl HoursLine {
    fn parse(&self, field: &str) -> Result<Hours, FileError> {
        let from = time(&format!("{field}.from"), &self.from)?;
        let to = time(&format!("{field}.to"), &self.to)?;
        let kinds = self.kinds.iter().copied().collect();
        Hours::new((from, to), self.length, self.every, self.places, kinds)
            .map_err(|why| FileError::Hours { field: field.to_owned(), why })
    }
}

impl AwayLine {
    fn parse(&self, field: &str) -> Result<Away, FileError> {
        let days = (date(&format!("{field}.from"), &self.from)?, date(&format!("{field}.to"), &self.to)?);
        let minutes = match &self.between {
            Some((from, to)) => {
                let field = format!("{field}.between");
                (time(&field, from)?, time(&field, to)?)
            }
            None => (0, super::DAY_MINUTES),
        };
        Ok(Away { days, minutes, places: self.places })
    }
}

/// Minutes since midnight; 24:00 is the end of the day.
fn time(field: &str, text: &str) -> Result<u16, FileError> {
    let parsed = text.split_once(':').and_then(|(hour, minute)| {
        let two = |digits: &str| {
            let known = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
            known.then(|| digits.parse::<u16>().ok()).flatten()
        };
        let (hour, minute) = (two(hour)?, two(minute)?);
        (minute < 60 && hour * 60 + minute <= super::DAY_MINUTES).then_some(hour * 60 + minute)
    });
    parsed.ok_or_else(|| FileError::Time { field: field.to_owned(), value: text.to_owned() })
}

fn date(field: &str, text: &str) -> Result<Date, FileError> {
    Date::parse(text).ok_or_else(|| FileError::Date { field: field.to_owned(), value: text.to_owned() })
}

impl From<DayOfWeek> for Weekday {
    fn from(day: DayOfWeek) -> Self {
        match day {
            DayOfWeek::Mon => Self::Monday,
            DayOfWeek::Tue => Self::Tuesday,
            DayOfWeek::Wed => Self::Wednesday,
            DayOfWeek::Thu => Self::Thursday,
            DayOfWeek::Fri => Self::Friday,
            DayOfWeek::Sat => Self::Saturday,
            DayOfWeek::Sun => Self::Sunday,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> serde_json::Value {
        serde_json::json!({
            "weekly": [{ "day": "tue", "from": "10:00", "to": "16:00", "length": 60, "every": 60, "places": 2,
                         "kinds": ["visit", "phone"] }],
            "closed": ["2026-12-10"],
            "open": [{ "date": "2026-12-12", "from": "10:00", "to": "12:00", "length": 60, "every": 60,
                       "places": 1, "kinds": ["visit"] }],
            "away": [{ "from": "2026-12-14", "to": "2026-12-18", "between": ["13:00", "17:00"], "places": 1 }],
            "buffer": 15, "lead_hours": 24, "horizon_days": 60, "cap": 8, "deadline_hours": 24, "by_hand": true
        })
    }

    fn parse(file: serde_json::Value) -> Result<Rules, FileError> {
        serde_json::from_value::<RulesFile>(file).unwrap().parse()
    }

    #[test]
    fn the_file_in_the_guide_is_read() {
        let rules = parse(file()).unwrap();
        assert_eq!((rules.weekly.len(), rules.days.len(), rules.lead), (1, 2, 24 * 60));
    }

    // Rooms came; the files of before had none, and a team's mark changed without anybody having changed anything.
    #[test]
    fn rooms_are_names_of_places_and_change_nothing_for_whoever_has_none() {
        let before: RulesFile = serde_json::from_value(file()).unwrap();
        assert!(!serde_json::to_string(&before).unwrap().contains("room"), "kept as it was");
        let mut with = file();
        with["rooms"] = serde_json::json!(["第1相談室", "", "和室"]);
        let named: RulesFile = serde_json::from_value(with.clone()).unwrap();
        assert_eq!(named.parse(), before.parse(), "the judge of times knows no rooms");
        let rooms = [0, 1, 2, 3].map(|place| named.room(Kind::Visit, place));
        assert_eq!(rooms, [Some("第1相談室"), None, Some("和室"), None]);
        assert_eq!(named.room(Kind::Phone, 0), None);
        for (names, told) in [
            (serde_json::json!(["a", "a"]), "rooms[1]: two places have the same name"),
            (serde_json::json!(["あ".repeat(41)]), "rooms[0]: a room's name"),
            (serde_json::json!(["a\nLOCATION:b"]), "rooms[0]: a room's name"),
            (serde_json::json!([" a"]), "rooms[0]: a room's name"),
        ] {
            with["rooms"] = names;
            assert!(parse(with.clone()).unwrap_err().to_string().starts_with(told), "{told}");
        }
    }

    // A typing error in one line closed a whole month; nobody was told which line it was.
    #[test]
    fn what_is_wrong_is_told_with_its_field() {
        let with = |pointer: &str, value: serde_json::Value| {
            let mut file = file();
            *file.pointer_mut(pointer).unwrap() = value;
            parse(file).unwrap_err().to_string()
        };
        assert_eq!(
            with("/weekly/0/from", "9:30".into()),
            "weekly[0].from: \"9:30\" is not a time like 09:30"
        );
        assert_eq!(
            with("/closed/0", "2026-02-30".into()),
            "closed[0]: \"2026-02-30\" is not a day like 2026-12-10"
        );
        assert_eq!(
            with("/open/0/length", 180.into()),
            "open[0]: no consultation fits between beginning and end"
        );
        // A number may begin with a sign, and so a quarter past nine was taken for one past nine.
        for slip in ["+9:15", "10:+5", "1０:00"] {
            assert!(with("/weekly/0/from", slip.into()).contains("is not a time like 09:30"), "{slip}");
        }
        assert!(with("/open/0/date", "2026-12-10".into()).contains("closed and open at once"));
        let mut misspelt = file();
        misspelt["lead_hour"] = 3.into();
        assert!(serde_json::from_value::<RulesFile>(misspelt).is_err());
    }
}
