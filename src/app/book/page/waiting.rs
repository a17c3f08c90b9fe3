//! What she can do on a waiting list: answer to a time that is kept for her, or leave.

use domain::api::BookingView;
use domain::booking::Status;
use domain::outbox::Key as EntryKey;
use ui::i18n::Key;
use ui::node::{Content, El};

use super::booking::cancelling;
use super::two_taps::Question;
use crate::book::state::Book;

pub fn in_line(book: Book, key: EntryKey, view: &BookingView) -> Content {
    let question = Question { name: "cancel", act: Key::BookingLeave, sure: Key::BookingLeaveSure };
    let leave = cancelling(book, key.clone(), view.token.clone(), question, Key::BookingLeaveYes);
    let mut ways = Vec::new();
    if view.status == Status::Offered {
        ways.extend([answer(book, &key, view, true), answer(book, &key, view, false)]);
    }
    ways.push(leave);
    // Each in a line of its own: beside each other, long words would break in the middle.
    Content::Many(ways.into_iter().map(|way| super::actions(way).into()).collect())
}

fn answer(book: Book, key: &EntryKey, view: &BookingView, takes_it: bool) -> El {
    let (kind, words, name) =
        if takes_it { ("primary", Key::BookingAccept, "accept") } else { ("line", Key::BookingPass, "pass") };
    let (key, token) = (key.clone(), view.token.clone());
    super::asking(book, kind, words, move || book.outbox.answer(key.clone(), token.clone(), takes_it))
        .set("data-testid", name)
}
