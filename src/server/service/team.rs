//! What a team does with its times and its requests. Commands call it today, the desk will.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::booking::letter::Letter;
use domain::booking::{Event, Wish};
use domain::calendar::{Date, JstTime};
use domain::slot::file::{FileError, RulesFile};
use domain::slot::{Rules, judge};

use super::Bookings;
use super::vault::hash;
use crate::store::{Booking, Changed, Opening, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum TeamError {
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
    #[error("its letter cannot be opened: the key is not in booking.keys")]
    Sealed,
}

impl Bookings {
    /// From now on these times hold. Answers the bookings that would not be offered any more; they stay.
    ///
    /// # Errors
    /// The first thing that is wrong with the file, before anything is written.
    pub async fn import(&self, team: &AssociationId, file: RulesFile) -> Result<Vec<Booking>, TeamError> {
        let rules = file.parse()?;
        let now = (self.clock)();
        self.store.put_rules(team.clone(), Opening { rules: file, fictional: false }, now).await?;
        let mut booked = self.store.of_team(team.clone(), now, i64::MAX).await?;
        booked.retain(|booking| !booking.status.is_over() && !still_fits(&rules, booking));
        Ok(booked)
    }

    /// Everything booked on these days, whatever became of it.
    ///
    /// # Errors
    /// As the store says.
    pub async fn booked(&self, team: &AssociationId, days: (Date, Date)) -> Result<Vec<Booking>, TeamError> {
        let midnight = |date: Date| JstTime { date, minute: 0 }.unix_seconds();
        Ok(self.store.of_team(team.clone(), midnight(days.0), midnight(days.1.plus_days(1))).await?)
    }

    /// Confirms, declines, notes who came.
    ///
    /// # Errors
    /// What cannot happen to it.
    pub async fn decide(&self, reference: &str, event: Event) -> Result<Booking, TeamError> {
        let booking = self.by_reference(reference).await?;
        let token = hash(&self.vault.token(&booking.reference));
        self.done(&booking, self.store.happen(token, event, (self.clock)()).await?)
    }

    /// Another time, which holds at once; she is told, and can cancel.
    ///
    /// # Errors
    /// A time that is not offered, or a booking that is over.
    pub async fn propose(&self, reference: &str, start: i64) -> Result<Booking, TeamError> {
        let booking = self.by_reference(reference).await?;
        let opening = self.store.rules(booking.team.clone()).await?;
        let opening = opening.ok_or_else(|| TeamError::NoRules(booking.team.0.clone()))?;
        let (wish, rules) = (Wish { start, kind: booking.kind }, Arc::new(opening.rules.parse()?));
        let token = hash(&self.vault.token(&booking.reference));
        self.done(&booking, self.store.move_to(token, wish, rules, (self.clock)()).await?)
    }

    /// Who she is and how it is safe to reach her.
    ///
    /// # Errors
    /// A number nobody has, or a letter whose key is gone.
    pub async fn letter(&self, reference: &str) -> Result<(Booking, Letter), TeamError> {
        let booking = self.by_reference(reference).await?;
        let sealed = self.mails.sealed(booking.id).await?.ok_or(TeamError::Sealed)?;
        let opened = self.vault.open(&sealed.key_id, &sealed.key, &sealed.sealed).ok_or(TeamError::Sealed)?;
        Ok((booking, Letter::read(&opened).map_err(|_| TeamError::Sealed)?))
    }

    /// The booking of a number, however it is written.
    async fn by_reference(&self, written: &str) -> Result<Booking, TeamError> {
        let reference: String =
            written.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        let found = self.store.find(hash(&self.vault.token(&reference))).await?;
        found.ok_or_else(|| TeamError::UnknownReference(written.to_owned()))
    }

    fn done(&self, before: &Booking, changed: Changed) -> Result<Booking, TeamError> {
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

/// As if it were booked long before.
fn still_fits(rules: &Rules, booking: &Booking) -> bool {
    let long_before = JstTime::from_unix_seconds(booking.start).date.plus_days(-i64::from(rules.horizon));
    let then = JstTime { date: long_before, minute: 0 }.unix_seconds();
    let then = then.min(booking.start - i64::from(rules.lead) * 60);
    judge(rules, &[], booking.start, booking.kind, then).is_ok_and(|slot| slot.length == booking.length)
}
