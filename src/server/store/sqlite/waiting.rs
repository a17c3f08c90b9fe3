//! The statements of the waiting lists. A time that comes free is offered in the transaction that freed it, so nobody who
//! does not wait can be faster.

use domain::association::AssociationId;
use domain::booking::waiting::{Waiting, can_wait, midnight, offers};
use domain::booking::{DayWish, Event};
use domain::calendar::{Date, JstTime};
use domain::slot::{Rules, reach_of_days};
use rusqlite::{Connection, Params, params};

use super::booking::{by_id, change, hold, taken, update};
use super::mail::announce;
use super::rules;
use crate::store::decide::{self, Step};
use crate::store::kept::{self, IN_LINE};
use crate::store::{Booking, StoreError};

/// Offers what is free on this day to those who wait for it.
pub(super) fn refill(
    connection: &Connection,
    team: &AssociationId,
    date: Date,
    now: i64,
) -> Result<(), StoreError> {
    let list = waiting(connection, team, date)?;
    if list.is_empty() {
        return Ok(());
    }
    let Some(rules) = rules_of(connection, team)? else { return Ok(()) };
    let reach = reach_of_days(&rules, (date, date));
    let taken = taken(connection, team, reach.start, reach.end)?;
    for offer in offers(&rules, &taken, date, &list, now) {
        let Some(booking) = by_id(connection, offer.id)? else { continue };
        if let Step::Write(offered) = decide::on_offer(booking, &offer) {
            update(connection, &offered, now)?;
            hold(connection, &offered, &rules)?;
            announce(connection, &offered, offer.tell_at)?;
        }
    }
    Ok(())
}

/// The same for every day of the team that somebody waits for.
pub(super) fn refill_all(connection: &Connection, team: &AssociationId, now: i64) -> Result<(), StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT DISTINCT start FROM bookings WHERE team = ?1 AND {IN_LINE} AND status = 'waiting' ORDER BY start"
    ))?;
    let days = select.query_map([team.as_str()], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for day in days {
        refill(connection, team, JstTime::from_unix_seconds(day).date, now)?;
    }
    Ok(())
}

pub(super) fn sweep(connection: &Connection, now: i64) -> Result<u32, StoreError> {
    let mut swept = 0;
    let late = format!("SELECT id FROM bookings WHERE {IN_LINE} AND answer_by <= ?1 ORDER BY answer_by, id");
    for booking in found(connection, &late, [now])? {
        change(connection, &booking, Event::Pass, now)?;
        swept += 1;
    }
    let all =
        format!("SELECT id FROM bookings WHERE {IN_LINE} AND status = 'waiting' ORDER BY team, start, id");
    for booking in found(connection, &all, [])? {
        let wish = DayWish { date: decide::day(&booking), kind: booking.kind };
        let rules = rules_of(connection, &booking.team)?;
        if !rules.is_some_and(|rules| can_wait(&rules, wish, now)) {
            change(connection, &booking, Event::Expire, now)?;
            swept += 1;
        }
    }
    Ok(swept)
}

pub(super) fn remember_passed(connection: &Connection, booking: &Booking) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO passed (booking, start) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![booking.id, booking.start])?;
    Ok(())
}

/// In the order in which they asked.
fn waiting(connection: &Connection, team: &AssociationId, date: Date) -> Result<Vec<Waiting>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT id, kind FROM bookings WHERE team = ?1 AND start = ?2 AND {IN_LINE} AND status = 'waiting'
         ORDER BY received_at, key"
    ))?;
    let mut passed = connection.prepare_cached("SELECT start FROM passed WHERE booking = ?1")?;
    let rows = select.query_map(params![team.as_str(), midnight(date)], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut list = Vec::new();
    for row in rows {
        let (id, kind) = row?;
        let passed = passed.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        list.push(Waiting { id, kind: kept::kind(&kind)?, passed });
    }
    Ok(list)
}

fn rules_of(connection: &Connection, team: &AssociationId) -> Result<Option<Rules>, StoreError> {
    rules::find(connection, team)?.map(|opening| kept::rules(&opening)).transpose()
}

fn found(connection: &Connection, ids: &str, which: impl Params) -> Result<Vec<Booking>, StoreError> {
    let mut select = connection.prepare_cached(ids)?;
    let ids = select.query_map(which, |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    ids.into_iter().filter_map(|id| by_id(connection, id).transpose()).collect()
}
