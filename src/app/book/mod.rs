//! Booking: an entry of its own, and what the widget's frame borrows from it.

pub mod page;
pub mod root;
pub mod routes;
pub mod state;
