//! How a request stands, in her words: one look at an entry of the outbox, from which list and page tell her.

use domain::api::{BookingRequest, BookingView, OfferedTime, Refusal};
use domain::association::AssociationId;
use domain::booking::waiting::WHOLE_DAY;
use domain::booking::{Status as Booked, Wanted};
use domain::calendar::from_rfc3339;
use domain::outbox::{Entry, Parked, Receipt, Status};
use ui::i18n::{Key, say, say_with};
use ui::node::Content;

use super::team::{day_words, kind_key, view_words, wish_words};
use crate::book::state::Book;

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

/// As it is between two tries to send it. A try begins and ends by itself: what she can use stays the same meanwhile, for a
/// button that is replaced between press and release takes no tap, and a question that was asked would be gone.
pub fn between_tries(mut entry: Entry) -> Entry {
    if entry.is_waiting() {
        entry.status = Status::Queued { not_before_ms: 0 };
        entry.attempts = 0;
    }
    entry
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
pub fn team_of(book: Book, entry: &Entry) -> Option<(AssociationId, String)> {
    let team = BookingRequest::read(entry.body.as_bytes())?.team;
    let name = book.directory.edition.peek(|edition| edition.association(&team).map(super::team::team_name));
    Some((team.clone(), name.unwrap_or_else(|| team.0.clone())))
}

/// When it is, or may be.
pub fn when(entry: &Entry, standing: &Standing) -> Content {
    match &standing.view {
        Some(view) => view_words(view),
        None => match wanted(entry) {
            Some(Wanted::Day(day)) => day_words(day),
            Some(Wanted::Times(wishes)) => wish_words(wishes[0]),
            None => Content::Nothing,
        },
    }
}

/// The nearest free times, as the server named them when it refused.
pub fn nearest(entry: &Entry) -> Vec<OfferedTime> {
    match &entry.status {
        Status::Parked(Parked::ChooseAgain(body)) => {
            Refusal::read(body.as_bytes()).map(|refusal| refusal.alternatives).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// One of them in words.
pub fn near_words(time: &OfferedTime) -> Content {
    let start = from_rfc3339(&time.start).unwrap_or_default();
    let mut words: Vec<Content> = vec![ui::format::day_and_clock(start).into()];
    for kind in &time.kinds {
        words.extend([" · ".into(), say(kind_key(*kind))]);
    }
    Content::Many(words)
}
