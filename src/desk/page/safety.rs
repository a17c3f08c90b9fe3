//! How it is safe to reach her, above how to reach her at all. A way she did not choose is shown struck out and is no link:
//! one slip of a finger would ring where somebody else picks up.

use domain::api::desk::LetterView;
use domain::booking::contact::Channel;
use ui::component::button;
use ui::format;
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::section;
use crate::icon::{Sign, sign};
use crate::state::Desk;

fn may_use(letter: &LetterView, channel: Channel) -> bool {
    letter.channels.iter().any(|code| code == channel.code())
}

fn channel_key(channel: Channel) -> Key {
    match channel {
        Channel::Phone => Key::DeskPhone,
        Channel::Mail => Key::DeskMail,
    }
}

/// What to know before anything else.
pub fn safety(letter: &LetterView) -> El {
    let mut rules = el("ul").class("dk-safety__rules");
    for channel in [Channel::Phone, Channel::Mail] {
        let may = may_use(letter, channel);
        let words = match (channel, may) {
            (Channel::Phone, true) => Key::DeskMayPhone,
            (Channel::Phone, false) => Key::DeskMayNotPhone,
            (Channel::Mail, true) => Key::DeskMayMail,
            (Channel::Mail, false) => Key::DeskMayNotMail,
        };
        rules = rules.put(rule(may, say(words)));
    }
    let message = if letter.may_leave_message { Key::DeskMayMessage } else { Key::DeskMayNotMessage };
    rules = rules.put(rule(letter.may_leave_message, say(message)));
    let named = if letter.discreet { Key::DeskDiscreet } else { Key::DeskNotDiscreet };
    rules = rules.put(rule(!letter.discreet, say(named)));
    let hours: Content =
        if letter.hours.is_empty() { say(Key::DeskNoHours) } else { letter.hours.clone().into() };
    section(
        "safety",
        el("span")
            .class("dk-safety__title")
            .put(sign(Sign::Shield))
            .put(el("span").put(say(Key::DeskSafety))),
    )
    .class("dk-section dk-safety")
    .put(rules)
    .put(
        el("dl").class("dk-list").put(
            el("div")
                .class("dk-list__line")
                .put(el("dt").put(say(Key::DeskHours)))
                .put(el("dd").set("data-testid", "hours").put(hours)),
        ),
    )
}

fn rule(may: bool, words: Content) -> El {
    let mark = if may { Sign::Allowed } else { Sign::Forbidden };
    el("li")
        .class("dk-safety__rule")
        .set("data-may", if may { "yes" } else { "no" })
        .put(sign(mark))
        .put(el("span").put(words))
}

/// Her name, and the ways to her.
pub fn contact(desk: Desk, letter: &LetterView) -> El {
    let name = el("p").class("dk-person__name").set("data-testid", "name").put(letter.name.clone());
    section("contact", say(Key::DeskContact))
        .put(name)
        .put(way(desk, letter, Channel::Phone, &letter.phone, format::tel(&letter.phone)))
        .put(way(desk, letter, Channel::Mail, &letter.mail, ["mailto:", &letter.mail].concat()))
}

fn way(desk: Desk, letter: &LetterView, channel: Channel, address: &str, link: String) -> Option<El> {
    if address.is_empty() {
        return None;
    }
    let way = el("div").class("dk-way").set("data-testid", &["way-", channel.code()].concat());
    let label = el("span").class("dk-way__label").put(say(channel_key(channel)));
    if may_use(letter, channel) {
        return Some(way.put(label).put(open_link(address, &link)));
    }
    let address = address.to_owned();
    let inside = move || -> Content {
        if desk.records.laid_open.with(|open| open.contains(&channel.code())) {
            return Content::Many(vec![
                open_link(&address, &link).into(),
                el("p").class("dk-way__reason").put(say(Key::DeskLaidOpen)).into(),
            ]);
        }
        let lay_open = button("text", say(Key::DeskLayOpen), move || desk.records.lay_open(channel.code()))
            .set("data-size", "content")
            .set("data-testid", &["lay-open-", channel.code()].concat());
        Content::Many(vec![
            el("s").class("dk-way__struck").put(address.clone()).into(),
            el("p").class("dk-way__reason").put(say(Key::DeskNotChosen)).into(),
            lay_open.into(),
        ])
    };
    Some(way.set("data-forbidden", "").put(label).put(el("div").class("dk-way__closed").put_live(inside)))
}

fn open_link(address: &str, link: &str) -> El {
    el("a").class("dk-way__link").set("href", link).put(address.to_owned())
}
