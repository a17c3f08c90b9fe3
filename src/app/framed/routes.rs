//! The app's addresses that a frame shows. What is kept on her device belongs to the app, and opens there.

use domain::frame::View;

use crate::book::routes::BookRoute;
use crate::read::routes::ReadRoute;
use crate::routes::Route;
use crate::state::routing::Address;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FramedRoute {
    Finding(Route),
    Booking(BookRoute),
    Reading(ReadRoute),
}

impl Address for FramedRoute {
    fn of(path: &str, query: &str) -> Option<Self> {
        let finding = Route::of(path, query)
            .filter(|route| matches!(route, Route::Find | Route::Answer(_) | Route::Association(_)));
        let booking = || BookRoute::of(path, query).filter(|route| *route != BookRoute::Bookings);
        let reading = || ReadRoute::of(path, query).filter(|route| *route != ReadRoute::Later);
        finding
            .map(Self::Finding)
            .or_else(|| booking().map(Self::Booking))
            .or_else(|| reading().map(Self::Reading))
    }

    fn not_found() -> Self {
        Self::Finding(Route::NotFound)
    }

    fn href(&self) -> String {
        match self {
            Self::Finding(route) => route.href(),
            Self::Booking(route) => route.href(),
            Self::Reading(route) => route.href(),
        }
    }
}

impl FramedRoute {
    /// What a host is told of it.
    pub const fn view(&self) -> View {
        match self {
            Self::Finding(Route::Association(_)) => View::Team,
            Self::Finding(_) => View::Find,
            Self::Booking(_) => View::Book,
            Self::Reading(ReadRoute::Events | ReadRoute::Event(_)) => View::Events,
            Self::Reading(_) => View::Stories,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_frame_shows_it_opens_and_the_rest_is_the_apps() {
        for href in
            ["/", "/find?pref=32", "/associations/shimane", "/book/shimane?step=check", "/bookings/019abf1e"]
                .into_iter()
                .chain(["/read", "/read/guide-first", "/events", "/notices/n"])
        {
            let at = href.find('?').unwrap_or(href.len());
            let route = FramedRoute::of(&href[..at], &href[at..]);
            assert_eq!(route.map(|route| route.href()).as_deref(), Some(href));
        }
        for path in
            ["/saved", "/device", "/about", "/bookings", "/reading-list", "/form/shimane", "/embed/find"]
        {
            assert_eq!(FramedRoute::of(path, ""), None, "{path}");
        }
    }
}
