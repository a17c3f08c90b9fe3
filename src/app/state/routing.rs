//! Where she is in the app.

use browser::history::{self, Arrival, Location};
use ui::live::Live;

/// An entry's table of addresses.
pub trait Address: Sized + 'static {
    /// `None` for an address that is not this entry's.
    fn of(path: &str, query: &str) -> Option<Self>;
    fn not_found() -> Self;
    fn href(&self) -> String;
}

pub struct Routing<A: 'static> {
    pub route: Live<A>,
    /// Rises with every arrival that starts at the top, so that the focus can follow.
    pub arrivals: Live<u32>,
}

impl<A> Clone for Routing<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Routing<A> {}

impl<A: Address> Routing<A> {
    #[must_use]
    pub fn here() -> Self {
        Self { route: Live::new(read(&history::location())), arrivals: Live::new(0) }
    }

    /// Follows the address, for the life of the page.
    pub fn follow(self) {
        history::on_change(move |location, arrival| {
            self.route.set(read(&location));
            if arrival == Arrival::Pushed {
                self.arrivals.update(|n| *n += 1);
            }
        });
    }

    /// And takes plain taps on links. What is not this entry's is left to the browser.
    pub fn watch(self) {
        self.follow();
        history::intercept_links(|href| {
            let (path, query) = href.split_once('?').map_or((href, ""), |(path, query)| (path, query));
            let known = !href.contains('#') && A::of(path, query).is_some();
            if known {
                history::push(href);
            }
            known
        });
    }

    pub fn go(self, route: &A) {
        history::push(&route.href());
    }

    /// The same screen's successor: *back* does not lead to what is over.
    pub fn go_instead(self, route: &A) {
        history::replace(&route.href());
        self.arrivals.update(|n| *n += 1);
    }
}

fn read<A: Address>(location: &Location) -> A {
    A::of(&location.path, &location.query).unwrap_or_else(A::not_found)
}
