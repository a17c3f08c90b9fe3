//! Times that can be booked: what a team offers, and why another time is not offered.
//!
//! Pure. The server computes slots from the team's rules and what is taken; the phone shows them and the desk asks
//! *why is this time closed?*. All three ask the same judge (`offer::judge`), so the list and the reason cannot drift
//! apart. A **slot** is a time of one kind; a **place** is one adviser or room: as many consultations can run at once.

#[cfg(feature = "wire")]
pub mod file;
mod hours;
mod kind;
mod offer;
mod rules;

pub use hours::{Hours, HoursError};
pub use kind::{Kind, Kinds};
pub use offer::{Slot, Taken, WhyClosed, judge, nearest, reach, reach_of_days, slots, slots_of_kinds};
pub use rules::{Away, Day, Rules, RulesError, Weekly};

/// Everything begins and ends on this grid, in minutes. It lets a database hold one row for every quarter of an hour a
/// place is taken, so that its own uniqueness rules out an overlap.
pub const GRID: u16 = 15;

pub(crate) const DAY_MINUTES: u16 = 24 * 60;
