//! Starts the entry for booking in the place of its static page.

use crate::entry;
use browser::service_worker::Status;
use browser::spawn_local;
use browser::turn::{next, soon};
use ui::component::Tab;
use ui::i18n::Key;
use ui::live::{self, follow};
use ui::node::{Content, El};

use crate::book::page;
use crate::book::routes::{BookRoute, Step};
use crate::book::state::Book;

pub fn start() {
    entry::begin(open);
}

fn open() {
    let book = Book::new();
    soon(move || {
        let Some(host) = browser::document::host("app") else { return };
        live::root(move || {
            book.routing.watch();
            entry::keep_title(book.device, move || title(&book.routing.route.get()));
            entry::keep_focus(book.routing.arrivals);
            live::follow(move || {
                if book.device.worker.get() == Status::Ready {
                    browser::service_worker::keep_booking();
                }
            });
            screens(book).mount_alone(&host);
            spawn_local(settle_in(book));
        });
    });
}

/// What the first screen can do without, one after the other. What waits is sent before anything else is looked for.
async fn settle_in(book: Book) {
    next().await;
    book.device.watch();
    book.outbox.start();
    // What was in the page's memory may have come to the disk.
    follow(move || book.device.storage.with(|_| book.outbox.forget_what_was_saved_later()));
    next().await;
    book.directory.refresh_soon();
    book.device.keep_offline();
}

fn screens(book: Book) -> El {
    let banners = move || crate::page::banners(book.device, book.directory).put(page::spoken(book));
    entry::frame(book.device, || Some(Tab::Bookings), banners, move || screen(book, book.routing.route.get()))
}

fn screen(book: Book, route: BookRoute) -> Content {
    match route {
        BookRoute::Team(team, step) => page::team(book, &team, step, None),
        BookRoute::Again(team, key) => page::team(book, &team, Step::When, Some(&key)),
        BookRoute::Bookings => page::bookings(book),
        BookRoute::Booking(key) => page::booking(book, key),
        BookRoute::Move(key) => page::other_time(book, key),
        BookRoute::NotFound => crate::page::not_found(),
    }
}

fn title(route: &BookRoute) -> Key {
    match route {
        BookRoute::Team(..) | BookRoute::Again(..) => Key::TitleBook,
        BookRoute::Bookings | BookRoute::Booking(_) | BookRoute::Move(_) => Key::TitleBookings,
        BookRoute::NotFound => Key::NotFoundTitle,
    }
}
