//! The states of a booking and every way from one to another. The table is `Status::on`; there is no other.

use thiserror::Error;

use crate::closed::closed;

closed! {
    Status {
        /// On the phone, being typed.
        Draft = "draft",
        /// On the phone, waits for its turn or for a network.
        Queued = "queued",
        /// Between phone and server; which of them has it is not known.
        Sending = "sending",
        /// With the server: the team has to confirm it by hand.
        Pending = "pending",
        /// With the server: on the waiting list of a day.
        Waiting = "waiting",
        /// A time of that day came free and is kept for her until she answers.
        Offered = "offered",
        Confirmed = "confirmed",
        /// Confirmed at another time than first.
        Moved = "moved",
        Declined = "declined",
        Cancelled = "cancelled",
        /// Nobody answered while there was time.
        Expired = "expired",
        Attended = "attended",
        Absent = "absent",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// She taps 送信.
    Submit,
    /// The outbox begins a sending.
    Send,
    /// It ended without an answer that counts.
    NoAnswer,
    /// The server took it; the team confirms by hand.
    Receive,
    /// The server took it and it stands, or the team confirmed it.
    Confirm,
    /// The server will not take it as it is: back to her for another time.
    ChooseAgain,
    /// The server put it on a day's waiting list.
    Wait,
    /// A time came free.
    Offer,
    /// She takes the time that is kept for her.
    Accept,
    /// She lets it go, or did not answer in time: the next one's turn.
    Pass,
    Decline,
    Move,
    Cancel,
    Expire,
    Attend,
    Miss,
}

/// Who may cause an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    Founder,
    Team,
    /// The programs themselves, by time or by an answer.
    Clock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{event:?} cannot happen to a booking that is {status:?}")]
pub struct WrongState {
    pub status: Status,
    pub event: Event,
}

impl Status {
    /// Where the event leads. Everything that is not named here cannot happen.
    pub fn on(self, event: Event) -> Result<Self, WrongState> {
        use Event as E;
        use Status as S;
        match (self, event) {
            (S::Draft, E::Submit) | (S::Sending, E::NoAnswer) => Ok(S::Queued),
            (S::Queued, E::Send) => Ok(S::Sending),
            (S::Sending, E::Receive) => Ok(S::Pending),
            (S::Sending | S::Pending, E::Confirm) => Ok(S::Confirmed),
            (S::Sending, E::ChooseAgain) => Ok(S::Draft),
            (S::Sending, E::Wait) | (S::Offered, E::Pass) => Ok(S::Waiting),
            (S::Waiting, E::Offer) => Ok(S::Offered),
            // The team offered this time to all before; there is nothing left to confirm.
            (S::Offered, E::Accept) => Ok(S::Confirmed),
            (S::Sending | S::Pending | S::Waiting, E::Decline) => Ok(S::Declined),
            (S::Confirmed | S::Moved, E::Move) => Ok(S::Moved),
            // Another wish for a request that nobody has confirmed is still a request.
            (S::Pending, E::Move) => Ok(S::Pending),
            (S::Queued | S::Pending | S::Waiting | S::Offered | S::Confirmed | S::Moved, E::Cancel) => {
                Ok(S::Cancelled)
            }
            (S::Draft | S::Queued | S::Pending | S::Waiting, E::Expire) => Ok(S::Expired),
            (S::Confirmed | S::Moved | S::Absent, E::Attend) => Ok(S::Attended),
            // A slip of the finger on the board can be put right.
            (S::Confirmed | S::Moved | S::Attended, E::Miss) => Ok(S::Absent),
            (status, event) => Err(WrongState { status, event }),
        }
    }

    /// Holds its place: nobody else can have this time.
    #[must_use]
    pub const fn holds_place(self) -> bool {
        matches!(
            self,
            Self::Pending | Self::Offered | Self::Confirmed | Self::Moved | Self::Attended | Self::Absent
        )
    }

    /// On a waiting list: there is no time yet that both count on.
    #[must_use]
    pub const fn is_in_line(self) -> bool {
        matches!(self, Self::Waiting | Self::Offered)
    }

    /// Nothing more can come of it for her.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Declined | Self::Cancelled | Self::Expired | Self::Attended | Self::Absent)
    }

    /// Exists on the phone only.
    #[must_use]
    pub const fn is_local(self) -> bool {
        matches!(self, Self::Draft | Self::Queued | Self::Sending)
    }
}

impl Event {
    pub const ALL: [Self; 16] = [
        Self::Submit,
        Self::Send,
        Self::NoAnswer,
        Self::Receive,
        Self::Confirm,
        Self::ChooseAgain,
        Self::Wait,
        Self::Offer,
        Self::Accept,
        Self::Pass,
        Self::Decline,
        Self::Move,
        Self::Cancel,
        Self::Expire,
        Self::Attend,
        Self::Miss,
    ];

    #[must_use]
    pub const fn may_come_from(self, actor: Actor) -> bool {
        match self {
            Self::Submit | Self::Accept => matches!(actor, Actor::Founder),
            Self::Pass => matches!(actor, Actor::Founder | Actor::Clock),
            Self::Send
            | Self::NoAnswer
            | Self::Receive
            | Self::ChooseAgain
            | Self::Wait
            | Self::Offer
            | Self::Expire => matches!(actor, Actor::Clock),
            Self::Confirm => matches!(actor, Actor::Team | Actor::Clock),
            Self::Decline | Self::Attend | Self::Miss => matches!(actor, Actor::Team),
            Self::Move | Self::Cancel => matches!(actor, Actor::Founder | Actor::Team),
        }
    }
}

/// Whether she can still cancel or move it herself. `start` and `now` are seconds since 1970, `deadline` minutes before
/// the start; up to and including that moment she can. What she only waits for binds nobody and has no deadline.
#[must_use]
pub fn may_still_change(status: Status, start: i64, deadline: u32, now: i64) -> bool {
    let live = status.on(Event::Cancel).is_ok();
    live && (status.is_in_line() || now <= start - i64::from(deadline) * 60 && now < start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reachable() -> Vec<Status> {
        let mut seen = vec![Status::Draft];
        let mut at = 0;
        while at < seen.len() {
            for event in Event::ALL {
                if let Ok(next) = seen[at].on(event)
                    && !seen.contains(&next)
                {
                    seen.push(next);
                }
            }
            at += 1;
        }
        seen
    }

    #[test]
    fn every_state_can_be_reached_and_every_event_happens_somewhere() {
        assert_eq!(reachable().len(), Status::ALL.len());
        for event in Event::ALL {
            assert!(Status::ALL.iter().any(|status| status.on(event).is_ok()), "{event:?}");
        }
    }

    // A booking she had cancelled was confirmed by a colleague who still had the old board open.
    #[test]
    fn what_is_over_stays_over() {
        for over in [Status::Declined, Status::Cancelled, Status::Expired] {
            assert!(over.is_over() && !over.holds_place());
            for event in Event::ALL {
                assert_eq!(over.on(event), Err(WrongState { status: over, event }));
            }
        }
        // The board may correct itself between these two and nothing else.
        for over in [Status::Attended, Status::Absent] {
            let next = Event::ALL.into_iter().filter_map(|event| over.on(event).ok()).collect::<Vec<_>>();
            assert!(next.len() == 1 && next[0].is_over(), "{over:?} leads to {next:?}");
        }
    }

    #[test]
    fn a_place_is_taken_only_by_a_request_or_an_offer_and_left_only_by_its_end_or_a_pass() {
        for status in Status::ALL {
            for event in Event::ALL {
                let Ok(next) = status.on(event) else { continue };
                if !status.holds_place() && next.holds_place() {
                    assert!(status == Status::Sending || event == Event::Offer, "{event:?} takes a place");
                }
                if status.holds_place() && !next.holds_place() {
                    assert!(next.is_over() || event == Event::Pass, "{status:?} by {event:?} to {next:?}");
                }
                assert!(!next.is_local() || status.is_local(), "{event:?} brings it back to the phone");
            }
        }
    }

    #[test]
    fn somebody_may_cause_every_event_and_only_the_team_judges_her() {
        for event in Event::ALL {
            assert!([Actor::Founder, Actor::Team, Actor::Clock].into_iter().any(|a| event.may_come_from(a)));
        }
        for event in [Event::Decline, Event::Attend, Event::Miss, Event::Confirm] {
            assert!(!event.may_come_from(Actor::Founder));
        }
    }

    #[test]
    fn she_can_change_it_up_to_the_deadline_and_not_a_second_longer() {
        let start = 1_800_000_000;
        let last = start - 24 * 3600;
        assert!(may_still_change(Status::Confirmed, start, 24 * 60, last));
        assert!(!may_still_change(Status::Confirmed, start, 24 * 60, last + 1));
        assert!(!may_still_change(Status::Confirmed, start, 0, start), "it has begun");
        assert!(!may_still_change(Status::Attended, start, 0, last));
        assert!(may_still_change(Status::Waiting, start, 24 * 60, last + 1), "nobody counts on her yet");
    }

    #[test]
    fn where_a_booking_is_and_whether_it_holds_its_place() {
        let named = |is: fn(Status) -> bool| -> Vec<&str> {
            Status::ALL.into_iter().filter(|status| is(*status)).map(Status::code).collect()
        };
        assert_eq!(named(Status::is_local), ["draft", "queued", "sending"]);
        assert_eq!(named(Status::is_in_line), ["waiting", "offered"]);
        assert_eq!(named(Status::is_over), ["declined", "cancelled", "expired", "attended", "absent"]);
        assert_eq!(
            named(Status::holds_place),
            ["pending", "offered", "confirmed", "moved", "attended", "absent"]
        );
    }
}
