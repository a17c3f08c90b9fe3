//! Ways out of the app: to a site, to the telephone; and the two kinds of buttons.

use super::icon::{IconName, icon};
use crate::format;
use crate::i18n::{Key, say};
use crate::node::{Content, El, el};
use domain::association::Association;

/// A link to another site, with its sign.
pub fn outside(url: &str, words: impl Into<Content>) -> El {
    el("a")
        .set("href", url)
        .set("rel", "noopener noreferrer external")
        .set("target", "_blank")
        .put(words)
        .put(" ")
        .put(icon(IconName::External))
}

/// A button; `kind` is `primary`, `line`, `toggle` or `danger`.
pub fn button(kind: &str, words: impl Into<Content>, act: impl Fn() + 'static) -> El {
    el("button").class("tn-button").set("data-kind", kind).set("type", "button").put(words).on_click(act)
}

/// The telephone, as a button that shows the number.
pub fn call(number: &str) -> El {
    el("a")
        .class("tn-button")
        .set("data-kind", "primary")
        .set("href", &format::tel(number))
        .put(say(Key::ActionPhone))
        .put(el("span").class("tn-button__detail").put(number.to_owned()))
}

/// The surest way to reach an association: its telephone where known, else its site.
pub fn reach(association: &Association) -> El {
    match &association.phone {
        Some(phone) => call(&phone.value),
        None => outside(&association.website.value, say(Key::ActionSite))
            .class("tn-button")
            .set("data-kind", "primary"),
    }
}

/// Booking where the team takes bookings here, else the surest way to reach it.
pub fn book_or_reach(association: &Association, bookable: impl Fn() -> bool + 'static) -> El {
    let association = association.clone();
    let way = move |bookable: &bool| {
        if !bookable {
            return reach(&association);
        }
        el("a")
            .class("tn-button")
            .set("data-kind", "primary")
            .set("data-testid", "book")
            .set("href", &["/book/", association.id.as_str()].concat())
            .put(say(Key::ActionBook))
    };
    el("span").class("tn-button__place").put_each(move || vec![bookable()], way)
}

/// Keeps something on this device, or lets it go; `words` are what she can do and what she has done. They change only when
/// its state does, and are no text of the button's own: a tap whose text was replaced under the finger is no tap in WebKit.
pub fn save_button(
    words: (Key, Key),
    saved: impl Fn() -> bool + Clone + 'static,
    act: impl Fn() + 'static,
) -> El {
    let pressed = saved.clone();
    let words = move |saved: &bool| {
        let (sign, word) = if *saved { (IconName::Check, words.1) } else { (IconName::Bookmark, words.0) };
        el("span").class("tn-button__words").put(icon(sign)).put(say(word))
    };
    button("line", (), act)
        .set("data-testid", "save")
        .live("aria-pressed", move || Some(if pressed() { "true" } else { "false" }.into()))
        .put_each(move || vec![saved()], words)
}
