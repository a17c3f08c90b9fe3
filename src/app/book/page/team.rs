//! Booking a team, step by step. One question a screen; back goes back one.

use domain::association::{Association, AssociationId};
use domain::booking::Wish;
use ui::component::{Tone, badge, notice, reach, steps};
use ui::i18n::{Key, say, say_with};
use ui::node::{Content, El, el};

use super::{check, contact, when};
use app::state::routing::Address;

use crate::routes::{BookRoute, Step};
use crate::state::Book;
use crate::state::offer::Offered;

pub fn team(book: Book, id: &AssociationId, step: Step) -> Content {
    book.offering.open(id);
    book.writing.open(id);
    let known = book.directory.edition.peek(|edition| edition.association(id).cloned());
    match known {
        Some(association) if association.team.is_some() => stepwise(book, association, step),
        Some(_) | None => super::not_found(),
    }
}

fn stepwise(book: Book, association: Association, step: Step) -> Content {
    let id = association.id.clone();
    // A link into the middle begins at the beginning: there is nothing to go on from yet.
    let step = if book.writing.wishes.peek(Vec::is_empty) { Step::When } else { step };
    let at = match step {
        Step::When => 1,
        Step::Contact => 2,
        Step::Check => 3,
    };
    let title = match step {
        Step::When => Key::BookWhen,
        Step::Contact => Key::BookContact,
        Step::Check => Key::BookCheck,
    };
    let name = team_name(&association);
    let body = move || -> Content {
        match book.offering.now.get() {
            Offered::Loading => el("p").set("role", "status").put(say(Key::BookLoading)).into(),
            Offered::NotHere => closed(&association, Key::BookNotHere),
            Offered::Unread => unread(book, &association),
            Offered::Known { offer, kept_at } => {
                let head = facts(&offer, kept_at);
                let step = match step {
                    Step::When => when::when(book, &association, offer),
                    Step::Contact => contact::contact(book, &id),
                    Step::Check => check::check(book, &association),
                };
                Content::Many(vec![if at == 1 { head } else { Content::Nothing }, step])
            }
        }
    };
    Content::Many(vec![
        steps(at, 3).into(),
        super::title(say(title)).into(),
        el("p").class("tn-book__team").set("lang", "ja").put(name).into(),
        el("div").class("tn-book").put_live(body).into(),
    ])
}

/// The team's own name where it is known, with the association's.
pub fn team_name(association: &Association) -> String {
    let own = association.team.as_ref().and_then(|team| team.name.as_ref());
    match own {
        Some(name) => [name.value.as_str(), "（", &association.name.value, "）"].concat(),
        None => association.name.value.clone(),
    }
}

/// What holds for every time: how long before it can be changed, who confirms, how old the list is.
fn facts(offer: &domain::api::Offer, kept_at: Option<f64>) -> Content {
    let hours = (offer.deadline / 60).to_string();
    let fictional = offer.fictional.then(|| {
        let words =
            el("span").put(badge("warm", say(Key::BookFictional))).put(" ").put(say(Key::BookFictionalWords));
        notice(Tone::Plain, words).set("data-testid", "fictional")
    });
    let line = el("p").class("tn-page__small").put(say_with(Key::BookChangeBefore, &[("hours", &hours)]));
    let line = if offer.by_hand { line.put(" ").put(say(Key::BookByHand)) } else { line };
    let old = kept_at.map(|at| {
        let when = browser::clock::date_time(at, ui::i18n::language().html());
        notice(Tone::Plain, say_with(Key::BookAsOf, &[("when", &when)])).set("data-testid", "as-of")
    });
    Content::Many(vec![fictional.into(), line.into(), old.into()])
}

fn closed(association: &Association, why: Key) -> Content {
    let ways = el("div").class("tn-page__actions").put(reach(association));
    Content::Many(vec![el("p").set("data-testid", "not-here").put(say(why)).into(), ways.into()])
}

fn unread(book: Book, association: &Association) -> Content {
    let again = ui::component::button("line", say(Key::BookTryAgain), move || book.offering.refresh());
    let ways = el("div").class("tn-page__actions").put(again).put(reach(association));
    Content::Many(vec![el("p").set("data-testid", "unread").put(say(Key::BookNotLoaded)).into(), ways.into()])
}

/// 「12月1日（火） 10:00 · 来所」
pub fn wish_words(wish: Wish) -> Content {
    let time = el("strong").class("tn-wish__time").put(ui::format::day_and_clock(wish.start));
    Content::Many(vec![time.into(), " · ".into(), say(kind_key(wish.kind))])
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
