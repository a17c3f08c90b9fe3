//! A consultation from the first letter typed to the day after it.
//!
//! Two look-alikes: *cancel* is done by a person, *expire* by time. *Moved* is a live booking at another time than the
//! one first confirmed; *declined* is the team's no to a request it never confirmed.

pub mod contact;
pub mod form;
pub mod letter;
mod status;
pub mod waiting;
mod wishes;

pub use status::{Actor, Event, Status, WrongState, may_still_change};
pub use wishes::{DayWish, MAX_WISHES, Request, Resolution, Wanted, Wish, resolve, serve};
