//! 予約一覧: every request with its state in plain words and what can be done about it.

use domain::outbox::{Entry, Status};
use ui::component::{Tone, notice, notice_with_act};
use ui::i18n::{Key, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::card::card;
use super::standing::{between_tries, standing, when};
use crate::book::state::Book;
use crate::book::state::outbox::News;

/// Cards that are there at once; no screen shows more.
const AT_FIRST: usize = 12;
/// So many times as many with each turn: a slow phone answers a touch in between, and lists all in a few of them.
const THEN: usize = 8;

pub fn bookings(book: Book) -> Content {
    book.outbox.refresh();
    let entries = book.outbox.entries;
    // On the way back all of them, because the browser scrolls to where she was.
    let most = Live::new(if book.outbox.loaded.now() { usize::MAX } else { AT_FIRST });
    let cards = move || {
        let shown = most.get();
        entries.with(|entries| {
            if listed(entries).nth(shown).is_some() {
                browser::turn::soon(move || most.settle(shown * THEN));
            }
            let steady = |entry: &Entry| (between_tries(entry.clone()), book.outbox.is_unsaved(entry));
            listed(entries).take(shown).map(steady).collect()
        })
    };
    let list = el("div")
        .class("tn-saved")
        .live("data-testid", move || {
            let whole = book.outbox.loaded.get() && entries.with(|all| listed(all).nth(most.get()).is_none());
            whole.then_some("bookings-list".into())
        })
        .put_each(cards, move |(entry, is_unsaved): &(Entry, bool)| card(book, entry, *is_unsaved));
    Content::Many(vec![
        super::title(say(Key::TitleBookings)).into(),
        el("div").put_live(move || book.outbox.unread.get().then(unread)).into(),
        el("div")
            .put_each(move || Vec::from_iter(waiting(book).map(|_| ())), move |()| still_to_send(book))
            .into(),
        el("div")
            .put_live(move || (book.outbox.loaded.get() && entries.with(Vec::is_empty)).then(empty))
            .into(),
        list.into(),
    ])
}

/// The latest first.
fn listed(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().rev().filter(|entry| entry.status != Status::Draft)
}

/// How many there are, where there are any.
fn waiting(book: Book) -> Option<usize> {
    let count = book.outbox.entries.with(|entries| entries.iter().filter(|entry| entry.is_waiting()).count());
    (count > 0).then_some(count)
}

/// The counter, and the way to send at once: the same button while one after the other is sent.
fn still_to_send(book: Book) -> El {
    let count =
        move || say_with(Key::BookingsWaiting, &[("n", &waiting(book).unwrap_or_default().to_string())]);
    let words = el("span").put_live(count);
    notice_with_act(Tone::Warning, "waiting", words, say(Key::BookingsSendNow), move || super::send_now(book))
}

fn unread() -> El {
    notice(Tone::Warning, say(Key::BookingsUnread)).set("data-testid", "bookings-unread")
}

fn empty() -> El {
    let way_on =
        el("a").class("tn-button").set("data-kind", "primary").set("href", "/").put(say(Key::BookingsFind));
    el("div")
        .class("tn-saved__empty")
        .set("data-testid", "bookings-empty")
        .put(super::paragraph(say(Key::BookingsEmpty)))
        .put(super::actions(way_on))
}

/// What became of one while this page is open, for whoever does not see it change. Always there: a line that comes with its
/// words is not read out everywhere.
pub fn spoken(book: Book) -> El {
    let line = |entry: &Entry| {
        let standing = standing(entry, false);
        el("span").put(say(standing.word)).put(" ").put(when(entry, &standing))
    };
    let words = move || {
        book.outbox.news.with(|news| match news {
            News::Changed(entries) => entries.iter().map(line).collect::<Vec<El>>().into(),
            News::Removed => say(Key::BookingsRemoved),
        })
    };
    el("p").class("tn-visually-hidden").set("role", "status").set("data-testid", "spoken").put_live(words)
}
