//! What a team offers between two days.

use std::sync::Arc;

use domain::api::{ErrorCode, FullDay, Offer, OfferedTime};
use domain::association::AssociationId;
use domain::booking::waiting::full_days;
use domain::calendar::{Date, JstTime, to_rfc3339};
use domain::slot::{Kind, Rules, Slot, slots};

use super::Bookings;
use crate::error::ApiError;

/// Days one answer may span: two months, as a calendar shows them.
pub const MOST_DAYS: i64 = 62;

const DAY: i64 = 86_400;

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
        let midnight = |date: Date| JstTime { date, minute: 0 }.unix_seconds();
        let taken = self.store.taken(team.clone(), midnight(from), midnight(to) + DAY).await?;
        let kinds = rules.kinds();
        let (mut offered, mut full) = (Vec::new(), Vec::new());
        for kind in kinds.iter().copied().filter(|kind| only.is_none_or(|only| only == *kind)) {
            let free = slots(&rules, &taken, (from, to), kind, now);
            let days = full_days(&rules, &free, (from, to), kind, now);
            full.extend(days.into_iter().map(|date| (date, kind)));
            offered.extend(free);
        }
        Ok(Offer {
            team,
            fictional,
            by_hand: rules.by_hand,
            deadline: rules.deadline,
            times: times(offered),
            full: by_day(full),
            kinds,
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

/// One line for each day, with all kinds of which nothing is free; in order.
fn by_day(mut full: Vec<(Date, Kind)>) -> Vec<FullDay> {
    full.sort_by_key(|(date, _)| *date);
    let days = full.chunk_by(|one, other| one.0 == other.0);
    days.map(|day| FullDay { date: day[0].0.to_text(), kinds: day.iter().map(|(_, kind)| *kind).collect() })
        .collect()
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
