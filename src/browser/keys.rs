//! Keys pressed anywhere on the page, with what tells a command from typing; and the focus among a list's items.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::document;

/// A key, as far as a command needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressed {
    /// As the browser names it: `j`, `?`, `Enter`.
    pub name: String,
    /// Control, or the command key of a Mac.
    pub command: bool,
    /// Alt: the browser's own, or another letter.
    pub other: bool,
    /// Into a field that takes letters, or an input method has it.
    pub typing: bool,
}

/// Hears every key, for the life of the page; one that was taken (`true`) does nothing else.
pub fn watch(pressed: impl Fn(&Pressed) -> bool + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&crate::window(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() || event.repeat() && event.key() == "Enter" {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let key = Pressed {
            name: event.key(),
            command: event.ctrl_key() || event.meta_key(),
            other: event.alt_key(),
            // 229 is what browsers report for a key that the input method has taken.
            typing: event.is_composing()
                || event.key_code() == 229
                || target.is_some_and(|target| takes_letters(&target)),
        };
        if pressed(&key) {
            event.prevent_default();
        }
    })
    .forget();
}

fn takes_letters(target: &Element) -> bool {
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return !matches!(&*input.type_(), "radio" | "checkbox" | "button" | "submit");
    }
    matches!(&*target.tag_name(), "TEXTAREA" | "SELECT") || target.has_attribute("contenteditable")
}

/// Moves the focus to the next item of this class, or the one before; to the first where none has it.
pub fn step(class: &str, forward: bool) {
    let Some(page) = crate::window().document() else { return };
    let all = page.get_elements_by_class_name(class);
    let active = page.active_element();
    let here = (0..all.length()).find(|at| {
        let item = all.item(*at);
        item.zip(active.as_ref()).is_some_and(|(item, active)| item.contains(Some(active)))
    });
    let to = match (here, forward) {
        (None, _) => 0,
        (Some(at), true) => (at + 1).min(all.length().saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
    };
    if let Some(item) = all.item(to).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        // Hidden items take no focus; then it stays where it was.
        let _ = item.focus();
    }
}

/// Leaves the field she is in, so that keys are commands again.
pub fn leave_field() {
    let active = crate::window().document().and_then(|page| page.active_element());
    if let Some(field) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

/// Puts the focus into a field and marks what stands in it, so that typing replaces it.
pub fn take_up(id: &str) {
    document::focus(id);
    let page = crate::window().document();
    let field = page.and_then(|page| page.get_element_by_id(id));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}
