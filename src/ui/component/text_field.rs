//! A field to write in, with a visible label, a hint and an error that stand with it and are read with it.

use crate::node::{Content, El, el};

/// What the browser needs to know to help her write: keyboard, filling in, length.
#[derive(Clone, Copy)]
pub struct Writing {
    /// `text`, `tel` or `email`.
    pub kind: &'static str,
    /// For `autocomplete`; `off` where nothing may be remembered.
    pub fills: &'static str,
    pub most: usize,
}

/// A field; `id` is unique on the page. `error` is read while the page lives, so that it goes when it is mended.
pub struct TextField {
    pub id: &'static str,
    pub label: Content,
    pub hint: Option<Content>,
    /// What it holds at first; from then on the browser holds it.
    pub value: String,
    pub writing: Writing,
    pub error: Box<dyn Fn() -> Option<Content>>,
    pub written: Box<dyn Fn(String)>,
}

/// On one line.
pub fn text_field(field: TextField) -> El {
    let input = el("input")
        .set("type", field.writing.kind)
        .set("maxlength", &field.writing.most.to_string())
        .set("autocomplete", field.writing.fills)
        .set("value", &field.value)
        .on_input(field.written);
    framed(field.id, field.label, field.hint, field.error, input)
}

/// On several lines.
pub fn note_field(field: TextField) -> El {
    let input = el("textarea")
        .set("rows", "5")
        .set("maxlength", &field.writing.most.to_string())
        .set("autocomplete", field.writing.fills)
        .put(field.value)
        .on_writing(field.written);
    framed(field.id, field.label, field.hint, field.error, input)
}

fn framed(
    id: &'static str,
    label: Content,
    hint: Option<Content>,
    error: Box<dyn Fn() -> Option<Content>>,
    input: El,
) -> El {
    let error: &'static dyn Fn() -> Option<Content> = Box::leak(error);
    let hint_id = [id, "-hint"].concat();
    let error_id = [id, "-error"].concat();
    let hint = hint.map(|words| el("p").class("tn-field__hint").id(&hint_id).put(words));
    let described = [&*hint_id, " ", &error_id].concat();
    let input = input
        .class("tn-field__input")
        .id(id)
        .set("aria-describedby", &described)
        .live("aria-invalid", move || error().is_some().then_some("true".into()));
    let told = el("p").class("tn-field__error").id(&error_id).put_live(move || error().unwrap_or_default());
    el("div")
        .class("tn-field")
        .put(el("label").class("tn-field__label").set("for", id).put(label))
        .put(hint)
        .put(told)
        .put(input)
}
