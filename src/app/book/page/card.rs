//! One request on the list: how it stands, and what can be done about it there.

use domain::api::BookingView;
use domain::outbox::{Entry, Receipt, Status};
use ui::component::{IconName, button, icon};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::standing::{Standing, standing, team_of, when};
use super::two_taps::{Question, in_two_taps};
use crate::book::routes::BookRoute;
use crate::book::state::Book;
use crate::state::routing::Address;

/// Of one between two tries; only its words tell of them.
pub fn card(book: Book, entry: &Entry, is_unsaved: bool) -> El {
    let standing = standing(entry, is_unsaved);
    let its = Its { book, entry: entry.clone(), is_unsaved };
    let href = BookRoute::Booking(entry.key.0.clone()).href();
    let name = team_of(book, entry).map(|(_, name)| name).unwrap_or_default();
    let line = when(entry, &standing);
    let reference = standing.view.as_ref().map(|view| {
        el("span")
            .class("tn-booking__reference")
            .put(say(Key::BookingReference))
            .put(" ")
            .put(ui::format::reference(&view.reference))
    });
    let fictional = standing
        .view
        .as_ref()
        .filter(|view| view.fictional)
        .map(|_| ui::component::badge("warm", say(Key::BookFictional)));
    el("article")
        .class("tn-card")
        .set("data-testid", "booking-card")
        .set("data-state", standing.tone)
        .put(state_line(&its, &standing).put(fictional))
        .put(
            el("h2").class("tn-card__title").put(el("a").class("tn-card__link").set("href", &href).put(line)),
        )
        .put(
            el("p")
                .class("tn-card__under")
                .put(el("span").set("lang", "ja").put(name))
                .put(" ")
                .put(reference),
        )
        .put(standing.detail.map(|words| {
            its.tell(el("p").class("tn-card__dated tn-booking__words"), words, |now| {
                now.detail.unwrap_or(Content::Nothing)
            })
        }))
        .put(acts(book, entry, &href))
}

/// Whose card stays while its words change.
#[derive(Clone)]
struct Its {
    book: Book,
    entry: Entry,
    is_unsaved: bool,
}

impl Its {
    /// Puts its words there, and keeps them true while it waits.
    fn tell(&self, place: El, words: Content, of: fn(Standing) -> Content) -> El {
        if !self.entry.is_waiting() {
            return place.put(words);
        }
        let its = self.clone();
        place.put_live(move || of(its.now()))
    }

    /// Follows.
    fn now(&self) -> Standing {
        if self.book.outbox.is_on_its_way(&self.entry.key) {
            let on_its_way = Entry { status: Status::Sending, ..self.entry.clone() };
            return standing(&on_its_way, self.is_unsaved);
        }
        standing(&self.entry, self.is_unsaved)
    }
}

fn state_line(its: &Its, standing: &Standing) -> El {
    let sign = match standing.tone {
        "good" => Some(IconName::Check),
        "again" => Some(IconName::Warning),
        _ => None,
    };
    let word = its.tell(el("span"), say(standing.word), |now| say(now.word));
    el("p").class("tn-booking__state").set("data-tone", standing.tone).put(sign.map(icon)).put(word)
}

fn acts(book: Book, entry: &Entry, href: &str) -> El {
    let open =
        el("a").class("tn-button").set("data-kind", "line").set("href", href).put(say(Key::BookingsOpen));
    let row = el("div").class("tn-saved__row");
    match &entry.status {
        Status::Sent(_) => row.put(open),
        Status::Parked(_) => row.put(again(book, entry)).put(removal(book, entry)),
        Status::Draft | Status::Queued { .. } | Status::Sending => row.put(open).put(removal(book, entry)),
    }
}

/// Back to the team's times. Her letter is there again if it is of today; later nobody here can read it.
pub fn again(book: Book, entry: &Entry) -> Option<El> {
    let (team, _) = team_of(book, entry)?;
    let href = BookRoute::Again(team, entry.key.0.clone()).href();
    Some(
        el("a")
            .class("tn-button")
            .set("data-kind", "primary")
            .set("href", &href)
            .put(say(Key::BookingsAgain)),
    )
}

/// From this device. What has arrived, or may have, stays with the team. She is on the list afterwards.
pub fn removal(book: Book, entry: &Entry) -> El {
    let question = Question { name: "remove", act: Key::EraseTitle, sure: Key::BookingsRemoveSure };
    let (its, key) = (entry.key.clone(), entry.key.clone());
    let stays = move || {
        book.outbox
            .entry(&its)
            .is_some_and(|entry| may_have_arrived(&entry))
            .then_some(Key::BookingsRemoveStays)
    };
    in_two_taps(&entry.key, question, stays, move || {
        let key = key.clone();
        let remove = move || {
            book.outbox.remove(&key);
            on_the_list(book);
        };
        button("danger", say(Key::BookingsRemove), remove).set("data-testid", "remove-yes")
    })
}

fn may_have_arrived(entry: &Entry) -> bool {
    match &entry.status {
        Status::Sent(Receipt(body)) => {
            BookingView::read(body.as_bytes()).is_none_or(|view| !view.status.is_over())
        }
        Status::Queued { .. } | Status::Sending => entry.attempts > 0,
        Status::Draft | Status::Parked(_) => false,
    }
}

/// Where she is already, or instead of the page of what is no more.
fn on_the_list(book: Book) {
    if book.routing.route.peek(|route| *route == BookRoute::Bookings) {
        super::focus_heading();
    } else {
        book.routing.go_instead(&BookRoute::Bookings);
    }
}
