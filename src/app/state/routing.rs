//! Where she is in the app.

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
    pub(super) fn new() -> Self {
        let Location { path, query } = history::location();
        Self { route: Live::new(Route::parse(&path, &query)), arrivals: Live::new(0) }
    }

    /// Follows links and the back button, for the life of the page.
    pub fn watch(self) {
        history::on_change(move |Location { path, query }, arrival| {
            self.route.set(Route::parse(&path, &query));
            if arrival == Arrival::Pushed {
                self.arrivals.update(|n| *n += 1);
            }
        });
        history::intercept_links(|href| {
            let (path, query) = href.split_once('?').map_or((href, ""), |(path, query)| (path, query));
            let known = !href.contains('#') && Route::parse(path, query) != Route::NotFound;
            if known {
                history::push(href);
            }
            known
        });
    }

    pub fn go(self, route: &Route) {
        history::push(&route.href());
    }
}
