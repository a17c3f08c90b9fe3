//! What she asked to be sent, until the server has answered. Sans-I/O: `step` takes an event and says what to do; the
//! phone does it and comes back with what happened. Time and randomness come in with the events.
//!
//! The surprising rule: an entry is written down as *sending* **before** it is sent, and after a crash it is sent again.
//! The server knows the entry's key, so a second sending is answered, not booked. Nothing is forgotten before an answer
//! is written down. A **draft** is what she is still typing: it is kept, and nothing in here ever sends it.

mod entry;
#[cfg(test)]
mod model;
mod policy;
mod reading;
mod step;

pub use entry::{Entry, Key, Parked, Receipt, Status};
pub use policy::{BACKOFF_CAP_MS, DRAFT_LIFE_MS, LIFE_MS, LONGEST_PAUSE_MS, backoff_ms};
pub use reading::Heard;
pub use step::{Answer, Effect, Event, Outbox};
