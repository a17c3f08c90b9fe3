//! Who belongs to the team, and for those who may: who shall.

use domain::api::desk::{Colleague, Invited};
use domain::staff::{Needs, Role};
use ui::component::{TextField, Tone, Writing, button, group, notice, pick, text_field};
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::words::{role_key, trouble, when};
use super::{loading, section, small, title};
use crate::icon::{Sign, sign};
use crate::state::{Desk, Fetched};

pub fn colleagues(desk: Desk) -> Content {
    desk.team.look();
    if desk.session.me_now().is_some_and(|me| me.member.role.may(Needs::Federation)) {
        desk.team.look_at_associations();
    }
    let list = move || -> Content {
        match desk.team.colleagues.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(all) => table(desk, all).into(),
            Fetched::Failed(why) => trouble(&why).into(),
        }
    };
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskTitleColleagues))).into(),
        el("div")
            .set("aria-live", "polite")
            .put_live(move || desk.team.trouble.get().as_ref().map(trouble))
            .into(),
        el("div").put_live(list).into(),
        el("div").put_live(move || desk.session.may(Needs::Inviting).then(|| inviting(desk))).into(),
        el("div").put_live(move || desk.session.may(Needs::Federation).then(|| desks(desk))).into(),
    ])
}

fn table(desk: Desk, all: Vec<Colleague>) -> El {
    let may = desk.session.may(Needs::Inviting);
    let me = desk.session.me().map(|me| me.member.id);
    let rows: Vec<El> = all.iter().map(|one| row(desk, one, may, me == Some(one.id))).collect();
    el("ul").class("dk-people").set("data-testid", "colleagues").put(rows)
}

fn row(desk: Desk, one: &Colleague, may: bool, is_me: bool) -> El {
    let name = el("span")
        .class("dk-people__name")
        .put(one.name.clone())
        .put(is_me.then(|| el("span").class("dk-now").put(say(Key::DeskMine))));
    let role = el("span").class("dk-people__role").put(say(if one.disabled {
        Key::DeskDisabled
    } else {
        role_key(one.role)
    }));
    let line = el("li")
        .class("dk-people__one")
        .set("data-testid", "colleague")
        .flag("data-disabled", one.disabled)
        .put(name)
        .put(role);
    if may && !is_me { line.put(changes(desk, one)) } else { line }
}

/// Folded away: who looks for a name does not shut anybody out by a slip.
fn changes(desk: Desk, one: &Colleague) -> El {
    let id = one.id;
    let act = |words: Key, press: Box<dyn Fn()>| {
        let name = plain_with(Key::DeskOfNamed, &[("act", &plain(words)), ("name", &one.name)]);
        button("line", say(words), press)
            .set("data-size", "content")
            .set("aria-label", &name)
            .live("disabled", move || desk.team.busy.get().then_some("".into()))
    };
    let mut acts = el("div").class("dk-actions");
    if one.disabled {
        acts = acts.put(
            act(Key::DeskEnable, Box::new(move || desk.team.disable(id, false))).set("data-testid", "enable"),
        );
    } else {
        let (words, role) = match one.role {
            Role::Member => (Some(Key::DeskMakeLead), Role::Lead),
            Role::Lead => (Some(Key::DeskMakeMember), Role::Member),
            Role::Federation => (None, Role::Federation),
        };
        let colleague = one.clone();
        acts = acts
            .put(words.map(|words| act(words, Box::new(move || desk.team.give_role(id, role)))))
            .put(act(Key::DeskInviteAgain, Box::new(move || desk.team.invite_again(&colleague))))
            .put(
                act(Key::DeskDisable, Box::new(move || desk.team.disable(id, true)))
                    .set("data-kind", "danger")
                    .set("data-testid", "disable"),
            );
    }
    el("details")
        .class("dk-more dk-people__changes")
        .put(
            el("summary")
                .class("dk-more__summary")
                .set("aria-label", &plain_with(Key::DeskChangeNamed, &[("name", &one.name)]))
                .put(say(Key::DeskChange)),
        )
        .put(small(say(if one.disabled { Key::DeskEnableThen } else { Key::DeskDisableThen })))
        .put(acts)
}

fn inviting(desk: Desk) -> El {
    let federation = desk.session.me().is_some_and(|me| me.member.role == Role::Federation);
    let role = Live::new(if federation { Role::Lead } else { Role::Member });
    let (mail, association) = (Live::new(String::new()), Live::new(String::new()));
    let roles: &[Role] =
        if federation { &[Role::Lead, Role::Member, Role::Federation] } else { &[Role::Member, Role::Lead] };
    let picks = roles.iter().map(|one| {
        let one = *one;
        pick("role", one.code(), say(role_key(one)), role.now() == one, move || role.settle(one))
    });
    let line = |id, label, hint, kind, into: Live<String>| {
        text_field(TextField {
            id,
            label: say(label),
            hint: Some(say(hint)),
            value: String::new(),
            writing: Writing { kind, fills: "off", most: 254 },
            error: Box::new(|| None),
            written: Box::new(move |text| into.take_quietly(|into| *into = text)),
        })
    };
    let send = move || {
        let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        desk.team.invite(given(association.now()), role.now(), given(mail.now()));
    };
    let go = button("primary", say(Key::DeskInviteMake), || {})
        .set("type", "submit")
        .set("data-size", "content")
        .set("data-testid", "make-link")
        .live("disabled", move || desk.team.busy.get().then_some("".into()));
    let place = federation.then(|| el("div").put_live(move || choose_association(desk, association)));
    let form = el("form")
        .class("dk-narrow")
        .set("novalidate", "")
        .instead("submit", send)
        .put(group(say(Key::DeskInviteRole), Some(say(Key::DeskInviteRoleHint)), picks.collect()))
        .put(place)
        .put(line("mail", Key::DeskMail, Key::DeskInviteMailHint, "email", mail))
        .put(el("div").class("dk-actions").put(go));
    section("invite", say(Key::DeskInvite))
        .put(el("div").put_live(move || desk.team.invited.get().map(|invited| link(desk, &invited))))
        .put(form)
}

/// By name: an id that is typed may be another association's.
fn choose_association(desk: Desk, into: Live<String>) -> Content {
    let all = match desk.team.associations.get() {
        Fetched::NotYet => return loading().into(),
        Fetched::There(all) => all,
        Fetched::Failed(why) => return trouble(&why).into(),
    };
    let mut list = el("select")
        .class("tn-field__input")
        .id("association")
        .set("aria-describedby", "association-hint")
        .on_writing(move |id| into.take_quietly(|into| *into = id))
        .put(el("option").set("value", "").put(plain(Key::DeskOpsNoAssociation)));
    for one in &all {
        let chosen = into.peek(|into| *into == one.place.id.0);
        list = list.put(
            el("option").set("value", &one.place.id.0).flag("selected", chosen).put(one.place.name.clone()),
        );
    }
    el("div")
        .class("tn-field")
        .put(
            el("label")
                .class("tn-field__label")
                .set("for", "association")
                .put(say(Key::DeskInviteAssociation)),
        )
        .put(el("p").class("tn-field__hint").id("association-hint").put(say(Key::DeskInviteAssociationHint)))
        .put(list)
        .into()
}

/// Who has a desk. Nothing about founders, nobody's name, and not when somebody was there last.
fn desks(desk: Desk) -> El {
    let list = move || -> Content {
        let Fetched::There(all) = desk.team.associations.get() else { return Content::Nothing };
        let yes = |yes: bool, words: Key| {
            let mark = if yes { Sign::Allowed } else { Sign::Over };
            let state = if yes { Key::DeskYes } else { Key::DeskNo };
            el("td").set("data-yes", if yes { "yes" } else { "no" }).put(sign(mark)).put(
                el("span")
                    .put(plain_with(Key::DeskOpsIs, &[("what", &plain(words)), ("yes", &plain(state))])),
            )
        };
        let rows: Vec<El> = all
            .iter()
            .map(|one| {
                let name = el("th")
                    .set("scope", "row")
                    .put(one.place.name.clone())
                    .put(one.place.team.clone().map(|team| el("span").class("dk-small").put(team)));
                el("tr")
                    .put(name)
                    .put(yes(one.has_desk, Key::DeskOpsHasDesk))
                    .put(yes(one.takes_bookings, Key::DeskOpsTakesBookings))
            })
            .collect();
        let count = all.iter().filter(|one| one.has_desk).count();
        let words = [("n", &*count.to_string()), ("of", &*all.len().to_string())];
        Content::Many(vec![
            small(say_with(Key::DeskOpsDesksCount, &words)).into(),
            el("table").class("dk-desks").set("data-testid", "desks").put(el("tbody").put(rows)).into(),
        ])
    };
    section("desks", say(Key::DeskOpsDesks)).put(el("div").put_live(list))
}

/// The link, once. It is in no list afterwards.
fn link(desk: Desk, invited: &Invited) -> El {
    let copy = button("line", (), move || desk.team.copy_link())
        .set("data-size", "content")
        .set("data-testid", "copy-link")
        .put_live(move || say(if desk.team.copied.get() { Key::DeskCopied } else { Key::DeskCopy }));
    let field = el("input")
        .class("tn-field__input dk-link__field")
        .id("link")
        .set("type", "text")
        .set("readonly", "")
        .set("aria-label", &plain(Key::DeskInviteLink))
        .set("data-testid", "link")
        .set("value", &invited.link);
    let mailed = if invited.mailed { Key::DeskInviteMailed } else { Key::DeskInviteNotMailed };
    let words = el("div")
        .put(el("p").put(say(Key::DeskInviteOnce)))
        .put(el("div").class("dk-link").put(field).put(copy))
        .put(small(say_with(mailed, &[("time", &when(&invited.until))])));
    notice(Tone::Good, words)
}
