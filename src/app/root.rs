//! Starts the app in the place of the static page and keeps title, focus and language in step with the address.

use browser::spawn_local;
use browser::turn::{next, soon};
use ui::component::{bottom_bar, header};
use ui::i18n::{Key, Lang, plain, say};
use ui::live::{self, follow};
use ui::node::{Content, El, el};

use crate::page;
use crate::routes::Route;
use crate::state::{Tonari, language};

/// Starts in Japanese at once; in another language when its words are here, so that no screen changes its language under
/// her eyes.
pub fn start() {
    if language::wanted() == Lang::Japanese {
        soon(open);
    } else {
        spawn_local(async {
            language::speak_wanted().await;
            open();
        });
    }
}

fn open() {
    let tonari = Tonari::new();
    soon(move || take_over(tonari));
}

/// Takes the static page's place, in turns: on a slow phone all of it at once would be a quarter of a second in which no
/// touch is answered. The static page stays until the first screen is whole; what she typed there moves over.
fn take_over(tonari: Tonari) {
    let Some(host) = browser::document::host("app") else { return };
    live::root(move || {
        tonari.routing.watch();
        keep_title(tonari);
        keep_focus(tonari);
        let screens = screens(tonari);
        soon(move || {
            tonari.finding.map_is_due.set(true);
            soon(move || {
                tonari.finding.take_over(browser::document::take_early_input("place"));
                screens.mount_alone(&host);
                tonari.finding.field_is_there();
                spawn_local(settle_in(tonari));
            });
        });
    });
}

/// What the first screen can do without, one after the other.
async fn settle_in(tonari: Tonari) {
    next().await;
    tonari.device.watch();
    tonari.saved.load_soon();
    next().await;
    tonari.directory.refresh_soon();
    tonari.places.fetch().await;
    // Last: it asks for every file once more, to verify it.
    tonari.device.keep_offline();
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
