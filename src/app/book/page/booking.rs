//! One booking: its state, when and how, its number to show, and what she can still do.

use domain::api::{BookingView, ErrorCode};
use domain::booking::{Status as Booked, Wanted, may_still_change};
use domain::calendar::from_rfc3339;
use domain::outbox::{Entry, Key as EntryKey, Status};
use ui::component::{Tone, button, notice, reach};
use ui::i18n::{Key, say, say_with};
use ui::node::{Content, El, el};

use super::card::{again, removal};
use super::receipt::receipt;
use super::standing::{Standing, between_tries, near_words, nearest, standing, team_of, wanted};
use super::team::{day_words, view_words, wish_words};
use super::two_taps::{Question, in_two_taps};
use super::waiting;
use crate::book::routes::BookRoute;
use crate::book::state::Book;
use crate::book::state::outbox::{Trouble, Visit};

/// It says nothing to whoever looks at her downloads.
const FILE_NAME: &str = "yoyaku.json";

pub fn booking(book: Book, key: String) -> Content {
    let key = EntryKey(key);
    book.outbox.trouble.settle(None);
    book.outbox.refresh();
    let (its, same, steady) = (key.clone(), key.clone(), key.clone());
    let is_there = move || Vec::from_iter(book.outbox.entry(&its).map(|_| ()));
    // One heading for as long as she looks at it: the focus is on it, and would be nowhere with each new state.
    let heading = move |(): &()| {
        let key = same.clone();
        let word = move || book.outbox.entry(&key).map_or(Content::Nothing, |entry| word(book, &entry));
        super::title(()).put_live(word)
    };
    let shown = move || -> Content {
        match book.outbox.entry(&key) {
            Some(entry) => words(book, &entry),
            None if !book.outbox.loaded.get() => Content::Nothing,
            None => match book.outbox.visit(&key) {
                Visit::Nowhere | Visit::Asking(_) | Visit::There(_) => Content::Nothing,
                Visit::Unknown(_) => unknown(Key::BookingUnknown),
                Visit::Unreachable(_) => unknown(Key::BookingUnreachable),
            },
        }
    };
    let usable = move || Vec::from_iter(book.outbox.entry(&steady).map(between_tries));
    el("div")
        .class("tn-booking")
        .put_each(is_there, heading)
        .put_live(shown)
        .put_each(usable, move |entry| el("div").put(ways(book, entry)))
        .into()
}

fn unknown(why: Key) -> Content {
    let list = el("a")
        .class("tn-button")
        .set("data-kind", "line")
        .set("href", "/bookings")
        .put(say(Key::TitleBookings));
    Content::Many(vec![
        super::title(say(Key::TitleBookings)).into(),
        super::paragraph(say(why)).into(),
        super::actions(list).into(),
    ])
}

fn word(book: Book, entry: &Entry) -> Content {
    say(standing(entry, book.outbox.is_unsaved(entry)).word)
}

/// Which team, when, and how it stands.
fn words(book: Book, entry: &Entry) -> Content {
    let is_unsaved = book.outbox.is_unsaved(entry);
    let standing = standing(entry, is_unsaved);
    let name =
        team_of(book, entry).map(|(_, name)| el("p").class("tn-book__team").set("lang", "ja").put(name));
    let times = times(entry, &standing);
    Content::Many(vec![name.into(), times, standing.detail.map(|words| detail(words, is_unsaved)).into()])
}

/// What she can do about it.
fn ways(book: Book, entry: &Entry) -> Content {
    match (&entry.status, standing(entry, false).view) {
        (Status::Sent(_), Some(view)) => arrived(book, entry, view),
        (Status::Parked(_), _) => parked(book, entry),
        (Status::Draft | Status::Queued { .. } | Status::Sending | Status::Sent(_), _) => unsent(book, entry),
    }
}

fn detail(words: Content, is_unsaved: bool) -> El {
    let detail = el("p").class("tn-booking__words").put(words);
    if is_unsaved {
        return detail.set("role", "alert").set("data-testid", "not-saved");
    }
    // That it changed is told by `spoken`.
    detail.set("data-testid", "detail")
}

fn times(entry: &Entry, standing: &Standing) -> Content {
    if let Some(view) = &standing.view {
        let words = view_words(view);
        return el("p").class("tn-booking__time").set("data-testid", "time").put(words).into();
    }
    let mut list = el("ol").class("tn-wishes");
    let wishes = match wanted(entry) {
        Some(Wanted::Day(day)) => {
            return el("p").class("tn-booking__time").put(day_words(day)).into();
        }
        Some(Wanted::Times(wishes)) => wishes,
        None => Vec::new(),
    };
    let many = wishes.len() > 1;
    for (at, wish) in wishes.into_iter().enumerate() {
        let n = (at + 1).to_string();
        let rank =
            many.then(|| el("span").class("tn-wishes__rank").put(say_with(Key::BookWish, &[("n", &n)])));
        list = list.put(
            el("li")
                .class("tn-wishes__wish")
                .put(el("span").class("tn-wishes__words").put(rank).put(wish_words(wish))),
        );
    }
    list.into()
}

fn unsent(book: Book, entry: &Entry) -> Content {
    let send = button("primary", say(Key::BookingsSendNow), move || super::send_now(book))
        .set("data-testid", "send-now");
    let file = entry.to_file();
    let export = button("line", say(Key::BookingsExport), move || {
        // A browser that cannot save files still has the request and goes on trying to send it.
        let _ = browser::share::save(FILE_NAME, &file);
    })
    .set("data-testid", "export");
    let way = el("div").class("tn-page__actions").put(send).put(export);
    Content::Many(vec![
        way.into(),
        super::small(say(Key::BookingsExportWords)).into(),
        removal(book, entry).into(),
    ])
}

fn parked(book: Book, entry: &Entry) -> Content {
    let mut list = el("ul").class("tn-wishes").set("data-testid", "nearest");
    let near = nearest(entry);
    for time in &near {
        list = list.put(el("li").class("tn-wishes__wish").put(near_words(time)));
    }
    let list = (!near.is_empty()).then_some(list);
    Content::Many(vec![
        list.into(),
        el("div").class("tn-page__actions").put(again(book, entry)).into(),
        removal(book, entry).into(),
    ])
}

fn arrived(book: Book, entry: &Entry, view: BookingView) -> Content {
    let fictional = view.fictional.then(|| {
        let badge = ui::component::badge("warm", say(Key::BookFictional));
        notice(Tone::Plain, el("span").put(badge).put(" ").put(say(Key::BookFictionalWords)))
    });
    let start = from_rfc3339(&view.start).unwrap_or_default();
    let until = from_rfc3339(&view.change_until).unwrap_or(start);
    let now = (browser::clock::now_ms() / 1000.0) as i64;
    let deadline = u32::try_from((start - until) / 60).unwrap_or(0);
    let changeable = may_still_change(view.status, start, deadline, now);
    let change = if view.status.is_in_line() {
        waiting::in_line(book, entry.key.clone(), &view)
    } else if changeable {
        changes(book, entry.key.clone(), &view, until)
    } else if view.status.is_over() {
        no_consultation_came_of_it(view.status)
            .then(|| el("div").class("tn-page__actions").put(again(book, entry)))
            .into()
    } else {
        late(book, entry)
    };
    Content::Many(vec![
        fictional.into(),
        receipt(book, entry, &view),
        el("div").put_live(move || trouble(book)).into(),
        change,
        // What is only visited is not on this device.
        (entry.created_at_ms > 0).then(|| removal(book, entry)).into(),
    ])
}

fn no_consultation_came_of_it(status: Booked) -> bool {
    matches!(status, Booked::Declined | Booked::Cancelled | Booked::Expired | Booked::Absent)
}

fn changes(book: Book, key: EntryKey, view: &BookingView, until: i64) -> Content {
    let words = say_with(Key::BookingUntil, &[("when", &ui::format::day_and_clock(until))]);
    let href = crate::state::routing::Address::href(&BookRoute::Move(key.0.clone()));
    let other = el("a")
        .class("tn-button")
        .set("data-kind", "line")
        .set("href", &href)
        .set("data-testid", "move")
        .put(say(Key::BookingMove));
    let question = Question { name: "cancel", act: Key::BookingCancel, sure: Key::BookingCancelSure };
    let cancel = cancelling(book, key, view.token.clone(), question, Key::BookingCancelYes);
    Content::Many(vec![
        el("p").class("tn-page__small").put(words).into(),
        el("div").class("tn-page__actions").put(other).put(cancel).into(),
    ])
}

/// Of her place, at a time or in a line.
pub fn cancelling(book: Book, key: EntryKey, token: String, question: Question, yes: Key) -> El {
    in_two_taps(
        &key.clone(),
        question,
        || None,
        move || {
            let (key, token) = (key.clone(), token.clone());
            super::asking(book, "danger", yes, move || book.outbox.cancel(key.clone(), token.clone()))
                .set("data-testid", "cancel-yes")
        },
    )
}

fn late(book: Book, entry: &Entry) -> Content {
    let association = team_of(book, entry)
        .and_then(|(team, _)| book.directory.edition.peek(|edition| edition.association(&team).cloned()));
    let call: Option<El> = association.as_ref().map(reach);
    Content::Many(vec![
        super::paragraph(say(Key::BookingTooLate)).into(),
        el("div").class("tn-page__actions").put(call).into(),
    ])
}

/// Why the last change was not made.
pub fn trouble(book: Book) -> Content {
    let words = match book.outbox.trouble.get() {
        None => return Content::Nothing,
        Some(Trouble::NoNetwork) => Key::BookingNoNetwork,
        Some(Trouble::Refused(refusal)) => match refusal.code {
            Some(ErrorCode::SlotTaken) => Key::BookingMoveTaken,
            Some(ErrorCode::WrongState) => Key::BookingChanged,
            _ => Key::BookingTooLate,
        },
    };
    notice(Tone::Warning, say(words)).set("data-testid", "trouble").into()
}
