//! What the desk remembers, one concern a file; with `root` the only callers of `browser`. Pages read live values and call
//! one method per intent.

pub mod board;
pub mod caller;
pub mod calls;
pub mod drafts;
pub mod facts;
pub mod found;
pub mod hours;
pub mod idle;
pub mod language;
pub mod line;
pub mod mails;
pub mod record;
pub mod reports;
pub mod retention;
pub mod routing;
pub mod server;
pub mod session;
pub mod shortcuts;
pub mod team;
mod ways_in;

use std::ops::Deref;

use domain::calendar::{Date, JstTime, from_rfc3339};

pub use server::Trouble;

use crate::routes::Entry;

/// What every entry has, whatever it shows.
#[derive(Clone, Copy)]
pub struct Base {
    pub routing: routing::Routing,
    pub language: language::Language,
    pub session: session::Session,
    pub drafts: drafts::Drafts,
    pub line: line::Line,
    pub shortcuts: shortcuts::Shortcuts,
}

/// All that the entry with the board remembers.
#[derive(Clone, Copy)]
pub struct Desk {
    pub base: Base,
    pub boards: board::Boards,
    pub records: record::Records,
    pub caller: caller::Caller,
    pub hours: hours::Hours,
    pub facts: facts::OwnFacts,
    pub team: team::Team,
    pub mails: mails::Mails,
    pub keeping: retention::Keeping,
    pub calls: calls::Calls,
}

impl Base {
    /// Of the page it is made in.
    #[must_use]
    pub fn here(entry: Entry) -> Self {
        let drafts = drafts::Drafts::kept();
        let session = session::Session::new(drafts);
        Self {
            routing: routing::Routing::here(entry),
            language: language::Language::here(),
            session,
            drafts,
            line: line::Line::new(session),
            shortcuts: shortcuts::Shortcuts::kept(),
        }
    }
}

impl Desk {
    #[must_use]
    pub fn over(base: Base) -> Self {
        let Base { session, drafts, .. } = base;
        Self {
            base,
            boards: board::Boards::new(session),
            records: record::Records::new(session, drafts),
            caller: caller::Caller::new(session, drafts),
            hours: hours::Hours::new(session, drafts),
            facts: facts::OwnFacts::new(session, drafts),
            team: team::Team::new(session),
            mails: mails::Mails::new(session, drafts),
            keeping: retention::Keeping::new(session),
            calls: calls::Calls::new(session),
        }
    }
}

impl Deref for Desk {
    type Target = Base;

    fn deref(&self) -> &Base {
        &self.base
    }
}

/// Something that is fetched.
#[derive(Clone, Debug, PartialEq)]
pub enum Fetched<T> {
    NotYet,
    There(T),
    Failed(Trouble),
}

/// A moment of the wire in seconds. The server writes only moments; one that is none would be shown as 1970.
#[must_use]
pub fn moment(text: &str) -> i64 {
    from_rfc3339(text).unwrap_or_default()
}

/// The day in Japan.
#[must_use]
pub fn day_of(text: &str) -> Date {
    JstTime::from_unix_seconds(moment(text)).date
}

/// Now, by this computer's clock.
#[must_use]
pub fn now() -> i64 {
    (browser::clock::now_ms() / 1000.0) as i64
}

/// Today in Japan, by this computer's clock.
#[must_use]
pub fn today() -> Date {
    JstTime::from_unix_seconds(now()).date
}
