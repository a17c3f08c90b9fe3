//! How long an association keeps what founders wrote: decided by its lead, obeyed by the server's own clock and by the
//! operator's command alike. What would go at once is shown before it is decided.

use std::collections::BTreeMap;

use domain::api::desk::ops::{NewRetention, Outlook, Retention as Told};
use domain::association::AssociationId;
use domain::calendar::JstTime;
use domain::retention::Retention;

use super::Bookings;
use super::board::{Asking, Refused, field};
use super::mail_texts::{seen_mark, told_by};
use crate::site::manifest::hex;
use crate::store::journal::Entry;
use crate::store::settings::{Deciding, Setting};
use crate::store::{Booking, StoreError};

impl Bookings {
    /// # Errors
    /// As the store says.
    pub async fn retention(&self, association: &AssociationId) -> Result<Told, Refused> {
        let there = self.settings.setting(association.clone(), Setting::Retention).await?;
        let days = there.as_ref().map(|there| read(&there.value)).transpose()?;
        Ok(Told {
            days: days.map(Retention::days),
            mark: there.as_ref().map(|there| hex(&there.mark())),
            decided: there.as_ref().map(told_by),
        })
    }

    /// What would go at once.
    ///
    /// # Errors
    /// Days outside of the bounds.
    pub async fn retention_outlook(
        &self,
        association: &AssociationId,
        days: u32,
    ) -> Result<Outlook, Refused> {
        let kept = Retention::of(days).ok_or_else(|| field("days", "out_of_bounds"))?;
        let ended = self.keeping.ended_before(kept.ended_before((self.clock)())).await?;
        let ended: Vec<Booking> = ended.into_iter().filter(|one| one.team == *association).collect();
        let day = |one: &Booking| JstTime::from_unix_seconds(one.start).date.to_text();
        Ok(Outlook {
            days: kept.days(),
            bookings: u32::try_from(ended.len()).unwrap_or(u32::MAX),
            first: ended.first().map(day),
            last: ended.last().map(day),
        })
    }

    /// From now on so many days. Who decides has seen how many bookings go at once.
    ///
    /// # Errors
    /// Days outside of the bounds, more bookings than she was shown, or somebody who decided meanwhile.
    pub async fn decide_retention(&self, asking: Asking<'_>, new: &NewRetention) -> Result<Told, Refused> {
        if self.retention_outlook(asking.team, new.days).await?.bookings > new.known {
            return Err(Refused::Saved);
        }
        let seen = seen_mark(new.mark.as_deref())?;
        match self.put_retention(asking.team, new.days, seen, asking.who).await? {
            Deciding::Done => self.retention(asking.team).await,
            Deciding::Meanwhile(_) => Err(Refused::Saved),
        }
    }

    /// The same by the server's operator, whatever stood there.
    ///
    /// # Errors
    /// Days outside of the bounds, or as the store says.
    pub async fn set_retention(
        &self,
        association: &AssociationId,
        days: u32,
        who: &str,
    ) -> Result<bool, Refused> {
        let there = self.settings.setting(association.clone(), Setting::Retention).await?;
        let seen = there.map(|there| there.mark());
        Ok(self.put_retention(association, days, seen, who).await? == Deciding::Done)
    }

    async fn put_retention(
        &self,
        association: &AssociationId,
        days: u32,
        seen: Option<[u8; 32]>,
        who: &str,
    ) -> Result<Deciding, Refused> {
        let kept = Retention::of(days).ok_or_else(|| field("days", "out_of_bounds"))?;
        let entry = Entry {
            at: (self.clock)(),
            who: who.to_owned(),
            association: Some(association.clone()),
            what: "retention_saved",
            about: "retention".to_owned(),
            detail: kept.days().to_string(),
        };
        let value = kept.days().to_string();
        Ok(self.settings.decide(association.clone(), Setting::Retention, value, seen, entry).await?)
    }

    /// What ended longer ago than its association keeps it; where none has decided, before `otherwise`, or never.
    ///
    /// # Errors
    /// As the store says; a number of days that cannot be read keeps everything and is told.
    pub(super) async fn kept_long_enough(&self, otherwise: Option<i64>) -> Result<Vec<Booking>, StoreError> {
        let now = (self.clock)();
        let mut before = BTreeMap::new();
        for (association, decided) in self.settings.settings(Setting::Retention).await? {
            before.insert(association, read(&decided.value)?.ended_before(now));
        }
        let Some(latest) = before.values().copied().chain(otherwise).max() else { return Ok(Vec::new()) };
        let mut ended = self.keeping.ended_before(latest).await?;
        ended.retain(|one| {
            let end = one.start + i64::from(one.length) * 60;
            before.get(&one.team).copied().or(otherwise).is_some_and(|before| end < before)
        });
        Ok(ended)
    }

    /// Erases what associations have decided not to keep any longer. Where nothing is due, nothing is touched.
    ///
    /// # Errors
    /// As the store says.
    pub async fn retain_as_decided(&self) -> Result<Vec<Booking>, StoreError> {
        let erased = self.kept_long_enough(None).await?;
        for booking in &erased {
            self.erase_one(booking, "server").await?;
        }
        if !erased.is_empty() {
            let scrubbed = self.scrubbed().await?;
            tracing::info!(erased = erased.len(), scrubbed, "bookings were kept long enough");
        }
        Ok(erased)
    }
}

fn read(value: &str) -> Result<Retention, StoreError> {
    let kept = value.parse().ok().and_then(Retention::of);
    kept.ok_or_else(|| StoreError::Broken(format!("a retention of {value:?} days cannot be read")))
}
