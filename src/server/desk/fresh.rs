//! What changes her ways in is done by her finger of a moment ago, not by a desk that stands open.

use domain::api::desk::Fault;

use super::DeskError;
use crate::router::App;
use crate::store::staff::Session;

/// Seconds for which whoever signed in is certainly still the one who sits there.
const FRESH: i64 = 600;

pub fn by_her_finger(app: &App, session: &Session) -> Result<(), DeskError> {
    let is_fresh = app.staff.now() - session.began_at <= FRESH;
    is_fresh.then_some(()).ok_or_else(|| Fault::SignInAgain.into())
}
