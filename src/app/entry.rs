//! What every entry does: begin in her language, put its screens into the frame, and keep title and focus in step with
//! the address.

use browser::spawn_local;
use browser::turn::soon;
use ui::component::{Tab, bottom_bar, header};
use ui::i18n::{Key, Lang, plain, say};
use ui::live::{Live, follow};
use ui::node::{Content, El, el};

use crate::state::device::Device;
use crate::state::language;

/// Begins in Japanese at once; in another language when its words are here, so that no screen changes its language under
/// her eyes.
pub fn begin(open: fn()) {
    begin_in(language::wanted(), open);
}

pub fn begin_in(lang: Lang, open: impl FnOnce() + 'static) {
    if lang == Lang::Japanese {
        soon(open);
    } else {
        spawn_local(async move {
            language::speak_at_start(lang).await;
            open();
        });
    }
}

/// Header, doors, and in the middle banners over the screen. All words are static inside; another language makes
/// everything anew.
pub fn frame(
    device: Device,
    tab: impl Fn() -> Option<Tab> + Copy + 'static,
    banners: impl Fn() -> El + 'static,
    screen: impl Fn() -> Content + Copy + 'static,
) -> El {
    el("div").class("tn-screens").put_live(move || {
        let _ = device.lang.get();
        let main =
            el("main").class("tn-main").id("main").set("tabindex", "-1").put(banners()).put_live(screen);
        Content::Many(vec![
            el("a").class("tn-skip").set("href", "#main").put(say(Key::SkipToMain)).into(),
            header(move || device.discreet.get()).into(),
            bottom_bar(tab).into(),
            main.into(),
        ])
    })
}

/// The name of the screen; the neutral one in discreet mode.
pub fn keep_title(device: Device, screen: impl Fn() -> Key + 'static) {
    follow(move || {
        let _ = device.lang.get();
        if device.discreet.get() {
            browser::document::set_title(&plain(Key::AppNameDiscreet));
        } else {
            browser::document::set_title(&[plain(screen()), plain(Key::AppName)].join(" | "));
        }
    });
}

/// A new screen starts at its heading, for eyes and for screen readers; the first one does not take the focus.
pub fn keep_focus(arrivals: Live<u32>) {
    follow(move || {
        if arrivals.get() == 0 {
            return;
        }
        browser::document::once_drawn(|| {
            browser::document::scroll_to_top();
            // She may have tapped a field and begun to type already.
            browser::document::focus_unless_typing("page-title");
        });
    });
}
