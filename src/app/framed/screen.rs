//! The screens of a frame, and what stands around them.

use browser::sight;
use domain::association::AssociationId;
use ui::component::{IconName, Tone, button, icon, notice, reach};
use ui::i18n::{Key, plain, say};
use ui::node::{Content, El, el};

use super::root::Framed;
use super::routes::FramedRoute;
use crate::book::routes::{BookRoute, Step};
use crate::book::state::offer::Offered;
use crate::read::routes::ReadRoute;
use crate::routes::Route;
use crate::state::routing::Address;
use crate::{book, page, read};

/// Back, and out into the app.
pub fn top(framed: Framed) -> El {
    let back = move || {
        let _ = framed.routing.route.get();
        (browser::history::steps_back() > 0).then(|| {
            button(
                "line",
                Content::Many(vec![icon(IconName::Back).into(), el("span").put(say(Key::FrameBack)).into()]),
                browser::history::back,
            )
            .class("tn-button tn-framed__back")
            .set("data-testid", "frame-back")
        })
    };
    let out = move || {
        way_out(framed)
            .class("tn-framed__out")
            .put(el("span").put(say(Key::FrameWhole)))
            .put(icon(IconName::External))
    };
    el("header").class("tn-framed__top").put_live(back).put_live(out)
}

/// The same screen in the app, in a tab of its own, with the times she chose so far.
fn way_out(framed: Framed) -> El {
    let route = framed.routing.route.get();
    let href = match &route {
        FramedRoute::Booking(BookRoute::Team(team, _)) => with_times(framed, team),
        FramedRoute::Booking(BookRoute::Booking(key) | BookRoute::Move(key)) => framed.token_of(key),
        other => other.href(),
    };
    el("a")
        .set("href", &href)
        .set("target", "_blank")
        .set("rel", "noopener")
        .set("title", &plain(Key::FrameNewTab))
        .set("data-testid", "frame-out")
}

fn with_times(framed: Framed, team: &AssociationId) -> String {
    let writing = framed.book.writing;
    let carried = writing.wishes.with(|wishes| domain::frame::carry(wishes, writing.waits.get()));
    BookRoute::Team(team.clone(), Step::When).href() + &carried
}

pub fn screen(framed: Framed, route: FramedRoute) -> Content {
    let (tonari, booking, reading) = (framed.tonari, framed.book, framed.reading);
    match route {
        FramedRoute::Finding(Route::Answer(prefecture)) => page::answer(tonari, prefecture).into(),
        FramedRoute::Finding(Route::Association(id)) => page::association(tonari, id).into(),
        FramedRoute::Finding(Route::Find) => page::find(tonari).into(),
        FramedRoute::Finding(_) => page::not_found(),
        FramedRoute::Booking(BookRoute::Team(team, step)) => booking_team(framed, team, step),
        FramedRoute::Booking(BookRoute::Again(team, key)) => {
            book::page::team(booking, &team, Step::When, Some(&key))
        }
        FramedRoute::Booking(BookRoute::Booking(key)) => Content::Many(vec![
            notice(Tone::Plain, el("span").set("data-testid", "frame-kept").put(say(Key::FrameKept))).into(),
            book::page::booking(booking, key),
        ]),
        FramedRoute::Booking(BookRoute::Move(key)) => book::page::other_time(booking, key),
        FramedRoute::Booking(BookRoute::Bookings | BookRoute::NotFound) => page::not_found(),
        FramedRoute::Reading(ReadRoute::Article(id)) => read::page::article(reading, id).into(),
        FramedRoute::Reading(ReadRoute::Events) => read::page::events(reading),
        FramedRoute::Reading(ReadRoute::Event(id)) => read::page::event(reading, id).into(),
        FramedRoute::Reading(ReadRoute::Notice(id)) => read::page::notice(reading, id).into(),
        FramedRoute::Reading(_) => read::page::articles(reading),
    }
}

/// The screen of a step, or, where there is no network, what else she can do. The step stays as it is behind it.
fn booking_team(framed: Framed, team: AssociationId, step: Step) -> Content {
    let away = move || {
        let unread = framed.book.offering.now.with(|now| matches!(now, Offered::Unread));
        unread || !framed.book.device.online.get()
    };
    let hidden = move || away().then_some("".into());
    let screen = el("div").live("hidden", hidden).put(step_of(framed, &team, step));
    let instead = el("div").put_live(move || if away() { offline(framed, &team) } else { Content::Nothing });
    Content::Many(vec![screen.into(), instead.into()])
}

/// Times are chosen anywhere. What says who she is, is typed and sent in a frame only where the browser can tell that the
/// frame is not covered.
fn step_of(framed: Framed, team: &AssociationId, step: Step) -> Content {
    if step == Step::When || sight::can_tell() {
        return book::page::team(framed.book, team, step, None);
    }
    let act = way_out(framed)
        .class("tn-button")
        .set("data-kind", "primary")
        .put(say(Key::FrameOnAct))
        .put(icon(IconName::External));
    let wishes = framed.book.writing.wishes.now();
    let chosen = wishes.into_iter().map(|wish| el("p").put(book::page::wish_words(wish)).into());
    Content::Many(vec![
        page::title(say(Key::FrameOnTitle)).into(),
        el("div").class("tn-framed__chosen").put(Content::Many(chosen.collect())).into(),
        page::paragraph(say(Key::FrameOnWhy)).into(),
        page::actions(act).into(),
    ])
}

/// Nothing is queued in a frame: she would look for it in the app, and it would be gone with the host's page.
fn offline(framed: Framed, team: &AssociationId) -> Content {
    let (ways, facts) = framed.tonari.directory.edition.peek(|edition| {
        let known = edition.association(team);
        let facts = |association| el("dl").class("tn-facts").put(page::contact_rows(association, edition));
        (known.map(reach), known.map(facts))
    });
    let out = way_out(framed).class("tn-button").set("data-kind", "line").put(say(Key::FrameWhole));
    let again = button("line", say(Key::BookTryAgain), move || framed.book.offering.refresh());
    Content::Many(vec![
        page::title(say(Key::FrameOffline)).into(),
        page::paragraph(say(Key::FrameOfflineWays)).set("data-testid", "frame-offline").into(),
        page::actions(Content::Many(vec![ways.into(), again.into(), out.into()])).into(),
        facts.into(),
    ])
}
