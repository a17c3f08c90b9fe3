//! The way in, while nobody is signed in: one button, and what to do without a passkey.

use browser::passkey::{self, NoPasskey};
use ui::component::{IconName, Tone, button, icon, notice};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::words::trouble_key;
use super::{frame, small, title};
use crate::state::Base;
use crate::state::session::{NoWay, Why};

pub fn sign_in(desk: Base, why: Why) -> Content {
    let enter = button("primary", say(Key::DeskEnter), move || desk.session.sign_in())
        .set("data-testid", "enter")
        .live("disabled", move || desk.session.busy.get().then_some("".into()));
    let way = if passkey::is_supported() {
        el("div").put(el("div").class("dk-actions").put(enter)).put(small(say(Key::DeskEnterWords)))
    } else {
        el("div").put(unsupported())
    };
    door(
        desk,
        Key::DeskName,
        vec![
            left(desk, why),
            el("p").class("dk-door__lead").put(say(Key::DeskLead)).into(),
            el("div").put_live(move || wrong(desk)).into(),
            way.into(),
            el("hr").class("dk-door__line").into(),
            small(say(Key::DeskInvitedWords)).into(),
        ],
    )
}

/// Why she is out, and that nothing is lost.
fn left(desk: Base, why: Why) -> Content {
    let said = match why {
        Why::NotYet => return Content::Nothing,
        Why::Left => notice(Tone::Good, say(Key::DeskLeft)),
        Why::Ended if desk.drafts.any() => notice(Tone::Warning, say(Key::DeskEndedDrafts)),
        Why::Ended => notice(Tone::Warning, say(Key::DeskEnded)),
    };
    said.set("data-testid", "signed-out").into()
}

/// The page of everybody who is not in.
pub(super) fn door(desk: Base, heading: Key, parts: Vec<Content>) -> Content {
    let mut card =
        el("main").class("dk-door__card").id("main").set("tabindex", "-1").put(title(say(heading)));
    for part in parts {
        card = card.put(part);
    }
    let mark = el("div").class("dk-door__mark").put(icon(IconName::Doors));
    let foot = el("footer")
        .class("dk-door__foot")
        .put(frame::languages(desk))
        .put(el("a").set("href", "/").put(say(Key::DeskToTonari)));
    el("div").class("dk-door").put(mark).put(card).put(foot).into()
}

pub(super) fn unsupported() -> El {
    notice(Tone::Warning, say(Key::DeskNoPasskeys)).set("data-testid", "no-passkeys")
}

/// What went wrong on the way in; nothing where nothing did.
pub(super) fn wrong(desk: Base) -> Content {
    let key = match desk.session.wrong.get() {
        None | Some(NoWay::NameMissing) => return Content::Nothing,
        Some(NoWay::Passkey(why)) => passkey_key(why),
        Some(NoWay::Server(why)) => trouble_key(&why),
    };
    notice(Tone::Warning, say(key)).set("data-testid", "no-way").into()
}

fn passkey_key(why: NoPasskey) -> Key {
    match why {
        NoPasskey::Unsupported => Key::DeskNoPasskeys,
        NoPasskey::Closed => Key::DeskPasskeyClosed,
        NoPasskey::AlreadyHere => Key::DeskPasskeyHere,
        NoPasskey::WrongPlace => Key::DeskPasskeyPlace,
        NoPasskey::Failed => Key::DeskPasskeyFailed,
    }
}

/// While the server is asked who is there: a moment, so nothing but the name.
pub fn waiting() -> Content {
    el("div")
        .class("dk-door")
        .put(el("div").class("dk-door__mark").put(icon(IconName::Doors)))
        .put(super::loading())
        .into()
}

pub fn unreachable(desk: Base) -> Content {
    let again = button("primary", say(Key::DeskAgain), move || desk.session.look());
    door(
        desk,
        Key::DeskUnreachableTitle,
        vec![el("p").put(say(Key::DeskUnreachable)).into(), el("div").class("dk-actions").put(again).into()],
    )
}
