//! The form for one field: what it says, how it was checked, and when. No fact without a source.

use domain::api::desk::facts::{FactLine, NewFact};
use domain::profile::{Field, RULES, YES, rule_code};
use ui::component::{TextField, Tone, Writing, button, group, notice, pick, text_field};
use ui::i18n::{Key, plain, plain_with, say, say_with};
use ui::node::{Content, El, el};

use super::super::{errors_at, small};
use super::words::{field_key, rule_key, value_text, wrong_key};
use crate::state::Desk;

pub fn form(desk: Desk, line: &FactLine) -> El {
    let field = line.field;
    let theirs = line.draft.as_ref().map_or(&line.now, |draft| &draft.after);
    let theirs = value_text(field, theirs.as_ref());
    let save = button("primary", say(Key::DeskFactsKeep), || {})
        .set("type", "submit")
        .set("data-size", "content")
        .set("data-testid", "fact-keep")
        .live("disabled", move || (desk.facts.busy.get() || desk.facts.overtaken.get()).then_some("".into()));
    let close = button("text", say(Key::DeskFactsCancel), move || desk.facts.close())
        .set("data-size", "content")
        .set("data-testid", "fact-close");
    let name = plain_with(Key::DeskFactsEditNamed, &[("field", &plain(field_key(field)))]);
    el("form")
        .class("dk-fact__form dk-narrow")
        .id("fact-form")
        .set("tabindex", "-1")
        .set("aria-label", &name)
        .set("data-testid", "fact-form")
        .set("novalidate", "")
        .instead("submit", move || desk.facts.save())
        .put_live(move || desk.facts.overtaken.get().then(|| overtaken(desk, &theirs)))
        .put_live(move || summary(desk))
        .put((!field.is_needed()).then(|| known(desk)))
        .put_live(move || fields(desk, field))
        .put(el("div").class("dk-actions").put(save).put(close))
        .put(small(say(Key::DeskFactsKept)))
}

fn overtaken(desk: Desk, theirs: &str) -> El {
    let go_on = button("line", say(Key::DeskFactsGoOn), move || desk.facts.go_on())
        .set("data-size", "content")
        .set("data-testid", "fact-go-on");
    let words = el("div")
        .put(el("p").put(say(Key::DeskFactsMeanwhileForm)))
        .put(el("p").put(say_with(Key::DeskFactsTheirs, &[("value", theirs)])))
        .put(el("div").class("dk-actions").put(go_on));
    notice(Tone::Warning, words).set("data-testid", "fact-overtaken")
}

fn summary(desk: Desk) -> Option<El> {
    let wrong = desk.facts.wrong.get();
    let lines = wrong.iter().map(|one| (id(&one.field), say(wrong_key(&one.code))));
    (!wrong.is_empty()).then(|| errors_at(lines))
}

fn id(part: &str) -> &'static str {
    match part {
        "title" => "fact-title",
        "url" => "fact-url",
        "checked" => "fact-checked",
        "note" => "fact-note",
        _ => "fact-value",
    }
}

fn known(desk: Desk) -> El {
    let is_known = desk.facts.form().value.is_some();
    let choose = |code, words, yes: bool| {
        pick("fact-known", code, say(words), is_known == yes, move || {
            desk.facts.choose(|form| form.value = yes.then(String::new));
        })
    };
    let both = vec![choose("yes", Key::DeskFactsKnownYes, true), choose("no", Key::DeskFactsKnownNo, false)];
    group(say(Key::DeskFactsKnown), None, both)
}

/// Drawn anew only where another answer asks for other fields.
fn fields(desk: Desk, field: Field) -> Vec<El> {
    let (is_known, is_own) = desk.facts.asks();
    let form = desk.facts.form();
    if !is_known {
        return vec![day(desk, &form)];
    }
    let mut all = vec![value(desk, field, &form), source(desk, is_own)];
    if !is_own {
        all.push(line(desk, ("title", "text"), Key::DeskFactsSourceTitle, None, form.title.clone()));
        all.push(line(desk, ("url", "url"), Key::DeskFactsSourceUrl, None, form.url.clone()));
    }
    all.push(day(desk, &form));
    all.push(line(desk, ("note", "text"), Key::DeskFactsNote, None, form.note));
    all
}

fn value(desk: Desk, field: Field, form: &NewFact) -> El {
    let there = form.value.clone().unwrap_or_default();
    match field {
        Field::Team => {
            desk.facts.write(|form| form.value = Some(YES.to_owned()));
            el("p").put(say(Key::DeskFactsValueTeam))
        }
        Field::Eligibility => {
            let picks = RULES.map(|rule| {
                let code = rule_code(rule);
                pick("fact-value", code, say(rule_key(rule)), there == code, move || {
                    desk.facts.write(|form| form.value = Some(code.to_owned()));
                })
            });
            group(say(field_key(field)), None, picks.into()).id("fact-value").set("tabindex", "-1")
        }
        _ => {
            let (kind, hint) = writing(field);
            line(desk, ("value", kind), field_key(field), hint, there)
        }
    }
}

fn writing(field: Field) -> (&'static str, Option<Key>) {
    match field {
        Field::Phone => ("tel", Some(Key::DeskFactsHintPhone)),
        Field::Website => ("url", Some(Key::DeskFactsHintWebsite)),
        Field::Hours => ("text", Some(Key::DeskFactsHintHours)),
        Field::Address => ("text", Some(Key::DeskFactsHintAddress)),
        Field::TeamFounded => ("text", Some(Key::DeskFactsHintYear)),
        Field::Name | Field::Eligibility | Field::Team | Field::TeamName | Field::TeamNameEn => {
            ("text", None)
        }
    }
}

fn source(desk: Desk, is_own: bool) -> El {
    let choose = |code, words, own: bool| {
        pick("fact-source", code, say(words), is_own == own, move || {
            desk.facts.choose(|form| form.own = own);
        })
    };
    let both =
        vec![choose("own", Key::DeskFactsSourceOwn, true), choose("read", Key::DeskFactsSourceRead, false)];
    group(say(Key::DeskFactsSource), None, both)
}

fn day(desk: Desk, form: &NewFact) -> El {
    line(desk, ("checked", "date"), Key::DeskFactsDay, None, form.checked.clone())
}

fn line(
    desk: Desk,
    (part, kind): (&'static str, &'static str),
    label: Key,
    hint: Option<Key>,
    value: String,
) -> El {
    text_field(TextField {
        id: id(part),
        label: say(label),
        hint: hint.map(say),
        value,
        writing: Writing { kind, fills: "off", most: 500 },
        error: Box::new(move || error(desk, part)),
        written: Box::new(move |text| desk.facts.write(|form| put(form, part, text))),
    })
}

fn error(desk: Desk, part: &str) -> Option<Content> {
    desk.facts
        .wrong
        .with(|wrong| wrong.iter().find(|one| one.field == part).map(|one| say(wrong_key(&one.code))))
}

fn put(form: &mut NewFact, part: &str, text: String) {
    match part {
        "title" => form.title = text,
        "url" => form.url = text,
        "checked" => form.checked = text,
        "note" => form.note = text,
        _ => form.value = Some(text),
    }
}
