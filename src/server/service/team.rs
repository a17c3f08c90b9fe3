//! What a team does with its times and its requests. Commands call it today, the desk will.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::booking::letter::Letter;
use domain::booking::{Event, Status, Wish};
use domain::calendar::{Date, JstTime};
use domain::slot::file::FileError;
use domain::slot::{Rules, Taken, judge};

use super::Bookings;
use super::rules_file::{self, RulesRefused};
use super::vault::hash;
use crate::store::board::{Acted, Deed};
use crate::store::journal::Entry;
use crate::store::{Booking, Changed, Opening, StoreError, TokenHash};

/// Characters.
pub const REASON_MAX: usize = 500;

#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    #[error(transparent)]
    File(#[from] RulesRefused),
    #[error(transparent)]
    Rules(#[from] FileError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("no booking has the number {0}")]
    UnknownReference(String),
    #[error("{0} takes no bookings here; import its times first")]
    NoRules(String),
    #[error("it is {status} already, so that cannot happen to it")]
    WrongState { status: &'static str },
    #[error("that time is not offered; it stays where it was")]
    NotOffered,
    #[error("it has not begun, so nobody came or stayed away")]
    NotBegun,
    #[error("a reason has 1 to {REASON_MAX} characters")]
    Reason,
    #[error("its letter cannot be opened: the key is not in booking.keys")]
    Sealed,
}

impl Bookings {
    /// From now on these times hold. Answers the bookings that would not be offered any more; they stay.
    ///
    /// # Errors
    /// The first thing that is wrong with the file, before anything is written.
    pub async fn import(&self, team: &AssociationId, file: &[u8]) -> Result<Vec<Booking>, TeamError> {
        let (file, rules) = rules_file::read(file)?;
        let now = (self.clock)();
        self.store.put_rules(team.clone(), Opening { rules: file, fictional: false }, now).await?;
        Ok(self.outside(team, &rules).await?)
    }

    /// What lies ahead and would not be offered under these rules.
    pub(super) async fn outside(
        &self,
        team: &AssociationId,
        rules: &Rules,
    ) -> Result<Vec<Booking>, StoreError> {
        let mut booked = self.store.of_team(team.clone(), (self.clock)(), i64::MAX).await?;
        // Who only waits for a day has no time that could be out of hours.
        let has_time = |booking: &Booking| !booking.status.is_over() && booking.status != Status::Waiting;
        booked.retain(|booking| has_time(booking) && !still_fits(rules, booking));
        Ok(booked)
    }

    /// Everything booked on these days with one team or all, whatever became of it.
    ///
    /// # Errors
    /// As the store says.
    pub async fn booked(
        &self,
        team: Option<&AssociationId>,
        days: (Date, Date),
    ) -> Result<Vec<Booking>, TeamError> {
        let midnight = |date: Date| JstTime { date, minute: 0 }.unix_seconds();
        let (from, to) = (midnight(days.0), midnight(days.1.plus_days(1)));
        let teams = match team {
            Some(team) => vec![team.clone()],
            None => self.store.bookable().await?,
        };
        let mut booked = Vec::new();
        for team in teams {
            booked.extend(self.store.of_team(team, from, to).await?);
        }
        Ok(booked)
    }

    /// Confirms, declines, notes who came.
    ///
    /// # Errors
    /// What cannot happen to it.
    pub async fn decide(&self, reference: &str, event: Event, who: &str) -> Result<Booking, TeamError> {
        let booking = self.by_reference(reference).await?;
        if matches!(event, Event::Attend | Event::Miss) && (self.clock)() < booking.start {
            return Err(TeamError::NotBegun);
        }
        self.do_to(booking, Deed::Happen(event), who).await
    }

    /// Another time, which holds at once; she is told, and can cancel.
    ///
    /// # Errors
    /// A time that is not offered, or a booking that is over.
    pub async fn propose(&self, reference: &str, start: i64, who: &str) -> Result<Booking, TeamError> {
        let booking = self.by_reference(reference).await?;
        let opening = self.store.rules(booking.team.clone()).await?;
        let opening = opening.ok_or_else(|| TeamError::NoRules(booking.team.0.clone()))?;
        // Lead time keeps others from surprising the team; its own doing is no surprise.
        let rules = Arc::new(Rules { lead: 0, ..opening.rules.parse()? });
        let wish = Wish { start, kind: booking.kind };
        self.do_to(booking, Deed::Propose(wish, rules), who).await
    }

    /// As it is just now: whoever types a command has seen no board.
    pub(super) async fn do_to(&self, booking: Booking, deed: Deed, who: &str) -> Result<Booking, TeamError> {
        let token = hash(&self.vault.token(&booking.reference));
        let entry = self.entry(&booking, who, deed.code());
        match self.boards.act(token, booking.sequence, deed, entry).await? {
            Acted::Changed(changed) => self.done(&booking, changed),
            Acted::Meanwhile(now) => Err(TeamError::WrongState { status: now.status.code() }),
        }
    }

    /// A line for the journal.
    pub(super) fn entry(&self, booking: &Booking, who: &str, what: &'static str) -> Entry {
        Entry {
            at: (self.clock)(),
            who: who.to_owned(),
            association: Some(booking.team.clone()),
            what,
            about: about(booking),
            detail: String::new(),
        }
    }

    pub(super) async fn letter(&self, booking: &Booking) -> Result<Letter, TeamError> {
        let sealed = self.mails.sealed(booking.id).await?.ok_or(TeamError::Sealed)?;
        let opened = self.vault.open(&sealed.key_id, &sealed.key, &sealed.sealed).ok_or(TeamError::Sealed)?;
        Letter::read(&opened).map_err(|_| TeamError::Sealed)
    }

    /// The booking of a number, however it is written.
    pub(super) async fn by_reference(&self, written: &str) -> Result<Booking, TeamError> {
        let found = self.store.find(self.token_of(written)).await?;
        found.ok_or_else(|| TeamError::UnknownReference(written.to_owned()))
    }

    pub(super) fn token_of(&self, written: &str) -> TokenHash {
        let reference: String =
            written.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        hash(&self.vault.token(&reference))
    }

    pub(super) fn done(&self, before: &Booking, changed: Changed) -> Result<Booking, TeamError> {
        match changed {
            Changed::Done(booking) => {
                self.news.notify_one();
                Ok(booking)
            }
            Changed::Already(booking) => Ok(booking),
            Changed::Unknown => Err(TeamError::UnknownReference(before.reference.clone())),
            Changed::WrongState(wrong) => Err(TeamError::WrongState { status: wrong.status.code() }),
            Changed::Conflict(_) => Err(TeamError::NotOffered),
        }
    }
}

/// As the journal names it: its row, which outlives everything she is known by.
pub(super) fn about(booking: &Booking) -> String {
    format!("booking:{}", booking.id)
}

/// Whether its time would be offered in its place, were that free.
fn still_fits(rules: &Rules, booking: &Booking) -> bool {
    let Booking { start, length, kind, .. } = *booking;
    let open = Rules { lead: 0, horizon: u16::MAX, cap: None, ..rules.clone() };
    // With everything below it taken, its own place is the next, if there are as many.
    let below: Vec<Taken> = (0..booking.place).map(|place| Taken { start, length, place }).collect();
    judge(&open, &below, start, kind, start - 1).is_ok_and(|slot| slot.length == length)
}
