//! One field of a text each, with what the server says is wrong in it. A field is called as the server names it.

use domain::api::desk::publish::Written;
use ui::component::{button, group, pick, tick};
use ui::i18n::{Key, plain_with, say};
use ui::node::{Content, El, el};

use super::words::{code_key, field_key};
use crate::texts::state::Desk;
use crate::texts::state::form::Form;

type Put = Box<dyn Fn(&mut Written, String)>;

/// On one line; `kind` as of inputs.
pub fn line(desk: Desk, id: &str, kind: &str, most: usize, value: &str, put: Put) -> El {
    let input = el("input").set("type", kind).set("maxlength", &most.to_string()).set("value", value);
    framed(desk, id, None, input.on_input(move |text| desk.texts.edit(|form| put(&mut form.written, text))))
}

pub fn paragraph(desk: Desk, id: &str, rows: &str, hint: Option<Key>, value: &str, put: Put) -> El {
    let input = el("textarea").set("rows", rows).set("maxlength", "8000").put(value.to_owned());
    framed(desk, id, hint, input.on_writing(move |text| desk.texts.edit(|form| put(&mut form.written, text))))
}

pub fn framed(desk: Desk, id: &str, hint: Option<Key>, input: El) -> El {
    let (error_id, hint_id) = ([id, "-error"].concat(), [id, "-hint"].concat());
    let wrong = wrong_at(desk, id);
    let input = input
        .class("tn-field__input")
        .id(id)
        .set("autocomplete", "off")
        .set("aria-describedby", &[&*hint_id, " ", &error_id].concat())
        .live("aria-invalid", move || wrong().is_some().then_some("true".into()));
    el("div")
        .class("tn-field")
        .put(el("label").class("tn-field__label").set("for", id).put(say(field_key(id))))
        .put(hint.map(|words| el("p").class("tn-field__hint").id(&hint_id).put(say(words))))
        .put(error(desk, id))
        .put(input)
}

pub fn error(desk: Desk, id: &str) -> El {
    let wrong = wrong_at(desk, id);
    el("p")
        .class("tn-field__error")
        .id(&[id, "-error"].concat())
        .put_live(move || wrong().map_or(Content::Nothing, |code| say(code_key(&code))))
}

fn wrong_at(desk: Desk, id: &str) -> impl Fn() -> Option<String> + 'static {
    let id = id.to_owned();
    move || desk.texts.wrong.with(|all| all.iter().find(|one| one.field == id).map(|one| one.code.clone()))
}

/// Several of a closed list.
pub fn codes(
    desk: Desk,
    id: &str,
    all: Vec<(&'static str, String)>,
    chosen: &[String],
    of: fn(&mut Written) -> &mut Vec<String>,
) -> El {
    let ticks = all.into_iter().map(|(code, words)| {
        let there = chosen.iter().any(|one| one == code);
        tick(&[id, "-", code].concat(), words.into(), there, move |on| {
            desk.texts.edit(|form| {
                let codes = of(&mut form.written);
                codes.retain(|one| one != code);
                codes.extend(on.then(|| code.to_owned()));
            });
        })
    });
    el("div")
        .class("dk-chips")
        .id(id)
        .put(group(say(field_key(id)), None, ticks.collect()))
        .put(error(desk, id))
}

/// One of a closed list.
pub fn one_of(
    desk: Desk,
    id: &'static str,
    all: Vec<(&'static str, String)>,
    chosen: Option<&str>,
    choose: fn(&mut Form, &'static str),
) -> El {
    let picks = all.into_iter().map(|(code, words)| {
        let act = move || desk.texts.edit(|form| choose(form, code));
        pick(id, code, words.into(), chosen == Some(code), act)
    });
    el("div")
        .class("dk-chips")
        .id(id)
        .put(group(say(field_key(id)), None, picks.collect()))
        .put(error(desk, id))
}

/// A line that comes, with the focus on its first field.
pub fn add(desk: Desk, words: Key, testid: &'static str, focus: String, act: fn(&mut Written)) -> El {
    button("line", say(words), move || {
        desk.texts.reshape(focus.clone(), |form| act(&mut form.written));
    })
    .id(testid)
    .set("data-size", "content")
    .set("data-testid", testid)
}

/// A line that goes; the focus goes to the way to another one.
pub fn remove(desk: Desk, at: usize, focus: &'static str, act: impl Fn(&mut Written) + 'static) -> El {
    let name = plain_with(Key::DeskHoursRemoveNth, &[("n", &(at + 1).to_string())]);
    button("text", say(Key::DeskHoursRemove), move || {
        desk.texts.reshape(focus.to_owned(), |form| act(&mut form.written));
    })
    .set("data-size", "content")
    .set("aria-label", &name)
}

/// Empty says nothing.
pub fn given(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
