//! Boxes to tick and ways to choose one of, native and as large as a thumb.

use crate::node::{Content, El, el};

/// One box with its words.
pub fn tick(testid: &str, words: Content, ticked: bool, change: impl Fn(bool) + 'static) -> El {
    let input = el("input")
        .class("tn-check__box")
        .set("type", "checkbox")
        .set("data-testid", testid)
        .flag("checked", ticked)
        .on_change(change);
    el("label").class("tn-check").put(input).put(el("span").class("tn-check__words").put(words))
}

/// One of several; `name` is unique on the page.
pub fn pick(name: &str, code: &str, words: Content, picked: bool, choose: impl Fn() + 'static) -> El {
    let input = el("input")
        .class("tn-check__box")
        .set("type", "radio")
        .set("name", name)
        .set("value", code)
        .flag("checked", picked)
        .on_change(move |_| choose());
    el("label").class("tn-check").put(input).put(el("span").class("tn-check__words").put(words))
}

/// Boxes under one question.
pub fn group(legend: Content, hint: Option<Content>, boxes: Vec<El>) -> El {
    let mut list = el("div").class("tn-checks__list");
    for one in boxes {
        list = list.put(one);
    }
    el("fieldset")
        .class("tn-checks")
        .put(el("legend").class("tn-checks__legend").put(legend))
        .put(hint.map(|words| el("p").class("tn-field__hint").put(words)))
        .put(list)
}
