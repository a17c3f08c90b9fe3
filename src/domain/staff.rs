//! Who works at the desk, and what each may do.

/// Of a member of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "snake_case"))]
pub enum Role {
    /// Meets founders.
    Member,
    /// Publishes, too, and says who belongs to the team.
    Lead,
    /// Of no association: sees figures of all, and nobody's bookings.
    Federation,
}

/// What a request asks of whoever sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Nobody's session: the way in.
    Nothing,
    /// Anybody's.
    Session,
    /// Somebody's of an association.
    Team,
    /// A lead's of an association.
    Lead,
    /// The federation's.
    Federation,
    /// Whoever invites others: leads and the federation.
    Inviting,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Member, Self::Lead, Self::Federation];

    /// As in databases and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Lead => "lead",
            Self::Federation => "federation",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    #[must_use]
    pub const fn may(self, needs: Needs) -> bool {
        match needs {
            Needs::Nothing | Needs::Session => true,
            Needs::Team => matches!(self, Self::Member | Self::Lead),
            Needs::Lead => matches!(self, Self::Lead),
            Needs::Federation => matches!(self, Self::Federation),
            Needs::Inviting => matches!(self, Self::Lead | Self::Federation),
        }
    }
}

impl Needs {
    pub const ALL: [Self; 6] =
        [Self::Nothing, Self::Session, Self::Team, Self::Lead, Self::Federation, Self::Inviting];
}

#[cfg(test)]
mod tests {
    use super::*;

    // The federation's desk showed a founder's telephone number, because "sees all associations" was taken literally.
    #[test]
    fn nobody_but_a_team_reaches_a_teams_bookings_and_a_member_publishes_nothing() {
        assert!(!Role::Federation.may(Needs::Team) && !Role::Federation.may(Needs::Lead));
        assert!(!Role::Member.may(Needs::Lead) && !Role::Member.may(Needs::Inviting));
        for needs in Needs::ALL {
            assert!(Role::ALL.into_iter().any(|role| role.may(needs)), "{needs:?} is of use to nobody");
            assert!(Role::Lead.may(needs) || !Role::Member.may(needs), "a lead can do what a member can");
        }
    }
}
