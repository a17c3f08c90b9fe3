//! One file a screen: state in, elements out.

mod about;
mod answer;
mod answer_cards;
mod answer_map;
mod association;
mod banners;
mod choosing;
mod device;
mod find;
mod not_found;
mod notices;
mod reasons;
mod regions;
mod said;
mod saved;

pub use about::about;
pub use answer::answer;
pub use association::{association, contact_rows};
pub use banners::banners;
pub use device::device;
pub use find::find;
pub use not_found::not_found;
pub use regions::REGIONS;
pub use said::said;
pub use saved::saved;

use ui::node::{Content, El, el};

/// The heading of a screen, which takes the focus on arrival.
pub fn title(words: impl Into<Content>) -> El {
    el("h1").class("tn-page__title").id("page-title").set("tabindex", "-1").put(words)
}

/// A part of a screen under its own heading.
pub fn section(id: &str, heading: Content) -> El {
    el("section")
        .class("tn-page__section")
        .set("aria-labelledby", id)
        .put(el("h2").class("tn-page__subtitle").id(id).put(heading))
}

pub fn paragraph(words: impl Into<Content>) -> El {
    el("p").put(words)
}

pub fn small(words: impl Into<Content>) -> El {
    el("p").class("tn-page__small").put(words)
}

pub fn actions(content: impl Into<Content>) -> El {
    el("div").class("tn-page__actions").put(content)
}
