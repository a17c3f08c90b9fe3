//! 今日かける電話: in order of time, with what to know before a number is dialled. The number comes when it is asked for.

use domain::api::desk::ops::{Called, ToCall};
use domain::api::desk::{CallMark, LetterView};
use domain::calendar::Date;
use domain::slot::Kind;
use ui::component::button;
use ui::format;
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::sheet::day_field;
use super::words::{from_to, kind_key, trouble, when};
use super::{link_button, loading, small, title};
use crate::icon::{Sign, sign};
use crate::routes::Route;
use crate::state::{Desk, Fetched, today};

pub fn calls(desk: Desk, day: Option<Date>) -> Content {
    let day = day.unwrap_or_else(today);
    desk.calls.open(day);
    let of_day = day_field(desk, day, Route::Calls);
    let body = move || -> Content {
        match desk.calls.list.get() {
            Fetched::NotYet => loading().into(),
            Fetched::Failed(why) => trouble(&why).into(),
            Fetched::There(list) if list.is_empty() => {
                el("p").class("dk-empty").put(say(Key::DeskOpsCallsNone)).into()
            }
            Fetched::There(list) => {
                let rows: Vec<El> = list.iter().map(|one| row(desk, one)).collect();
                el("ol").class("dk-calls").set("data-testid", "calls").put(rows).into()
            }
        }
    };
    Content::Many(vec![
        el("div").class("dk-head").put(title(say(Key::DeskOpsCalls))).put(of_day).into(),
        small(say(Key::DeskOpsCallsLead)).into(),
        el("div")
            .set("aria-live", "polite")
            .put_live(move || desk.calls.trouble.get().as_ref().map(trouble))
            .into(),
        el("div").put_live(body).into(),
    ])
}

fn row(desk: Desk, one: &ToCall) -> El {
    let card = &one.card;
    let last = one.calls.last().filter(|last| last.mark != CallMark::Open);
    let what = el("div")
        .class("dk-row__what")
        .put(
            el("div")
                .class("dk-row__how")
                .put(el("span").class("dk-row__time").put(from_to(&card.start, card.length)))
                .put(el("span").put(say(kind_key(card.kind))))
                .put(card.fictional.then(|| el("span").class("dk-fictional").put(say(Key::NoticeFictional)))),
        )
        .put(rules(one))
        .put(last.map(came_of_it));
    el("li")
        .class("dk-calls__one")
        .set("data-testid", "to-call")
        .set("data-mark", last.map_or("open", |last| last.mark.code()))
        .put(what)
        .put(number(desk, one))
        .put(marks(desk, one, last))
}

/// What to know before anything else.
fn rules(one: &ToCall) -> El {
    let rule = |may: bool, words: Content| {
        el("li")
            .class("dk-safety__rule")
            .set("data-may", if may { "yes" } else { "no" })
            .put(sign(if may { Sign::Allowed } else { Sign::Forbidden }))
            .put(el("span").put(words))
    };
    let phone = match (one.may_call, one.card.kind) {
        (true, _) => Key::DeskMayPhone,
        (false, Kind::Phone) => Key::DeskOpsOnlyThen,
        (false, Kind::Visit | Kind::Online) => Key::DeskMayNotPhone,
    };
    let message = if one.may_leave_message { Key::DeskMayMessage } else { Key::DeskMayNotMessage };
    let hours = if one.hours.is_empty() { plain(Key::DeskNoHours) } else { one.hours.clone() };
    el("ul")
        .class("dk-safety__rules")
        .put(rule(one.may_call, say(phone)))
        .put(rule(one.may_leave_message, say(message)))
        .put(one.discreet.then(|| rule(false, say(Key::DeskDiscreet))))
        .put(el("li").put([&*plain(Key::DeskHours), ": ", &hours].concat()))
}

fn mark_key(mark: CallMark) -> Key {
    match mark {
        CallMark::Done => Key::DeskOpsMarkDone,
        CallMark::Tried => Key::DeskOpsMarkTried,
        CallMark::NotReached => Key::DeskOpsMarkNotReached,
        CallMark::Open => Key::DeskOpsMarkOpen,
    }
}

fn came_of_it(last: &Called) -> El {
    let places = [("what", &*plain(mark_key(last.mark))), ("name", &*last.by), ("time", &*when(&last.at))];
    el("p")
        .class("dk-calls__last")
        .set("data-testid", "came-of-it")
        .put(sign(if last.mark == CallMark::Done { Sign::Came } else { Sign::Wait }))
        .put(el("span").put(say_with(Key::DeskOpsCameOfIt, &places)))
}

fn number(desk: Desk, one: &ToCall) -> El {
    let reference = one.card.reference.clone();
    let inside = move || -> Content {
        let opened = desk
            .calls
            .opened
            .with(|all| all.iter().find(|(of, _)| *of == reference).map(|(_, letter)| letter.clone()));
        match opened {
            Some(Some(letter)) => reach(&letter),
            Some(None) => say(Key::DeskErased),
            None => {
                let of = reference.clone();
                let name =
                    plain_with(Key::DeskOpsOpenNumberNamed, &[("number", &format::reference(&reference))]);
                button("line", say(Key::DeskOpsOpenNumber), move || desk.calls.open_number(&of))
                    .set("data-size", "content")
                    .set("data-testid", "open-number")
                    .set("aria-label", &name)
                    .live("disabled", move || desk.calls.busy.get().then_some("".into()))
                    .into()
            }
        }
    };
    let open = Route::Record(one.card.reference.clone());
    el("div")
        .class("dk-calls__number")
        .put(el("div").set("aria-live", "polite").put_live(inside))
        .put(link_button("text", &open.href(), format::reference(&one.card.reference)))
}

fn reach(letter: &LetterView) -> Content {
    let name = el("strong").put(letter.name.clone()).into();
    if letter.phone.is_empty() {
        return Content::Many(vec![name, el("p").put(say(Key::DeskOpsNoNumber)).into()]);
    }
    let link = el("a")
        .class("dk-way__link")
        .set("href", &format::tel(&letter.phone))
        .set("data-testid", "number")
        .put(letter.phone.clone());
    Content::Many(vec![name, el("p").put(link).into()])
}

fn marks(desk: Desk, one: &ToCall, last: Option<&Called>) -> El {
    let mut row = el("div").class("dk-actions dk-calls__marks");
    let last = last.map(|last| last.mark);
    for mark in [CallMark::Done, CallMark::Tried, CallMark::NotReached, CallMark::Open] {
        if mark == CallMark::Open && last.is_none() {
            continue;
        }
        let reference = one.card.reference.clone();
        let name = [&*plain(mark_key(mark)), " ", &format::reference(&reference)].concat();
        let kind = if mark == CallMark::Open { "text" } else { "line" };
        row = row.put(
            button(kind, say(mark_key(mark)), move || desk.calls.mark(&reference, mark))
                .set("data-size", "content")
                .set("data-testid", mark.code())
                .set("aria-label", &name)
                .live("disabled", move || desk.calls.busy.get().then_some("".into())),
        );
    }
    row
}
