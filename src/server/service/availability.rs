//! What a team offers between two days.

use std::sync::Arc;

use domain::api::{ErrorCode, FullDay, Offer, OfferedTime};
use domain::association::AssociationId;
use domain::booking::waiting::full_days;
use domain::calendar::{Date, JstTime, to_rfc3339};
use domain::slot::{Kind, Rules, Slot, reach_of_days, slots_of_kinds};

use super::Bookings;
use crate::error::ApiError;

/// Days one answer may span: two months, as a calendar shows them.
pub const MOST_DAYS: i64 = 62;

/// A team that takes bookings, read for use.
pub struct Open {
    pub rules: Arc<Rules>,
    pub fictional: bool,
}

impl Bookings {
    /// Two questions to the store, whatever the span: the rules and what is taken.
    ///
    /// # Errors
    /// A team that takes no bookings here, or days that cannot be answered.
    pub async fn offer(
        &self,
        team: AssociationId,
        days: (Option<Date>, Option<Date>),
        only: Option<Kind>,
    ) -> Result<Offer, ApiError> {
        let now = (self.clock)();
        let from = days.0.unwrap_or_else(|| JstTime::from_unix_seconds(now).date);
        let to = days.1.unwrap_or_else(|| from.plus_days(30));
        if to < from || to.days() - from.days() > MOST_DAYS {
            return Err(ErrorCode::Malformed.into());
        }
        let Open { rules, fictional } = self.open(team.clone()).await?;
        let reach = reach_of_days(&rules, (from, to));
        let taken = self.store.taken(team.clone(), reach.start, reach.end).await?;
        let all = rules.kinds();
        let kinds: Vec<Kind> =
            all.iter().copied().filter(|kind| only.is_none_or(|only| only == *kind)).collect();
        let free = slots_of_kinds(&rules, &taken, (from, to), &kinds, now);
        let full = full_days(&rules, &free, (from, to), &kinds, now);
        let full = full.into_iter().map(|(date, kinds)| FullDay { date: date.to_text(), kinds });
        Ok(Offer {
            team,
            fictional,
            by_hand: rules.by_hand,
            deadline: rules.deadline,
            times: times(free),
            full: full.collect(),
            kinds: all,
            seal: self.vault.public(),
        })
    }

    /// # Errors
    /// [`ErrorCode::NotFound`] for a team that takes no bookings here.
    pub async fn open(&self, team: AssociationId) -> Result<Open, ApiError> {
        let id = team.clone();
        let opening = self.store.rules(team).await?.ok_or(ErrorCode::NotFound)?;
        let rules = opening.rules.parse().map_err(|cause| {
            tracing::error!(team = id.as_str(), %cause, "rules in the store cannot be used");
            ErrorCode::Internal
        })?;
        Ok(Open { rules: Arc::new(rules), fictional: opening.fictional })
    }
}

/// One line for each time, with all kinds it is offered for; in order of time.
#[must_use]
pub fn times(mut slots: Vec<Slot>) -> Vec<OfferedTime> {
    slots.sort();
    let mut times: Vec<OfferedTime> = Vec::new();
    let mut at = None;
    for Slot { start, length, kind, .. } in slots {
        match times.last_mut() {
            Some(time) if at == Some((start, length)) => time.kinds.push(kind),
            _ => times.push(OfferedTime { start: to_rfc3339(start), length, kinds: vec![kind] }),
        }
        at = Some((start, length));
    }
    times
}
