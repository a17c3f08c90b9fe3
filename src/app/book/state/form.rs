//! What she is choosing and writing, until it is sent.

mod draft;

use browser::{clock, id};
use domain::api::{BookingRequest, Offer, WishedDay, WishedTime};
use domain::association::AssociationId;
use domain::booking::contact::{Draft, FieldError};
use domain::booking::form::Form;
use domain::booking::letter::{Language, Letter};
use domain::booking::{DayWish, MAX_WISHES, Wish};
use domain::calendar::{Date, to_rfc3339};
use domain::outbox::{Entry, Status};
use domain::seal;
use domain::slot::Kind;
use ui::i18n::{Lang, language};
use ui::live::Live;

/// Of the text about the use of her data (`consent.words`). A new text gets a new version.
pub const CONSENT: &str = "2026-11";

#[derive(Clone, Copy)]
pub struct Writing {
    pub kind: Live<Option<Kind>>,
    pub day: Live<Option<Date>>,
    pub wishes: Live<Vec<Wish>>,
    /// The full day she would wait for, instead of wishes.
    pub waits: Live<Option<DayWish>>,
    /// She wants to name a second and third time.
    pub many: Live<bool>,
    pub letter: Live<Letter>,
    /// What was wrong when she last went on.
    pub wrong: Live<Vec<FieldError>>,
    /// Whatever an earlier visit left has been read.
    pub ready: Live<bool>,
    /// An earlier visit's writing was brought back.
    pub restored: Live<bool>,
    /// Somebody's writing of another tab: shown to nobody until she says that it is hers.
    held: Live<Option<Form>>,
    team: Live<Option<AssociationId>>,
    /// The entry whose letter this is: it came to nothing, and she chooses again.
    again: Live<Option<String>>,
    edits: Live<u32>,
}

impl Writing {
    pub(crate) fn new() -> Self {
        Self {
            kind: Live::new(None),
            day: Live::new(None),
            wishes: Live::new(Vec::new()),
            waits: Live::new(None),
            many: Live::new(false),
            letter: Live::new(Letter::default()),
            wrong: Live::new(Vec::new()),
            ready: Live::new(false),
            restored: Live::new(false),
            held: Live::new(None),
            team: Live::new(None),
            again: Live::new(None),
            edits: Live::new(0),
        }
    }

    fn clear(self) {
        self.kind.set(None);
        self.day.set(None);
        self.wishes.set(Vec::new());
        self.waits.set(None);
        self.many.set(false);
        self.letter.set(Letter::default());
        self.wrong.set(Vec::new());
        self.restored.set(false);
        self.held.set(None);
        self.again.set(None);
        self.edits.set(0);
    }

    /// The entry that this letter was written for first.
    pub fn instead_of(self) -> Option<String> {
        self.again.now()
    }

    pub fn choose_kind(self, kind: Kind) {
        self.kind.settle(Some(kind));
        self.day.settle(None);
    }

    /// One time, or one more; tapped again it is let go.
    pub fn choose_time(self, start: i64) {
        let Some(kind) = self.kind.now() else { return };
        let wish = Wish { start, kind };
        let many = self.many.now();
        self.waits.settle(None);
        self.wishes.update(|wishes| {
            if let Some(at) = wishes.iter().position(|one| one.start == start) {
                wishes.remove(at);
            } else if !many {
                *wishes = vec![wish];
            } else if wishes.len() < MAX_WISHES {
                wishes.push(wish);
            }
        });
        self.save_soon();
    }

    /// This full day instead of all wishes; tapped again it is let go.
    pub fn choose_day(self, day: DayWish) {
        let waits = self.waits.peek(|now| *now != Some(day));
        self.waits.set(waits.then_some(day));
        self.wishes.set(Vec::new());
        self.many.settle(false);
        self.save_soon();
    }

    /// There is something to ask for. Follows.
    pub fn is_chosen(self) -> bool {
        let waits = self.waits.get().is_some();
        self.wishes.with(|wishes| !wishes.is_empty()) || waits
    }

    pub fn is_chosen_now(self) -> bool {
        self.waits.now().is_some() || self.wishes.peek(|wishes| !wishes.is_empty())
    }

    pub fn drop_wish(self, at: usize) {
        self.wishes.update(|wishes| {
            wishes.remove(at);
        });
        self.save_soon();
    }

    /// Times that are not offered any more are let go, and told by their absence.
    pub fn rank(self, start: i64) -> Option<usize> {
        self.wishes.with(|wishes| wishes.iter().position(|wish| wish.start == start))
    }

    /// A change of the letter that the screen does not have to be told of: the browser shows what she types.
    pub fn write(self, change: impl FnOnce(&mut Letter)) {
        self.letter.take_quietly(change);
        // What was not asked of her yet is not wrong.
        let asked = self.wrong.now();
        if !asked.is_empty() {
            let mut faults = self.faults();
            faults.retain(|fault| *fault != FieldError::Consent || asked.contains(fault));
            self.wrong.settle(faults);
        }
        self.save_soon();
    }

    /// Whether the letter can be sent; what is wrong stands at its field then.
    pub fn check(self) -> bool {
        let faults = self.faults();
        let fine = faults.is_empty();
        self.wrong.set(faults);
        fine
    }

    /// The same before she was asked for her consent.
    pub fn check_but_consent(self) -> bool {
        let mut faults = self.faults();
        faults.retain(|fault| *fault != FieldError::Consent);
        let fine = faults.is_empty();
        self.wrong.set(faults);
        fine
    }

    fn faults(self) -> Vec<FieldError> {
        self.letter.peek(|letter| letter.contact.clone().parse().err().unwrap_or_default())
    }

    /// The request, closed for the team; `None` where this browser has no randomness, or the key is none.
    pub fn seal(self, offer: &Offer) -> Option<Entry> {
        let key = id::new_key().ok()?;
        let mut letter = self.letter.now();
        letter.language = match language() {
            Lang::Japanese => Language::Japanese,
            Lang::Easy => Language::Easy,
            Lang::English => Language::English,
        };
        let random = id::random_bytes(seal::KEY).ok()?.try_into().ok()?;
        let sealed =
            seal::seal(&seal::from_text(&offer.seal.public)?, &key.0, letter.to_json().as_bytes(), random)?;
        let now_ms = clock::now_ms() as i64;
        let body = BookingRequest {
            team: offer.team.clone(),
            wishes: self.wishes.now().into_iter().map(WishedTime::of).collect(),
            day: self.waits.now().map(WishedDay::of),
            key_id: offer.seal.id.clone(),
            sealed: seal::to_text(&sealed),
            made_at: to_rfc3339(now_ms.div_euclid(1000)),
        };
        Some(Entry {
            key,
            body: body.to_json(),
            created_at_ms: now_ms,
            attempts: 0,
            status: Status::Queued { not_before_ms: now_ms },
        })
    }
}

/// What a field of the letter's contact is changed by.
pub const fn contact(letter: &mut Letter) -> &mut Draft {
    &mut letter.contact
}
