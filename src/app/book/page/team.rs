//! Booking a team, step by step. One question a screen; back goes back one.

use domain::api::{BookingView, Offer};
use domain::association::{Association, AssociationId};
use domain::booking::waiting::WHOLE_DAY;
use domain::booking::{DayWish, Wish};
use domain::calendar::{JstTime, from_rfc3339};
use ui::component::{Tone, badge, button, notice, reach, steps};
use ui::i18n::{Key, say, say_with};
use ui::node::{Content, El, el};

use super::{check, contact, when};
use crate::state::routing::Address;

use crate::book::routes::{BookRoute, Step};
use crate::book::state::Book;
use crate::book::state::form::Writing;
use crate::book::state::offer::Offered;

pub fn team(book: Book, id: &AssociationId, step: Step, again: Option<&str>) -> Content {
    book.offering.open(id);
    book.writing.open(id, again);
    let known = book.directory.edition.peek(|edition| edition.association(id).cloned());
    match known {
        Some(association) if association.team.is_some() => {
            el("div").put_live(move || stepwise(book, &association, step)).into()
        }
        Some(_) | None => super::not_found(),
    }
}

fn stepwise(book: Book, association: &Association, step: Step) -> Content {
    // What she wrote on an earlier visit has to be there first; it takes a moment.
    if !book.writing.ready.get() {
        return Content::Nothing;
    }
    if book.writing.is_held() {
        return held(book, association);
    }
    // A link into the middle begins at the beginning where there is nothing to go on from.
    let step = if !book.writing.is_chosen_now() { Step::When } else { step };
    let (at, title) = match step {
        Step::When => (1, Key::BookWhen),
        Step::Contact => (2, Key::BookContact),
        Step::Check => (3, Key::BookCheck),
    };
    let name = team_name(association);
    let body = el("div").class("tn-book");
    let body = match step {
        // Only this one is drawn anew when times come in: a field she is writing in stays as it is.
        Step::When => {
            let association = association.clone();
            body.put_live(move || choosing(book, &association))
        }
        Step::Contact => body.put(contact::contact(book, &association.id)),
        Step::Check => body.put(check::check(book, association)),
    };
    Content::Many(vec![
        steps(at, 3).into(),
        super::title(say(title)).into(),
        el("p").class("tn-book__team").set("lang", "ja").put(name).into(),
        body.into(),
    ])
}

/// Whoever opens a page on a shared phone sees that something was written, and neither by whom nor what.
fn held(book: Book, association: &Association) -> Content {
    let answered = |act: fn(Writing)| {
        move || {
            act(book.writing);
            browser::document::focus_once_drawn("page-title");
        }
    };
    let claim = button("primary", say(Key::BookDraftClaim), answered(Writing::claim));
    let disown = button("line", say(Key::BookDraftDisown), answered(Writing::disown));
    let ways = Content::Many(vec![
        claim.set("data-testid", "draft-claim").into(),
        disown.set("data-testid", "draft-disown").into(),
    ]);
    Content::Many(vec![
        super::title(say(Key::BookDraftHeld)).into(),
        el("p").class("tn-book__team").set("lang", "ja").put(team_name(association)).into(),
        notice(Tone::Plain, say(Key::BookDraftHeldWords)).set("data-testid", "draft-held").into(),
        super::actions(ways).into(),
    ])
}

fn choosing(book: Book, association: &Association) -> Content {
    match book.offering.now.get() {
        Offered::Loading => el("p").set("role", "status").put(say(Key::BookLoading)).into(),
        Offered::NotHere => closed(association, Key::BookNotHere),
        Offered::Unread => unread(book, association),
        Offered::Known(offer) => {
            Content::Many(vec![facts(book, &offer).into(), when::when(book, association, offer)])
        }
    }
}

/// The team's own name where it is known, with the association's.
pub fn team_name(association: &Association) -> String {
    let own = association.team.as_ref().and_then(|team| team.name.as_ref());
    match own {
        Some(name) => [name.value.as_str(), "（", &association.name.value, "）"].concat(),
        None => association.name.value.clone(),
    }
}

/// What holds for every time: whether it is a demonstration, how long before it can be changed, who confirms, how old the
/// list is. Small, because the times are what she came for.
fn facts(book: Book, offer: &Offer) -> El {
    let hours = (offer.deadline / 60).to_string();
    let line = || el("p").class("tn-page__small");
    let fictional = offer.fictional.then(|| {
        let badge = badge("warm", say(Key::BookFictional));
        line().set("data-testid", "fictional").put(badge).put(" ").put(say(Key::BookFictionalWords))
    });
    let rule = line().put(say_with(Key::BookChangeBefore, &[("hours", &hours)]));
    let rule = if offer.by_hand { rule.put(" ").put(say(Key::BookByHand)) } else { rule };
    let old = move || {
        book.offering.kept_at.get().map(|at| {
            let when = browser::clock::date_time(at, ui::i18n::language().html());
            line().set("data-testid", "as-of").put(say_with(Key::BookAsOf, &[("when", &when)]))
        })
    };
    el("div").class("tn-book__facts").put(fictional).put(rule).put_live(old)
}

fn closed(association: &Association, why: Key) -> Content {
    let ways = el("div").class("tn-page__actions").put(reach(association));
    Content::Many(vec![el("p").set("data-testid", "not-here").put(say(why)).into(), ways.into()])
}

fn unread(book: Book, association: &Association) -> Content {
    let again = button("line", say(Key::BookTryAgain), move || book.offering.refresh());
    let ways = el("div").class("tn-page__actions").put(again).put(reach(association));
    Content::Many(vec![el("p").set("data-testid", "unread").put(say(Key::BookNotLoaded)).into(), ways.into()])
}

/// 「12月1日（火） 10:00 · 来所」
pub fn wish_words(wish: Wish) -> Content {
    let time = el("strong").class("tn-wish__time").put(ui::format::day_and_clock(wish.start));
    Content::Many(vec![time.into(), " · ".into(), say(kind_key(wish.kind))])
}

/// 「12月1日（火）の空きを待つ · 来所」
pub fn day_words(wish: DayWish) -> Content {
    let words = say_with(Key::BookWaits, &[("day", &ui::format::day(wish.date))]);
    let day = el("strong").class("tn-wish__time").put(words);
    Content::Many(vec![day.into(), " · ".into(), say(kind_key(wish.kind))])
}

/// When and how, as the server says it: a time, or a day she waits for.
pub fn view_words(view: &BookingView) -> Content {
    let start = from_rfc3339(&view.start).unwrap_or_default();
    if view.length == WHOLE_DAY {
        let date = JstTime::from_unix_seconds(start).date;
        return day_words(DayWish { date, kind: view.kind });
    }
    wish_words(Wish { start, kind: view.kind })
}

pub fn kind_key(kind: domain::slot::Kind) -> Key {
    match kind {
        domain::slot::Kind::Visit => Key::KindVisit,
        domain::slot::Kind::Online => Key::KindOnline,
        domain::slot::Kind::Phone => Key::KindPhone,
    }
}

/// Forward at the bottom edge, back beside it.
pub fn ways(back: Option<BookRoute>, forward: El) -> El {
    let back = back.map(|route| {
        let href = route.href();
        el("a")
            .class("tn-button")
            .set("data-kind", "line")
            .set("data-size", "content")
            .set("href", &href)
            .put(say(Key::BookBack))
    });
    el("div").class("tn-book__ways").put(back).put(forward)
}
