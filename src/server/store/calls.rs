//! Who was telephoned, on disk: a line for each attempt, so that a colleague at another screen does not call again.

use domain::api::desk::CallMark;
use domain::association::AssociationId;

use super::journal::Entry;
use super::{Answering, StoreError};

pub trait CallStore: Send + Sync + 'static {
    /// About bookings that begin between two moments, the oldest line first.
    fn calls(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Call>>;

    /// Together with its line in the journal.
    fn mark_call(&self, call: Call, entry: Entry) -> Answering<'_, ()>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub booking: i64,
    /// When the booking began as she was called; one that was moved since is called anew.
    pub start: i64,
    pub mark: CallMark,
    pub by: i64,
    pub at: i64,
}

pub(super) fn mark(code: &str) -> Result<CallMark, StoreError> {
    CallMark::parse(code).ok_or_else(|| StoreError::Broken(format!("a call of the unknown mark {code:?}")))
}
