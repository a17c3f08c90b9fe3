//! The two screens of what a lead decides about the desk, and the way between them.

use ui::i18n::{Key, say};
use ui::node::{El, el};

use super::title;
use crate::routes::Route;

pub fn head(words: Key, here: &Route) -> El {
    let half = |to: Route, words: Key| {
        let is_here = to == *here;
        let link = el("a").class("dk-switch__half").set("href", &to.href()).put(say(words));
        if is_here { link.set("data-here", "true").set("aria-current", "page") } else { link }
    };
    let ways = el("nav")
        .class("dk-switch")
        .set("aria-label", &ui::i18n::plain(Key::DeskOpsDoor))
        .put(half(Route::Mails, Key::DeskOpsMails))
        .put(half(Route::Retention, Key::DeskOpsRetention));
    el("div").class("dk-head").put(title(say(words))).put(el("div").class("dk-head__ways").put(ways))
}
