//! What a report counts, on disk. Rows only: no letter, no note and no number that somebody could read out.
//!
//! When a request was first answered is read from the journal, which outlives erasure. A time that was proposed for a booking
//! that stood already is no answer: it counts only where the request was confirmed or declined as well.

use domain::association::AssociationId;
use domain::report::Fact;

use super::Answering;

pub trait Reports: Send + Sync + 'static {
    /// The bookings of a team that begin between two moments, in order of time.
    fn facts(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Fact>>;
}

/// `?` is the team and both moments, in this order.
pub(super) const FACTS: &str = "
    SELECT kind, status, start, length, CASE WHEN erased_at IS NULL THEN received_at END AS received_at,
           (SELECT CASE WHEN count(CASE WHEN what <> 'propose' THEN 1 END) > 0 THEN min(at) END
            FROM journal WHERE about = 'booking:' || bookings.id AND what IN ('confirm', 'decline', 'propose')) AS answered_at,
           fictional
    FROM bookings WHERE team = $1 AND start >= $2 AND start < $3 ORDER BY start, place, id";
