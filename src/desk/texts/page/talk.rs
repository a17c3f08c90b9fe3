//! What is said about a text: by the team, and by everybody where it is shared. Who reads it stands above the field.

use domain::api::desk::publish::{Comment, DraftRecord};
use domain::content::draft::State;
use ui::component::{TextField, Writing, button, note_field};
use ui::i18n::{Key, say};
use ui::live::Live;
use ui::node::{El, el};

use crate::page::section;
use crate::page::words::when;
use crate::texts::state::Desk;
use crate::texts::state::form::words_draft;

const MOST: usize = 2_000;

pub fn talk(desk: Desk, record: &DraftRecord) -> El {
    let mut list = el("ol").class("dk-notes");
    for comment in &record.comments {
        list = list.put(one(comment));
    }
    let open = matches!(record.card.state, State::Shared | State::Published)
        && record.card.kind == domain::content::draft::Kind::Case;
    let hint = if open { Key::DeskPubCommentOpen } else { Key::DeskPubCommentTeam };
    let id = record.card.id;
    section("talk", say(Key::DeskPubTalk)).put(list).put(words_form(
        desk,
        ("comment", id),
        (Key::DeskPubComment, hint, Key::DeskPubAddComment),
        move |text| desk.texts.comment(text),
    ))
}

fn one(comment: &Comment) -> El {
    let mut by = vec![comment.by.clone()];
    by.extend(comment.association.clone());
    by.push(when(&comment.at));
    let asked = comment.asked.then(|| el("span").class("dk-now").put(say(Key::DeskPubAsked)));
    let open = comment.open.then(|| el("span").class("dk-now").put(say(Key::DeskPubOpen)));
    el("li")
        .class("dk-notes__one")
        .set("data-testid", "comment")
        .put(el("p").class("dk-notes__head").put(by.join(" · ")).put(asked).put(open))
        .put(el("p").class("dk-words").put(comment.text.clone()))
}

/// Words about a text that are sent by a button of their own; half-written ones stay in the tab.
pub fn words_form(
    desk: Desk,
    (what, id): (&'static str, i64),
    (label, hint, send): (Key, Key, Key),
    act: impl Fn(String) + 'static,
) -> El {
    let name = words_draft(what, id);
    let draft = desk.drafts.of(&name);
    let (typed, missing) = (Live::new(draft.clone()), Live::new(false));
    let field = note_field(TextField {
        id: what,
        label: say(label),
        hint: Some(say(hint)),
        value: draft,
        writing: Writing { kind: "text", fills: "off", most: MOST },
        error: Box::new(move || missing.get().then(|| say(Key::DeskNoteMissing))),
        written: Box::new(move |text| {
            desk.drafts.write(&name, &text);
            typed.take_quietly(|typed| *typed = text);
        }),
    });
    let submit = move || {
        let text = typed.now().trim().to_owned();
        missing.settle(text.is_empty());
        if !text.is_empty() {
            act(text);
        }
    };
    let go = button("line", say(send), || {})
        .set("type", "submit")
        .set("data-size", "content")
        .set("data-testid", &["send-", what].concat())
        .live("disabled", move || desk.texts.busy.get().then_some("".into()));
    el("form")
        .set("novalidate", "")
        .instead("submit", submit)
        .put(field)
        .put(el("div").class("dk-actions").put(go))
}
