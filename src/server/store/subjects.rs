//! What consultations were about, on disk. Counted by answer in the database: no row of a report has two answers of one
//! consultation beside each other.

use domain::association::AssociationId;
use domain::calendar::{Date, JstTime};
use domain::report::subject::{Axis, Said, Subject, month, whole_months};

use super::journal::Entry;
use super::{Answering, Booking, StoreError};

pub trait SubjectStore: Send + Sync + 'static {
    /// Of consultations that took place, each answer once.
    fn said(&self, team: AssociationId, span: Span) -> Answering<'_, Vec<Said>>;

    fn subject(&self, booking: i64) -> Answering<'_, Subject>;

    /// Instead of what was said before, together with its line in the journal; `false` where that is not what the member
    /// saw, or where she was erased meanwhile. Then nothing is done.
    fn say(&self, booking: i64, seen: Subject, new: Saying, entry: Entry) -> Answering<'_, bool>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    pub subject: Subject,
    pub by: i64,
    pub at: i64,
}

/// Days of a report, as both tables know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: i64,
    /// The moment after.
    pub to: i64,
    /// The first and the last that are in it as a whole.
    pub months: (String, String),
    /// Of a demonstration's consultations instead of real ones.
    pub fictional: bool,
}

impl Span {
    #[must_use]
    pub fn of(days: (Date, Date), fictional: bool) -> Self {
        let midnight = |date| JstTime { date, minute: 0 }.unix_seconds();
        let (from, to) = (midnight(days.0), midnight(days.1.plus_days(1)));
        Self { from, to, months: whole_months(days), fictional }
    }
}

/// The team, both moments, whether a demonstration's are asked for, and both months: in this order, by which SQLite counts.
pub(super) const SAID: &str = "
    SELECT axis, value, CAST(sum(one) AS bigint) AS count FROM (
        SELECT axis, value, 1 AS one FROM subjects JOIN bookings ON bookings.id = subjects.booking
        WHERE team = $1 AND start >= $2 AND start < $3 AND status = 'attended' AND fictional = $4
        UNION ALL
        SELECT axis, value, count AS one FROM tallies
        WHERE team = $1 AND NOT $4 AND month >= $5 AND month <= $6
    ) AS answers GROUP BY axis, value ORDER BY axis, value";

/// The team, the month and the booking.
pub(super) const KEEP_COUNTS: &str = "
    INSERT INTO tallies (team, month, axis, value, count)
    SELECT $1, $2, axis, value, 1 FROM subjects WHERE booking = $3
    ON CONFLICT (team, month, axis, value) DO UPDATE SET count = tallies.count + 1";

/// The month in whose counts her answers are left; none where nobody counts them.
pub(super) fn counted_in(booking: &Booking) -> Option<String> {
    let counts = booking.status == domain::booking::Status::Attended && !booking.fictional;
    counts.then(|| month(JstTime::from_unix_seconds(booking.start).date))
}

pub(super) fn axis(code: &str) -> Result<Axis, StoreError> {
    Axis::parse(code).ok_or_else(|| StoreError::Broken(format!("an answer about the unknown {code:?}")))
}
