//! What is kept about a booking beside the booking itself, and how it goes: who looked, why it was declined, what is
//! erased when. Operators and teams ask for this; no request of a founder does, but for the reason.
//!
//! Two look-alikes: *cancelled* is an end of a consultation and leaves everything; *erased* leaves a tombstone, which
//! says team, time, kind and status, and nothing about her.

use domain::association::AssociationId;

use super::journal::Entry;
use super::{Answering, Booking};

pub trait Keeping: Send + Sync + 'static {
    /// What the team said when it declined.
    fn reason(&self, booking: i64) -> Answering<'_, Option<String>>;

    /// Writes down who looked, before anything is shown: beside the booking, where she can be told, and in the journal.
    fn looked(&self, booking: i64, entry: Entry) -> Answering<'_, ()>;

    /// Everything that is kept; `None` where there is no booking.
    fn everything(&self, booking: i64) -> Answering<'_, Option<Everything>>;

    /// Leaves the tombstone. What lies ahead is cancelled with it, and its place is free.
    fn erase(&self, booking: i64, now: i64) -> Answering<'_, ()>;

    /// Bookings that ended before this moment and are not erased, the oldest first.
    fn ended_before(&self, moment: i64) -> Answering<'_, Vec<Booking>>;

    /// How many answers to keys were given before this moment; they are deleted unless only counted.
    fn forget_answers(&self, before: i64, only_count: bool) -> Answering<'_, u32>;

    /// Bytes of what was erased are overwritten, also in the log. `false`: somebody reads just now; to be tried again.
    fn scrub(&self) -> Answering<'_, bool>;

    /// The sealing keys that letters are still closed for, with how many.
    fn keys_in_use(&self) -> Answering<'_, Vec<(String, u32)>>;

    /// Whose bookings came into strange hands, in the order of their rows; tombstones of what was erased meanwhile included.
    fn concerned(&self, leak: Leak) -> Answering<'_, Vec<Concerned>>;

    /// What is wrong with the database, a line each; nothing is changed.
    fn findings(&self) -> Answering<'_, Vec<String>>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub who: String,
    pub what: String,
    pub at: i64,
}

/// All rows about one booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Everything {
    pub key: String,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub reason: Option<String>,
    pub received_at: i64,
    pub changed_at: i64,
    /// When its key was answered; `None` after it was forgotten.
    pub answered_at: Option<i64>,
    pub accesses: Vec<Access>,
    pub mails: Vec<MailKept>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailKept {
    pub event: String,
    pub due_at: i64,
    pub attempts: u32,
    pub outcome: Option<String>,
}

/// A way by which what is kept about founders came into strange hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leak {
    /// By somebody's account: all that it was shown or did from one moment up to, and without, another.
    Account { who: String, from: i64, to: i64 },
    /// By a copy of the data as it was at a moment, of all teams or of one.
    Copy { team: Option<AssociationId>, at: i64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerned {
    pub booking: Booking,
    /// Nothing leads to her any more. When she had asked is erased as well, so a copy of before may not have held it.
    pub is_erased: bool,
    /// What the account did with it, by the journal; nothing for a copy, which holds all.
    pub seen: Vec<Access>,
}
