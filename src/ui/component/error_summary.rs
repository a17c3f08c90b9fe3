//! Everything that has to be mended, at the top of a form, each with the way to its field. It takes the focus, and is
//! no alert beside it: that would be read twice, and again with every field she mends.

use crate::i18n::{Key, say};
use crate::node::{Content, El, el};

/// `errors`: id of the field and the sentence.
pub fn error_summary(errors: Vec<(&'static str, Content)>) -> El {
    let mut list = el("ul").class("tn-errors__list").id("errors-list");
    for (field, words) in errors {
        let href = ["#", field].concat();
        list = list.put(el("li").put(el("a").class("tn-errors__link").set("href", &href).put(words)));
    }
    el("div")
        .class("tn-errors")
        .id("errors")
        .set("role", "group")
        .set("aria-labelledby", "errors-title")
        .set("aria-describedby", "errors-list")
        .set("tabindex", "-1")
        .put(el("h2").class("tn-errors__title").id("errors-title").put(say(Key::ErrorTitle)))
        .put(list)
}
