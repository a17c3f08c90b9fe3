//! 読みもの: what the team writes for others to read. First what waits for whoever looks.

mod crisis;
mod fields;
mod form;
mod from_file;
mod imports;
mod past;
mod picture;
mod preview;
mod screen;
mod talk;
mod words;

pub use crisis::crisis;
pub use from_file::from_file;
pub use imports::imports;
pub use screen::{new_text, text};

use domain::api::desk::publish::{DraftCard, Drafts};
use domain::content::draft::{Kind, State};
use domain::staff::Needs;
use ui::component::button;
use ui::i18n::{Key, plain_with, say, say_with};
use ui::node::{Content, El, el};

use crate::page::words::{trouble, when};
use crate::page::{link_button, loading, section, small, title};
use crate::routes::Route;
use crate::state::Fetched;
use crate::texts::state::Desk;
use words::{kind_word, standing, state_key};

pub fn texts(desk: Desk) -> Content {
    desk.texts.look();
    let list = move || -> Content {
        match desk.texts.list.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(all) => lists(&all),
            Fetched::Failed(why) => {
                let again = button("line", say(Key::DeskAgain), move || desk.texts.look());
                el("div").put(trouble(&why)).put(el("div").class("dk-actions").put(again)).into()
            }
        }
    };
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskPubTitle))).into(),
        small(say(Key::DeskPubLead)).into(),
        beginnings(desk).into(),
        elsewhere().into(),
        el("div").set("data-testid", "texts").put_live(list).into(),
    ])
}

fn beginnings(desk: Desk) -> El {
    let mut row = el("div").class("dk-actions");
    for kind in Kind::ALL {
        let words = plain_with(Key::DeskPubNew, &[("kind", &kind_word(kind))]);
        let way = link_button("line", &Route::NewText(kind).href(), words);
        row = row.put(way.set("data-testid", &["new-", kind.code()].concat()));
    }
    row.put_live(move || {
        let way = || link_button("primary", &Route::Crisis.href(), say(Key::DeskPubCrisis));
        desk.session.may(Needs::Lead).then(way)
    })
}

/// What stands somewhere else already is not typed off.
fn elsewhere() -> El {
    let way = |route: Route, words: Key, testid: &str| {
        el("a").set("href", &route.href()).set("data-testid", testid).put(say(words))
    };
    el("p").class("dk-row__about").put(way(Route::Imports, Key::DeskImpTitle, "to-imports")).put(way(
        Route::FromFile,
        Key::DeskFileTitle,
        "to-file",
    ))
}

fn lists(all: &Drafts) -> Content {
    let (mine, others): (Vec<_>, Vec<_>) = all.own.iter().partition(|card| card.waits_for_me);
    let mut parts: Vec<Content> =
        vec![list("waiting-texts", say(Key::DeskPubWaiting), &mine, Key::DeskPubNoneWaiting)];
    let mut rest = others;
    for state in [
        State::Draft,
        State::ChangesAsked,
        State::InReview,
        State::Approved,
        State::Shared,
        State::Published,
        State::Withdrawn,
    ] {
        let (here, left): (Vec<_>, Vec<_>) = rest.into_iter().partition(|card| card.state == state);
        rest = left;
        if !here.is_empty() {
            parts.push(list(
                ["texts-", state.code()].concat().as_str(),
                say(state_key(state)),
                &here,
                Key::DeskPubNone,
            ));
        }
    }
    let shared: Vec<_> = all.shared.iter().collect();
    parts.push(list("shared-texts", say(Key::DeskPubShared), &shared, Key::DeskPubNoneShared));
    Content::Many(parts)
}

fn list(id: &str, heading: Content, cards: &[&DraftCard], empty: Key) -> Content {
    let section = section(id, heading);
    if cards.is_empty() {
        return section.put(el("p").class("dk-empty").put(say(empty))).into();
    }
    let rows: Vec<El> = cards.iter().map(|card| row(card)).collect();
    section.put(el("ul").class("dk-texts").put(rows)).into()
}

fn row(card: &DraftCard) -> El {
    let name = if card.title.is_empty() { say(Key::DeskPubUntitled) } else { card.title.clone().into() };
    let link = el("a")
        .class("dk-texts__title dk-item")
        .set("href", &Route::Text(card.id).href())
        .set("data-testid", "text")
        .put(name);
    let comments = (card.comments > 0)
        .then(|| el("span").put(say_with(Key::DeskPubComments, &[("n", &card.comments.to_string())])));
    let about = el("p")
        .class("dk-row__about")
        .put(standing(card))
        .put(el("span").put(kind_word(card.kind)))
        .put(el("span").put(card.by.clone()))
        .put(el("span").put(when(&card.changed_at)))
        .put(comments);
    el("li").class("dk-texts__one").put(link).put(about)
}
