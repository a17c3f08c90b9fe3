//! One file a screen of booking.

mod booking;
mod bookings;
mod card;
mod check;
mod contact;
mod other_time;
mod receipt;
mod standing;
mod team;
mod waiting;
mod when;

pub use crate::page::{actions, not_found, paragraph, section, small, title};
pub use booking::booking;
pub use bookings::{bookings, spoken};
pub use check::SEND;
pub use other_time::other_time;
pub use team::{team, wish_words};

use crate::book::state::Book;

/// Sends what waits. The button goes with it, and the focus would be nowhere: it goes to where the screen says what became of it.
fn send_now(book: Book) {
    browser::document::focus("page-title");
    book.outbox.send_now();
}
