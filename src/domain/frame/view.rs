//! What a frame shows first.

use crate::association::AssociationId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    Find,
    Team,
    Book,
    Stories,
    Events,
}

impl View {
    pub const ALL: [Self; 5] = [Self::Find, Self::Team, Self::Book, Self::Stories, Self::Events];

    /// As in the tag and in the frame's address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Team => "team",
            Self::Book => "book",
            Self::Stories => "stories",
            Self::Events => "events",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
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
            (Self::Find | Self::Team | Self::Book, _) => "/find".to_owned(),
            (Self::Stories, _) => "/read".to_owned(),
            (Self::Events, _) => "/events".to_owned(),
        }
    }
}
