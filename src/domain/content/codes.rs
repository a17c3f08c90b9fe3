//! The closed lists by which items are told apart. Words for them are the phone's and the pages'; here are only codes.

use crate::closed::closed;

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
