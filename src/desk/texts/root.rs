//! The entry for texts, reports and the plan of a team: its screens in the desk's frame.

use ui::node::Content;

use super::page;
use super::state::Desk;
use crate::entry::{self, Entry};
use crate::page::{found, not_found, reports};
use crate::routes::Route;
use crate::state::Base;

pub fn start() {
    entry::start::<Desk>();
}

impl Entry for Desk {
    fn new() -> Self {
        Self::over(Base::here(crate::routes::Entry::Texts))
    }

    fn base(self) -> Base {
        self.base
    }

    fn screen(self, route: Route) -> Content {
        match route {
            Route::Texts => page::texts(self),
            Route::NewText(kind) => page::new_text(self, kind),
            Route::Crisis => page::crisis(self),
            Route::Text(id) => page::text(self, id),
            Route::Imports => page::imports(self),
            Route::FromFile => page::from_file(self),
            Route::Reports => reports(self.reports),
            Route::Found => found(self.found),
            // The others are another page's, and a link to them loads it.
            Route::Board(..)
            | Route::Record(_)
            | Route::Call
            | Route::Availability
            | Route::Facts
            | Route::Sheet(_)
            | Route::Calls(_)
            | Route::Mails
            | Route::Retention
            | Route::Colleagues
            | Route::Passkeys
            | Route::Invitation
            | Route::NotFound => not_found(),
        }
    }

    fn look(self) {}

    fn forget(self) {
        self.texts.forget();
        self.imports.forget_all();
        self.from_file.forget();
        self.reports.forget();
    }
}
