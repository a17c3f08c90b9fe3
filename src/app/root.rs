//! Starts the entry for finding in the place of the static page.

use browser::service_worker::Status;
use browser::spawn_local;
use browser::turn::{next, soon};
use ui::i18n::Key;
use ui::live;
use ui::node::{Content, El};

use crate::entry;
use crate::page;
use crate::routes::Route;
use crate::state::Tonari;

pub fn start() {
    entry::begin(open);
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
        entry::keep_title(tonari.device, move || title(&tonari.routing.route.get()));
        entry::keep_focus(tonari.routing.arrivals);
        live::follow(move || keep_booking(tonari));
        let screens = screens(tonari);
        soon(move || {
            tonari.finding.rest_is_due.set(true);
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
    tonari.notices.keep();
    // Last: it asks for every file once more, to verify it.
    tonari.device.keep_offline();
}

/// Who has seen a team may want to book it in the next tunnel.
fn keep_booking(tonari: Tonari) {
    let seen = tonari.routing.route.with(|route| matches!(route, Route::Answer(_) | Route::Association(_)));
    if seen
        && tonari.device.worker.get() == Status::Ready
        && tonari.directory.bookable.with(|ids| !ids.is_empty())
    {
        browser::service_worker::keep_booking();
    }
}

fn screens(tonari: Tonari) -> El {
    let tab = move || tonari.routing.route.with(Route::tab);
    let banners = move || page::said(tonari, page::banners(tonari.device, tonari.directory));
    entry::frame(tonari.device, tab, banners, move || screen(tonari, tonari.routing.route.get()))
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

fn title(route: &Route) -> Key {
    match route {
        Route::Find => Key::TitleFind,
        Route::Answer(_) => Key::TitleAnswer,
        Route::Association(_) => Key::TitleAssociation,
        Route::Saved => Key::TabSaved,
        Route::Device => Key::TabDevice,
        Route::About => Key::TabAbout,
        Route::NotFound => Key::NotFoundTitle,
    }
}
