//! What she is choosing and writing, until it is sent. Kept closed on this device for a day, so that a reload, a crash
//! or a phone call costs nothing.

use browser::{clock, drafts, id, spawn_local};
use domain::api::{BookingRequest, Offer, WishedDay, WishedTime};
use domain::association::AssociationId;
use domain::booking::contact::{Draft, FieldError};
use domain::booking::form::Form;
use domain::booking::letter::{Language, Letter};
use domain::booking::{DayWish, MAX_WISHES, Wish};
use domain::calendar::{Date, JstTime, to_rfc3339};
use domain::outbox::{Entry, Status};
use domain::seal;
use domain::slot::Kind;
use ui::i18n::{Lang, language};
use ui::live::Live;

/// Of the text about the use of her data (`consent.words`). A new text gets a new version.
pub const CONSENT: &str = "2026-11";

/// After the last letter typed, so that not each of them is written down.
const SAVE_AFTER_MS: u32 = 400;

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
            team: Live::new(None),
            again: Live::new(None),
            edits: Live::new(0),
        }
    }

    /// Begins for this team, or goes on with what was written for it, or for the entry that came to nothing.
    pub fn open(self, team: &AssociationId, again: Option<&str>) {
        let same_letter = again.is_none() || self.again.peek(|now| now.as_deref() == again);
        if same_letter && self.team.peek(|now| now.as_ref() == Some(team)) {
            return;
        }
        self.clear();
        self.team.set(Some(team.clone()));
        self.again.set(again.map(str::to_owned));
        self.ready.settle(false);
        let team = team.clone();
        let again = self.again.now();
        spawn_local(async move {
            let aside = match &again {
                Some(key) => drafts::open(key).await,
                None => None,
            };
            let kept = match aside {
                Some(kept) => Some(kept),
                None => drafts::open(team.as_str()).await,
            };
            // She may have gone on to another team meanwhile.
            if self.team.peek(|now| now.as_ref() == Some(&team)) {
                if let Some(form) = kept.and_then(|text| Form::read(&text)) {
                    self.take(form);
                }
                // She comes out of a frame on somebody else's page, with the times she chose there.
                if let Some((wishes, day)) = browser::document::take_fragment(domain::frame::carried) {
                    self.take(Form { wishes, day, letter: self.letter.now() });
                    self.restored.set(false);
                }
                self.ready.set(true);
            }
        });
    }

    fn take(self, form: Form) {
        let first = match (form.day, form.wishes.first()) {
            (Some(day), _) => Some(day),
            (None, first) => first
                .map(|wish| DayWish { date: JstTime::from_unix_seconds(wish.start).date, kind: wish.kind }),
        };
        self.kind.set(first.map(|first| first.kind));
        self.day.set(first.map(|first| first.date));
        self.many.set(form.wishes.len() > 1);
        self.wishes.set(form.wishes);
        self.waits.set(form.day);
        self.letter.set(form.letter);
        self.restored.set(true);
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
        self.again.set(None);
        self.edits.set(0);
    }

    /// She does not want it any more.
    pub fn drop_draft(self) {
        if let Some(team) = self.team.now() {
            self.forget(&team);
        }
    }

    /// What was written for this team is not wanted any more.
    pub fn forget(self, team: &AssociationId) {
        let again = self.again.now();
        self.clear();
        let team = team.clone();
        spawn_local(async move {
            drafts::erase(team.as_str()).await;
            if let Some(key) = again {
                drafts::erase(&key).await;
            }
        });
    }

    /// What was written for this team is on its way. The letter stays under the entry's key until the server has taken it,
    /// a day at most: should the time be gone, she chooses another one and writes nothing twice.
    pub fn put_aside(self, team: &AssociationId, key: &str) {
        let form = Form { letter: self.letter.now(), ..Form::default() };
        let key = key.to_owned();
        spawn_local(async move {
            // Not kept means only that she writes it again.
            drafts::keep(&key, &form.to_json()).await;
        });
        self.forget(team);
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
        if self.wrong.peek(|wrong| !wrong.is_empty()) {
            self.wrong.set(self.faults());
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

    fn save_soon(self) {
        self.edits.take_quietly(|edits| *edits += 1);
        let (Some(team), edit) = (self.team.now(), self.edits.now()) else { return };
        spawn_local(async move {
            browser::turn::after(SAVE_AFTER_MS).await;
            let latest = self.edits.peek(|edits| *edits == edit);
            if latest && self.team.peek(|now| now.as_ref() == Some(&team)) {
                let form =
                    Form { wishes: self.wishes.now(), day: self.waits.now(), letter: self.letter.now() };
                // Not kept means only that a crash would cost what she typed; sending does not depend on it.
                drafts::keep(team.as_str(), &form.to_json()).await;
            }
        });
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
