//! Another time for a booking that stands. The old one is kept until the new one is hers.

use domain::api::{BookingView, WishedTime};
use domain::booking::Wish;
use domain::calendar::from_rfc3339;
use domain::outbox::{Entry, Key as EntryKey, Receipt, Status};
use ui::component::{button, day_picker, time_list};
use ui::i18n::{Key, say};
use ui::live::Live;
use ui::node::{Content, el};

use super::booking::trouble;
use super::team::{ways, wish_words};
use crate::book::routes::BookRoute;
use crate::book::state::Book;
use crate::book::state::offer::{days, starts};

pub fn other_time(book: Book, key: String) -> Content {
    let key = EntryKey(key);
    let chosen = Live::new(None::<i64>);
    let day = Live::new(None);
    let shown = move || -> Content {
        let Some(view) = book.outbox.entry(&key).as_ref().and_then(view) else { return Content::Nothing };
        book.offering.open(&view.team);
        el("div")
            .put_live({
                let (key, view) = (key.clone(), view.clone());
                move || picking(book, &key, &view, chosen, day)
            })
            .into()
    };
    Content::Many(vec![
        super::title(say(Key::BookingMoveTitle)).into(),
        el("div").class("tn-book").put_live(shown).into(),
    ])
}

fn view(entry: &Entry) -> Option<BookingView> {
    match &entry.status {
        Status::Sent(Receipt(body)) => BookingView::read(body.as_bytes()),
        Status::Draft | Status::Queued { .. } | Status::Sending | Status::Parked(_) => None,
    }
}

fn picking(
    book: Book,
    key: &EntryKey,
    view: &BookingView,
    chosen: Live<Option<i64>>,
    day: Live<Option<domain::calendar::Date>>,
) -> Content {
    let Some(offer) = book.offering.offer() else { return say(Key::BookLoading) };
    let days = days(&offer, view.kind);
    let Some(first) = days.first().map(|day| day.date) else { return say(Key::BookNoTimesKind) };
    if day.peek(Option::is_none) {
        day.take_quietly(|day| *day = Some(first));
    }
    let (kind, own) = (view.kind, from_rfc3339(&view.start).unwrap_or_default());
    let times = move || {
        let date = day.get().unwrap_or(first);
        // Its own time may be offered, too, where several consultations run at once.
        let starts = starts(&offer, kind, date).into_iter().filter(|start| *start != own).collect();
        time_list(
            date,
            starts,
            || false,
            move |start| (chosen.get() == Some(start)).then_some(0),
            move |start| chosen.set(Some(start)),
        )
    };
    let (key, token) = (key.clone(), view.token.clone());
    let back = BookRoute::Booking(key.0.clone());
    let done = back.clone();
    let go = button("primary", say(Key::BookingMoveYes), move || {
        let Some(start) = chosen.now() else { return };
        let wish = WishedTime::of(Wish { start, kind });
        let done = done.clone();
        book.outbox.move_to(key.clone(), token.clone(), wish, move || book.routing.go_instead(&done));
    })
    .set("data-testid", "move-yes")
    .live("disabled", move || (chosen.get().is_none() || book.outbox.busy.get()).then_some("".into()));
    let words = move || -> Content {
        chosen.get().map_or(Content::Nothing, |start| el("p").put(wish_words(Wish { start, kind })).into())
    };
    Content::Many(vec![
        day_picker(days, day, move |date| day.set(Some(date))).into(),
        el("div").put_live(times).into(),
        el("div").put_live(words).into(),
        el("div").put_live(move || trouble(book)).into(),
        ways(Some(back), go).into(),
    ])
}
