//! One entry and how far it has come.

use crate::json::Writer;

/// Made on the phone before anything is sent; the idempotency key of the request and the id of the entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub String);

/// What the server said about a booking it took; shown again without a network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Receipt(pub String);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    pub key: Key,
    /// Sealed for the server; the phone cannot read it back. In a draft it is what she typed so far.
    pub body: String,
    pub created_at_ms: i64,
    /// Sendings begun, also those of which no answer came.
    pub attempts: u32,
    pub status: Status,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Being typed. Never sent.
    Draft,
    /// Waits for its turn, not before this moment.
    Queued { not_before_ms: i64 },
    /// On its way; whether it arrived is not known.
    Sending,
    /// The server took it.
    Sent(Receipt),
    /// The server will not take it as it is; she decides. It is never tried again by itself.
    Parked(Parked),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Parked {
    /// The time is taken meanwhile: 選び直し. The answer holds the nearest free times.
    ChooseAgain(String),
    /// Refused, with the closed code of the answer.
    Refused(String),
    /// Nobody answered for as long as an entry may wait. Nothing was booked as far as this phone knows.
    Expired,
}

impl Entry {
    /// Still has to reach the server.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.status, Status::Queued { .. } | Status::Sending)
    }

    /// As a file that she can hand over where no network helps. The body goes along byte by byte: should the phone send it,
    /// too, it is the same request under the same key, and one booking.
    #[must_use]
    pub fn to_file(&self) -> String {
        Writer::object().text("key", &self.key.0).text("body", &self.body).end()
    }
}
