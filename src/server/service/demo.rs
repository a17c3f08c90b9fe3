//! A demonstration: times for the ten teams, each marked as fictional wherever it goes.

use domain::association::AssociationId;
use domain::slot::Kind;
use domain::slot::file::{DayOfWeek, HoursLine, RulesFile, WeeklyLine};

use super::Bookings;
use crate::store::{Opening, StoreError};

/// Gives these teams fictional hours where they have none of their own.
///
/// # Errors
/// As the store says.
pub async fn open(bookings: &Bookings, teams: Vec<AssociationId>) -> Result<(), StoreError> {
    for (number, team) in teams.into_iter().enumerate() {
        if bookings.store.rules(team.clone()).await?.is_none() {
            let opening = Opening { rules: rules(number), fictional: true };
            bookings.store.put_rules(team, opening, (bookings.clock)()).await?;
        }
    }
    Ok(())
}

/// Different for each team, so that the demonstration shows what differs: some confirm by hand, some work on fewer days.
fn rules(number: usize) -> RulesFile {
    use DayOfWeek::{Fri, Mon, Thu, Tue, Wed};
    let days = [[Mon, Wed, Fri], [Tue, Wed, Thu], [Mon, Tue, Thu]][number % 3];
    let line = |day, from: &str, to: &str, kinds: &[Kind]| WeeklyLine {
        day,
        hours: HoursLine {
            from: from.to_owned(),
            to: to.to_owned(),
            length: 60,
            every: 60,
            places: 1 + (number % 2) as u8,
            kinds: kinds.to_vec(),
        },
    };
    let mornings = days.map(|day| line(day, "10:00", "12:00", &[Kind::Online, Kind::Phone]));
    let afternoons = days.map(|day| line(day, "13:00", "17:00", &Kind::ALL));
    RulesFile {
        weekly: mornings.into_iter().chain(afternoons).collect(),
        closed: Vec::new(),
        open: Vec::new(),
        away: Vec::new(),
        rooms: Vec::new(),
        tell_room: false,
        buffer: 0,
        lead_hours: 24,
        horizon_days: 60,
        cap: Some(8),
        deadline_hours: 24,
        by_hand: number % 3 == 2,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_demonstration_can_be_used() {
        for number in 0..10 {
            super::rules(number).parse().unwrap();
        }
    }
}
