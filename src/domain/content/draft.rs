//! The way of a text from a first draft to its readers and back: who may take which step, and from where.
//!
//! Four eyes: nobody approves what she has written in, whoever she is. A case is shared with all associations before it is
//! public. The surprising rule: a crisis notice needs one lead and nobody else, because a night's flood does not wait for
//! a colleague; that it went so is written down under a name of its own.

use super::codes::Severity;
use super::item::Item;
use crate::calendar::Date;
use crate::closed::closed;
use crate::staff::{Needs, Role};

closed! {
    /// What an association writes. Guides come with the program.
    Kind {
        Story = "story",
        Case = "case",
        Event = "event",
        Notice = "notice",
    }
}

closed! {
    /// Where the newest revision stands. What is public may be an older one.
    State {
        Draft = "draft",
        InReview = "in_review",
        /// With words.
        ChangesAsked = "changes_asked",
        Approved = "approved",
        /// A case that all associations read and talk about, and nobody else yet.
        Shared = "shared",
        Published = "published",
        Withdrawn = "withdrawn",
    }
}

closed! {
    /// A step that somebody takes; as in addresses.
    Act {
        Send = "send",
        Ask = "ask",
        Approve = "approve",
        Share = "share",
        Publish = "publish",
        Withdraw = "withdraw",
        /// All of it goes, every revision and every word about it.
        Remove = "remove",
    }
}

closed! {
    /// How a founder said that her story may be told.
    Consent {
        Paper = "paper",
        Mail = "mail",
        /// And somebody wrote it down.
        Spoken = "spoken",
    }
}

/// Whoever wants to take a step. She is of the draft's own association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    pub role: Role,
    pub is_author: bool,
    /// A revision of it is hers, or all of them.
    pub has_written: bool,
}

/// What decides beside state and hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    pub kind: Kind,
    /// Its newest revision is a notice of a crisis.
    pub crisis: bool,
    /// Readers have it, in this revision or another one.
    pub public: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody can, as it stands.
    NotNow,
    /// Somebody else can.
    NotHers,
}

/// What comes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Stands(State),
    Gone,
}

impl State {
    /// # Errors
    /// Who or what stands against it.
    pub fn on(self, act: Act, about: About, hand: Hand) -> Result<Next, Refused> {
        let next = self.next(act, about).ok_or(Refused::NotNow)?;
        if hand.may(act) { Ok(next) } else { Err(Refused::NotHers) }
    }

    /// Wherever the way leads, whoever goes it.
    fn next(self, act: Act, about: About) -> Option<Next> {
        let to = match (act, self) {
            (Act::Send, Self::Draft | Self::ChangesAsked) => Self::InReview,
            (Act::Ask, Self::InReview) => Self::ChangesAsked,
            (Act::Approve, Self::InReview) => Self::Approved,
            (Act::Share, Self::Approved) if about.kind == Kind::Case => Self::Shared,
            (Act::Publish, Self::Approved) if about.kind != Kind::Case => Self::Published,
            (Act::Publish, Self::Shared) => Self::Published,
            (Act::Publish, Self::Draft | Self::InReview | Self::ChangesAsked) if about.crisis => {
                Self::Published
            }
            (Act::Withdraw, Self::Shared) => Self::Withdrawn,
            (Act::Withdraw, _) if about.public => Self::Withdrawn,
            (Act::Remove, Self::Draft | Self::ChangesAsked | Self::Approved | Self::Withdrawn)
                if !about.public =>
            {
                return Some(Next::Gone);
            }
            (
                Act::Send | Act::Ask | Act::Approve | Act::Share | Act::Publish | Act::Withdraw | Act::Remove,
                _,
            ) => return None,
        };
        Some(Next::Stands(to))
    }

    /// A new revision was written. What was asked for stays in sight until she sends it again.
    #[must_use]
    pub const fn edited(self) -> Self {
        match self {
            Self::ChangesAsked => Self::ChangesAsked,
            Self::Draft
            | Self::InReview
            | Self::Approved
            | Self::Shared
            | Self::Published
            | Self::Withdrawn => Self::Draft,
        }
    }

    /// In the order in which a screen offers them.
    #[must_use]
    pub fn acts(self, about: About, hand: Hand) -> Vec<Act> {
        Act::ALL.iter().copied().filter(|act| self.on(*act, about, hand).is_ok()).collect()
    }

    /// Whether members of other associations may read it and say something.
    #[must_use]
    pub fn is_open(self, kind: Kind) -> bool {
        kind == Kind::Case && matches!(self, Self::Shared | Self::Published)
    }
}

impl Hand {
    fn may(self, act: Act) -> bool {
        match act {
            Act::Send | Act::Remove => self.may_write(),
            Act::Ask | Act::Approve => self.role.may(Needs::Team) && !self.is_author && !self.has_written,
            Act::Share | Act::Publish | Act::Withdraw => self.role.may(Needs::Lead),
        }
    }

    /// The author; and a lead, who may have to where the author is ill.
    #[must_use]
    pub fn may_write(self) -> bool {
        self.role.may(Needs::Team) && (self.is_author || self.role.may(Needs::Lead))
    }
}

impl Kind {
    #[must_use]
    pub const fn of(item: &Item) -> Option<Self> {
        match item {
            Item::Story(_) => Some(Self::Story),
            Item::Case(_) => Some(Self::Case),
            Item::Event(_) => Some(Self::Event),
            Item::Notice(_) => Some(Self::Notice),
            Item::Guide(_) => None,
        }
    }
}

#[must_use]
pub fn is_crisis(item: &Item) -> bool {
    matches!(item, Item::Notice(notice) if notice.severity == Severity::Crisis)
}

/// Whether nothing of her consent is missing: the day stands in the item, how she gave it beside it, and neither lies ahead.
#[must_use]
pub fn has_consent(item: &Item, how: Option<Consent>, today: Date) -> bool {
    match item {
        Item::Story(article) if !article.head.fictional => {
            how.is_some() && article.consent.is_some_and(|day| day <= today)
        }
        Item::Story(_) | Item::Case(_) | Item::Guide(_) | Item::Event(_) | Item::Notice(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    fn anybody() -> impl Strategy<Value = Hand> {
        (select(&Role::ALL[..]), any::<bool>(), any::<bool>())
            .prop_map(|(role, is_author, has_written)| Hand { role, is_author, has_written })
    }

    fn anything() -> impl Strategy<Value = About> {
        (select(&Kind::ALL[..]), any::<bool>(), any::<bool>()).prop_map(|(kind, crisis, public)| About {
            kind,
            crisis: crisis && kind == Kind::Notice,
            public,
        })
    }

    proptest! {
        // She had corrected a comma in a colleague's text, and then approved it: it was hers by then.
        #[test]
        fn nobody_reviews_what_she_wrote_in(
            state in select(&State::ALL[..]), act in select(&[Act::Ask, Act::Approve][..]), about in anything(), hand in anybody()
        ) {
            if state.on(act, about, hand).is_ok() {
                prop_assert!(!hand.is_author && !hand.has_written);
                prop_assert_eq!(state, State::InReview);
            }
        }

        #[test]
        fn nobody_but_a_lead_brings_anything_to_readers_or_takes_it_away(
            state in select(&State::ALL[..]), about in anything(), hand in anybody()
        ) {
            for act in [Act::Share, Act::Publish, Act::Withdraw] {
                prop_assert!(state.on(act, about, hand).is_err() || hand.role == Role::Lead);
            }
        }

        #[test]
        fn nothing_happens_to_what_is_the_federations_or_by_it(
            state in select(&State::ALL[..]), act in select(&Act::ALL[..]), about in anything(), hand in anybody()
        ) {
            let federation = Hand { role: Role::Federation, ..hand };
            prop_assert!(state.on(act, about, federation).is_err() && !federation.may_write());
        }

        /// Whatever is done, by whomever, in whatever order.
        #[test]
        fn whatever_readers_see_was_approved_by_another_or_is_a_crisis(
            kind in select(&Kind::ALL[..]),
            steps in prop::collection::vec((prop::option::of(select(&Act::ALL[..])), anybody(), any::<bool>()), 0..40)
        ) {
            let (mut state, mut public) = (State::Draft, false);
            // Since the last edit.
            let (mut reviewed, mut shared) = (false, false);
            for (act, hand, crisis) in steps {
                let about = About { kind, crisis: crisis && kind == Kind::Notice, public };
                let Some(act) = act else {
                    (state, reviewed, shared) = (state.edited(), false, false);
                    continue;
                };
                match state.on(act, about, hand) {
                    Ok(Next::Stands(next)) => state = next,
                    Ok(Next::Gone) => {
                        prop_assert!(!public);
                        break;
                    }
                    Err(_) => continue,
                }
                match act {
                    Act::Approve => reviewed = true,
                    Act::Ask => reviewed = false,
                    Act::Share => shared = true,
                    Act::Publish => {
                        prop_assert!(reviewed || about.crisis);
                        prop_assert!(kind != Kind::Case || shared);
                        public = true;
                    }
                    Act::Withdraw => public = false,
                    Act::Send | Act::Remove => {}
                }
            }
        }
    }

    // A flood at night, one lead at home, and the notice waited for a second person until Monday.
    #[test]
    fn a_crisis_is_told_by_one_lead_at_once_and_nothing_else_is() {
        let lead = Hand { role: Role::Lead, is_author: true, has_written: true };
        let about = |kind, crisis| About { kind, crisis, public: false };
        let crisis = about(Kind::Notice, true);
        assert_eq!(State::Draft.on(Act::Publish, crisis, lead), Ok(Next::Stands(State::Published)));
        let member = Hand { role: Role::Member, ..lead };
        assert_eq!(State::Draft.on(Act::Publish, crisis, member), Err(Refused::NotHers));
        for kind in Kind::ALL {
            assert_eq!(State::Draft.on(Act::Publish, about(kind, false), lead), Err(Refused::NotNow));
        }
    }

    #[test]
    fn from_everywhere_there_is_a_way_on_and_codes_lead_back() {
        let others =
            [Role::Member, Role::Lead].map(|role| Hand { role, is_author: false, has_written: false });
        let author = Hand { role: Role::Member, is_author: true, has_written: true };
        for (kind, state) in
            Kind::ALL.iter().flat_map(|kind| State::ALL.iter().map(move |state| (*kind, *state)))
        {
            if kind != Kind::Case && state == State::Shared {
                continue;
            }
            let about = About { kind, crisis: false, public: state == State::Published };
            let acts = others.iter().chain([&author]).flat_map(|hand| state.acts(about, *hand)).count();
            assert!(acts > 0, "{kind:?} is stuck in {state:?}");
            assert_eq!(State::parse(state.code()), Some(state));
        }
        assert!(State::Shared.is_open(Kind::Case) && !State::Shared.is_open(Kind::Story));
        assert!(!State::Draft.is_open(Kind::Case), "what is being written is nobody else's");
    }
}
