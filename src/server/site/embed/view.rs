//! What a frame shows first.

use domain::association::AssociationId;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Find,
    Team,
    Book,
    Stories,
    Events,
}

impl View {
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "find" => Self::Find,
            "team" => Self::Team,
            "book" => Self::Book,
            "stories" => Self::Stories,
            "events" => Self::Events,
            _ => return None,
        })
    }

    /// Whether it is about one association and says nothing without.
    #[must_use]
    pub const fn needs_team(self) -> bool {
        matches!(self, Self::Team | Self::Book)
    }

    /// The app's own address of the same, where a frame leads to.
    #[must_use]
    pub fn address(self, team: Option<&AssociationId>) -> String {
        match (self, team) {
            (Self::Team, Some(team)) => ["/associations/", team.as_str()].concat(),
            (Self::Book, Some(team)) => ["/book/", team.as_str()].concat(),
            (Self::Find | Self::Team | Self::Book, _) => "/".to_owned(),
            (Self::Stories, _) => "/read".to_owned(),
            (Self::Events, _) => "/events".to_owned(),
        }
    }
}
