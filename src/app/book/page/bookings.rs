//! 予約一覧: every request with its state in plain words and what can be done about it.

use domain::api::{BookingRequest, BookingView, Refusal};
use domain::booking::waiting::WHOLE_DAY;
use domain::booking::{Status as Booked, Wanted};
use domain::calendar::from_rfc3339;
use domain::outbox::{Entry, Parked, Receipt, Status};
use ui::component::{IconName, Tone, button, icon, notice, notice_with_act};
use ui::i18n::{Key, say, say_with};
use ui::live::Live;
use ui::node::{Content, El, el};

use super::team::{day_words, kind_key, view_words, wish_words};
use crate::state::routing::Address;

use crate::book::routes::BookRoute;
use crate::book::state::Book;

/// Cards that are there at once; no screen shows more.
const AT_FIRST: usize = 12;
/// So many times as many with each turn: a slow phone answers a touch in between, and lists all in a few of them.
const THEN: usize = 8;

pub fn bookings(book: Book) -> Content {
    book.outbox.refresh();
    let entries = book.outbox.entries;
    // On the way back all of them, because the browser scrolls to where she was.
    let most = Live::new(if book.outbox.loaded.now() { usize::MAX } else { AT_FIRST });
    let cards = move || {
        let shown = most.get();
        entries.with(|entries| {
            if listed(entries).nth(shown).is_some() {
                browser::turn::soon(move || most.settle(shown * THEN));
            }
            listed(entries).take(shown).map(|entry| (entry.clone(), book.outbox.is_unsaved(entry))).collect()
        })
    };
    let list = el("div")
        .class("tn-saved")
        .live("data-testid", move || {
            let whole = book.outbox.loaded.get() && entries.with(|all| listed(all).nth(most.get()).is_none());
            whole.then_some("bookings-list".into())
        })
        .put_each(cards, move |(entry, is_unsaved): &(Entry, bool)| card(book, entry, *is_unsaved));
    Content::Many(vec![
        super::title(say(Key::TitleBookings)).into(),
        el("div").put_live(move || book.outbox.unread.get().then(unread)).into(),
        el("div")
            .put_each(move || Vec::from_iter(waiting(book)), move |count| still_to_send(book, *count))
            .into(),
        el("div")
            .put_live(move || (book.outbox.loaded.get() && entries.with(Vec::is_empty)).then(empty))
            .into(),
        list.into(),
    ])
}

/// The latest first.
fn listed(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().rev().filter(|entry| entry.status != Status::Draft)
}

/// How many there are, where there are any.
fn waiting(book: Book) -> Option<usize> {
    let count = book.outbox.entries.with(|entries| entries.iter().filter(|entry| entry.is_waiting()).count());
    (count > 0).then_some(count)
}

/// The counter, and the way to send at once.
fn still_to_send(book: Book, count: usize) -> El {
    let words = say_with(Key::BookingsWaiting, &[("n", &count.to_string())]);
    notice_with_act(Tone::Warning, "waiting", words, say(Key::BookingsSendNow), move || super::send_now(book))
}

fn unread() -> El {
    notice(Tone::Warning, say(Key::BookingsUnread)).set("data-testid", "bookings-unread")
}

fn empty() -> El {
    let way_on =
        el("a").class("tn-button").set("data-kind", "primary").set("href", "/").put(say(Key::BookingsFind));
    el("div")
        .class("tn-saved__empty")
        .set("data-testid", "bookings-empty")
        .put(super::paragraph(say(Key::BookingsEmpty)))
        .put(super::actions(way_on))
}

/// How an entry stands, as she is told.
pub struct Standing {
    pub tone: &'static str,
    pub word: Key,
    pub detail: Option<Content>,
    pub view: Option<BookingView>,
}

/// One that `is_unsaved` must not be called saved.
pub fn standing(entry: &Entry, is_unsaved: bool) -> Standing {
    let of = |tone, word, detail: Option<Key>| Standing { tone, word, detail: detail.map(say), view: None };
    if is_unsaved {
        return of("again", Key::StateUnsaved, Some(Key::BookingNotSaved));
    }
    match &entry.status {
        Status::Draft | Status::Queued { .. } => of("wait", Key::StateQueued, Some(Key::StateQueuedWords)),
        Status::Sending => of("wait", Key::StateSending, Some(Key::StateSendingWords)),
        Status::Sent(Receipt(body)) => match BookingView::read(body.as_bytes()) {
            Some(view) => booked(view),
            None => of("plain", Key::StatePending, Some(Key::StatePendingWords)),
        },
        Status::Parked(Parked::ChooseAgain(_)) => {
            let time = match wanted(entry) {
                Some(Wanted::Day(day)) => ui::format::day(day.date),
                Some(Wanted::Times(wishes)) => ui::format::day_and_clock(wishes[0].start),
                None => String::new(),
            };
            let detail = say_with(Key::StateAgainWords, &[("time", &time)]);
            Standing { detail: Some(detail), ..of("again", Key::StateAgain, None) }
        }
        Status::Parked(Parked::Refused(code)) => {
            let why = if code == "too_old" { Key::StateRefusedOld } else { Key::StateRefusedWords };
            of("again", Key::StateRefused, Some(why))
        }
        Status::Parked(Parked::Expired) => of("again", Key::StateExpired, Some(Key::StateExpiredWords)),
    }
}

fn booked(view: BookingView) -> Standing {
    let (tone, word, detail) = match view.status {
        Booked::Confirmed => ("good", Key::StateConfirmed, None),
        Booked::Moved => ("good", Key::StateMoved, None),
        Booked::Declined => ("again", Key::StateDeclined, None),
        Booked::Cancelled => ("plain", Key::StateCancelled, None),
        Booked::Waiting => ("wait", Key::StateWaiting, Some(Key::StateWaitingWords)),
        Booked::Offered => ("again", Key::StateOffered, None),
        Booked::Expired if view.length == WHOLE_DAY => ("again", Key::StateNoneFree, None),
        Booked::Expired => ("again", Key::StateExpired, None),
        Booked::Attended => ("plain", Key::StateAttended, None),
        Booked::Absent => ("plain", Key::StateAbsent, None),
        Booked::Pending | Booked::Draft | Booked::Queued | Booked::Sending => {
            ("wait", Key::StatePending, Some(Key::StatePendingWords))
        }
    };
    // The team's own words, when it gave any.
    let reason = view.reason.as_ref().map(|words| say_with(Key::StateReason, &[("words", words)]));
    let kept = view.answer_until.as_deref().and_then(from_rfc3339);
    let kept =
        kept.map(|until| say_with(Key::StateOfferedWords, &[("when", &ui::format::day_and_clock(until))]));
    Standing { tone, word, detail: reason.or(kept).or_else(|| detail.map(say)), view: Some(view) }
}

/// What she asked for; wishes are one at least.
pub fn wanted(entry: &Entry) -> Option<Wanted> {
    BookingRequest::read(entry.body.as_bytes()).and_then(|request| request.wanted())
}

/// The team of an entry in words, and its id.
pub fn team_of(book: Book, entry: &Entry) -> Option<(domain::association::AssociationId, String)> {
    let team = BookingRequest::read(entry.body.as_bytes())?.team;
    let name = book.directory.edition.peek(|edition| edition.association(&team).map(super::team::team_name));
    Some((team.clone(), name.unwrap_or_else(|| team.0.clone())))
}

/// What became of one while this page is open, for whoever does not see it change. Always there: a line that comes with its
/// words is not read out everywhere.
pub fn spoken(book: Book) -> El {
    let line = |entry: &Entry| {
        let standing = standing(entry, false);
        el("span").put(say(standing.word)).put(" ").put(when(entry, &standing))
    };
    let words = move || book.outbox.news.with(|news| news.iter().map(line).collect::<Vec<El>>());
    el("p").class("tn-visually-hidden").set("role", "status").set("data-testid", "spoken").put_live(words)
}

fn when(entry: &Entry, standing: &Standing) -> Content {
    match &standing.view {
        Some(view) => view_words(view),
        None => match wanted(entry) {
            Some(Wanted::Day(day)) => day_words(day),
            Some(Wanted::Times(wishes)) => wish_words(wishes[0]),
            None => Content::Nothing,
        },
    }
}

fn card(book: Book, entry: &Entry, is_unsaved: bool) -> El {
    let standing = standing(entry, is_unsaved);
    let key = entry.key.clone();
    let href = BookRoute::Booking(key.0.clone()).href();
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
        .put(state_line(&standing).put(fictional))
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
        .put(standing.detail.map(|words| el("p").class("tn-card__dated tn-booking__words").put(words)))
        .put(acts(book, entry, &href))
}

fn state_line(standing: &Standing) -> El {
    let sign = match standing.tone {
        "good" => Some(IconName::Check),
        "again" => Some(IconName::Warning),
        _ => None,
    };
    el("p")
        .class("tn-booking__state")
        .set("data-tone", standing.tone)
        .put(sign.map(icon))
        .put(el("span").put(say(standing.word)))
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

/// From this device, in two taps, because it cannot be undone. What has arrived, or may have, stays with the team.
pub fn removal(book: Book, entry: &Entry) -> El {
    let key = entry.key.clone();
    let may_have_arrived = match &entry.status {
        Status::Sent(Receipt(body)) => {
            BookingView::read(body.as_bytes()).is_none_or(|view| !view.status.is_over())
        }
        Status::Queued { .. } | Status::Sending => entry.attempts > 0,
        Status::Draft | Status::Parked(_) => false,
    };
    let asked = Live::new(false);
    el("div").class("tn-booking__removal").put_live(move || -> Content {
        let key = key.clone();
        if !asked.get() {
            return button("line", say(Key::EraseTitle), move || asked.set(true))
                .set("data-testid", "remove")
                .into();
        }
        let stays = may_have_arrived.then(|| el("p").put(say(Key::BookingsRemoveStays)));
        let ask = el("p").set("role", "alert").put(say(Key::BookingsRemoveSure));
        let yes = button("danger", say(Key::BookingsRemove), move || book.outbox.remove(&key))
            .set("data-testid", "remove-yes");
        let no = button("line", say(Key::BookingsKeep), move || asked.set(false));
        Content::Many(vec![ask.into(), stays.into(), yes.into(), no.into()])
    })
}

/// The nearest free times, as the server named them when it refused.
pub fn nearest(entry: &Entry) -> Vec<domain::api::OfferedTime> {
    match &entry.status {
        Status::Parked(Parked::ChooseAgain(body)) => {
            Refusal::read(body.as_bytes()).map(|refusal| refusal.alternatives).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// One of them in words.
pub fn near_words(time: &domain::api::OfferedTime) -> Content {
    let start = from_rfc3339(&time.start).unwrap_or_default();
    let mut words: Vec<Content> = vec![ui::format::day_and_clock(start).into()];
    for kind in &time.kinds {
        words.extend([" · ".into(), say(kind_key(*kind))]);
    }
    Content::Many(words)
}
