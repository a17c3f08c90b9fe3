//! Whether something can be said about a field. Each answer names the part of the form that is wrong.

use super::{Basis, Field, Given, Statement, YES, rule};
use crate::association::Association;
use crate::booking::contact::Phone;
use crate::calendar::Date;

/// Characters. Longer ones would not fit a card on a phone.
const VALUE_MOST: usize = 200;
const TITLE_MOST: usize = 120;
const NOTE_MOST: usize = 200;
const URL_MOST: usize = 500;
/// The first association began in 1937; no team is older.
const FIRST_YEAR: u16 = 1937;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    ValueMissing,
    ValueTooLong,
    /// It cannot be shown on one line.
    ValueLines,
    Phone,
    Link,
    Year,
    NotAChoice,
    /// It cannot be taken away here.
    Needed,
    /// There is no team it could belong to.
    NoTeam,
    /// No municipality of the association's area is named in the address.
    Place,
    TitleMissing,
    TitleTooLong,
    SourceLink,
    NotADay,
    /// Nobody has checked anything tomorrow.
    Ahead,
    NoteTooLong,
}

impl Wrong {
    /// The part of the form.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::TitleMissing | Self::TitleTooLong => "title",
            Self::SourceLink => "url",
            Self::NotADay | Self::Ahead => "checked",
            Self::NoteTooLong => "note",
            _ => "value",
        }
    }

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ValueMissing | Self::TitleMissing => "missing",
            Self::ValueTooLong | Self::TitleTooLong | Self::NoteTooLong => "too_long",
            Self::ValueLines => "lines",
            Self::Phone => "phone",
            Self::Link | Self::SourceLink => "link",
            Self::Year => "year",
            Self::NotAChoice => "no_choice",
            Self::Needed => "needed",
            Self::NoTeam => "no_team",
            Self::Place => "place",
            Self::NotADay => "not_a_day",
            Self::Ahead => "ahead",
        }
    }
}

/// Everything that is wrong; nothing where it can be said.
#[must_use]
pub fn check(association: &Association, field: Field, given: &Given, today: Date) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if !field.is_asked_of(association) {
        wrong.push(Wrong::NoTeam);
    }
    match given {
        Given::Unknown { .. } if field.is_needed() => wrong.push(Wrong::Needed),
        Given::Unknown { .. } => {}
        Given::Known(statement) => {
            wrong.extend(value(association, field, statement, today));
            wrong.extend(basis(&statement.basis));
            let note = statement.note.as_deref().unwrap_or_default();
            wrong.extend((note.chars().count() > NOTE_MOST).then_some(Wrong::NoteTooLong));
        }
    }
    match Date::parse(given.checked()) {
        None => wrong.push(Wrong::NotADay),
        Some(day) if day > today => wrong.push(Wrong::Ahead),
        Some(_) => {}
    }
    wrong
}

fn value(association: &Association, field: Field, statement: &Statement, today: Date) -> Option<Wrong> {
    let value = statement.value.as_str();
    if value.trim().is_empty() {
        return Some(Wrong::ValueMissing);
    }
    if value.chars().count() > VALUE_MOST {
        return Some(Wrong::ValueTooLong);
    }
    if value.chars().any(char::is_control) {
        return Some(Wrong::ValueLines);
    }
    let wrong = match field {
        Field::Phone => (Phone::parse(value).is_err(), Wrong::Phone),
        Field::Website => (!is_link(value), Wrong::Link),
        Field::Eligibility => (rule(value).is_none(), Wrong::NotAChoice),
        Field::Team => (value != YES, Wrong::NotAChoice),
        Field::TeamFounded => (!is_year(value, today), Wrong::Year),
        Field::Address => (stands_nowhere(association, statement), Wrong::Place),
        Field::Hours | Field::Name | Field::TeamName | Field::TeamNameEn => return None,
    };
    wrong.0.then_some(wrong.1)
}

/// An address that is known already stands where it stood.
fn stands_nowhere(association: &Association, statement: &Statement) -> bool {
    let known = association.office.as_ref().is_some_and(|fact| fact.value.address == statement.value);
    !known && statement.municipality.is_none()
}

fn basis(basis: &Basis) -> Vec<Wrong> {
    let Basis::Read { title, url } = basis else { return Vec::new() };
    let mut wrong = Vec::new();
    if title.trim().is_empty() {
        wrong.push(Wrong::TitleMissing);
    } else if title.chars().count() > TITLE_MOST || title.chars().any(char::is_control) {
        wrong.push(Wrong::TitleTooLong);
    }
    wrong.extend(url.as_deref().is_some_and(|url| !is_link(url)).then_some(Wrong::SourceLink));
    wrong
}

/// It becomes a link on every page.
fn is_link(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    url.len() <= URL_MOST
        && url.chars().all(plain)
        && host.contains('.')
        && !host.contains('@')
        && !host.starts_with(['.', '-', ':'])
}

fn is_year(value: &str, today: Date) -> bool {
    let year = value.parse::<u16>().ok().filter(|_| value.len() == 4);
    year.is_some_and(|year| year >= FIRST_YEAR && i32::from(year) <= today.year)
}
