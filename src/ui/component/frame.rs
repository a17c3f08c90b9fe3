//! What stays on every screen: the mark, the way out and the four doors at the thumb.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::i18n::{Key, plain, say};

/// The four doors of the founder's app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Find,
    Saved,
    Device,
    About,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Find, Self::Saved, Self::Device, Self::About];

    fn parts(self) -> (IconName, Key, &'static str) {
        match self {
            Self::Find => (IconName::Search, Key::TabFind, "/"),
            Self::Saved => (IconName::Bookmark, Key::TabSaved, "/saved"),
            Self::Device => (IconName::Device, Key::TabDevice, "/device"),
            Self::About => (IconName::About, Key::TabAbout, "/about"),
        }
    }
}

/// The mark and すぐ閉じる. Leaving is done by `early.js`, which is there before any of this.
#[component]
pub fn Header(
    /// Neutral name in discreet mode.
    #[prop(into)]
    discreet: Signal<bool>,
) -> impl IntoView {
    let name = move || if discreet.get() { say(Key::AppNameDiscreet) } else { say(Key::AppName) };
    view! {
        <header class="tn-header">
            <a class="tn-header__brand" href="/">
                <Icon name=IconName::Doors/>
                <span class="tn-header__name">{name}</span>
            </a>
            <a class="tn-header__exit" href="https://www.jma.go.jp/" rel="nofollow noreferrer" data-exit="">
                {say(Key::Exit)}
            </a>
        </header>
    }
}

#[component]
pub fn BottomBar(
    /// The door she stands in; none on a page behind one.
    #[prop(into)]
    current: Signal<Option<Tab>>,
) -> impl IntoView {
    let doors = Tab::ALL
        .into_iter()
        .map(|tab| {
            let (icon, key, href) = tab.parts();
            view! {
                <li class="tn-bar__item">
                    <a
                        class="tn-bar__link"
                        href=href
                        aria-current=move || (current.get() == Some(tab)).then_some("page")
                    >
                        <Icon name=icon/>
                        <span class="tn-bar__word">{say(key)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tn-bar" aria-label=plain(Key::TabsLabel)>
            <ul class="tn-bar__list">{doors}</ul>
        </nav>
    }
}
