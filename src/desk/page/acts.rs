//! What the team can do with a booking as it is, each with what will follow. What cannot be taken back, or reaches her in
//! words, is a second step.

use domain::api::OfferedTime;
use domain::api::desk::{Act, Record};
use domain::slot::Kind;
use ui::component::{button, pick};
use ui::format;
use ui::i18n::{Key, say};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::words::{act_key, consequence_key, trouble};
use super::{loading, reason, section, small};
use crate::state::record::Opened;
use crate::state::{Desk, Fetched, moment};

/// As many times as are looked through at once.
const SHOWN: usize = 30;

pub fn acts(desk: Desk, record: &Record) -> El {
    let place = section("acts", say(Key::DeskActs));
    if record.card.acts.is_empty() {
        return place
            .put(el("p").class("dk-empty").put(say(Key::DeskNoActs)))
            .put(reason::left_over(desk, record));
    }
    let mut list = el("div").class("dk-acts");
    for act in &record.card.acts {
        list = list.put(one(desk, record, *act));
    }
    let left_over = (!record.card.acts.contains(&Act::Decline)).then(|| reason::left_over(desk, record));
    place.put(list).put(left_over.flatten())
}

fn one(desk: Desk, record: &Record, act: Act) -> El {
    let kind = if act == Act::Confirm { "primary" } else { "line" };
    let at_once = matches!(act, Act::Confirm | Act::Attended | Act::Absent);
    let press = move || {
        if at_once {
            desk.records.act(act, None, None);
        } else {
            desk.records.turn_to(act);
        }
    };
    let open = move || desk.records.opened.get() == Some(Opened(act));
    let mut go = button(kind, say(act_key(act)), press)
        .set("data-testid", act.code())
        .live("disabled", move || desk.records.busy.get().then_some("".into()));
    if !at_once {
        go = go.live("aria-expanded", move || Some(if open() { "true" } else { "false" }.into()));
    }
    let record = record.clone();
    let form = move || -> Content {
        if !open() {
            return Content::Nothing;
        }
        match act {
            Act::Decline => reason::form(desk, &record).into(),
            Act::Propose => times(desk, record.card.kind, moment(&record.card.start)).into(),
            Act::Cancel => sure(desk).into(),
            Act::Confirm | Act::Attended | Act::Absent => Content::Nothing,
        }
    };
    el("div").class("dk-act").put(go).put(small(say(consequence_key(act)))).put(el("div").put_live(form))
}

fn sure(desk: Desk) -> El {
    let yes = button("danger", say(Key::DeskCancelYes), move || desk.records.act(Act::Cancel, None, None))
        .set("data-testid", "cancel-yes");
    let no = button("line", say(Key::DeskBackOut), move || desk.records.turn_to(Act::Cancel));
    el("div")
        .class("dk-form")
        .put(el("p").put(say(Key::DeskCancelSure)))
        .put(el("div").class("dk-actions").put(yes).put(no))
}

/// Another time, out of those that are free.
fn times(desk: Desk, kind: Kind, own: i64) -> El {
    let chosen = Live::new(None::<String>);
    let list = move || -> Content {
        match desk.records.times.get() {
            Fetched::NotYet => loading().into(),
            Fetched::Failed(why) => trouble(&why).into(),
            Fetched::There(times) => choices(times, kind, own, chosen),
        }
    };
    let send = button("primary", say(Key::DeskProposeSend), move || {
        if let Some(start) = chosen.now() {
            desk.records.act(Act::Propose, None, Some(start));
        }
    })
    .set("data-testid", "propose-yes")
    .live("disabled", move || (chosen.with(Option::is_none) || desk.records.busy.get()).then_some("".into()));
    el("div").class("dk-form").put(el("div").put_live(list)).put(el("div").class("dk-actions").put(send))
}

fn choices(times: Vec<OfferedTime>, kind: Kind, own: i64, chosen: Live<Option<String>>) -> Content {
    let mut list = el("div")
        .class("dk-choices")
        .set("role", "radiogroup")
        .set("aria-label", &ui::i18n::plain(Key::DeskFreeTimes));
    let mut any = false;
    let fitting = times.into_iter().filter(|time| time.kinds.contains(&kind) && moment(&time.start) != own);
    for time in fitting.take(SHOWN) {
        any = true;
        let words = format::day_and_clock(moment(&time.start));
        let start = time.start.clone();
        list = list.put(pick("other-time", &time.start, words.into(), false, move || {
            chosen.set(Some(start.clone()))
        }));
    }
    if any { list.into() } else { el("p").class("dk-empty").put(say(Key::DeskNoTimes)).into() }
}
