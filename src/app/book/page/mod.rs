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
mod two_taps;
mod waiting;
mod when;

pub use crate::page::{actions, not_found, paragraph, section, small, title};
pub use booking::booking;
pub use bookings::{bookings, spoken};
pub use check::SEND;
pub use other_time::other_time;
pub use team::{team, wish_words};

use ui::component::button;
use ui::i18n::{Key, say};
use ui::node::El;

use crate::book::state::Book;

/// For what takes its own button away. The focus would be nowhere: it goes to where the screen says what became of it.
fn focus_heading() {
    browser::document::focus("page-title");
}

/// Sends what waits.
fn send_now(book: Book) {
    focus_heading();
    book.outbox.send_now();
}

/// A button that asks the server for a change of her booking, one at a time.
fn asking(book: Book, kind: &str, words: Key, ask: impl Fn() + 'static) -> El {
    let act = move || {
        focus_heading();
        ask();
    };
    button(kind, say(words), act).live("disabled", move || book.outbox.busy.get().then_some("".into()))
}
