//! A day on paper: the list to call by, and what lies on the desk when the network does not. It holds everything about
//! everybody of the day, so it is made only when asked for, and that is written down.

use domain::api::desk::{LetterView, Record};
use domain::booking::contact::Channel;
use domain::calendar::Date;
use ui::component::button;
use ui::format;
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use super::board::in_hand;
use super::words::{from_to, kind_key, status_key, topic_key, trouble, when};
use super::{loading, small, title};
use crate::routes::Route;
use crate::state::{Desk, Fetched, now, today};

pub fn sheet(desk: Desk, day: Option<Date>) -> Content {
    let day = day.unwrap_or_else(today);
    let of_day = day_field(desk, day, Route::Sheet);
    let body = move || -> Content {
        match desk.team.sheet.get() {
            Some((shown, Fetched::There(records))) if shown == day => paper(desk, day, &records),
            Some((shown, Fetched::NotYet)) if shown == day => loading().into(),
            Some((shown, Fetched::Failed(why))) if shown == day => {
                Content::Many(vec![trouble(&why).into(), make(desk, day).into()])
            }
            Some(_) | None => {
                Content::Many(vec![el("p").put(say(Key::DeskSheetWords)).into(), make(desk, day).into()])
            }
        }
    };
    Content::Many(vec![
        el("div").class("dk-head dk-no-print").put(title(say(Key::DeskTitleSheet))).put(of_day).into(),
        el("div").put_live(body).into(),
    ])
}

/// Which day a list is of.
pub(super) fn day_field(desk: Desk, day: Date, list: fn(Option<Date>) -> Route) -> El {
    let choose = el("input")
        .class("tn-field__input dk-day__field")
        .id("day")
        .set("type", "date")
        .set("value", &day.to_text())
        .on_input(move |text| {
            if let Some(day) = Date::parse(&text) {
                desk.routing.go_instead(&list(Some(day)));
            }
        });
    let label = el("label").class("tn-field__label").set("for", "day").put(say(Key::DeskSheetDay));
    el("div").class("dk-day").put(label).put(choose)
}

fn make(desk: Desk, day: Date) -> El {
    let go = button("primary", say(Key::DeskSheetMake), move || desk.team.make_sheet(day))
        .set("data-testid", "make-sheet");
    el("div").class("dk-actions").put(go)
}

fn paper(desk: Desk, day: Date, records: &[Record]) -> Content {
    if records.is_empty() {
        return el("p").class("dk-empty").put(say(Key::DeskNoneThatDay)).into();
    }
    let print = button("primary", say(Key::DeskPrint), browser::tab::print)
        .set("data-size", "content")
        .set("data-testid", "print");
    let head = |key: Key| el("th").set("scope", "col").put(say(key));
    let columns = [
        Key::DeskColumnTime,
        Key::DeskColumnWho,
        Key::DeskColumnReach,
        Key::DeskColumnAbout,
        Key::DeskInHand,
    ];
    let row_of_heads = el("tr").put(columns.into_iter().map(head).collect::<Vec<El>>());
    let rows: Vec<El> = records.iter().map(|record| line(desk, record)).collect();
    let table = el("table")
        .class("dk-sheet")
        .set("data-testid", "sheet")
        .put(el("caption").class("dk-sheet__caption").put(format::day(day)))
        .put(el("thead").put(row_of_heads))
        .put(el("tbody").put(rows));
    Content::Many(vec![
        el("div").class("dk-actions dk-no-print").put(print).put(small(say(Key::DeskSheetSafe))).into(),
        el("div").class("dk-sheet__scroll").put(table).into(),
        el("p")
            .class("dk-sheet__foot")
            .put(say_with(Key::DeskSheetFoot, &[("time", &format::day_and_clock(now()))]))
            .into(),
    ])
}

fn line(desk: Desk, record: &Record) -> El {
    let card = &record.card;
    let stack = |lines: Vec<Content>| {
        let mut cell = el("td");
        for line in lines {
            cell = cell.put(el("div").put(line));
        }
        cell
    };
    let assigned = card.assigned;
    let fictional = card.fictional.then(|| el("span").class("dk-fictional").put(say(Key::NoticeFictional)));
    let when = stack(vec![
        el("strong").class("dk-sheet__time").put(from_to(&card.start, card.length)).into(),
        say(kind_key(card.kind)),
        super::card::room(card).into(),
        say(status_key(card.status)),
        fictional.into(),
    ]);
    let number = format::reference(&card.reference).into();
    let (who, reach, about) = match &record.letter {
        Some(letter) => (
            stack(vec![el("strong").put(letter.name.clone()).into(), number]),
            stack(ways(letter)),
            stack(subject(letter, record)),
        ),
        None => (stack(vec![number]), stack(vec![say(Key::DeskErased)]), el("td")),
    };
    let hand = el("td").put_live(move || Content::from(in_hand(desk, assigned)));
    el("tr").put(when).put(who).put(reach).put(about).put(hand)
}

/// Only ways she chose stand on paper: nobody can lay it open there.
fn ways(letter: &LetterView) -> Vec<Content> {
    let may = |channel: Channel| letter.channels.iter().any(|code| code == channel.code());
    let mut lines = Vec::new();
    for (channel, address, forbidden) in [
        (Channel::Phone, &letter.phone, Key::DeskMayNotPhone),
        (Channel::Mail, &letter.mail, Key::DeskMayNotMail),
    ] {
        if may(channel) && !address.is_empty() {
            lines.push(address.clone().into());
        } else if !may(channel) {
            lines.push(el("strong").put(say(forbidden)).into());
        }
    }
    let hours = if letter.hours.is_empty() { plain(Key::DeskNoHours) } else { letter.hours.clone() };
    lines.push([&*plain(Key::DeskHours), ": ", &hours].concat().into());
    lines.push(say(if letter.may_leave_message { Key::DeskMayMessage } else { Key::DeskMayNotMessage }));
    if letter.discreet {
        lines.push(el("strong").put(say(Key::DeskDiscreet)).into());
    }
    lines
}

fn subject(letter: &LetterView, record: &Record) -> Vec<Content> {
    let topics: Vec<String> = letter.topics.iter().filter_map(|code| topic_key(code)).map(plain).collect();
    let mut lines: Vec<Content> =
        vec![topics.join(&plain(Key::DeskComma)).into(), letter.note.clone().into()];
    for note in &record.notes {
        lines.push([&*note.text, " (", &note.by, ", ", &when(&note.at), ")"].concat().into());
    }
    lines
}
