//! A booking with who she is. What is safe comes before how to reach her, and both before anything else.

use domain::api::desk::{Happened, LetterView, Record};
use domain::booking::letter::Language;
use ui::component::button;
use ui::format;
use ui::i18n::{Key, Lang, plain, say, say_with};
use ui::node::{Content, El, el};

use super::board::kind;
use super::words::{from_to, stage_key, state, told_if, topic_key, trouble, when};
use super::{acts, link_button, loading, notes, safety, section, small, subject, title};
use crate::routes::Route;
use crate::routes::Span;
use crate::state::{Desk, Fetched, Trouble, day_of, today};

pub fn record(desk: Desk, reference: &str) -> Content {
    desk.records.open(reference);
    let number = format::reference(reference);
    let body = move || -> Content {
        match desk.records.shown.get() {
            Fetched::NotYet => loading().into(),
            Fetched::There(record) => there(desk, &record),
            Fetched::Failed(Trouble::SignedOut) => Content::Nothing,
            Fetched::Failed(why) => {
                let again = button("line", say(Key::DeskAgain), move || desk.records.read());
                Content::Many(vec![trouble(&why).into(), el("div").class("dk-actions").put(again).into()])
            }
        }
    };
    Content::Many(vec![
        el("div")
            .class("dk-head")
            .put(title(say_with(Key::DeskRecordTitle, &[("number", &number)])))
            .put(
                el("p")
                    .class("dk-head__note")
                    .set("data-testid", "written-down")
                    .put(say(Key::DeskWrittenDown)),
            )
            .into(),
        el("div").set("aria-live", "polite").put_live(move || told_if(desk.records.told.get())).into(),
        el("div").put_live(body).into(),
    ])
}

fn there(desk: Desk, record: &Record) -> Content {
    let day = day_of(&record.card.start);
    let back = Route::Board(Span::Day, Some(day).filter(|day| *day != today()));
    let left = el("div").class("dk-record__main").put(facts(record)).put(person(desk, record));
    let right = el("div")
        .class("dk-record__side")
        .put(acts::acts(desk, record))
        .put(subject::subject(desk, record))
        .put(notes::in_hand(desk, record))
        .put(notes::notes(desk, record));
    Content::Many(vec![
        el("div").class("dk-record").put(left).put(right).into(),
        history(&record.history).into(),
        el("p")
            .class("dk-back")
            .put(link_button("text", &back.href(), [plain(Key::DeskToDay), format::day(day)].join(" ")))
            .into(),
    ])
}

/// When, how, and where it stands.
fn facts(record: &Record) -> El {
    let card = &record.card;
    let time = [format::day(day_of(&card.start)), from_to(&card.start, card.length)].join(" ");
    let until = small(say_with(Key::DeskChangeUntil, &[("time", &when(&record.change_until))]));
    let reason = record.reason.as_ref().map(|reason| {
        el("div")
            .class("dk-said")
            .put(small(say(Key::DeskReasonSaid)))
            .put(el("p").class("dk-words").put(reason.clone()))
    });
    el("div")
        .class("dk-facts")
        .set("data-testid", "facts")
        .put(el("p").class("dk-facts__time").put(time))
        .put(
            el("p")
                .class("dk-facts__row")
                .put(state(card.status))
                .put(kind(card.kind))
                .put(super::card::room(card))
                .put(card.fictional.then(|| el("span").class("dk-fictional").put(say(Key::NoticeFictional)))),
        )
        .put(until)
        .put(reason)
}

fn person(desk: Desk, record: &Record) -> El {
    let Some(letter) = &record.letter else {
        return section("person", say(Key::DeskContact))
            .put(el("p").class("dk-empty").put(say(Key::DeskErased)));
    };
    el("div").put(safety::safety(letter)).put(safety::contact(desk, letter)).put(about(letter))
}

fn about(letter: &LetterView) -> El {
    let mut list = el("dl").class("dk-list");
    if let Some(stage) = letter.stage.as_deref().and_then(stage_key) {
        list = list.put(line(Key::DeskStage, say(stage)));
    }
    let topics: Vec<String> = letter.topics.iter().filter_map(|code| topic_key(code)).map(plain).collect();
    if !topics.is_empty() {
        list = list.put(line(Key::DeskTopics, topics.join(plain(Key::DeskComma).as_str())));
    }
    list = list.put(line(Key::DeskReads, reads(&letter.language)));
    let note = if letter.note.is_empty() {
        el("p").class("dk-empty").put(say(Key::DeskNoNote))
    } else {
        el("p").class("dk-words").set("data-testid", "letter-note").put(letter.note.clone())
    };
    section("about", say(Key::DeskAbout)).put(list).put(note)
}

fn line(label: Key, value: impl Into<Content>) -> El {
    el("div").class("dk-list__line").put(el("dt").put(say(label))).put(el("dd").put(value))
}

/// The language she reads, in its own name.
pub(super) fn reads(code: &str) -> &'static str {
    match Language::parse(code) {
        Some(Language::Easy) => Lang::Easy.own_name(),
        Some(Language::English) => Lang::English.own_name(),
        Some(Language::Japanese) | None => Lang::Japanese.own_name(),
    }
}

/// Who did what; folded away, because it is looked for seldom.
fn history(history: &[Happened]) -> El {
    let mut list = el("ol").class("dk-history");
    for one in history {
        list = list.put(
            el("li")
                .class("dk-history__line")
                .put(el("span").class("dk-history__at").put(when(&one.at)))
                .put(el("span").put(happened(&one.what)))
                .put(el("span").class("dk-history__by").put(one.by.clone())),
        );
    }
    el("details")
        .class("dk-more")
        .set("data-testid", "history")
        .put(el("summary").class("dk-more__summary").put(say(Key::DeskHistory)))
        .put(list)
}

fn happened(code: &str) -> Content {
    say(match code {
        "opened" => Key::DeskWhatOpened,
        "noted" => Key::DeskWhatNoted,
        "handed_over" => Key::DeskWhatHandedOver,
        "booked" => Key::DeskWhatBooked,
        "printed" => Key::DeskWhatPrinted,
        "letter" => Key::DeskWhatLetter,
        "disclosure" => Key::DeskWhatDisclosure,
        "erasure" => Key::DeskWhatErasure,
        "called" => Key::DeskWhatCalled,
        "subject" => Key::DeskWhatSubject,
        "confirm" => Key::DeskWhatConfirm,
        "decline" => Key::DeskWhatDecline,
        "propose" => Key::DeskWhatPropose,
        "cancel" => Key::DeskWhatCancel,
        "attended" => Key::DeskWhatAttended,
        "absent" => Key::DeskWhatAbsent,
        // What a newer server writes down is shown as it calls it.
        other => return other.to_owned().into(),
    })
}
