//! What stays on every screen: the mark, the way out and the four doors at the thumb.

use super::icon::{IconName, icon};
use crate::i18n::{Key, plain, say};
use crate::node::{El, el};

/// The four doors of the founder's app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Find,
    Bookings,
    Read,
    Saved,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Find, Self::Bookings, Self::Read, Self::Saved];

    fn parts(self) -> (IconName, Key, &'static str) {
        match self {
            Self::Find => (IconName::Search, Key::TabFind, "/"),
            Self::Bookings => (IconName::Calendar, Key::TabBookings, "/bookings"),
            Self::Read => (IconName::Book, Key::TabRead, "/read"),
            Self::Saved => (IconName::Bookmark, Key::TabSaved, "/saved"),
        }
    }
}

/// The mark, the way to this device's settings and すぐ閉じる. Leaving is done by `early.js`, which is there before any of this. `discreet` asks for the
/// neutral name.
pub fn header(discreet: impl Fn() -> bool + 'static) -> El {
    let name = move || say(if discreet() { Key::AppNameDiscreet } else { Key::AppName });
    let brand = el("a")
        .class("tn-header__brand")
        .set("href", "/")
        .put(icon(IconName::Doors))
        .put(el("span").class("tn-header__name").put_live(name));
    let device = el("a")
        .class("tn-header__device")
        .set("href", "/device")
        .put(icon(IconName::Device))
        .put(el("span").put(say(Key::TabDevice)));
    let exit = el("a")
        .class("tn-header__exit")
        .set("href", "https://www.jma.go.jp/bosai/forecast/")
        .set("rel", "nofollow noreferrer")
        .set("data-exit", "")
        .put(say(Key::Exit));
    el("header").class("tn-header").put(brand).put(device).put(exit)
}

/// The four doors; `current` is the one she stands in, none on a page behind one.
pub fn bottom_bar(current: impl Fn() -> Option<Tab> + Copy + 'static) -> El {
    let mut list = el("ul").class("tn-bar__list");
    for tab in Tab::ALL {
        let (name, key, href) = tab.parts();
        let link = el("a")
            .class("tn-bar__link")
            .set("href", href)
            .live("aria-current", move || (current() == Some(tab)).then_some("page".into()))
            .put(icon(name))
            .put(el("span").class("tn-bar__word").put(say(key)));
        list = list.put(el("li").class("tn-bar__item").put(link));
    }
    el("nav").class("tn-bar").set("aria-label", &plain(Key::TabsLabel)).put(list)
}
