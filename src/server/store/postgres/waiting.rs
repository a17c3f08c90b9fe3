//! The statements of the waiting lists. A time that comes free is offered in the transaction that freed it, so nobody who
//! does not wait can be faster. Whoever comes here stands in the team's line.

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;
use domain::booking::waiting::{Waiting, can_wait, midnight, offers};
use domain::booking::{DayWish, Event, Status};
use domain::calendar::{Date, JstTime};
use domain::slot::{Rules, reach_of_days};

use super::again::Failure;
use super::booking::{by_id, change, stand_in_line, taken, update};
use super::mail::announce;
use super::rules;
use crate::store::decide::{self, Step};
use crate::store::{Booking, kept};

/// Offers what is free on this day to those who wait for it.
pub(super) async fn refill(
    transaction: &Transaction<'_>,
    team: &AssociationId,
    date: Date,
    now: i64,
) -> Result<(), Failure> {
    let list = waiting(transaction, team, date).await?;
    if list.is_empty() {
        return Ok(());
    }
    let Some(rules) = rules_of(transaction, team).await? else { return Ok(()) };
    let reach = reach_of_days(&rules, (date, date));
    let taken = taken(transaction, team, reach.start, reach.end).await?;
    for offer in offers(&rules, &taken, date, &list, now) {
        let Some(booking) = by_id(transaction, offer.id).await? else { continue };
        if let Step::Write(offered) = decide::on_offer(booking, &offer) {
            let held_until = kept::held_until(offered.start, offered.length, &rules);
            update(transaction, &offered, Some(held_until), now).await?;
            announce(transaction, &offered, offer.tell_at).await?;
        }
    }
    Ok(())
}

/// The same for every day of the team that somebody waits for.
pub(super) async fn refill_all(
    transaction: &Transaction<'_>,
    team: &AssociationId,
    now: i64,
) -> Result<(), Failure> {
    let sql = "SELECT DISTINCT start FROM bookings WHERE team = $1 AND status = 'waiting' ORDER BY 1";
    let select = transaction.prepare_cached(sql).await?;
    for row in transaction.query(&select, &[&team.as_str()]).await? {
        let day: i64 = row.try_get(0)?;
        refill(transaction, team, JstTime::from_unix_seconds(day).date, now).await?;
    }
    Ok(())
}

/// Team by team in one order, as everybody stands in lines, so that two servers who sweep at once wait for each other and
/// never in a circle.
pub(super) async fn sweep(transaction: &Transaction<'_>, now: i64) -> Result<u32, Failure> {
    let sql = "SELECT DISTINCT team FROM bookings
               WHERE status = 'waiting' OR status = 'offered' AND answer_by <= $1 ORDER BY team";
    let select = transaction.prepare_cached(sql).await?;
    let mut swept = 0;
    for row in transaction.query(&select, &[&now]).await? {
        swept += sweep_one(transaction, &AssociationId(row.try_get(0)?), now).await?;
    }
    Ok(swept)
}

async fn sweep_one(transaction: &Transaction<'_>, team: &AssociationId, now: i64) -> Result<u32, Failure> {
    stand_in_line(transaction, team).await?;
    let rules = rules_of(transaction, team).await?;
    let mut swept = 0;
    for id in in_line(transaction, team).await? {
        // Read anew: one before it may have passed a time on to it.
        let Some(booking) = by_id(transaction, id).await? else { continue };
        let is_late = booking.answer_by.is_some_and(|until| until <= now);
        let wish = DayWish { date: decide::day(&booking), kind: booking.kind };
        let has_chance = || rules.as_ref().is_some_and(|rules| can_wait(rules, wish, now));
        let event = match booking.status {
            Status::Offered if is_late => Event::Pass,
            Status::Waiting if !has_chance() => Event::Expire,
            _ => continue,
        };
        change(transaction, &booking, event, now).await?;
        swept += 1;
    }
    Ok(swept)
}

pub(super) async fn remember_passed(transaction: &Transaction<'_>, booking: &Booking) -> Result<(), Failure> {
    let insert = transaction
        .prepare_cached("INSERT INTO passed (booking, start) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .await?;
    transaction.execute(&insert, &[&booking.id, &booking.start]).await?;
    Ok(())
}

/// In the order in which they asked.
async fn waiting(
    client: &impl GenericClient,
    team: &AssociationId,
    date: Date,
) -> Result<Vec<Waiting>, Failure> {
    let sql = "SELECT id, kind, ARRAY(SELECT start FROM passed WHERE booking = bookings.id) FROM bookings
               WHERE team = $1 AND start = $2 AND status = 'waiting' ORDER BY received_at, key COLLATE \"C\"";
    let select = client.prepare_cached(sql).await?;
    let rows = client.query(&select, &[&team.as_str(), &midnight(date)]).await?;
    rows.iter()
        .map(|row| {
            let kind = kept::kind(row.try_get(1)?)?;
            Ok(Waiting { id: row.try_get(0)?, kind, passed: row.try_get(2)? })
        })
        .collect()
}

/// Those who wait or have to answer; nobody else changes them until the end of the transaction.
async fn in_line(transaction: &Transaction<'_>, team: &AssociationId) -> Result<Vec<i64>, Failure> {
    let sql = "SELECT id FROM bookings WHERE team = $1 AND status IN ('waiting', 'offered')
               ORDER BY answer_by NULLS LAST, id FOR UPDATE";
    let select = transaction.prepare_cached(sql).await?;
    let rows = transaction.query(&select, &[&team.as_str()]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

async fn rules_of(client: &impl GenericClient, team: &AssociationId) -> Result<Option<Rules>, Failure> {
    let opening = rules::find(client, team).await?;
    Ok(opening.map(|opening| kept::rules(&opening)).transpose()?)
}
