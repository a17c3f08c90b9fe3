//! A team's events from the calendar or the feed where it keeps them, at its desk. The same look and the same reader as
//! `tonari import-events`; what is found is shown, and becomes drafts where somebody wants it.

use std::io;
use std::path::Path;
use std::sync::Arc;

use domain::api::desk::elsewhere::{Found, LastLook, LeftOut, Looked, Remembered as Shown};
use domain::association::AssociationId;
use domain::calendar::to_rfc3339;
use domain::content::draft::Kind;
use domain::content::{Cited, EventSort};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::Clock;
use super::publish::taken_over::{Offered, written};
use crate::imports::addresses::{Addresses, Kept, Last};
use crate::imports::fetch::{self, Fetcher, Names, Reach, Refused};
use crate::imports::{self, Import, Importer, Lack, NotLooked, Places, Remembered, Unreadable, Why, Wish};

/// Looks at once, of all teams: each may take ten seconds and a megabyte.
const AT_ONCE: usize = 4;

pub struct Imports {
    importer: Importer,
    addresses: Addresses,
    turn: Semaphore,
}

/// Why there is nothing to see, by the code a screen has words for.
#[derive(Debug)]
pub enum NotRead {
    Address(&'static str),
    /// The disk, so that the address could be asked without end.
    Forgetful(io::Error),
}

/// What was found, on its way to the screen or to drafts.
pub struct Seen {
    pub looked: Looked,
    /// In the same order as the events.
    pub offered: Vec<Offered>,
}

impl Imports {
    /// `home`: where people reach this server.
    #[must_use]
    pub fn new(var: &Path, home: Option<&str>, names: Arc<dyn Names>, reach: Reach, clock: Clock) -> Self {
        let fetcher = Fetcher::new(home, names, reach);
        Self {
            importer: Importer { fetcher, remembered: Remembered::new(var.join("imports")), clock },
            addresses: Addresses::new(var.join("import-addresses")),
            turn: Semaphore::new(AT_ONCE),
        }
    }

    #[must_use]
    pub fn of(&self, team: &AssociationId) -> Vec<Shown> {
        let shown = |kept: Kept| Shown {
            address: kept.address,
            sort: kept.sort,
            at: to_rfc3339(kept.at),
            result: match kept.result {
                Last::Found { events, left_out } => LastLook::Found { events, left_out },
                Last::Refused(code) => LastLook::Refused(code),
            },
        };
        self.addresses.of(team).into_iter().map(shown).collect()
    }

    /// # Errors
    /// As the disk says.
    pub fn forget(&self, team: &AssociationId, address: &str) -> Result<(), NotRead> {
        self.addresses.forget(team, address).map_err(NotRead::Forgetful)
    }

    /// Looks there, at most once an hour, and remembers what came of it. `name`: what is cited where the calendar has none.
    ///
    /// # Errors
    /// Why there is nothing to see.
    pub async fn look(
        &self,
        team: &AssociationId,
        name: &str,
        (address, sort): (&str, EventSort),
    ) -> Result<Seen, NotRead> {
        let refused = |refused: Refused| NotRead::Address(refused_code(refused));
        let address = fetch::address(address, self.importer.fetcher.reach()).map_err(refused)?.to_string();
        if !self.addresses.has_room(team, &address) {
            return Err(NotRead::Address("too_many"));
        }
        let now = (self.importer.clock)();
        let source = Cited { title: name.to_owned(), url: None, as_of: None };
        let wish = Wish { association: team.clone(), sort, source, now };
        let seen = self.ask(&address, wish).await;
        let result = match &seen {
            Ok(seen) => {
                let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let Looked { events, left_out, .. } = &seen.looked;
                Last::Found { events: count(events.len()), left_out: count(left_out.len()) }
            }
            Err(NotRead::Address(code)) => Last::Refused((*code).to_owned()),
            Err(NotRead::Forgetful(_)) => return seen,
        };
        let kept = Kept { address, sort: sort.code().to_owned(), at: now, result };
        self.addresses.keep(team, kept).map_err(NotRead::Forgetful)?;
        seen
    }

    async fn ask(&self, address: &str, wish: Wish) -> Result<Seen, NotRead> {
        let Ok(_turn) = self.turn.acquire().await else { return Err(NotRead::Address("unreachable")) };
        let looked = self.importer.look(address).await.map_err(|not| match not {
            NotLooked::Refused(refused) => NotRead::Address(refused_code(refused)),
            NotLooked::TooSoon => NotRead::Address("too_soon"),
            NotLooked::Forgetful(failure) => NotRead::Forgetful(failure),
        })?;
        let (bytes, as_before) = (looked.bytes, looked.as_before);
        let reading = tokio::task::spawn_blocking(move || imports::read(&bytes, &wish, &Places::bundled()));
        // A reader that panics has met a file it did not understand.
        let read = reading.await.unwrap_or(Err(Unreadable::Broken));
        let import = read.map_err(|unreadable| NotRead::Address(unreadable_code(unreadable)))?;
        Ok(seen(import, as_before))
    }
}

/// Events that are whole and events that lack something, in one list: both become drafts.
fn seen(import: Import, as_before: bool) -> Seen {
    let whole = import.events.iter().filter_map(|item| Some((serde_json::to_value(item).ok()?, Vec::new())));
    let lacking = import.drafts.into_iter().map(|draft| (draft.item, draft.lacks));
    let mut events = Vec::new();
    let mut offered = Vec::new();
    for (item, lacks) in whole.chain(lacking) {
        let Some(key) = item["id"].as_str().map(|id| format!("import-{id}")) else { continue };
        let Some(written) = written(without_empty(item)) else { continue };
        events.push(Found {
            key: key.clone(),
            title: written.ja.title.clone(),
            starts: written.starts.clone(),
            ends: written.ends.clone(),
            place: written.place.as_ref().map(|place| place.name.clone()),
            lacks: lacks.iter().map(|lack| lack_code(lack).to_owned()).collect(),
            draft: None,
        });
        offered.push(Offered { key, kind: Kind::Event, written });
    }
    let left_out = import.left_out.into_iter();
    let left_out = left_out.map(|left| LeftOut { title: left.title, why: why_code(left.why).to_owned() });
    Seen { looked: Looked { as_before, events, left_out: left_out.collect(), begun: 0 }, offered }
}

/// A form has no field for nothing.
fn without_empty(mut item: Value) -> Value {
    if let Some(members) = item.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    item
}

const fn refused_code(refused: Refused) -> &'static str {
    match refused {
        Refused::NoAddress => "not_an_address",
        Refused::Credentials => "credentials",
        Refused::Port => "port",
        Refused::Private => "private",
        Refused::Unprotected => "unprotected",
        Refused::NoSuchName => "no_such_name",
        Refused::Untrusted => "untrusted",
        Refused::Redirects => "redirects",
        Refused::TooSlow => "too_slow",
        Refused::TooLarge => "too_large",
        Refused::Status(_) => "status",
        Refused::OtherKind => "other_kind",
        Refused::Unreachable | Refused::Packed | Refused::BrokenOff => "unreachable",
    }
}

const fn unreadable_code(unreadable: Unreadable) -> &'static str {
    match unreadable {
        Unreadable::Neither => "other_kind",
        Unreadable::TooLarge => "too_large",
        Unreadable::Broken => "broken",
    }
}

const fn lack_code(lack: &Lack) -> &'static str {
    match lack {
        Lack::Title => "title",
        Lack::Times => "times",
        Lack::End => "end",
        Lack::Clock => "clock",
        Lack::Place => "place",
        Lack::Form(_) => "form",
    }
}

const fn why_code(why: Why) -> &'static str {
    match why {
        Why::Past => "past",
        Why::FarAway => "far_away",
        Why::Cancelled => "cancelled",
        Why::Private => "private",
        Why::Rule => "rule",
        Why::Date => "date",
        Why::Twice => "twice",
        Why::TooMany => "too_many",
    }
}
