//! What a frame shows first.

use crate::association::AssociationId;
use crate::closed::closed;

closed! {
    View {
        Find = "find",
        Team = "team",
        Book = "book",
        Stories = "stories",
        Events = "events",
    }
}

impl View {
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
