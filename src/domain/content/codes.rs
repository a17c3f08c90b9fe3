//! The closed lists by which items are told apart. Words for them are the phone's and the pages'; here are only codes.

/// An enum whose variants have a code each, the same in files, on the wire and in addresses. A `literal` would reach the
/// derive for OpenAPI wrapped up, and it would not see the name.
macro_rules! closed {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $code:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "wire", derive(serde::Serialize))]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name {
            $(#[cfg_attr(feature = "wire", serde(rename = $code))] $variant),+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

closed! {
    /// 業種.
    Industry {
        Food = "food",
        Retail = "retail",
        Beauty = "beauty",
        Care = "care",
        Education = "education",
        Making = "making",
        It = "it",
        Farming = "farming",
        Lodging = "lodging",
        Living = "living",
        Expert = "expert",
    }
}

closed! {
    /// 段階: how far she is.
    Stage {
        Thinking = "thinking",
        Preparing = "preparing",
        Opening = "opening",
        Growing = "growing",
        Recovering = "recovering",
        Succession = "succession",
    }
}

closed! {
    /// 制度.
    Scheme {
        FoundingGuarantee = "founding-guarantee",
        StartupGuarantee = "startup-guarantee",
        SafetyNet = "safety-net",
        Disaster = "disaster",
        Succession = "succession",
        ExpertVisit = "expert-visit",
        PlanAdvice = "plan-advice",
        Municipal = "municipal",
    }
}

closed! {
    /// 暮らし: what else there is in her life.
    Life {
        Childcare = "childcare",
        Caring = "caring",
        SingleParent = "single-parent",
        LeavingWork = "leaving-work",
        SideBusiness = "side-business",
        Moving = "moving",
        OverFifty = "over-fifty",
        Roots = "roots",
        Health = "health",
    }
}

closed! {
    /// What kind of event it is.
    EventSort {
        Seminar = "seminar",
        Fair = "fair",
        School = "school",
        Consultation = "consultation",
        Meeting = "meeting",
    }
}

closed! {
    /// How urgent a notice is; a later one goes before an earlier one.
    Severity {
        Information = "information",
        Warning = "warning",
        Crisis = "crisis",
    }
}
