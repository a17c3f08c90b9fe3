//! When a team can be met, edited at its desk.
//!
//! What an edit would leave outside is shown before it is saved, and whoever saves names it again: a booking that came in
//! between is shown first. Bookings stay; to move or cancel one is a deed of its own.

use domain::api::FieldProblem;
use domain::api::desk::{Availability, Card, NewAvailability, TakenTime};
use domain::association::AssociationId;
use domain::calendar::{JstTime, to_rfc3339};
use domain::slot::Rules;
use domain::slot::file::RulesFile;

use super::Bookings;
use super::board::{Asking, Refused, card};
use super::vault::unhex;
use crate::site::manifest::hex;
use crate::store::board::Put;
use crate::store::journal::Entry;
use crate::store::{Booking, Opening, StoreError};

/// Days of which a screen is told what is taken: as far as a team may open its times.
const AHEAD: i64 = 400;

impl Bookings {
    /// # Errors
    /// As the store says.
    pub async fn availability(&self, team: &AssociationId) -> Result<Availability, Refused> {
        let opening = self.store.rules(team.clone()).await?;
        let today = JstTime { minute: 0, ..JstTime::from_unix_seconds((self.clock)()) }.unix_seconds();
        // What began yesterday may still run.
        let taken = self.store.taken(team.clone(), today - 86_400, today + AHEAD * 86_400).await?;
        let taken = taken.into_iter().map(|one| TakenTime {
            start: to_rfc3339(one.start),
            length: one.length,
            place: one.place,
        });
        Ok(Availability {
            mark: opening.as_ref().map(|opening| hex(&opening.mark())),
            fictional: opening.as_ref().is_some_and(|opening| opening.fictional),
            rules: opening.map(|opening| opening.rules),
            taken: taken.collect(),
        })
    }

    /// Names of the team's places; none where it has no times.
    pub(super) async fn rooms(&self, team: &AssociationId) -> Result<Rooms, StoreError> {
        Ok(Rooms(self.store.rules(team.clone()).await?.map(|opening| opening.rules)))
    }

    /// Where she comes to, where the team wants it said.
    pub(super) async fn room_told(&self, booking: &Booking) -> Result<Option<String>, StoreError> {
        // On a waiting list, or an answer that was no, there is no place that she could come to.
        if !booking.status.holds_place() {
            return Ok(None);
        }
        let Rooms(rules) = self.rooms(&booking.team).await?;
        let rules = rules.filter(|rules| rules.tell_room);
        Ok(rules.and_then(|rules| rules.room(booking.kind, booking.place).map(str::to_owned)))
    }

    /// What lies ahead and would be outside.
    ///
    /// # Errors
    /// Rules that cannot be used.
    async fn hits(&self, team: &AssociationId, new: &NewAvailability) -> Result<Vec<Card>, Refused> {
        let rules = usable(new)?;
        let mut hits = Vec::new();
        let rooms = self.rooms(team).await?;
        for Booking { reference, .. } in self.outside(team, &rules).await? {
            hits.push(card(&self.row(team, &reference).await?, &rooms, (self.clock)()));
        }
        Ok(hits)
    }

    /// From now on these hold.
    ///
    /// # Errors
    /// Rules that cannot be used, bookings of which whoever saves does not know, or somebody who saved meanwhile.
    pub async fn put_availability(
        &self,
        asking: Asking<'_>,
        new: &NewAvailability,
    ) -> Result<Availability, Refused> {
        let hits = self.hits(asking.team, new).await?;
        if hits.iter().any(|hit| !new.known.contains(&hit.reference)) {
            return Err(Refused::Hits(hits));
        }
        let seen = match &new.mark {
            Some(mark) => Some(unhex(mark).ok_or(Refused::Malformed)?),
            None => None,
        };
        // A demonstration stays one, whatever is tried out in it.
        let there = self.store.rules(asking.team.clone()).await?;
        let fictional = there.is_some_and(|opening| opening.fictional);
        let opening = Opening { rules: new.rules.clone(), fictional };
        let entry = Entry {
            at: (self.clock)(),
            who: asking.who.to_owned(),
            association: Some(asking.team.clone()),
            what: "times_saved",
            about: "times".to_owned(),
            detail: hex(&opening.mark())[..16].to_owned(),
        };
        match self.boards.put_rules_seen(asking.team.clone(), opening, seen, entry).await? {
            Put::Done => self.availability(asking.team).await,
            Put::Meanwhile(_) => Err(Refused::Saved),
        }
    }
}

/// What a team's places are called.
pub(super) struct Rooms(Option<RulesFile>);

impl Rooms {
    /// Whether the team has said when it is there.
    pub(super) fn has_times(&self) -> bool {
        self.0.is_some()
    }

    pub(super) fn of(&self, booking: &Booking) -> Option<String> {
        let held = booking.status.holds_place();
        let rules = self.0.as_ref().filter(|_| held)?;
        rules.room(booking.kind, booking.place).map(str::to_owned)
    }
}

fn usable(new: &NewAvailability) -> Result<Rules, Refused> {
    new.rules.parse().map_err(|wrong| {
        Refused::Invalid(vec![FieldProblem {
            field: wrong.field().to_owned(),
            code: wrong.code().to_owned(),
        }])
    })
}
