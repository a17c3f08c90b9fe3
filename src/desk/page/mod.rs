//! The screens, one a file: state in, elements out.

mod acts;
mod board;
mod call;
mod calls;
mod card;
mod colleagues;
mod facts;
mod found;
mod frame;
mod hours;
mod invitation;
mod mails;
mod notes;
mod passkeys;
mod reason;
mod record;
mod reports;
mod retention;
mod safety;
mod sessions;
mod settings;
mod sheet;
mod sign_in;
mod subject;
mod twice;
mod veil;
pub(crate) mod words;

pub use board::board;
pub use call::{call, choose_kind, send_call};
pub use calls::calls;
pub use colleagues::colleagues;
pub use facts::{count as facts_to_check, facts};
pub use found::found;
pub use frame::frame;
pub use hours::availability;
pub use invitation::{already_in, invitation};
pub use mails::mails;
pub use passkeys::passkeys;
pub use record::record;
pub use reports::reports;
pub use retention::retention;
pub use sheet::sheet;
pub use sign_in::{sign_in, unreachable, waiting};

use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use crate::routes::Route;

/// Where a screen starts.
pub(crate) fn title(words: impl Into<Content>) -> El {
    el("h1").class("dk-title").id("page-title").set("tabindex", "-1").put(words)
}

pub(crate) fn small(words: impl Into<Content>) -> El {
    el("p").class("dk-small").put(words)
}

/// A part of a screen under its own heading; `id` is unique on the page.
pub(crate) fn section(id: &str, heading: impl Into<Content>) -> El {
    let heading_id = [id, "-heading"].concat();
    el("section")
        .class("dk-section")
        .id(id)
        .set("data-testid", id)
        .set("aria-labelledby", &heading_id)
        .put(el("h2").class("dk-section__heading").id(&heading_id).put(heading))
}

/// A link that looks like a button; `kind` as of buttons.
pub(crate) fn link_button(kind: &str, href: &str, words: impl Into<Content>) -> El {
    el("a").class("tn-button").set("data-kind", kind).set("data-size", "content").set("href", href).put(words)
}

/// Everything that is wrong, each leading to its field. Looks like the founder's list of errors; that one speaks with words of
/// her booking, which are not here.
pub(crate) fn errors_at(errors: impl IntoIterator<Item = (impl AsRef<str>, Content)>) -> El {
    let mut list = el("ul").class("tn-errors__list");
    for (field, words) in errors {
        let href = ["#", field.as_ref()].concat();
        list = list.put(el("li").put(el("a").class("tn-errors__link").set("href", &href).put(words)));
    }
    el("div")
        .class("tn-errors")
        .id("errors")
        .set("role", "alert")
        .set("tabindex", "-1")
        .set("data-testid", "errors")
        .put(el("h2").class("tn-errors__title").put(say(Key::DeskErrors)))
        .put(list)
}

pub(crate) fn loading() -> El {
    el("p").class("dk-loading").set("role", "status").put(say(Key::DeskLoading))
}

pub fn not_found() -> Content {
    Content::Many(vec![
        title(say(Key::DeskTitleNotFound)).into(),
        el("p").put(say(Key::DeskNotFoundWords)).into(),
        el("p").put(link_button("line", &Route::HOME.href(), say(Key::DeskToToday))).into(),
    ])
}
