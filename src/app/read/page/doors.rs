//! The three parts of reading, side by side.

use crate::state::routing::Address;
use ui::i18n::{Key, plain, say};
use ui::node::{El, el};

use crate::read::routes::ReadRoute;

/// `current` is the part she is in.
pub fn doors(current: &ReadRoute) -> El {
    let mut row = el("nav").class("tn-doors").set("aria-label", &plain(Key::ReadDoors));
    for (route, words) in [
        (ReadRoute::Articles, Key::ReadTitleArticle),
        (ReadRoute::Events, Key::ReadTitleEvents),
        (ReadRoute::Later, Key::ReadTitleLater),
    ] {
        let link = el("a").class("tn-doors__link").set("href", &route.href()).put(say(words));
        row = row.put(if route == *current { link.set("aria-current", "page") } else { link });
    }
    row
}
