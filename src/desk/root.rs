//! The entry with the board: everything of a day's work. The texts and what is counted and planned are the other's (`texts`).

use ui::node::{Content, El};

use crate::entry::{self, Entry};
use crate::keys::Command;
use crate::page;
use crate::routes::Route;
use crate::state::{Base, Desk};

pub fn start() {
    entry::start::<Desk>();
}

impl Entry for Desk {
    fn new() -> Self {
        Self::over(Base::here(crate::routes::Entry::Board))
    }

    fn base(self) -> Base {
        self.base
    }

    fn screen(self, route: Route) -> Content {
        match route {
            Route::Board(..) => page::board(self),
            Route::Record(reference) => page::record(self, &reference),
            Route::Call => page::call(self),
            Route::Availability => page::availability(self),
            Route::Facts => page::facts(self),
            Route::Sheet(day) => page::sheet(self, day),
            Route::Calls(day) => page::calls(self, day),
            Route::Mails => page::mails(self),
            Route::Retention => page::retention(self),
            Route::Colleagues => page::colleagues(self),
            Route::Passkeys => page::passkeys(self),
            Route::Invitation => page::already_in(),
            // The others are another page's, and a link to them loads it.
            Route::Texts
            | Route::NewText(_)
            | Route::Crisis
            | Route::Text(_)
            | Route::Imports
            | Route::FromFile
            | Route::Reports
            | Route::Found
            | Route::NotFound => page::not_found(),
        }
    }

    fn look(self) {
        self.team.look();
        self.facts.look();
    }

    fn forget(self) {
        self.boards.forget();
        self.records.forget();
        self.team.forget();
        self.hours.forget();
        self.facts.forget();
        self.mails.forget();
        self.keeping.forget();
        self.calls.forget();
        self.caller.done.settle(None);
    }

    fn hear(self, board: Option<u64>) {
        match board {
            Some(version) => self.boards.hear(version),
            None => self.boards.refresh(),
        }
    }

    fn outside(self, route: &Route) -> Option<Content> {
        (*route == Route::Invitation).then(|| page::invitation(self.base))
    }

    fn count(self, door: &Route) -> Option<El> {
        (*door == Route::Facts).then(|| page::facts_to_check(self))?
    }

    fn follow(self, command: Command) -> bool {
        if !self.routing.route.peek(|route| *route == Route::Call) {
            return false;
        }
        match command {
            Command::Kind(at) => page::choose_kind(self, at),
            Command::Send => page::send_call(self),
            Command::Next
            | Command::Before
            | Command::Today
            | Command::Week
            | Command::Call
            | Command::Search
            | Command::Help
            | Command::Escape => return false,
        }
        true
    }
}
