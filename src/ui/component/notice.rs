//! A quiet block that says one thing, politely announced when it appears.

use super::icon::{IconName, icon};
use crate::node::{Content, El, el};

/// How a notice is meant. Never by colour alone: warnings carry a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something is so.
    Plain,
    /// Something worked.
    Good,
    /// Something needs her attention; nothing is lost.
    Warning,
}

/// A notice; announced when it appears after the page is there.
pub fn notice(tone: Tone, words: impl Into<Content>) -> El {
    let (word, sign) = match tone {
        Tone::Plain => ("plain", None),
        Tone::Good => ("good", Some(IconName::Check)),
        Tone::Warning => ("warning", Some(IconName::Warning)),
    };
    el("div")
        .class("tn-notice")
        .set("data-tone", word)
        .set("role", "status")
        .put(sign.map(icon))
        .put(el("div").class("tn-notice__words").put(words))
}

/// A notice with one thing to do about it.
pub fn notice_with_act(
    tone: Tone,
    testid: &str,
    words: impl Into<Content>,
    act: impl Into<Content>,
    do_it: impl Fn() + 'static,
) -> El {
    let button = el("button").class("tn-notice__act").set("type", "button").put(act).on_click(do_it);
    let row = el("div").class("tn-notice__row").set("data-testid", testid);
    notice(tone, row.put(el("span").put(words)).put(button))
}
