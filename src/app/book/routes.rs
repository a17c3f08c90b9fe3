//! The addresses of the entry for booking. None holds anything she wrote.

use crate::state::routing::Address;
use domain::association::AssociationId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookRoute {
    Team(AssociationId, Step),
    /// The same with the letter of this entry, which came to nothing.
    Again(AssociationId, String),
    Bookings,
    /// By the entry's key on this device, or by the token of a link in a mail.
    Booking(String),
    /// Another time for it.
    Move(String),
    NotFound,
}

/// One question each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    When,
    Contact,
    Check,
}

impl Address for BookRoute {
    fn of(path: &str, query: &str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        if path == "/bookings" {
            return Some(Self::Bookings);
        }
        let one = |rest: &str| (!rest.is_empty() && !rest.contains(['/', '.'])).then(|| rest.to_owned());
        if let Some(rest) = path.strip_prefix("/bookings/") {
            let key = one(rest)?;
            return Some(if query == "?move" { Self::Move(key) } else { Self::Booking(key) });
        }
        let team = AssociationId(one(path.strip_prefix("/book/")?)?);
        if let Some(key) = query.strip_prefix("?again=").and_then(one) {
            return Some(Self::Again(team, key));
        }
        let step = match query {
            "?step=contact" => Step::Contact,
            "?step=check" => Step::Check,
            _ => Step::When,
        };
        Some(Self::Team(team, step))
    }

    fn not_found() -> Self {
        Self::NotFound
    }

    fn href(&self) -> String {
        match self {
            Self::Team(team, step) => {
                let step = match step {
                    Step::When => "",
                    Step::Contact => "?step=contact",
                    Step::Check => "?step=check",
                };
                ["/book/", team.as_str(), step].concat()
            }
            Self::Again(team, key) => ["/book/", team.as_str(), "?again=", key].concat(),
            Self::Bookings | Self::NotFound => "/bookings".to_owned(),
            Self::Booking(key) => ["/bookings/", key].concat(),
            Self::Move(key) => ["/bookings/", key, "?move"].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_its_screen_and_back() {
        let team = || AssociationId("shimane".to_owned());
        let known = [
            ("/bookings", BookRoute::Bookings),
            ("/bookings/019abf1e", BookRoute::Booking("019abf1e".to_owned())),
            ("/bookings/019abf1e?move", BookRoute::Move("019abf1e".to_owned())),
            ("/book/shimane", BookRoute::Team(team(), Step::When)),
            ("/book/shimane?step=contact", BookRoute::Team(team(), Step::Contact)),
            ("/book/shimane?step=check", BookRoute::Team(team(), Step::Check)),
            ("/book/shimane?again=019abf1e", BookRoute::Again(team(), "019abf1e".to_owned())),
        ];
        for (href, route) in known {
            let at = href.find('?').unwrap_or(href.len());
            assert_eq!(BookRoute::of(&href[..at], &href[at..]), Some(route.clone()), "{href}");
            assert_eq!(route.href(), href);
        }
        assert_eq!(BookRoute::of("/bookings/", ""), Some(BookRoute::Bookings));
    }

    #[test]
    fn what_belongs_to_the_other_entry_is_left_to_the_browser() {
        for path in
            ["/", "/find", "/saved", "/associations/shimane", "/book", "/book/", "/book/a/b", "/book-1.js"]
        {
            assert_eq!(BookRoute::of(path, ""), None, "{path}");
        }
    }
}
