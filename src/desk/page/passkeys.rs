//! Her own ways in, and where they were used. While there is one, a second is asked for: a lost telephone would shut her out.

use domain::api::desk::Passkey;
use ui::component::{Tone, button, notice, notice_with_act};
use ui::i18n::{Key, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::sessions::sessions;
use super::sign_in::wrong;
use super::twice::twice;
use super::words::{trouble, when};
use super::{loading, small, title};
use crate::icon::{Sign, sign};
use crate::state::{Desk, Fetched};

pub fn passkeys(desk: Desk) -> Content {
    desk.session.look_at_passkeys();
    let list = move || -> Content {
        match desk.session.passkeys.get() {
            Fetched::NotYet => loading().into(),
            Fetched::Failed(why) => trouble(&why).into(),
            Fetched::There(all) => there(desk, &all),
        }
    };
    let add = button("primary", say(Key::DeskPasskeyAdd), move || desk.session.add_passkey())
        .set("data-size", "content")
        .set("data-testid", "add-passkey")
        .live("disabled", move || desk.session.busy.get().then_some("".into()));
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskTitlePasskeys))).into(),
        el("p").class("dk-lead").put(say(Key::DeskPasskeysLead)).into(),
        el("div").set("aria-live", "polite").put_live(move || wrong(desk.base)).into(),
        el("div").put_live(move || added(desk)).into(),
        el("div").put_live(list).into(),
        el("div").class("dk-actions").put(add).into(),
        small(say(Key::DeskPasskeyAddWords)).into(),
        sessions(desk).into(),
    ])
}

/// Who makes herself a new way in because another is in strange hands wants nobody left inside by that one.
fn added(desk: Desk) -> Content {
    let elsewhere = desk.session.open.with(|open| match open {
        Fetched::There(all) => Some(all.iter().filter(|one| !one.here).count()),
        Fetched::NotYet | Fetched::Failed(_) => None,
    });
    if !desk.session.added.get() {
        return Content::Nothing;
    }
    match elsewhere {
        None => notice(Tone::Good, say(Key::DeskPasskeyDone)),
        Some(0) => notice(Tone::Good, say(Key::DeskPasskeyDoneOnlyHere)),
        Some(n) => notice_with_act(
            Tone::Good,
            "still-elsewhere",
            say_with(Key::DeskPasskeyDoneElsewhere, &[("n", &n.to_string())]),
            say(Key::DeskSessionsEndAll),
            move || {
                // The button goes, and the focus would be nowhere.
                browser::document::focus("page-title");
                desk.session.end_others();
            },
        ),
    }
    .into()
}

fn there(desk: Desk, all: &[Passkey]) -> Content {
    let only = all.len() == 1;
    let rows: Vec<El> = all.iter().enumerate().map(|(at, one)| row(desk, one, at + 1, only)).collect();
    let second =
        only.then(|| notice(Tone::Warning, say(Key::DeskSecondPasskey)).set("data-testid", "second-passkey"));
    Content::Many(vec![
        second.into(),
        el("ul").class("dk-people").set("data-testid", "passkeys").put(rows).into(),
    ])
}

fn row(desk: Desk, one: &Passkey, number: usize, only: bool) -> El {
    let number = number.to_string();
    let used = one.used_at.as_ref().map_or_else(
        || say(Key::DeskPasskeyUnused),
        |at| say_with(Key::DeskPasskeyUsed, &[("time", &when(at))]),
    );
    let name = el("span")
        .class("dk-people__name")
        .put(sign(Sign::Key))
        .put(el("span").put(say_with(Key::DeskPasskeyNumber, &[("n", &number)])));
    let about = el("span")
        .class("dk-people__role dk-people__times")
        .put(say_with(Key::DeskPasskeyAdded, &[("time", &when(&one.added_at))]))
        .put(" · ")
        .put(used);
    let id = one.id;
    let named = plain_with(Key::DeskPasskeyRemoveNamed, &[("n", &number)]);
    // The last one would shut her out; the server refuses it as well.
    let remove = (!only).then(|| {
        twice("remove", Key::DeskPasskeyRemove, Key::DeskPasskeyRemoveYes, &named, move || {
            desk.session.remove_passkey(id);
        })
    });
    el("li").class("dk-people__one").set("data-testid", "passkey").put(name).put(about).put(remove)
}
