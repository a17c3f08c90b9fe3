//! Whose the booking is, and what colleagues wrote about it. Founders never see either.

use domain::api::desk::Record;
use ui::component::{TextField, Writing, button, note_field};
use ui::i18n::{Key, plain_with, say};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::board::in_hand as words;
use super::words::when;
use super::{section, small};
use crate::state::Desk;
use crate::state::record::note_draft;

const NOTE_MOST: usize = 2_000;

/// Colleagues as buttons under the one whose it is: a list that opens, and no second page.
pub fn in_hand(desk: Desk, record: &Record) -> El {
    let assigned = record.card.assigned;
    let now = el("p")
        .class("dk-hand__now")
        .set("data-testid", "in-hand-of")
        .put_live(move || Content::from(words(desk, assigned)));
    let others = move || -> Vec<El> {
        let mut all: Vec<El> = desk
            .team
            .at_work()
            .into_iter()
            .filter(|one| Some(one.id) != assigned)
            .map(|one| {
                let to = one.id;
                hand_to(
                    desk,
                    one.name.clone(),
                    &plain_with(Key::DeskHandTo, &[("name", &one.name)]),
                    Some(to),
                )
            })
            .collect();
        if assigned.is_some() {
            all.push(hand_to(desk, ui::i18n::plain(Key::DeskNobody), &ui::i18n::plain(Key::DeskLetGo), None));
        }
        all
    };
    let list = el("details")
        .class("dk-more")
        .set("data-testid", "hand-over")
        .put(el("summary").class("dk-more__summary").put(say(Key::DeskHandOver)))
        .put(small(say(Key::DeskHandOverWords)))
        .put(el("div").class("dk-hand__list").put_live(others));
    section("in-hand", say(Key::DeskInHand)).put(now).put(list)
}

fn hand_to(desk: Desk, name: String, label: &str, member: Option<i64>) -> El {
    button("line", name, move || desk.records.hand_over(member))
        .set("data-size", "content")
        .set("aria-label", label)
        .live("disabled", move || desk.records.busy.get().then_some("".into()))
}

pub fn notes(desk: Desk, record: &Record) -> El {
    let reference = record.card.reference.clone();
    let mut list = el("ol").class("dk-notes");
    for note in &record.notes {
        let head = el("p").class("dk-notes__head").put([&*note.by, " · ", &when(&note.at)].concat());
        list = list.put(
            el("li")
                .class("dk-notes__one")
                .set("data-testid", "note")
                .put(head)
                .put(el("p").class("dk-words").put(note.text.clone())),
        );
    }
    let draft = desk.drafts.of(&note_draft(&reference));
    let typed = Live::new(draft.clone());
    let missing = Live::new(false);
    let field = note_field(TextField {
        id: "new-note",
        label: say(Key::DeskNewNote),
        hint: Some(say(Key::DeskNewNoteHint)),
        value: draft,
        writing: Writing { kind: "text", fills: "off", most: NOTE_MOST },
        error: Box::new(move || missing.get().then(|| say(Key::DeskNoteMissing))),
        written: Box::new(move |text| {
            desk.drafts.write(&note_draft(&reference), &text);
            typed.take_quietly(|typed| *typed = text);
        }),
    });
    let add = move || {
        let text = typed.now().trim().to_owned();
        missing.settle(text.is_empty());
        if !text.is_empty() {
            desk.records.note(text);
        }
    };
    let go = button("line", say(Key::DeskAddNote), || {})
        .set("type", "submit")
        .set("data-size", "content")
        .set("data-testid", "add-note")
        .live("disabled", move || desk.records.busy.get().then_some("".into()));
    let form = el("form")
        .set("novalidate", "")
        .instead("submit", add)
        .put(field)
        .put(el("div").class("dk-actions").put(go));
    section("notes", say(Key::DeskNotes)).put(list).put(form)
}
