//! A booking as a line of the board: when, how, where it stands, whose it is, and what can be done without knowing who she
//! is. Her name is a click away, and that click is written down.

use domain::api::desk::{Act, Card};
use domain::booking::Status;
use ui::component::button;
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::board::{day_of_card, in_hand, kind};
use super::words::{act_key, consequence_key, from_to, state};
use crate::routes::Route;
use crate::state::{Desk, day_of, moment};

/// Where the line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among those of other days.
    Waiting,
    /// Under its own day, alone.
    Day,
    /// Under its own day, among others: a line to read, not to work with.
    Week,
}

pub fn row(desk: Desk, card: &Card, place: Place) -> El {
    let time = if card.status == Status::Waiting {
        plain(Key::DeskAnyTime)
    } else {
        from_to(&card.start, card.length)
    };
    let day = (place == Place::Waiting).then(|| el("span").class("dk-row__day").put(day_of_card(card)));
    el("li")
        .class("dk-row")
        .set("data-testid", "card")
        .set("data-reference", &card.reference)
        .put(el("div").class("dk-row__when").put(day).put(el("span").class("dk-row__time").put(time)))
        .put(el("div").class("dk-row__what").put(how(card)).put(about(card, place)))
        .put(hand(desk, card))
        .put(ways(desk, card, place))
}

fn how(card: &Card) -> El {
    el("div").class("dk-row__how").put(state(card.status)).put(kind(card.kind)).put(room(card))
}

/// Where she comes to, where places have names.
pub(super) fn room(card: &Card) -> Option<El> {
    card.room.as_ref().map(|room| el("span").class("dk-room").set("data-testid", "room").put(room.clone()))
}

/// What is read second.
fn about(card: &Card, place: Place) -> El {
    let mut about = el("div")
        .class("dk-row__about")
        .put(el("span").class("dk-row__number").put(format::reference(&card.reference)));
    if place == Place::Waiting {
        about = about.put(el("span").put(say_with(Key::DeskReceived, &[("time", &received_at(card))])));
    }
    if card.notes > 0 {
        about = about.put(el("span").put(say_with(Key::DeskNotesCount, &[("n", &card.notes.to_string())])));
    }
    about.put(card.fictional.then(|| el("span").class("dk-fictional").put(say(Key::NoticeFictional))))
}

/// Short: it stands in every line.
fn received_at(card: &Card) -> String {
    [format::day_short(day_of(&card.received_at)), format::clock(moment(&card.received_at))].join(" ")
}

/// Whose it is. What is over waits for nobody to take it.
fn hand(desk: Desk, card: &Card) -> El {
    let hand = el("div").class("dk-row__hand");
    let assigned = card.assigned;
    if card.status.is_over() && assigned.is_none() {
        return hand;
    }
    let words = move || -> Content { in_hand(desk, assigned).into() };
    let reference = card.reference.clone();
    let mine = move || -> Content {
        let me = desk.session.me().map(|me| me.member.id);
        if assigned.is_some() || me.is_none() {
            return Content::Nothing;
        }
        let reference = reference.clone();
        let name = plain_with(Key::DeskTakeNamed, &[("number", &format::reference(&reference))]);
        button("text", say(Key::DeskTake), move || desk.boards.hand_over(&reference, me))
            .set("data-size", "content")
            .set("data-testid", "take")
            .set("aria-label", &name)
            .live("disabled", move || desk.boards.busy.with(Option::is_some).then_some("".into()))
            .into()
    };
    hand.put(el("span").set("data-testid", "in-hand").put_live(words)).put(el("span").put_live(mine))
}

fn ways(desk: Desk, card: &Card, place: Place) -> El {
    let mut ways = el("div").class("dk-row__ways");
    for act in [Act::Confirm, Act::Attended, Act::Absent] {
        if card.acts.contains(&act) && place != Place::Week {
            ways = ways.put(at_once(desk, card, act));
        }
    }
    let name = plain_with(Key::DeskOpenNamed, &[("number", &format::reference(&card.reference))]);
    let open = el("a")
        .class("dk-row__open dk-item")
        .set("href", &Route::Record(card.reference.clone()).href())
        .set("aria-label", &name)
        .set("data-testid", "open")
        .put(say(Key::DeskOpen));
    ways.put(open)
}

/// What needs no words; its title says what she is told.
fn at_once(desk: Desk, card: &Card, act: Act) -> El {
    let kind = if act == Act::Confirm { "primary" } else { "line" };
    let named = [&*plain(act_key(act)), " ", &format::reference(&card.reference)].concat();
    let card = card.clone();
    button(kind, say(act_key(act)), move || desk.boards.act(&card, act))
        .set("data-size", "content")
        .set("data-testid", act.code())
        .set("title", &plain(consequence_key(act)))
        .set("aria-label", &named)
        .live("disabled", move || desk.boards.busy.with(Option::is_some).then_some("".into()))
}
