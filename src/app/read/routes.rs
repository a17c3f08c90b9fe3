//! The addresses of the entry for reading. None holds what she looks for.

use crate::state::routing::Address;
use domain::content::ItemId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadRoute {
    Articles,
    Article(ItemId),
    Events,
    Event(ItemId),
    Notice(ItemId),
    /// Her reading list.
    Later,
    NotFound,
}

impl Address for ReadRoute {
    fn of(path: &str, _query: &str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        let one = |folder: &str| path.strip_prefix(folder).and_then(ItemId::parse);
        Some(match path {
            "/read" => Self::Articles,
            "/events" => Self::Events,
            "/reading-list" => Self::Later,
            _ => one("/read/")
                .map(Self::Article)
                .or_else(|| one("/events/").map(Self::Event))
                .or_else(|| one("/notices/").map(Self::Notice))?,
        })
    }

    fn not_found() -> Self {
        Self::NotFound
    }

    fn href(&self) -> String {
        match self {
            Self::Articles | Self::NotFound => "/read".to_owned(),
            Self::Events => "/events".to_owned(),
            Self::Later => "/reading-list".to_owned(),
            Self::Article(id) => ["/read/", id.as_str()].concat(),
            Self::Event(id) => ["/events/", id.as_str()].concat(),
            Self::Notice(id) => ["/notices/", id.as_str()].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_its_screen_and_back() {
        let id = || ItemId::parse("case-womens-teams").unwrap();
        for (href, route) in [
            ("/read", ReadRoute::Articles),
            ("/read/case-womens-teams", ReadRoute::Article(id())),
            ("/events", ReadRoute::Events),
            ("/events/case-womens-teams", ReadRoute::Event(id())),
            ("/notices/case-womens-teams", ReadRoute::Notice(id())),
            ("/reading-list", ReadRoute::Later),
        ] {
            assert_eq!(ReadRoute::of(href, ""), Some(route.clone()), "{href}");
            assert_eq!(route.href(), href);
        }
        for path in
            ["/", "/find", "/bookings", "/notices", "/read/A", "/read/a/b", "/events.ics", "/read.html"]
        {
            assert_eq!(ReadRoute::of(path, ""), None, "{path}");
        }
    }
}
