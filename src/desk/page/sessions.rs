//! Where she is signed in: a screen in the meeting room that she left open is ended from here.

use domain::api::desk::OpenSession;
use ui::component::button;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::twice::twice;
use super::words::{trouble, when};
use super::{loading, section, small};
use crate::state::{Desk, Fetched};

pub fn sessions(desk: Desk) -> El {
    desk.session.look_at_open();
    let list = move || -> Content {
        match desk.session.open.get() {
            Fetched::NotYet => loading().into(),
            Fetched::Failed(why) => trouble(&why).into(),
            Fetched::There(all) => there(desk, &all),
        }
    };
    section("sessions", say(Key::DeskSessions))
        .put(small(say(Key::DeskSessionsLead)))
        .put(el("div").put_live(list))
}

/// The one she sits at is first and has no button: that is signing out.
fn there(desk: Desk, all: &[OpenSession]) -> Content {
    let here =
        all.iter().filter(|one| one.here).map(|one| row(one, say(Key::DeskSessionHere), Content::Nothing));
    let others: Vec<&OpenSession> = all.iter().filter(|one| !one.here).collect();
    let elsewhere = others.iter().zip(1..).map(|(one, n)| {
        let (id, n) = (one.id.clone(), [("n", &*n.to_string())]);
        let end = twice(
            "end",
            Key::DeskSessionEnd,
            Key::DeskSessionEndYes,
            &plain_with(Key::DeskSessionEndNamed, &n),
            move || desk.session.end_open(&id),
        );
        row(one, say_with(Key::DeskSessionOther, &n), end.into())
    });
    let rows: Vec<El> = here.chain(elsewhere).collect();
    let after: Content = match others.len() {
        0 => small(say(Key::DeskSessionsOnlyHere)).into(),
        1 => Content::Nothing,
        _ => {
            let all = button("line", say(Key::DeskSessionsEndAll), move || desk.session.end_others());
            el("div")
                .class("dk-actions")
                .put(all.set("data-size", "content").set("data-testid", "end-all"))
                .into()
        }
    };
    Content::Many(vec![
        el("ul").class("dk-people").set("aria-label", &plain(Key::DeskSessions)).put(rows).into(),
        after,
    ])
}

fn row(one: &OpenSession, name: impl Into<Content>, end: Content) -> El {
    let about = el("span")
        .class("dk-people__role dk-people__times")
        .put(say_with(Key::DeskSessionBegan, &[("time", &when(&one.began_at))]))
        .put(" · ")
        .put(say_with(Key::DeskSessionSeen, &[("time", &when(&one.seen_at))]));
    el("li")
        .class("dk-people__one")
        .set("data-testid", "session")
        .put(el("span").class("dk-people__name").put(name))
        .put(about)
        .put(end)
}
