//! Where she is at the desk. The other entry's addresses are ordinary navigations: what is kept is kept in the tab.

use browser::history::{self, Arrival, Location};
use ui::live::Live;

use crate::routes::{Entry, Route};

#[derive(Clone, Copy)]
pub struct Routing {
    pub route: Live<Route>,
    /// Rises with every arrival that starts at the top, so that the focus can follow.
    pub arrivals: Live<u32>,
    entry: Entry,
}

impl Routing {
    #[must_use]
    pub fn here(entry: Entry) -> Self {
        Self { route: Live::new(read(&history::location())), arrivals: Live::new(0), entry }
    }

    /// Follows the address and takes plain clicks on links of this entry, for the life of the page.
    pub fn watch(self) {
        history::on_change(move |location, arrival| {
            self.route.set(read(&location));
            if arrival == Arrival::Pushed {
                self.arrivals.update(|n| *n += 1);
            }
        });
        history::intercept_links(move |href| {
            let (path, query) = href.split_once('?').map_or((href, ""), |(path, query)| (path, query));
            let route = Route::of(path, query).filter(|route| route.entry() == self.entry);
            let known = !href.contains('#') && route.is_some();
            if known {
                history::push(href);
            }
            known
        });
    }

    pub fn go(self, route: &Route) {
        if route.entry() == self.entry {
            history::push(&route.href());
        } else {
            history::leave_for(&route.href());
        }
    }

    /// *Back* does not lead to what is over.
    pub fn go_instead(self, route: &Route) {
        history::replace(&route.href());
        self.arrivals.update(|n| *n += 1);
    }
}

fn read(location: &Location) -> Route {
    Route::of(&location.path, &location.query).unwrap_or(Route::NotFound)
}
