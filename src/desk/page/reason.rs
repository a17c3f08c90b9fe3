//! Saying no. What is written here reaches her as it is, so it begins with good words and ends with her own eyes.

use domain::api::desk::{Act, Record};
use ui::component::{TextField, Writing, button, note_field};
use ui::i18n::{Key, plain, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::record::reads;
use super::small;
use crate::state::Desk;
use crate::state::record::{note_draft, reason_draft};

/// Characters; the server refuses more.
const REASON_MOST: usize = 500;
const TEMPLATES: [Key; 3] = [Key::DeskReasonFull, Key::DeskReasonArea, Key::DeskReasonOther];

/// What the field holds after a template was chosen: it takes the place of another template, and never of her own words.
fn with_template(text: &str, template: &str, all: &[String]) -> String {
    let text = text.trim();
    if text.is_empty() || all.iter().any(|one| one == text) {
        template.to_owned()
    } else if text.contains(template) {
        text.to_owned()
    } else {
        [text, template].join("\n")
    }
}

pub fn form(desk: Desk, record: &Record) -> El {
    let reference = record.card.reference.clone();
    let draft = reason_draft(&reference);
    // Rises when a template was put in: the field is drawn anew with it.
    let filled = Live::new(0_u32);
    let typed = Live::new(desk.drafts.of(&draft));
    let missing = Live::new(false);
    let templates: Vec<String> = TEMPLATES.iter().map(|key| plain(*key)).collect();
    let mut choices =
        el("div").class("dk-templates").set("role", "group").set("aria-label", &plain(Key::DeskTemplates));
    for (key, template) in TEMPLATES.iter().zip(&templates) {
        let (template, all, draft) = (template.clone(), templates.clone(), draft.clone());
        let put = move || {
            let text = with_template(&typed.now(), &template, &all);
            desk.drafts.write(&draft, &text);
            typed.set(text);
            filled.update(|times| *times += 1);
        };
        choices =
            choices.put(button("line", say(*key), put).class("dk-template").set("data-testid", "template"));
    }
    let field = move || {
        let _ = filled.get();
        let draft = draft.clone();
        note_field(TextField {
            id: "reason",
            label: say(Key::DeskReason),
            hint: Some(say(Key::DeskReasonHint)),
            value: typed.now(),
            writing: Writing { kind: "text", fills: "off", most: REASON_MOST },
            error: Box::new(move || missing.get().then(|| say(Key::DeskReasonMissing))),
            written: Box::new(move |text| {
                desk.drafts.write(&draft, &text);
                typed.set(text);
            }),
        })
    };
    let left = move || -> Content {
        let count = typed.with(|text| REASON_MOST.saturating_sub(text.chars().count())).to_string();
        say_with(Key::DeskCharactersLeft, &[("n", &count)])
    };
    let send = button("danger", say(Key::DeskDeclineSend), move || {
        let text = typed.now().trim().to_owned();
        missing.settle(text.is_empty());
        if !text.is_empty() {
            desk.records.act(Act::Decline, Some(text), None);
        }
    })
    .set("data-testid", "decline-yes")
    .live("disabled", move || desk.records.busy.get().then_some("".into()));
    let language = record.letter.as_ref().map(|letter| reads(&letter.language));
    let reads = language.map(|language| small(say_with(Key::DeskSheReads, &[("language", language)])));
    el("div")
        .class("dk-form")
        .put(choices)
        .put(el("div").put_live(field))
        .put(el("p").class("dk-small").put_live(left))
        .put(reads)
        .put(el("div").class("dk-actions").put(send))
}

/// Words she had written when somebody else was quicker: they are shown, and can become a note.
pub fn left_over(desk: Desk, record: &Record) -> Option<El> {
    let reference = record.card.reference.clone();
    let text = desk.drafts.of(&reason_draft(&reference));
    if text.is_empty() {
        return None;
    }
    let words = text.clone();
    let keep = button("line", say(Key::DeskLeftOverKeep), move || {
        let note = note_draft(&reference);
        let before = desk.drafts.of(&note);
        desk.drafts.write(&note, [before.as_str(), &words].join("\n").trim());
        desk.drafts.drop(&reason_draft(&reference));
        // The record is drawn anew, with the words where notes are written.
        desk.records.shown.update(|_| ());
    });
    Some(
        el("div")
            .class("dk-said")
            .set("data-testid", "left-over")
            .put(small(say(Key::DeskLeftOver)))
            .put(el("p").class("dk-words").put(text))
            .put(el("div").class("dk-actions").put(keep.set("data-size", "content"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    // She had written two careful sentences, pressed a template to compare, and they were gone.
    #[test]
    fn a_template_takes_the_place_of_a_template_and_never_of_her_own_words() {
        let all = ["満員です。".to_owned(), "担当の地域ではありません。".to_owned()];
        assert_eq!(with_template("", &all[0], &all), all[0]);
        assert_eq!(with_template(&all[0], &all[1], &all), all[1]);
        let own = with_template("お電話します。", &all[0], &all);
        assert_eq!(own, "お電話します。\n満員です。");
        assert_eq!(with_template(&own, &all[0], &all), own, "not twice");
    }
}
