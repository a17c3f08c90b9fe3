//! An invitation: who asks her in, how she is called, and her first passkey. The code stands behind the `#` of the link, so
//! it is in no server's log.

use browser::passkey;
use domain::api::desk::Invitation;
use ui::component::{TextField, Tone, Writing, button, notice, text_field};
use ui::i18n::{Key, plain, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::sign_in::{door, unsupported, wrong};
use super::words::{role_key, trouble_key, when};
use super::{link_button, small, title};
use crate::routes::Route;
use crate::state::session::NoWay;
use crate::state::{Base, Fetched, Trouble};

const NAME_MOST: usize = 60;

pub fn invitation(desk: Base) -> Content {
    desk.session.read_invitation();
    let body = move || -> Content {
        match desk.session.invitation.get() {
            Fetched::NotYet => super::loading().into(),
            Fetched::There(invitation) => form(desk, &invitation).into(),
            // Without a code there is nothing to ask the server for.
            Fetched::Failed(Trouble::Broken) => notice(Tone::Warning, say(Key::DeskFaultInvitation)).into(),
            Fetched::Failed(trouble) => notice(Tone::Warning, say(trouble_key(&trouble))).into(),
        }
    };
    door(desk, Key::DeskTitleInvitation, vec![el("div").put_live(body).into()])
}

fn form(desk: Base, invitation: &Invitation) -> El {
    let place = invitation.association.as_ref();
    let place = place.map_or_else(
        || plain(Key::DeskFederation),
        |place| place.team.clone().unwrap_or_else(|| place.name.clone()),
    );
    let places = [("team", &*place), ("role", &*plain(role_key(invitation.role)))];
    let name = Live::new(String::new());
    let missing = move || desk.session.wrong.with(|wrong| *wrong == Some(NoWay::NameMissing));
    let field = text_field(TextField {
        id: "name",
        label: say(Key::DeskYourName),
        hint: Some(say(Key::DeskYourNameHint)),
        value: String::new(),
        writing: Writing { kind: "text", fills: "name", most: NAME_MOST },
        error: Box::new(move || missing().then(|| say(Key::DeskNameMissing))),
        written: Box::new(move |text| name.take_quietly(|name| *name = text)),
    });
    let accept = move || {
        desk.session.accept(name.now(), move || desk.routing.go_instead(&Route::HOME));
    };
    let go = button("primary", say(Key::DeskMakePasskey), || {})
        .set("type", "submit")
        .set("data-testid", "accept")
        .live("disabled", move || desk.session.busy.get().then_some("".into()));
    let head = el("p")
        .class("dk-door__lead")
        .set("data-testid", "invited-to")
        .put(say_with(Key::DeskInvitedTo, &places));
    let until = small(say_with(Key::DeskInvitedUntil, &[("time", &when(&invitation.until))]));
    if !passkey::is_supported() {
        return el("div").put(head).put(unsupported()).put(small(say(Key::DeskInvitedElsewhere)));
    }
    el("form")
        .set("novalidate", "")
        .instead("submit", accept)
        .put(head)
        .put(field)
        .put(small(say(Key::DeskPasskeyWhat)))
        .put(el("div").put_live(move || wrong(desk)))
        .put(el("div").class("dk-actions").put(go))
        .put(until)
}

/// The link was opened by somebody who is signed in.
pub fn already_in() -> Content {
    Content::Many(vec![
        title(say(Key::DeskTitleInvitation)).into(),
        el("p").put(say(Key::DeskAlreadyIn)).into(),
        el("p").put(link_button("line", &Route::HOME.href(), say(Key::DeskToToday))).into(),
    ])
}
