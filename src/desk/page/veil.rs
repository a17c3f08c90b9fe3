//! What lies over the whole page: the question whether she is still there, which covers what is personal, and the list of
//! keys.

use ui::component::{button, tick};
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use super::small;
use crate::state::Base;

pub(super) fn veil(desk: Base) -> Content {
    let asking = desk.session.asking.with(Option::is_some);
    if !asking {
        return Content::Nothing;
    }
    browser::document::once_drawn(|| {
        browser::document::focus("stay");
    });
    let left = move || -> Content {
        let minutes = desk.session.asking.get().unwrap_or_default().to_string();
        say_with(Key::DeskIdleWords, &[("n", &minutes)])
    };
    let stay = button("primary", say(Key::DeskIdleStay), move || desk.session.stay())
        .id("stay")
        .set("data-testid", "stay");
    let out = button("line", say(Key::DeskSignOut), move || desk.session.sign_out());
    let box_ = over("idle", Key::DeskIdleTitle)
        .set("role", "alertdialog")
        .put(el("p").put_live(left))
        .put(small(say(Key::DeskIdleKept)))
        .put(el("div").class("dk-actions").put(stay).put(out));
    el("div").class("dk-veil").flag("data-opaque", true).set("data-testid", "idle").put(box_).into()
}

fn over(id: &str, title: Key) -> El {
    let title_id = [id, "-title"].concat();
    el("div")
        .class("dk-over")
        .set("aria-modal", "true")
        .set("aria-labelledby", &title_id)
        .put(el("h2").class("dk-over__title").id(&title_id).set("tabindex", "-1").put(say(title)))
}

const KEYS: [(&str, Key); 9] = [
    ("j / k", Key::DeskKeyStep),
    ("Enter", Key::DeskKeyOpen),
    ("t", Key::DeskKeyToday),
    ("w", Key::DeskKeyWeek),
    ("c", Key::DeskKeyCall),
    ("/", Key::DeskKeySearch),
    ("1 2 3", Key::DeskKeyKind),
    ("Ctrl + Enter", Key::DeskKeySend),
    ("Esc", Key::DeskKeyEscape),
];

pub(super) fn shortcuts(desk: Base) -> Content {
    if !desk.shortcuts.shown.get() {
        return Content::Nothing;
    }
    let mut list = el("dl").class("dk-keys");
    for (key, words) in KEYS {
        list = list.put(
            el("div")
                .class("dk-keys__row")
                .put(el("dt").put(el("kbd").class("dk-kbd").put(key)))
                .put(el("dd").put(say(words))),
        );
    }
    let letters = tick("letters", say(Key::DeskKeyLetters), desk.shortcuts.letters.now(), move |on| {
        desk.shortcuts.use_letters(on);
    });
    let close = button("primary", say(Key::DeskClose), move || desk.shortcuts.shown.set(false));
    let box_ = over("shortcuts", Key::DeskShortcuts)
        .set("role", "dialog")
        .put(small(say(Key::DeskKeyWords)))
        .put(list)
        .put(letters)
        .put(el("div").class("dk-actions").put(close));
    el("div").class("dk-veil").set("aria-label", &plain(Key::DeskShortcuts)).put(box_).into()
}
