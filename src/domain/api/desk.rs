//! What the desk and its server say to each other, under `/desk/api`. Only who is signed in is answered, but for the way in.
//!
//! Moments are RFC 3339 in UTC, days Japan's, like 2026-12-01. Unknown members of a request are refused.

pub mod elsewhere;
pub mod facts;
pub mod ops;
pub mod publish;
pub mod report;
mod way_in;

use serde::{Deserialize, Serialize};

use super::{FieldProblem, OfferedTime, WishedTime};
use crate::association::AssociationId;
use crate::booking::Status;
use crate::closed::closed;
use crate::report::subject::Subject;
use crate::slot::Kind;
use crate::slot::file::RulesFile;
use crate::staff::Role;

pub use way_in::{Begun, Finish, Invitation, Invite, Invited, NewRole, OpenSession, Passkey};

/// Whose session it is, and how long it lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub member: Colleague,
    /// None for the federation.
    pub association: Option<Place>,
    /// Without another request it ends then.
    pub idle_at: String,
    /// It ends then, whatever happens.
    pub ends_at: String,
    /// How many ways in she has: a second one is asked for while it is 1.
    pub passkeys: u32,
}

/// An association, as the desk names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub id: AssociationId,
    pub name: String,
    /// Of its women's team, where it has one.
    pub team: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub id: i64,
    pub name: String,
    pub role: Role,
    /// Her sessions have ended and she cannot come back.
    pub disabled: bool,
}

/// Some days of a team: what waits for an answer, whenever it is, and everything booked on these days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub today: String,
    pub from: String,
    pub days: u16,
    /// Requests without an answer and who waits for a day to come; the oldest first.
    pub waiting: Vec<Card>,
    /// In order of time. Of those that hold no place only the two hundred that were asked for last.
    pub booked: Vec<Card>,
    /// Others hold no place, which are not in `booked`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// The team has times that can be booked.
    pub open: bool,
    /// Another one after every change of the team's bookings; what the live line says.
    pub version: u64,
}

/// A booking on the board. Who she is stands only in its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub reference: String,
    pub start: String,
    /// Minutes; a whole day's for one on a waiting list.
    pub length: u16,
    pub kind: Kind,
    pub place: u8,
    /// The name of the place, where she comes to the team and it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    pub status: Status,
    /// Rises with every change of it that she has to hear of.
    pub sequence: u32,
    pub received_at: String,
    pub fictional: bool,
    pub assigned: Option<i64>,
    pub notes: u32,
    pub acts: Vec<Act>,
}

/// An error, RFC 9457 (`application/problem+json`). Its codes are the desk's own: a founder's phone carries none of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Always `about:blank`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub code: Fault,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Of `not_offered`: the nearest times that are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<OfferedTime>,
    /// Of `hits_bookings`: those that would lie outside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<Card>,
    /// Of `changed_meanwhile` and `wrong_state`: how it stands now, where it is a booking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Box<Card>>,
}

closed! {
    /// Why the desk's server did not do it.
    Fault {
        /// No session, or one that has ended.
        SignedOut = "signed_out",
        /// Her role does not reach so far.
        Forbidden = "forbidden",
        /// There is none, or it is another team's: the answer is the same.
        NotFound = "not_found",
        MethodNotAllowed = "method_not_allowed",
        Malformed = "malformed",
        UnsupportedMediaType = "unsupported_media_type",
        TooLarge = "too_large",
        /// Which fields, stands in `fields`.
        Invalid = "invalid",
        /// Somebody else changed it since the screen was drawn. Nothing was done.
        ChangedMeanwhile = "changed_meanwhile",
        /// That cannot happen to it as it is.
        WrongState = "wrong_state",
        NotOffered = "not_offered",
        /// Rules that leave bookings outside of which whoever saves does not know yet; they stand in `hits`.
        HitsBookings = "hits_bookings",
        /// The passkey is not one of ours, or the ceremony took too long.
        PasskeyRefused = "passkey_refused",
        /// Not without her finger of a moment ago: whoever finds a desk open has none.
        SignInAgain = "sign_in_again",
        /// Used, taken back, or too old.
        InvitationOver = "invitation_over",
        /// Nobody would be left who can invite others, or no way in.
        LastOne = "last_one",
        TooManyRequests = "too_many_requests",
        Busy = "busy",
        TimedOut = "timed_out",
        Internal = "internal",
    }
}

closed! {
    /// What came of telephoning her.
    CallMark {
        /// Spoken to; nothing more is to be done.
        Done = "done",
        /// Somebody called and will call again.
        Tried = "tried",
        NotReached = "not_reached",
        /// The mark before was a slip: as if nobody had called.
        Open = "open",
    }
}

closed! {
    /// What the team can do with a booking as it is now; as in addresses.
    Act {
        Confirm = "confirm",
        /// With a reason, which she reads.
        Decline = "decline",
        /// Another time, which holds at once.
        Propose = "propose",
        Cancel = "cancel",
        Attended = "attended",
        Absent = "absent",
    }
}

/// Everything about a booking. Reading it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub card: Card,
    /// None where it was erased, or where its key is gone.
    pub letter: Option<LetterView>,
    /// What was said to her when it was declined.
    pub reason: Option<String>,
    pub notes: Vec<Note>,
    /// The newest first.
    pub history: Vec<Happened>,
    /// She can change it herself until then.
    pub change_until: String,
    /// What it was about; none while it has not taken place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
}

/// Her letter; how it is safe to reach her comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterView {
    /// Codes of `booking::contact::Channel`: what may be used. Anything else is forbidden.
    pub channels: Vec<String>,
    pub hours: String,
    pub may_leave_message: bool,
    pub discreet: bool,
    pub name: String,
    pub phone: String,
    pub mail: String,
    /// Codes of `booking::letter`.
    pub stage: Option<String>,
    pub topics: Vec<String>,
    pub note: String,
    pub language: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub at: String,
    pub by: String,
    pub text: String,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    pub at: String,
    /// A colleague's name, or who else did it.
    pub by: String,
    /// Code of what: `opened`, an act's, `noted`, `handed_over`, `booked`, `exported` …
    pub what: String,
}

/// What an act needs; members that it does not need are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doing {
    /// Of `decline`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Of `propose`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// The card's `sequence` as the screen showed it: where it is another one by now, nothing is done.
    pub seen: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    pub text: String,
}

/// What a consultation was about, said anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSubject {
    pub subject: Subject,
    /// As the screen showed it: where a colleague said something else meanwhile, nothing is done.
    pub seen: Subject,
}

/// A municipality of the association's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Town {
    pub code: String,
    pub name: String,
}

/// To nobody without a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    pub member: Option<i64>,
}

/// A booking for somebody on the telephone. The same `key` twice is one booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallerBooking {
    pub key: String,
    pub wish: WishedTime,
    pub letter: LetterView,
    /// She was told what it is used for, and agreed.
    pub consent: bool,
}

/// Times the team itself may give away: without lead time and horizon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub times: Vec<OfferedTime>,
}

/// When the team can be met, as it is edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// None where the team takes no bookings yet.
    pub rules: Option<RulesFile>,
    /// By which these are told from others; to be said again when they are saved.
    pub mark: Option<String>,
    pub fictional: bool,
    /// What is taken from today on, so that a screen can judge any moment by itself.
    pub taken: Vec<TakenTime>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenTime {
    pub start: String,
    /// Minutes.
    pub length: u16,
    pub place: u8,
}

/// Rules that are to hold, or are only looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAvailability {
    pub rules: RulesFile,
    /// Of what the editor began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Numbers of bookings that will lie outside, and of which whoever saves knows; they stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<String>,
}

/// One line of the live channel (`text/event-stream`, event `board`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    pub version: u64,
}
