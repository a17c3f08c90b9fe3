//! What a team sees of its bookings, and does with them, on disk.
//!
//! Two colleagues look at the same board, so whoever changes a booking says which state of it she has seen; where it is
//! another one by now, nothing is written. That is decided in the transaction that would write.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use domain::association::AssociationId;
use domain::booking::{Event, Wish};
use domain::slot::Rules;

use super::decide::{self, Step};
use super::journal::Entry;
use super::report::Reports;
use super::subjects::SubjectStore;
use super::{Answering, Booking, Changed, Opening, TokenHash};

/// Seconds before a team's newest change in which others may still become visible: clocks of servers differ, and a
/// transaction that began earlier may end later.
pub(super) const UNSETTLED: i64 = 10;

/// More requests than a person could answer, the oldest of them; and more in lines than come to their turn.
pub(super) const MOST_WAITING: u32 = 500;

/// Of what begins at a time and holds no place: it can be asked for and let go without end. Those that were asked for last.
pub const MOST_WITHOUT_PLACE: u32 = 200;

pub trait BoardStore: Reports + SubjectStore {
    /// What waits for the team's answer whenever it is, who waits for a day from `now` on, and what begins between two
    /// moments.
    fn board(&self, team: AssociationId, now: i64, from: i64, to: i64) -> Answering<'_, Board>;

    /// `None` for a token nobody has.
    fn row(&self, token: TokenHash) -> Answering<'_, Option<Row>>;

    /// What the team does with it, if it is still as it was seen. The journal gets its line where something was done, by the
    /// same transaction; so here and below.
    fn act(&self, token: TokenHash, seen: u32, deed: Deed, entry: Entry) -> Answering<'_, Acted>;

    /// Into the hands of a member, or of nobody.
    fn assign(&self, booking: i64, member: Option<i64>, entry: Entry) -> Answering<'_, ()>;

    fn add_note(&self, booking: i64, note: Note, entry: Entry) -> Answering<'_, ()>;

    /// The oldest first.
    fn notes(&self, booking: i64) -> Answering<'_, Vec<Note>>;

    /// From now on these hold, if what held is what was seen: [`Opening::mark`], or none. What is booked stays booked.
    fn put_rules_seen(
        &self,
        team: AssociationId,
        opening: Opening,
        seen: Option<[u8; 32]>,
        entry: Entry,
    ) -> Answering<'_, Put>;

    /// Another number after every change of the team's bookings; the same for all servers on one database.
    fn version(&self, team: AssociationId) -> Answering<'_, u64>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The oldest request first.
    pub waiting: Vec<Row>,
    /// In order of time and place; of those that hold no place only [`MOST_WITHOUT_PLACE`].
    pub booked: Vec<Row>,
    /// Others hold no place, which are not in `booked`.
    pub more: bool,
}

impl Board {
    /// From what holds a place, and what does not: one more of these than is shown, if there are so many, the latest first.
    pub(super) fn of(waiting: Vec<Row>, mut booked: Vec<Row>, mut others: Vec<Row>) -> Self {
        let more = others.len() > MOST_WITHOUT_PLACE as usize;
        others.truncate(MOST_WITHOUT_PLACE as usize);
        booked.append(&mut others);
        booked.sort_by_key(|row| (row.booking.start, row.booking.place, row.booking.id));
        Self { waiting, booked, more }
    }
}

/// A booking with what the team has written to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub booking: Booking,
    pub received_at: i64,
    pub assigned: Option<i64>,
    pub notes: u32,
}

#[derive(Clone, Debug)]
pub enum Deed {
    /// Confirms, cancels, notes who came.
    Happen(Event),
    /// With words for her.
    Decline(String),
    /// Another time, which holds at once.
    Propose(Wish, Arc<Rules>),
}

impl Deed {
    /// For the journal.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Happen(Event::Confirm) => "confirm",
            Self::Happen(Event::Attend) => "attended",
            Self::Happen(Event::Miss) => "absent",
            Self::Happen(Event::Cancel) => "cancel",
            Self::Happen(Event::Decline) | Self::Decline(_) => "decline",
            // Nothing else is a team's to do.
            Self::Happen(_) => "changed",
            Self::Propose(..) => "propose",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acted {
    Changed(Changed),
    /// Somebody was faster; it is like this now. Nothing was written.
    Meanwhile(Booking),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    Done,
    /// Somebody was faster; these hold now. Nothing was written.
    Meanwhile(Option<Opening>),
}

impl Put {
    /// Why nothing is to be written, if it is not.
    pub(super) fn refused(there: Option<Opening>, opening: &Opening, seen: Option<[u8; 32]>) -> Option<Self> {
        let mark = there.as_ref().map(Opening::mark);
        // What was written before by the same hand is done, whatever it had seen.
        (mark != seen && there.as_ref() != Some(opening)).then_some(Self::Meanwhile(there))
    }
}

/// Whether somebody else has changed it since. What has been done already is no news to whoever wants just that.
pub(super) fn is_stale(there: &Booking, seen: u32, deed: &Deed) -> bool {
    let is_done = |event| matches!(decide::on_event(there.clone(), event), Step::Answer(Changed::Already(_)));
    there.sequence != seen
        && !match deed {
            Deed::Happen(event) => is_done(*event),
            Deed::Decline(_) => is_done(Event::Decline),
            Deed::Propose(wish, _) => (there.start, there.kind) == (wish.start, wish.kind),
        }
}

/// A team's own words about a booking; closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub by: i64,
    pub at: i64,
    /// What the letter was bound to when it was closed.
    pub bound: String,
    pub key_id: String,
    pub sealed: Vec<u8>,
}

/// A number for the rows that changed last.
pub(super) fn version_of<R: Hash>(rows: &[R]) -> u64 {
    let mut hasher = DefaultHasher::new();
    rows.hash(&mut hasher);
    hasher.finish()
}

/// What of a row makes another board: id, status, sequence, start, notes, who has it, when it changed.
pub(super) type Visible = (i64, String, i64, i64, i64, Option<i64>, i64);
