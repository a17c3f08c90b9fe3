//! Where she is at the desk.

use browser::history::{self, Arrival, Location};
use ui::live::Live;

use crate::routes::Route;

#[derive(Clone, Copy)]
pub struct Routing {
    pub route: Live<Route>,
    /// Rises with every arrival that starts at the top, so that the focus can follow.
    pub arrivals: Live<u32>,
}

impl Routing {
    #[must_use]
    pub fn here() -> Self {
        Self { route: Live::new(read(&history::location())), arrivals: Live::new(0) }
    }

    /// Follows the address and takes plain clicks on links of the desk, for the life of the page.
    pub fn watch(self) {
        history::on_change(move |location, arrival| {
            self.route.set(read(&location));
            if arrival == Arrival::Pushed {
                self.arrivals.update(|n| *n += 1);
            }
        });
        history::intercept_links(|href| {
            let (path, query) = href.split_once('?').map_or((href, ""), |(path, query)| (path, query));
            let known = !href.contains('#') && Route::of(path, query).is_some();
            if known {
                history::push(href);
            }
            known
        });
    }

    pub fn go(self, route: &Route) {
        history::push(&route.href());
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
