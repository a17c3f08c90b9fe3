//! Starts the entry for reading in the place of its static page, which may hold the text already.

use crate::entry;
use browser::service_worker::Status;
use browser::spawn_local;
use browser::turn::{next, soon};
use domain::content::{ItemId, ShelfName};
use ui::component::Tab;
use ui::i18n::Key;
use ui::live;
use ui::node::{Content, El};

use crate::read::page;
use crate::read::routes::ReadRoute;
use crate::read::state::Reading;

pub fn start() {
    entry::begin(open);
}

/// The static page stays until what this device has of the shelf it shows is open: a text is not taken away to be
/// brought back.
fn open() {
    let reading = Reading::new();
    spawn_local(async move {
        let route = reading.routing.route.now();
        reading.shelves.open(shelf_of(&route), item_of(&route)).await;
        soon(move || take_over(reading));
    });
}

fn take_over(reading: Reading) {
    let Some(host) = browser::document::host("app") else { return };
    live::root(move || {
        reading.routing.watch();
        entry::keep_title(reading.device, move || title(&reading.routing.route.get()));
        entry::keep_focus(reading.routing.arrivals);
        live::follow(move || {
            if reading.device.worker.get() == Status::Ready {
                browser::service_worker::keep_reading();
            }
        });
        screens(reading).mount_alone(&host);
        spawn_local(settle_in(reading));
    });
}

/// What the first screen can do without, one after the other.
async fn settle_in(reading: Reading) {
    next().await;
    reading.device.watch();
    reading.now.keep();
    reading.marks.load().await;
    reading.shelves.fetch_all().await;
    reading.directory.refresh_soon();
    reading.device.keep_offline();
}

fn screens(reading: Reading) -> El {
    let banners = move || crate::page::banners(reading.device, reading.directory);
    entry::frame(
        reading.device,
        || Some(Tab::Read),
        banners,
        move || screen(reading, reading.routing.route.get()),
    )
}

fn screen(reading: Reading, route: ReadRoute) -> Content {
    match route {
        ReadRoute::Articles => page::articles(reading),
        ReadRoute::Article(id) => page::article(reading, id).into(),
        ReadRoute::Events => page::events(reading),
        ReadRoute::Event(id) => page::event(reading, id).into(),
        ReadRoute::Notice(id) => page::notice(reading, id).into(),
        ReadRoute::Later => page::later(reading),
        ReadRoute::NotFound => crate::page::not_found(),
    }
}

fn title(route: &ReadRoute) -> Key {
    match route {
        ReadRoute::Articles => Key::ReadTitle,
        ReadRoute::Article(_) => Key::ReadTitleArticle,
        ReadRoute::Events | ReadRoute::Event(_) => Key::ReadTitleEvents,
        ReadRoute::Notice(_) => Key::ReadTitleNotice,
        ReadRoute::Later => Key::ReadTitleLater,
        ReadRoute::NotFound => Key::NotFoundTitle,
    }
}

fn shelf_of(route: &ReadRoute) -> ShelfName {
    match route {
        ReadRoute::Events | ReadRoute::Event(_) => ShelfName::Events,
        ReadRoute::Notice(_) => ShelfName::Notices,
        ReadRoute::Articles | ReadRoute::Article(_) | ReadRoute::Later | ReadRoute::NotFound => {
            ShelfName::Stories
        }
    }
}

/// The one text that the page is about.
const fn item_of(route: &ReadRoute) -> Option<&ItemId> {
    match route {
        ReadRoute::Article(id) | ReadRoute::Event(id) | ReadRoute::Notice(id) => Some(id),
        ReadRoute::Articles | ReadRoute::Events | ReadRoute::Later | ReadRoute::NotFound => None,
    }
}
