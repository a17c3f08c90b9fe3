//! The wire: what phone and server say to each other, and nothing else.
//!
//! `GET /api/v1/associations` answers a [`crate::directory::Edition`]; the types here are the rest. The phone reads and
//! writes them by hand (`json`), the server with serde; tests hold one against the other. No request has a
//! place, a position or a distance in it: the phone works those out alone. Codes are closed enums, sentences for
//! them exist only in the i18n files.

mod bookings;
#[cfg(feature = "wire")]
pub mod desk;
mod proof;
mod slots;

pub(crate) use bookings::wished_day;
pub use bookings::{BOOKINGS, BookingRequest, BookingView, KEY_HEADER, Refusal, WishedDay, WishedTime};
pub use proof::{ALGORITHM, Challenge, MOST_WORK, PROOF_HEADER, Proof};
pub use slots::{FullDay, Offer, SealKey, slots_path};

use crate::closed::closed;
use crate::json::{self, Json, Node};
use crate::slot::Kind;

/// Path of the signed directory.
pub const ASSOCIATIONS: &str = "/api/v1/associations";
/// Path of [`Meta`].
pub const META: &str = "/api/v1/meta";
/// Header with the number of the edition, so that a phone can refuse an older one before reading it.
pub const EDITION_HEADER: &str = "tonari-edition";
/// Header with the ids of all teams that take bookings here, separated by spaces. On a 304, too: times open and close
/// without a new edition.
pub const BOOKABLE_HEADER: &str = "tonari-bookable";
/// Header with the moment until which a device may keep what it got, RFC 3339. On a 304, too.
pub const KEEP_UNTIL_HEADER: &str = "tonari-keep-until";
/// Header with the signature: base64url without padding of r‖s, ECDSA P-256 with SHA-256 over the body's bytes.
pub const SIGNATURE_HEADER: &str = "tonari-signature";

/// What the server runs and what it still accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Meta {
    /// Version of the built app: the one in its service worker's manifest.
    pub version: String,
    /// Set to retire bad builds: a phone on another version leaves it at its next start.
    pub min_version: Option<String>,
    /// Number of the current edition of the directory.
    pub edition: u32,
}

/// Whether these bytes are a [`Meta`]: by that the phone tells our server from whoever else answers in its place.
#[must_use]
pub fn is_meta(bytes: &[u8]) -> bool {
    let shape = |node: &Node<'_>| node.field("version").text().len();
    Json::parse(bytes).is_ok_and(|json| json::read(&json, shape).is_ok_and(|length| length > 0))
}

/// A time that is offered, for one or several kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OfferedTime {
    /// RFC 3339, UTC.
    pub start: String,
    /// Minutes.
    pub length: u16,
    pub kinds: Vec<Kind>,
}

fn offered_time(node: &Node<'_>) -> OfferedTime {
    OfferedTime {
        start: node.field("start").text().to_owned(),
        length: node.field("length").number(u16::MAX.into()) as u16,
        kinds: kinds(&node.field("kinds")),
    }
}

fn kinds(node: &Node<'_>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    node.each(&mut |item| match Kind::parse(item.text()) {
        Some(kind) => kinds.push(kind),
        None => item.wrong("a kind", ()),
    });
    kinds
}

/// An error on the wire, RFC 9457 (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: the code below says more than a URL would.
    #[cfg_attr(feature = "wire", serde(rename = "type"))]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub code: ErrorCode,
    /// What is wrong with which field of the letter or the request.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub fields: Vec<FieldProblem>,
    /// The nearest times that are offered instead of one that is not.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub alternatives: Vec<OfferedTime>,
    /// The work to be done before the same request is sent again.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub proof: Option<Challenge>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    pub field: String,
    pub code: String,
}

closed! {
    /// Why a request failed, as far as the phone can act on it.
    ErrorCode {
        /// No such resource.
        NotFound = "not_found",
        /// The resource exists, the method does not.
        MethodNotAllowed = "method_not_allowed",
        /// The server gave up on this request; trying again may help.
        TimedOut = "timed_out",
        /// The server is broken; trying again at once will not help.
        Internal = "internal",
        /// The body is not the JSON that was asked for, or a parameter cannot be read.
        Malformed = "malformed",
        /// The body is of another type than JSON.
        UnsupportedMediaType = "unsupported_media_type",
        /// The body is too large.
        TooLarge = "too_large",
        /// A new booking needs the header `Idempotency-Key`.
        KeyMissing = "key_missing",
        /// 1 to 255 printable ASCII characters.
        KeyInvalid = "key_invalid",
        /// The key was used for another request.
        KeyReused = "key_reused",
        /// The letter cannot be opened: made for a key that is not ours, or for another request.
        NotForUs = "not_for_us",
        /// Fields are missing or wrong; which ones stands in `fields`.
        Invalid = "invalid",
        /// Made longer ago than a request may wait: 30 days.
        TooOld = "too_old",
        /// None of the wished times is offered any more; the nearest stand in `alternatives`.
        SlotTaken = "slot_taken",
        /// The deadline for changes has passed; the team can be called.
        TooLate = "too_late",
        /// What was asked cannot happen to a booking in this state.
        WrongState = "wrong_state",
        /// Too many requests from one place; `Retry-After` says when.
        TooManyRequests = "too_many_requests",
        /// The server is under pressure: send the same request again with the work in `proof` done, or after `Retry-After`.
        ProofNeeded = "proof_needed",
        /// The database is busy; `Retry-After` says when.
        Busy = "busy",
    }
}
