//! An address that leads nowhere, and the way on.

use ui::i18n::{Key, say};
use ui::node::{Content, el};

use super::{actions, paragraph, title};

pub fn not_found() -> Content {
    let way_on = el("a")
        .class("tn-button")
        .set("data-kind", "primary")
        .set("data-size", "content")
        .set("href", "/")
        .put(say(Key::NotFoundWayOn));
    Content::Many(vec![
        title(say(Key::NotFoundTitle)).into(),
        paragraph(say(Key::NotFoundWords)).into(),
        actions(way_on).into(),
    ])
}
