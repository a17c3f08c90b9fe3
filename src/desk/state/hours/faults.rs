//! Everything that is wrong in the form at once, each at its field. The rules' own parser says what is wrong and stops at the
//! first; here it is asked about one line after another, so that the form and the server cannot judge differently.

use domain::slot::GRID;
use domain::slot::file::{AwayLine, FileError, HoursLine, RulesFile};

/// A field's id on the page, and what is wrong in it, by the parser's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub id: String,
    pub code: &'static str,
}

/// Of a field that takes a number and holds something else.
pub const NOT_A_NUMBER: &str = "not_a_number";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Weekly(usize),
    Closed(usize),
    Open(usize),
    Away(usize),
}

impl Part {
    fn id(self, field: &str) -> String {
        let (section, at) = match self {
            Self::Weekly(at) => ("weekly-", at),
            Self::Closed(at) => ("closed-", at),
            Self::Open(at) => ("open-", at),
            Self::Away(at) => ("away-", at),
        };
        let joint = if field.is_empty() { "" } else { "-" };
        [section, &at.to_string(), joint, field].concat()
    }
}

#[must_use]
pub fn faults(file: &RulesFile) -> Vec<Wrong> {
    let all = parts(file);
    let mut wrong: Vec<Wrong> = all.iter().filter_map(|part| alone(file, *part)).collect();
    let terms = RulesFile { buffer: file.buffer, ..only(file, &[]) };
    wrong.extend(terms.parse().err().map(|why| Wrong { id: "buffer".to_owned(), code: why.code() }));
    let rooms = RulesFile { rooms: file.rooms.clone(), ..only(file, &[]) };
    if let Err(why) = rooms.parse() {
        let at = why.field().trim_start_matches("rooms[").trim_end_matches(']').to_owned();
        wrong.push(Wrong { id: ["room-", &at].concat(), code: why.code() });
    }
    if wrong.is_empty()
        && let Err(why) = file.parse()
    {
        wrong = together(file, &all);
        if wrong.is_empty() {
            wrong.push(Wrong { id: "weekly".to_owned(), code: why.code() });
        }
    }
    wrong
}

fn parts(file: &RulesFile) -> Vec<Part> {
    let weekly = (0..file.weekly.len()).map(Part::Weekly);
    let closed = (0..file.closed.len()).map(Part::Closed);
    let open = (0..file.open.len()).map(Part::Open);
    weekly.chain(closed).chain(open).chain((0..file.away.len()).map(Part::Away)).collect()
}

fn only(file: &RulesFile, parts: &[Part]) -> RulesFile {
    let mut some = RulesFile {
        weekly: Vec::new(),
        closed: Vec::new(),
        open: Vec::new(),
        away: Vec::new(),
        rooms: Vec::new(),
        buffer: 0,
        ..*file
    };
    for part in parts {
        match *part {
            Part::Weekly(at) => some.weekly.push(file.weekly[at].clone()),
            Part::Closed(at) => some.closed.push(file.closed[at].clone()),
            Part::Open(at) => some.open.push(file.open[at].clone()),
            Part::Away(at) => some.away.push(file.away[at].clone()),
        }
    }
    some
}

fn alone(file: &RulesFile, part: Part) -> Option<Wrong> {
    let why = only(file, &[part]).parse().err()?;
    let told = why.field().split_once("].").map(|(_, field)| field);
    let field = match (told, part) {
        (Some(field), _) => field,
        (None, Part::Weekly(at)) => of_hours(&file.weekly[at].hours, &why),
        (None, Part::Open(at)) => of_hours(&file.open[at].hours, &why),
        (None, Part::Away(at)) => of_away(&file.away[at]),
        (None, Part::Closed(_)) => "",
    };
    Some(Wrong { id: part.id(field), code: why.code() })
}

/// The parser names the line; she needs the field.
fn of_hours(hours: &HoursLine, why: &FileError) -> &'static str {
    let is_off = |time: &str| !["00", "15", "30", "45"].iter().any(|minutes| time.ends_with(minutes));
    match why.code() {
        "off_grid" if is_off(&hours.from) => "from",
        "off_grid" if is_off(&hours.to) => "to",
        "off_grid" if !hours.length.is_multiple_of(GRID) => "length",
        "off_grid" => "every",
        "no_length" if hours.length == 0 => "length",
        "no_length" => "every",
        "no_place" => "places",
        "no_kind" => "kinds",
        _ => "to",
    }
}

fn of_away(away: &AwayLine) -> &'static str {
    if away.places == 0 {
        "places"
    } else if away.from > away.to {
        "to"
    } else {
        "between"
    }
}

/// Lines that cannot stand beside each other: the later one is named.
fn together(file: &RulesFile, all: &[Part]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (at, part) in all.iter().enumerate() {
        let clash = all[..at].iter().find_map(|other| only(file, &[*other, *part]).parse().err());
        if let Some(why) = clash {
            let field = if why.code() == "both_ways" { "date" } else { "from" };
            wrong.push(Wrong { id: part.id(field), code: why.code() });
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use domain::slot::file::DayOfWeek;

    use super::super::edit::{add_away, add_open, add_stretch, example};
    use super::*;

    fn said(file: &RulesFile) -> Vec<(String, &'static str)> {
        faults(file).into_iter().map(|wrong| (wrong.id, wrong.code)).collect()
    }

    // Only the first of four mistakes was told; after mending it she was sent back three times.
    #[test]
    fn all_that_is_wrong_is_told_at_once_each_at_its_own_field() {
        let mut file = example();
        file.weekly[0].hours.from = String::new();
        add_stretch(&mut file, DayOfWeek::Fri);
        file.weekly[1].hours.length = 50;
        add_stretch(&mut file, DayOfWeek::Mon);
        file.weekly[2].hours.kinds.clear();
        file.closed.push(String::new());
        add_open(&mut file);
        add_away(&mut file);
        file.buffer = 10;
        let told = said(&file);
        let fields: Vec<(&str, &str)> = told.iter().map(|(id, code)| (&**id, *code)).collect();
        assert_eq!(
            fields,
            [
                ("weekly-0-from", "not_a_time"),
                ("weekly-1-length", "off_grid"),
                ("weekly-2-kinds", "no_kind"),
                ("closed-0", "not_a_day"),
                ("open-0-date", "not_a_day"),
                ("away-0-from", "not_a_day"),
                ("buffer", "buffer_off_grid"),
            ]
        );
    }

    #[test]
    fn of_two_lines_that_cannot_stand_together_the_later_is_named() {
        let mut file = example();
        add_stretch(&mut file, DayOfWeek::Tue);
        file.weekly[1].hours.from = "11:00".to_owned();
        assert_eq!(said(&file), [("weekly-1-from".to_owned(), "overlap")]);
        let mut file = example();
        file.closed.push("2026-12-10".to_owned());
        add_open(&mut file);
        file.open[0].date = "2026-12-10".to_owned();
        assert_eq!(said(&file), [("open-0-date".to_owned(), "both_ways")]);
    }

    #[test]
    fn who_comes_back_before_she_left_is_told_where() {
        let mut file = example();
        add_away(&mut file);
        (file.away[0].from, file.away[0].to) = ("2026-12-10".to_owned(), "2026-12-09".to_owned());
        assert_eq!(said(&file), [("away-0-to".to_owned(), "away_backwards")]);
        file.away[0].to = "2026-12-10".to_owned();
        file.away[0].between = Some(("13:00".to_owned(), "12:00".to_owned()));
        assert_eq!(said(&file), [("away-0-between".to_owned(), "away_backwards")]);
        file.away[0].between = None;
        assert_eq!(said(&file), []);
    }
}
