//! What an earlier visit left of her writing, and what this one leaves. Kept closed on this device for a day, so that a reload,
//! a crash or a phone call costs nothing.

use browser::{drafts, spawn_local};
use domain::association::AssociationId;
use domain::booking::DayWish;
use domain::booking::form::Form;
use domain::calendar::JstTime;

use super::Writing;

/// After the last letter typed, so that not each of them is written down.
const SAVE_AFTER_MS: u32 = 400;

impl Writing {
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
                let form = kept.and_then(|kept| Some((Form::read(&kept.text)?, kept.hers)));
                match form {
                    Some((form, true)) => self.take(form),
                    Some((form, false)) => self.held.set(Some(form)),
                    None => {}
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

    /// Somebody has written to this team in another tab. Follows.
    pub fn is_held(self) -> bool {
        self.held.with(Option::is_some)
    }

    /// It is hers: she goes on with it. Times she has brought along are newer.
    pub fn claim(self) {
        let Some(mut form) = self.held.peek(Clone::clone) else { return };
        drafts::claim();
        if self.is_chosen_now() {
            (form.wishes, form.day) = (self.wishes.now(), self.waits.now());
        }
        self.take(form);
        self.restored.set(false);
        self.held.set(None);
    }

    /// It is not wanted; what she has brought along stays.
    pub fn disown(self) {
        if let Some(team) = self.team.now() {
            self.erase(&team);
        }
        self.held.set(None);
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

    /// She does not want it any more.
    pub fn drop_draft(self) {
        if let Some(team) = self.team.now() {
            self.forget(&team);
        }
    }

    /// What was written for this team is not wanted any more.
    pub fn forget(self, team: &AssociationId) {
        self.erase(team);
        self.clear();
    }

    fn erase(self, team: &AssociationId) {
        let again = self.again.now();
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

    pub(super) fn save_soon(self) {
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
}
