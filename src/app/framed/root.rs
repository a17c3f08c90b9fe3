//! Starts the frame in the place of its static page.

use std::cell::RefCell;
use std::collections::HashSet;

use browser::host::{self, Word};
use browser::sight;
use browser::turn::{next, soon};
use browser::{history, spawn_local};
use domain::association::{Area, AssociationId};
use domain::content::{AreaCode, Choice};
use domain::frame::Look;
use domain::outbox::Key as EntryKey;
use domain::place::{MunicipalityCode, PrefectureCode};
use ui::live::{self, Live};
use ui::node::{El, el};

use super::address::Asked;
use super::routes::FramedRoute;
use super::{look, screen};
use crate::book::page::SEND;
use crate::book::routes::{BookRoute, Step};
use crate::book::state::{Book, Sight, outbox};
use crate::entry;
use crate::read::state::Reading;
use crate::state::Tonari;
use crate::state::routing::{Address, Routing};

/// Of texts: the host's own page goes on below them.
const CARDS: usize = 6;

/// What the frame's height follows.
const WHOLE: &str = "app";

/// All that a frame remembers, until it is closed.
#[derive(Clone, Copy)]
pub struct Framed {
    pub routing: Routing<FramedRoute>,
    pub tonari: Tonari,
    pub book: Book,
    pub reading: Reading,
    look: Live<Look>,
}

pub fn start() {
    browser::idb::stay_in_memory();
    let location = history::location();
    let asked = Asked::read(&location.path, &location.query);
    history::hold(&asked.view.address(asked.team.as_ref()));
    ui::i18n::open(&ui::i18n::BOOKING);
    ui::i18n::open(&ui::i18n::READING);
    ui::i18n::open(&ui::i18n::FRAME);
    look::put_on(&asked.look);
    entry::begin_in(asked.lang, move || open(asked));
}

fn open(asked: Asked) {
    let tonari = Tonari::new();
    let framed = Framed {
        routing: Routing::here(),
        tonari,
        book: Book::beside(tonari.device, tonari.directory),
        reading: Reading { page: CARDS, ..Reading::beside(tonari.device, tonari.directory, tonari.places) },
        look: Live::new(asked.look),
    };
    soon(move || take_over(framed, asked.team));
}

fn take_over(framed: Framed, team: Option<AssociationId>) {
    let Some(place) = browser::document::host(WHOLE) else { return };
    live::root(move || {
        framed.tonari.routing.follow();
        framed.book.routing.follow();
        framed.reading.routing.follow();
        framed.routing.watch();
        entry::keep_focus(framed.routing.arrivals);
        live::follow(move || look::put_on(&framed.look.get()));
        framed.tonari.finding.rest_is_due.set(true);
        if let Some(team) = team {
            framed.begin_near(&team);
        }
        frame(framed).mount_alone(&place);
        framed.tonari.finding.field_is_there();
        framed.keep_in_sight();
        framed.speak_to_host();
        spawn_local(settle_in(framed));
    });
}

/// Nothing of what the app does for its own next visit: no worker, no store.
async fn settle_in(framed: Framed) {
    next().await;
    browser::connectivity::watch(move |online| framed.tonari.device.online.set(online));
    framed.book.outbox.start();
    next().await;
    framed.tonari.directory.refresh_soon();
    framed.tonari.places.fetch().await;
    framed.reading.now.keep();
    live::root(move || {
        live::follow(move || {
            if let FramedRoute::Reading(_) = framed.routing.route.get() {
                spawn_local(framed.reading.shelves.fetch_all());
            }
        });
    });
}

fn frame(framed: Framed) -> El {
    let main = el("main")
        .class("tn-main")
        .id("main")
        .set("tabindex", "-1")
        .put_live(move || screen::screen(framed, framed.routing.route.get()));
    el("div").class("tn-screens tn-framed").put(screen::top(framed)).put(main)
}

impl Framed {
    /// Texts and events of the association's prefecture first; she can take that off again.
    fn begin_near(self, team: &AssociationId) {
        let area = self.tonari.directory.edition.peek(|edition| Some(edition.association(team)?.area));
        let prefecture = area.and_then(|area| match area {
            Area::Prefecture(code) => PrefectureCode::new(code),
            Area::City(code) => MunicipalityCode::new(code).map(MunicipalityCode::prefecture),
        });
        if let Some(prefecture) = prefecture {
            self.reading.choosing.toggle(Choice::Area(prefecture));
            self.reading.picked.update(|picked| picked.areas.push(AreaCode::Prefecture(prefecture)));
        }
    }

    /// While she stands before the button that sends, it is watched.
    fn keep_in_sight(self) {
        let watch: RefCell<Option<sight::Watch>> = RefCell::new(None);
        let watch: &'static RefCell<Option<sight::Watch>> = Box::leak(Box::new(watch));
        live::follow(move || {
            let sending = self
                .routing
                .route
                .with(|route| matches!(route, FramedRoute::Booking(BookRoute::Team(_, Step::Check))));
            // Drawn, and with it the button, after this.
            let ready = self.book.writing.ready.get();
            self.book.sight.settle(Sight::Unclear);
            watch.take();
            if sending && ready {
                soon(move || {
                    let sight = self.book.sight;
                    let seen = move |clear| sight.settle(if clear { Sight::Clear } else { Sight::Unclear });
                    watch.replace(sight::watch(SEND, seen));
                });
            }
        });
    }

    /// Hears how to look, says how high it is, where she goes, and that a request was taken.
    fn speak_to_host(self) {
        let greeted = Live::new(false);
        host::listen(move |wanted| {
            self.look.settle(wanted);
            greeted.settle(true);
        });
        let height = Live::new(0.0_f64);
        host::watch_height(WHOLE, move |now| height.settle(now));
        let ready = Live::new(false);
        live::follow(move || {
            let height = height.get();
            if greeted.get() && height > 0.0 {
                let first = !ready.now();
                ready.settle(true);
                host::tell(&if first { Word::Ready(height) } else { Word::Resize(height) });
            }
        });
        live::follow(move || {
            let view = self.routing.route.with(FramedRoute::view);
            if self.routing.arrivals.get() > 0 {
                host::tell(&Word::Navigate(view));
            }
        });
        let told: RefCell<HashSet<String>> = RefCell::new(HashSet::new());
        live::follow(move || {
            for (EntryKey(key), view) in self.book.outbox.entries.with(|entries| outbox::sent(entries)) {
                if told.borrow_mut().insert(key) {
                    host::tell(&Word::Booked { team: view.team.as_str(), status: view.status.code() });
                }
            }
        });
    }

    /// Where the app finds a booking that was made here: by its token, which is all the server needs.
    pub fn token_of(self, key: &str) -> String {
        let sent = self.book.outbox.entries.with(|entries| outbox::sent(entries));
        let own = sent.into_iter().find(|(own, _)| own.0 == key);
        own.map_or(BookRoute::Bookings, |(_, view)| BookRoute::Booking(view.token)).href()
    }
}
