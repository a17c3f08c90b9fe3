//! The first step: how and when.

use std::rc::Rc;

use domain::api::Offer;
use domain::association::Association;
use domain::booking::{DayWish, MAX_WISHES};
use domain::slot::Kind;
use ui::component::{Tone, button, day_picker, notice, reach, segmented, time_list};
use ui::i18n::{Key, plain_with, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::team::{day_words, kind_key, ways, wish_words};
use crate::book::routes::{BookRoute, Step};
use crate::book::state::Book;
use crate::book::state::offer::{days_and_full, starts};

pub fn when(book: Book, association: &Association, offer: Rc<Offer>) -> Content {
    if offer.times.is_empty() && offer.full.is_empty() {
        let words = el("p").set("data-testid", "no-times").put(say(Key::BookNoTimes));
        return Content::Many(vec![
            words.into(),
            el("div").class("tn-page__actions").put(reach(association)).into(),
        ]);
    }
    settle(book, &offer);
    let picking = Rc::clone(&offer);
    Content::Many(vec![
        restored(book),
        kinds(book, &offer).into(),
        el("div").put_live(move || picker(book, &picking)).into(),
        el("div").put_live(move || wishes(book)).into(),
        el("div").put_live(move || offline(book)).into(),
        onward(book, association).into(),
    ])
}

/// A kind and a day to begin with, so that times are on the first screen.
fn settle(book: Book, offer: &Offer) {
    let writing = book.writing;
    if writing.kind.peek(|kind| kind.is_none_or(|kind| !offer.kinds.contains(&kind))) {
        let free = |kind: &Kind| offer.times.iter().any(|time| time.kinds.contains(kind));
        let first = offer.kinds.iter().copied().find(free).or(offer.kinds.first().copied());
        writing.kind.set(first);
    }
}

fn kinds(book: Book, offer: &Offer) -> El {
    let writing = book.writing;
    let first = offer.kinds.first().copied().unwrap_or(Kind::Visit);
    let chosen = Live::new(writing.kind.now().unwrap_or(first));
    let all = offer.kinds.iter().map(|kind| (*kind, say(kind_key(*kind)))).collect();
    segmented("kind", say(Key::BookKind), all, chosen, move |kind| {
        chosen.set(kind);
        writing.choose_kind(kind);
    })
}

fn picker(book: Book, offer: &Rc<Offer>) -> Content {
    let writing = book.writing;
    let Some(kind) = writing.kind.get() else { return Content::Nothing };
    let days = days_and_full(offer, kind);
    let first_free = days.iter().find(|day| day.free > 0).or(days.first());
    let Some(first) = first_free.map(|day| day.date) else {
        return el("p").set("role", "status").put(say(Key::BookNoTimesKind)).into();
    };
    if writing.day.peek(|day| day.is_none_or(|day| days.iter().all(|one| one.date != day))) {
        writing.day.take_quietly(|day| *day = Some(first));
    }
    let offer = Rc::clone(offer);
    let times = move || {
        let date = writing.day.get().unwrap_or(first);
        let starts = starts(&offer, kind, date);
        if starts.is_empty() {
            return full(book, DayWish { date, kind });
        }
        time_list(
            date,
            starts,
            move || writing.many.get(),
            move |start| writing.rank(start),
            move |start| {
                writing.choose_time(start);
            },
        )
    };
    Content::Many(vec![
        day_picker(days, writing.day, move |date| writing.day.set(Some(date))).into(),
        el("div").put_live(times).into(),
    ])
}

/// Nothing is free on this day; she may wait for it.
fn full(book: Book, wish: DayWish) -> El {
    let writing = book.writing;
    let day = ui::format::day(wish.date);
    let wait = button("line", say(Key::BookWait), move || writing.choose_day(wish))
        .set("data-testid", "wait")
        .live("aria-pressed", move || {
            Some(if writing.waits.get() == Some(wish) { "true" } else { "false" }.into())
        });
    el("div")
        .class("tn-times")
        .set("role", "group")
        .set("aria-label", &plain_with(Key::BookTimes, &[("day", &day)]))
        .put(el("h2").class("tn-times__day").put(say_with(Key::BookFull, &[("day", &day)])))
        .put(el("div").class("tn-times__wait").put(super::small(say(Key::BookWaitWords))).put(wait))
}

/// What she has chosen, ranked; and the way to name more.
fn wishes(book: Book) -> Content {
    let writing = book.writing;
    if let Some(wish) = writing.waits.get() {
        return waits(book, wish);
    }
    let wishes = writing.wishes.get();
    if wishes.is_empty() {
        return Content::Nothing;
    }
    let many = writing.many.get();
    let mut list = list_of_wishes();
    for (at, wish) in wishes.iter().enumerate() {
        let n = (at + 1).to_string();
        let rank =
            many.then(|| el("span").class("tn-wishes__rank").put(say_with(Key::BookWish, &[("n", &n)])));
        let time = ui::format::day_and_clock(wish.start);
        let drop = move || {
            writing.drop_wish(at);
            focus_wishes();
        };
        let drop = button("text", say(Key::BookDrop), drop)
            .set("data-size", "content")
            .set("aria-label", &plain_with(Key::BookDropWish, &[("time", &time)]));
        let words = el("span").class("tn-wishes__words").put(rank).put(wish_words(*wish));
        list = list.put(el("li").class("tn-wishes__wish").set("data-testid", "wish").put(words).put(drop));
    }
    let more = if many {
        (wishes.len() < MAX_WISHES).then(|| el("p").class("tn-page__small").put(say(Key::BookWishRule)))
    } else {
        Some(
            button("text", say(Key::BookMoreWishes), move || {
                writing.many.set(true);
                focus_wishes();
            })
            .set("data-testid", "more-wishes"),
        )
    };
    Content::Many(vec![list.into(), more.into()])
}

fn waits(book: Book, wish: DayWish) -> Content {
    let drop = move || {
        book.writing.choose_day(wish);
        focus_wishes();
    };
    let drop = button("text", say(Key::BookDrop), drop)
        .set("data-size", "content")
        .set("aria-label", &plain_with(Key::BookDropWish, &[("time", &ui::format::day(wish.date))]));
    let words = el("span").class("tn-wishes__words").put(day_words(wish));
    let item = el("li").class("tn-wishes__wish").set("data-testid", "wish").put(words).put(drop);
    Content::Many(vec![list_of_wishes().put(item).into(), super::small(say(Key::BookWaitMail)).into()])
}

fn list_of_wishes() -> El {
    el("ol")
        .class("tn-wishes")
        .id(WISHES)
        .set("tabindex", "-1")
        .set("aria-label", &ui::i18n::plain(Key::BookWishes))
}

const WISHES: &str = "wishes";

/// The button she pressed is another one now, or none: to what is left of her wishes, or to where she is.
fn focus_wishes() {
    browser::document::once_drawn(|| {
        if !browser::document::focus(WISHES) {
            super::focus_heading();
        }
    });
}

fn restored(book: Book) -> Content {
    if !book.writing.restored.get() {
        return Content::Nothing;
    }
    ui::component::notice_with_act(
        Tone::Plain,
        "restored",
        say(Key::BookDraftBack),
        say(Key::BookDraftDrop),
        move || {
            super::focus_heading();
            book.writing.drop_draft();
        },
    )
    .into()
}

fn offline(book: Book) -> Content {
    if book.device.online.get() {
        return Content::Nothing;
    }
    notice(Tone::Warning, say(Key::BookOffline)).set("data-testid", "offline-book").into()
}

fn onward(book: Book, association: &Association) -> El {
    let writing = book.writing;
    let asked = Live::new(false);
    let next = BookRoute::Team(association.id.clone(), Step::Contact);
    let go = button("primary", say(Key::BookToContact), move || {
        if !writing.is_chosen_now() {
            asked.set(true);
        } else {
            book.routing.go(&next);
        }
    })
    .set("data-testid", "to-contact");
    let told = move || {
        (asked.get() && !writing.is_chosen())
            .then(|| el("p").class("tn-field__error").set("role", "alert").put(say(Key::BookChooseFirst)))
    };
    el("div").put_live(told).put(ways(None, go))
}
