//! The desk's addresses. None holds anything about a person: a booking is its number, an invitation's code stands behind the
//! `#`, where no server sees it.

use domain::calendar::Date;
use domain::content::draft::Kind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Board(Span, Option<Date>),
    Record(String),
    Call,
    Availability,
    Facts,
    Sheet(Option<Date>),
    Calls(Option<Date>),
    Mails,
    Retention,
    Texts,
    NewText(Kind),
    /// A crisis notice out of a template.
    Crisis,
    Text(i64),
    /// Events that stand in a calendar or a feed already.
    Imports,
    /// Texts out of a file.
    FromFile,
    Reports,
    Found,
    Colleagues,
    Passkeys,
    Invitation,
    NotFound,
}

/// Which page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Board,
    Texts,
}

/// How much of the calendar a board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Day,
    Week,
}

impl Route {
    /// Today's board.
    pub const HOME: Self = Self::Board(Span::Day, None);

    /// `None` for an address that is not the desk's.
    #[must_use]
    pub fn of(path: &str, query: &str) -> Option<Self> {
        let path = path.strip_prefix("/desk")?;
        if !path.is_empty() && !path.starts_with('/') || path.contains('.') || path.starts_with("/api/") {
            return None;
        }
        let path = path.trim_matches('/');
        let query = query.trim_start_matches('?');
        let (name, value) = query.split_once('=').unwrap_or((query, ""));
        let day = Date::parse(value);
        Some(match path {
            "" if name == "week" => Self::Board(Span::Week, day),
            "" => Self::Board(Span::Day, day.filter(|_| name == "day")),
            "call" => Self::Call,
            "availability" => Self::Availability,
            "facts" => Self::Facts,
            "sheet" => Self::Sheet(day.filter(|_| name == "day")),
            "calls" => Self::Calls(day.filter(|_| name == "day")),
            "mails" => Self::Mails,
            "retention" => Self::Retention,
            "texts" => Self::Texts,
            "texts/new" => Kind::parse(value).filter(|_| name == "kind").map_or(Self::Texts, Self::NewText),
            "texts/crisis" => Self::Crisis,
            "texts/imports" => Self::Imports,
            "texts/file" => Self::FromFile,
            "reports" => Self::Reports,
            "found" => Self::Found,
            "colleagues" => Self::Colleagues,
            "passkeys" => Self::Passkeys,
            "invitation" => Self::Invitation,
            other => {
                let booking = || other.strip_prefix("bookings/").and_then(reference).map(Self::Record);
                let text =
                    || Some(Self::Text(other.strip_prefix("texts/")?.parse().ok().filter(|id| *id > 0)?));
                booking().or_else(text).unwrap_or(Self::NotFound)
            }
        })
    }

    /// Which screen shows it: a board is one for all of its days.
    #[must_use]
    pub fn screen(&self) -> Self {
        match self {
            Self::Board(..) => Self::HOME,
            other => other.clone(),
        }
    }

    /// 読みもの, whichever step of it; reports and the plan of a team share its page and have doors of their own.
    #[must_use]
    pub fn is_of_texts(&self) -> bool {
        self.entry() == Entry::Texts && !matches!(self, Self::Reports | Self::Found)
    }

    /// As the server chooses its page.
    #[must_use]
    pub const fn entry(&self) -> Entry {
        match self {
            Self::Texts
            | Self::NewText(_)
            | Self::Crisis
            | Self::Text(_)
            | Self::Imports
            | Self::FromFile
            | Self::Reports
            | Self::Found => Entry::Texts,
            Self::Board(..)
            | Self::Record(_)
            | Self::Call
            | Self::Availability
            | Self::Facts
            | Self::Sheet(_)
            | Self::Calls(_)
            | Self::Mails
            | Self::Retention
            | Self::Colleagues
            | Self::Passkeys
            | Self::Invitation
            | Self::NotFound => Entry::Board,
        }
    }

    #[must_use]
    pub fn href(&self) -> String {
        let with_day = |path: &str, name: &str, day: &Option<Date>| match day {
            Some(day) => [path, name, "=", &day.to_text()].concat(),
            None => path.to_owned(),
        };
        match self {
            Self::Board(Span::Day, day) => with_day("/desk/", "?day", day),
            Self::Board(Span::Week, None) => "/desk/?week".to_owned(),
            Self::Board(Span::Week, day) => with_day("/desk/", "?week", day),
            Self::Record(reference) => ["/desk/bookings/", reference].concat(),
            Self::Call => "/desk/call".to_owned(),
            Self::Availability => "/desk/availability".to_owned(),
            Self::Facts => "/desk/facts".to_owned(),
            Self::Sheet(day) => with_day("/desk/sheet", "?day", day),
            Self::Calls(day) => with_day("/desk/calls", "?day", day),
            Self::Mails => "/desk/mails".to_owned(),
            Self::Retention => "/desk/retention".to_owned(),
            Self::Texts => "/desk/texts".to_owned(),
            Self::NewText(kind) => ["/desk/texts/new?kind=", kind.code()].concat(),
            Self::Crisis => "/desk/texts/crisis".to_owned(),
            Self::Imports => "/desk/texts/imports".to_owned(),
            Self::FromFile => "/desk/texts/file".to_owned(),
            Self::Text(id) => ["/desk/texts/", &id.to_string()].concat(),
            Self::Reports => "/desk/reports".to_owned(),
            Self::Found => "/desk/found".to_owned(),
            Self::Colleagues => "/desk/colleagues".to_owned(),
            Self::Passkeys => "/desk/passkeys".to_owned(),
            Self::Invitation => "/desk/invitation".to_owned(),
            Self::NotFound => "/desk/".to_owned(),
        }
    }
}

/// A booking's number out of what somebody typed, read out, or held before a scanner. `None` for what cannot be one: the
/// link in a founder's mail, for example, is hers alone and does not hold it.
#[must_use]
pub fn reference(typed: &str) -> Option<String> {
    let mut number = String::new();
    for letter in typed.trim().chars() {
        let half = match letter {
            '！'..='～' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
            other => other,
        };
        match half {
            '-' | ' ' | '　' | '‐' | '–' | '−' | 'ー' => {}
            // Numbers have none of these letters: whoever hears or reads one means the digit.
            'o' | 'O' => number.push('0'),
            'i' | 'I' | 'l' | 'L' => number.push('1'),
            letter if letter.is_ascii_alphanumeric() => number.push(letter.to_ascii_uppercase()),
            _ => return None,
        }
    }
    (number.len() == 8).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_its_screen_and_back() {
        let day = Date::parse("2026-12-01");
        let known = [
            ("/desk/", Route::HOME),
            ("/desk/?day=2026-12-01", Route::Board(Span::Day, day)),
            ("/desk/?week", Route::Board(Span::Week, None)),
            ("/desk/?week=2026-12-01", Route::Board(Span::Week, day)),
            ("/desk/bookings/7K3M9QF2", Route::Record("7K3M9QF2".to_owned())),
            ("/desk/call", Route::Call),
            ("/desk/availability", Route::Availability),
            ("/desk/facts", Route::Facts),
            ("/desk/sheet", Route::Sheet(None)),
            ("/desk/sheet?day=2026-12-01", Route::Sheet(day)),
            ("/desk/calls", Route::Calls(None)),
            ("/desk/calls?day=2026-12-01", Route::Calls(day)),
            ("/desk/mails", Route::Mails),
            ("/desk/retention", Route::Retention),
            ("/desk/texts", Route::Texts),
            ("/desk/texts/new?kind=event", Route::NewText(Kind::Event)),
            ("/desk/texts/crisis", Route::Crisis),
            ("/desk/texts/12", Route::Text(12)),
            ("/desk/texts/imports", Route::Imports),
            ("/desk/texts/file", Route::FromFile),
            ("/desk/reports", Route::Reports),
            ("/desk/found", Route::Found),
            ("/desk/colleagues", Route::Colleagues),
            ("/desk/passkeys", Route::Passkeys),
            ("/desk/invitation", Route::Invitation),
        ];
        for (href, route) in known {
            let at = href.find('?').unwrap_or(href.len());
            assert_eq!(Route::of(&href[..at], &href[at..]), Some(route.clone()), "{href}");
            assert_eq!(route.href(), href);
        }
        assert_eq!(Route::of("/desk", ""), Some(Route::HOME));
        assert_eq!(Route::of("/desk/", "?day=2026-13-01"), Some(Route::HOME));
    }

    #[test]
    fn what_is_not_a_screen_of_the_desk_is_left_to_the_browser() {
        for path in ["/", "/bookings/7K3M9QF2", "/desktop", "/desk/api/me", "/desk/desk-1.js"] {
            assert_eq!(Route::of(path, ""), None, "{path}");
        }
        for path in ["/desk/bookings/a/b", "/desk/texts/a", "/desk/texts/-1", "/desk/texts/1/2"] {
            assert_eq!(Route::of(path, ""), Some(Route::NotFound), "{path}");
        }
        assert_eq!(Route::of("/desk/texts/new", "?kind=guide"), Some(Route::Texts));
    }

    #[test]
    fn a_number_is_found_however_it_was_typed() {
        for typed in ["7K3M9QF2", "7k3m-9qf2", " ７Ｋ３Ｍ－９ＱＦ２ ", "7K3M 9QF2"] {
            assert_eq!(reference(typed).as_deref(), Some("7K3M9QF2"), "{typed}");
        }
        assert_eq!(reference("OK3M-9ILO").as_deref(), Some("0K3M9110"));
        for typed in ["", "7K3M", "7K3M9QF23", "https://tonari.example/bookings/abc", "山田さん"] {
            assert_eq!(reference(typed), None, "{typed}");
        }
    }
}
