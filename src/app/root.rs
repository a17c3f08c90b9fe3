//! Starts the app in the place of the static page and keeps title, focus and language in step with the address.

use browser::spawn_local;
use ui::component::{bottom_bar, header};
use ui::i18n::{Key, Lang, plain, say};
use ui::live::{self, follow};
use ui::node::{Content, El, el};

use crate::page;
use crate::routes::Route;
use crate::state::{Tonari, language};

/// Takes the static page's place, in Japanese at once; in another language when its words are here, so that no screen
/// changes its language under her eyes.
pub fn start() {
    if language::wanted() == Lang::Japanese {
        take_over();
    } else {
        spawn_local(async {
            language::speak_wanted().await;
            take_over();
        });
    }
}

/// What she typed into the static page moves over.
fn take_over() {
    let early = browser::document::take_early_input("place");
    let Some(host) = browser::document::clear_host("app") else { return };
    live::root(move || {
        let tonari = Tonari::new();
        tonari.finding.take_over(early);
        tonari.routing.watch();
        tonari.device.watch();
        tonari.places.fetch_soon();
        tonari.directory.refresh_soon();
        tonari.saved.load_soon();
        keep_title(tonari);
        keep_focus(tonari);
        screens(tonari).mount(&host);
        tonari.finding.field_is_there();
    });
}

/// All words are static inside; another language makes everything anew.
fn screens(tonari: Tonari) -> El {
    el("div").class("tn-screens").put_live(move || {
        let _ = tonari.device.lang.get();
        let tab = move || tonari.routing.route.with(Route::tab);
        let main = el("main")
            .class("tn-main")
            .id("main")
            .set("tabindex", "-1")
            .put(page::banners(tonari))
            .put_live(move || screen(tonari, tonari.routing.route.get()));
        Content::Many(vec![
            el("a").class("tn-skip").set("href", "#main").put(say(Key::SkipToMain)).into(),
            header(move || tonari.device.discreet.get()).into(),
            bottom_bar(tab).into(),
            main.into(),
        ])
    })
}

fn screen(tonari: Tonari, route: Route) -> Content {
    match route {
        Route::Find => page::find(tonari).into(),
        Route::Answer(prefecture) => page::answer(tonari, prefecture).into(),
        Route::Association(id) => page::association(tonari, id).into(),
        Route::Saved => page::saved(tonari),
        Route::Device => page::device(tonari),
        Route::About => page::about(tonari),
        Route::NotFound => page::not_found(),
    }
}

fn keep_title(tonari: Tonari) {
    follow(move || {
        let _ = tonari.device.lang.get();
        if tonari.device.discreet.get() {
            browser::document::set_title(&plain(Key::AppNameDiscreet));
            return;
        }
        let screen = match tonari.routing.route.get() {
            Route::Find => Key::TitleFind,
            Route::Answer(_) => Key::TitleAnswer,
            Route::Association(_) => Key::TitleAssociation,
            Route::Saved => Key::TabSaved,
            Route::Device => Key::TabDevice,
            Route::About => Key::TabAbout,
            Route::NotFound => Key::NotFoundTitle,
        };
        browser::document::set_title(&[plain(screen), plain(Key::AppName)].join(" | "));
    });
}

/// A new screen starts at its heading, for eyes and for screen readers; the first one does not take the focus.
fn keep_focus(tonari: Tonari) {
    follow(move || {
        if tonari.routing.arrivals.get() == 0 {
            return;
        }
        browser::document::on_next_frame(|| {
            browser::document::scroll_to_top();
            // She may have tapped the field and begun to type before this frame came.
            browser::document::focus_unless_typing("page-title");
        });
    });
}
