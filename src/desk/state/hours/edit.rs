//! What is done to the rules as a whole: what a new line holds, a day copied to another, where two versions differ.

use domain::slot::Kind;
use domain::slot::file::{AwayLine, DayOfWeek, HoursLine, OpenLine, RulesFile, WeeklyLine};

pub const WEEK: [DayOfWeek; 7] = [
    DayOfWeek::Mon,
    DayOfWeek::Tue,
    DayOfWeek::Wed,
    DayOfWeek::Thu,
    DayOfWeek::Fri,
    DayOfWeek::Sat,
    DayOfWeek::Sun,
];

/// To start from, where a team has no times yet.
#[must_use]
pub fn example() -> RulesFile {
    RulesFile {
        weekly: vec![WeeklyLine { day: DayOfWeek::Tue, hours: stretch("10:00", "12:00") }],
        closed: Vec::new(),
        open: Vec::new(),
        away: Vec::new(),
        rooms: Vec::new(),
        tell_room: false,
        buffer: 0,
        lead_hours: 24,
        horizon_days: 60,
        cap: None,
        deadline_hours: 24,
        by_hand: true,
    }
}

fn stretch(from: &str, to: &str) -> HoursLine {
    HoursLine {
        from: from.to_owned(),
        to: to.to_owned(),
        length: 60,
        every: 60,
        places: 1,
        kinds: Kind::ALL.to_vec(),
    }
}

/// After the last one of that day, like it; how many lines there are before it.
pub fn add_stretch(file: &mut RulesFile, day: DayOfWeek) {
    let last = file.weekly.iter().filter(|line| line.day == day).max_by(|a, b| a.hours.to.cmp(&b.hours.to));
    let hours = match last {
        None => stretch("10:00", "12:00"),
        Some(line) => {
            let hour = line.hours.to.get(..2).and_then(|hour| hour.parse::<u8>().ok()).unwrap_or(12).min(21);
            let time = |hour: u8| format!("{hour:02}:00");
            HoursLine { from: time(hour + 1), to: time(hour + 2), ..line.hours.clone() }
        }
    };
    file.weekly.push(WeeklyLine { day, hours });
}

/// Instead of whatever that other day had.
pub fn copy_day(file: &mut RulesFile, from: DayOfWeek, to: DayOfWeek) {
    let lines: Vec<HoursLine> =
        file.weekly.iter().filter(|line| line.day == from).map(|line| line.hours.clone()).collect();
    file.weekly.retain(|line| line.day != to);
    file.weekly.extend(lines.into_iter().map(|hours| WeeklyLine { day: to, hours }));
}

pub fn add_open(file: &mut RulesFile) {
    file.open.push(OpenLine { date: String::new(), hours: stretch("10:00", "12:00") });
}

pub fn add_away(file: &mut RulesFile) {
    file.away.push(AwayLine { from: String::new(), to: String::new(), between: None, places: 1 });
}

/// An empty name is none; after the last one nothing is kept.
pub fn name_room(rooms: &mut Vec<String>, at: usize, name: &str) {
    if rooms.len() <= at {
        rooms.resize(at + 1, String::new());
    }
    name.clone_into(&mut rooms[at]);
    while rooms.last().is_some_and(String::is_empty) {
        rooms.pop();
    }
}

pub fn tick(kinds: &mut Vec<Kind>, kind: Kind, on: bool) {
    kinds.retain(|one| *one != kind);
    if on {
        kinds.push(kind);
        kinds.sort_unstable();
    }
}

/// A part of the form under its own heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Weekly,
    Days,
    Away,
    Terms,
}

/// Where two versions say different things.
#[must_use]
pub fn differing(one: &RulesFile, other: &RulesFile) -> Vec<Section> {
    let terms = |file: &RulesFile| {
        let numbers = (file.buffer, file.lead_hours, file.horizon_days, file.deadline_hours);
        (numbers, file.cap, file.by_hand, file.tell_room, file.rooms.clone())
    };
    let differ = [
        (Section::Weekly, one.weekly != other.weekly),
        (Section::Days, (&one.closed, &one.open) != (&other.closed, &other.open)),
        (Section::Away, one.away != other.away),
        (Section::Terms, terms(one) != terms(other)),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(section, _)| section).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_starts_from_times_that_could_be_saved_as_they_are() {
        assert!(example().parse().is_ok());
    }

    // A second stretch began on top of the first, and the form was red before anything had been typed.
    #[test]
    fn another_stretch_begins_after_the_last_of_that_day_and_lies_within_it() {
        let mut file = example();
        for day in [DayOfWeek::Tue, DayOfWeek::Tue, DayOfWeek::Fri] {
            add_stretch(&mut file, day);
        }
        let spans: Vec<(&str, &str)> =
            file.weekly.iter().map(|line| (&*line.hours.from, &*line.hours.to)).collect();
        assert_eq!(spans, [("10:00", "12:00"), ("13:00", "14:00"), ("15:00", "16:00"), ("10:00", "12:00")]);
        assert!(file.parse().is_ok());
        file.weekly[0].hours.to = "22:30".to_owned();
        file.weekly.truncate(1);
        add_stretch(&mut file, DayOfWeek::Tue);
        assert_eq!(file.weekly[1].hours.to, "23:00", "no day has a twenty-fifth hour");
    }

    #[test]
    fn a_copied_day_replaces_what_the_other_had_and_leaves_the_rest() {
        let mut file = example();
        add_stretch(&mut file, DayOfWeek::Fri);
        file.weekly[1].hours.places = 3;
        copy_day(&mut file, DayOfWeek::Tue, DayOfWeek::Fri);
        assert_eq!(file.weekly.len(), 2);
        assert_eq!((file.weekly[1].day, &file.weekly[1].hours), (DayOfWeek::Fri, &file.weekly[0].hours));
    }

    #[test]
    fn kinds_stay_in_one_order_so_that_ticking_twice_changes_nothing() {
        let mut kinds = Kind::ALL.to_vec();
        tick(&mut kinds, Kind::Visit, false);
        assert_eq!(kinds, [Kind::Online, Kind::Phone]);
        tick(&mut kinds, Kind::Visit, true);
        assert_eq!(kinds, Kind::ALL);
    }

    // A room's name was taken away again, and the times were "changed" for ever.
    #[test]
    fn a_name_that_is_taken_away_leaves_nothing_behind() {
        let mut rooms = Vec::new();
        name_room(&mut rooms, 1, "和室");
        assert_eq!(rooms, ["", "和室"]);
        name_room(&mut rooms, 1, "");
        assert!(rooms.is_empty());
    }

    #[test]
    fn two_versions_are_told_apart_by_the_parts_of_the_form() {
        let mine = example();
        let mut theirs = example();
        assert_eq!(differing(&mine, &theirs), []);
        theirs.closed.push("2026-12-10".to_owned());
        theirs.by_hand = false;
        assert_eq!(differing(&mine, &theirs), [Section::Days, Section::Terms]);
    }
}
