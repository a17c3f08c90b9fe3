//! The statements. Each function runs inside one transaction, in which every statement sees what was committed before it.
//!
//! **The line.** Whoever takes a time of a team first stands in that team's line, a lock until the end of the transaction:
//! among a thousand who all saw the same free time, retries would run out before the losers had lost, and no constraint
//! can count to a day's cap. **Losing needs no line**: that no wish was free at one moment is a true answer, so those who
//! come too late answer side by side. Should anybody write past the line, the constraint refuses.

use std::ops::Range;

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;
use domain::booking::{Event, Status, Wanted, Wish};
use domain::slot::{Rules, Slot, Taken};
use sha2::{Digest, Sha256};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::again::Failure;
use super::mail::announce;
use super::waiting::{self, refill};
use crate::store::decide::{self, Step, Verdict};
use crate::store::kept::{self, HOLDS};
use crate::store::{Booked, Booking, Changed, NewBooking, StoreError, TokenHash};

pub(super) const COLUMNS: &str =
    "id, reference, team, start, length, kind, place, status, sequence, deadline, answer_by, fictional";

pub(super) async fn book(transaction: &Transaction<'_>, new: &NewBooking) -> Result<Booked, Failure> {
    if let Some(earlier) = answered_before(transaction, new).await? {
        return Ok(earlier);
    }
    match judged(transaction, new).await? {
        Verdict::Give { .. } => {}
        Verdict::Refuse(near) => return refuse(transaction, new, near).await,
        Verdict::TooOld => return Ok(Booked::TooOld),
    }
    stand_in_line(transaction, &new.team).await?;
    // While we stood there, our time may have gone, or the same request may have come another way.
    if let Some(earlier) = answered_before(transaction, new).await? {
        return Ok(earlier);
    }
    match judged(transaction, new).await? {
        Verdict::Give { rank, slot, status } => {
            let booking = insert(transaction, new, slot, status).await?;
            remember(transaction, new, Some((rank, booking.id)), &[]).await?;
            announce(transaction, &booking, new.received_at).await?;
            if status != Status::Waiting {
                return Ok(Booked::Taken { rank, booking });
            }
            // A time may be free.
            refill(transaction, &new.team, decide::day(&booking), new.received_at).await?;
            let booking = by_id(transaction, booking.id).await?.unwrap_or(booking);
            Ok(Booked::Taken { rank, booking })
        }
        Verdict::Refuse(near) => refuse(transaction, new, near).await,
        Verdict::TooOld => Ok(Booked::TooOld),
    }
}

pub(super) async fn find(client: &impl GenericClient, token: &TokenHash) -> Result<Option<Booking>, Failure> {
    let sql = format!("SELECT {COLUMNS} FROM bookings WHERE token = $1");
    one(client, &sql, &[&token.as_slice()]).await
}

pub(super) async fn by_id(client: &impl GenericClient, id: i64) -> Result<Option<Booking>, Failure> {
    let sql = format!("SELECT {COLUMNS} FROM bookings WHERE id = $1");
    one(client, &sql, &[&id]).await
}

pub(super) async fn happen(
    transaction: &Transaction<'_>,
    token: &TokenHash,
    event: Event,
    now: i64,
) -> Result<Changed, Failure> {
    let Some(Booking { team, .. }) = find(transaction, token).await? else { return Ok(Changed::Unknown) };
    // What comes free may be taken at once, for one who waits.
    stand_in_line(transaction, &team).await?;
    let Some(booking) = find_alone(transaction, token).await? else { return Ok(Changed::Unknown) };
    change(transaction, &booking, event, now).await
}

/// For whoever stands in the team's line.
pub(super) async fn change(
    transaction: &Transaction<'_>,
    before: &Booking,
    event: Event,
    now: i64,
) -> Result<Changed, Failure> {
    match decide::on_event(before.clone(), event) {
        Step::Answer(answer) => Ok(answer),
        Step::Write(changed) => {
            let held_until = (event == Event::Pass).then(|| end(&changed));
            update(transaction, &changed, held_until, now).await?;
            announce(transaction, &changed, now).await?;
            if decide::frees(before, &changed) {
                if event == Event::Pass {
                    waiting::remember_passed(transaction, before).await?;
                }
                refill(transaction, &before.team, decide::day(before), now).await?;
            }
            Ok(Changed::Done(changed))
        }
    }
}

fn end(booking: &Booking) -> i64 {
    booking.start + i64::from(booking.length) * 60
}

pub(super) async fn move_to(
    transaction: &Transaction<'_>,
    token: &TokenHash,
    wish: Wish,
    rules: &Rules,
    now: i64,
) -> Result<Changed, Failure> {
    let Some(Booking { team, .. }) = find(transaction, token).await? else { return Ok(Changed::Unknown) };
    stand_in_line(transaction, &team).await?;
    let Some(booking) = find_alone(transaction, token).await? else { return Ok(Changed::Unknown) };
    let day = decide::day(&booking);
    match judged_move(transaction, &booking, wish, rules, now).await? {
        Step::Answer(answer) => Ok(answer),
        Step::Write(moved) => {
            let held_until = kept::held_until(moved.start, moved.length, rules);
            update(transaction, &moved, Some(held_until), now).await?;
            announce(transaction, &moved, now).await?;
            refill(transaction, &team, day, now).await?;
            Ok(Changed::Done(moved))
        }
    }
}

pub(super) async fn of_team(
    client: &impl GenericClient,
    team: &AssociationId,
    from: i64,
    to: i64,
) -> Result<Vec<Booking>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM bookings WHERE team = $1 AND start >= $2 AND start < $3 ORDER BY start, place, id"
    );
    let select = client.prepare_cached(&sql).await?;
    let rows = client.query(&select, &[&team.as_str(), &from, &to]).await?;
    rows.iter().map(from_row).collect()
}

pub(super) async fn taken(
    client: &impl GenericClient,
    team: &AssociationId,
    from: i64,
    to: i64,
) -> Result<Vec<Taken>, Failure> {
    let sql = format!(
        "SELECT start, length, place FROM bookings
         WHERE team = $1 AND start >= $2 AND start < $3 AND {HOLDS}
         ORDER BY start, place"
    );
    let select = client.prepare_cached(&sql).await?;
    let rows = client.query(&select, &[&team.as_str(), &from, &to]).await?;
    rows.iter().map(taken_row).collect()
}

/// Until the end of the transaction nobody else takes a time of this team.
pub(super) async fn stand_in_line(
    transaction: &Transaction<'_>,
    team: &AssociationId,
) -> Result<(), Failure> {
    let digest: [u8; 32] = Sha256::digest(format!("tonari team {}", team.as_str())).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    let lock = transaction.prepare_cached("SELECT pg_advisory_xact_lock($1)").await?;
    transaction.execute(&lock, &[&i64::from_be_bytes([a, b, c, d, e, f, g, h])]).await?;
    Ok(())
}

/// The answer this key got before, if it did.
async fn answered_before(transaction: &Transaction<'_>, new: &NewBooking) -> Result<Option<Booked>, Failure> {
    let select = transaction
        .prepare_cached("SELECT fingerprint, rank, booking, near FROM answers WHERE key = $1")
        .await?;
    let Some(row) = transaction.query_opt(&select, &[&new.key]).await? else { return Ok(None) };
    let fingerprint: &[u8] = row.try_get(0)?;
    let given: (Option<i16>, Option<i64>) = (row.try_get(1)?, row.try_get(2)?);
    let given = match given {
        (Some(rank), Some(id)) => {
            let rank = small(rank)?;
            by_id(transaction, id).await?.map(|booking| (rank, booking))
        }
        _ => None,
    };
    let near = kept::read_slots(row.try_get(3)?)?;
    Ok(Some(decide::on_repeat(fingerprint == new.fingerprint, given, near)))
}

async fn judged(transaction: &Transaction<'_>, new: &NewBooking) -> Result<Verdict, Failure> {
    let near = taken_in(transaction, &new.team, decide::reach(&new.rules, &new.wanted)).await?;
    if let Some(verdict) = decide::at_first(new, &near) {
        return Ok(verdict);
    }
    let all = taken_in(transaction, &new.team, decide::around(&new.rules, &new.wanted)).await?;
    Ok(decide::at_last(new, &all))
}

async fn judged_move(
    transaction: &Transaction<'_>,
    booking: &Booking,
    wish: Wish,
    rules: &Rules,
    now: i64,
) -> Result<Step, Failure> {
    let wanted = Wanted::Times(vec![wish]);
    let near = taken_in(transaction, &booking.team, decide::reach(rules, &wanted)).await?;
    if let Some(step) = decide::move_at_first(booking, wish, rules, &near, now) {
        return Ok(step);
    }
    let all = taken_in(transaction, &booking.team, decide::around(rules, &wanted)).await?;
    Ok(decide::move_at_last(booking, wish, rules, &all, now))
}

/// In one statement, and so at one moment.
async fn taken_in(
    transaction: &Transaction<'_>,
    team: &AssociationId,
    ranges: Vec<Range<i64>>,
) -> Result<Vec<Taken>, Failure> {
    if ranges.is_empty() {
        return Ok(Vec::new());
    }
    let (from, to): (Vec<i64>, Vec<i64>) = ranges.into_iter().map(|range| (range.start, range.end)).unzip();
    let sql = format!(
        "SELECT start, length, place FROM unnest($2::bigint[], $3::bigint[]) AS range (begins, ends)
         JOIN bookings ON team = $1 AND start >= begins AND start < ends AND {HOLDS}"
    );
    let select = transaction.prepare_cached(&sql).await?;
    let rows = transaction.query(&select, &[&team.as_str(), &from, &to]).await?;
    rows.iter().map(taken_row).collect()
}

fn taken_row(row: &Row) -> Result<Taken, Failure> {
    let (length, place): (i32, i16) = (row.try_get(1)?, row.try_get(2)?);
    Ok(Taken { start: row.try_get(0)?, length: small(length)?, place: small(place)? })
}

/// The booking, which nobody else changes until the end of the transaction.
pub(super) async fn find_alone(
    transaction: &Transaction<'_>,
    token: &TokenHash,
) -> Result<Option<Booking>, Failure> {
    let sql = format!("SELECT {COLUMNS} FROM bookings WHERE token = $1 FOR UPDATE");
    one(transaction, &sql, &[&token.as_slice()]).await
}

async fn refuse(transaction: &Transaction<'_>, new: &NewBooking, near: Vec<Slot>) -> Result<Booked, Failure> {
    remember(transaction, new, None, &near).await?;
    Ok(Booked::Conflict(near))
}

async fn insert(
    transaction: &Transaction<'_>,
    new: &NewBooking,
    slot: Slot,
    status: Status,
) -> Result<Booking, Failure> {
    let insert = transaction
        .prepare_cached(
            "INSERT INTO bookings (reference, token, team, start, length, held_until, kind, place, status, deadline,
                                   fictional, key, key_id, sealed, received_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
             RETURNING id",
        )
        .await?;
    let row = transaction
        .query_one(
            &insert,
            &[
                &new.reference,
                &new.token.as_slice(),
                &new.team.as_str(),
                &slot.start,
                &i32::from(slot.length),
                &kept::held_until(slot.start, slot.length, &new.rules),
                &slot.kind.code(),
                &i16::from(slot.place),
                &status.code(),
                &i64::from(new.rules.deadline),
                &new.fictional,
                &new.key,
                &new.key_id,
                &new.sealed,
                &new.received_at,
            ],
        )
        .await?;
    Ok(new.booked(row.try_get(0)?, slot, status))
}

/// One statement: the old place is given up and the new one taken in the same moment. Without a new `held_until` the
/// old one stays.
pub(super) async fn update(
    transaction: &Transaction<'_>,
    booking: &Booking,
    held_until: Option<i64>,
    now: i64,
) -> Result<(), Failure> {
    let update = transaction
        .prepare_cached(
            "UPDATE bookings SET start = $2, length = $3, held_until = coalesce($4, held_until), kind = $5,
                    place = $6, status = $7, sequence = $8, answer_by = $9, changed_at = $10 WHERE id = $1",
        )
        .await?;
    transaction
        .execute(
            &update,
            &[
                &booking.id,
                &booking.start,
                &i32::from(booking.length),
                &held_until,
                &booking.kind.code(),
                &i16::from(booking.place),
                &booking.status.code(),
                &i64::from(booking.sequence),
                &booking.answer_by,
                &now,
            ],
        )
        .await?;
    Ok(())
}

async fn remember(
    transaction: &Transaction<'_>,
    new: &NewBooking,
    given: Option<(u8, i64)>,
    near: &[Slot],
) -> Result<(), Failure> {
    let (rank, booking) = given.map(|(rank, booking)| (i16::from(rank), booking)).unzip();
    let insert = transaction
        .prepare_cached(
            "INSERT INTO answers (key, fingerprint, rank, booking, near, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (key) DO NOTHING",
        )
        .await?;
    let near = kept::write_slots(near);
    let fingerprint = new.fingerprint.as_slice();
    let written = transaction
        .execute(&insert, &[&new.key, &fingerprint, &rank, &booking, &near, &new.received_at])
        .await?;
    // The same key was answered this very moment; that answer counts, and the next attempt finds it.
    if written == 1 { Ok(()) } else { Err(Failure::Refused("the key was answered meanwhile".to_owned())) }
}

async fn one(
    client: &impl GenericClient,
    sql: &str,
    parameters: &[&(dyn ToSql + Sync)],
) -> Result<Option<Booking>, Failure> {
    let select = client.prepare_cached(sql).await?;
    client.query_opt(&select, parameters).await?.as_ref().map(from_row).transpose()
}

pub(super) fn from_row(row: &Row) -> Result<Booking, Failure> {
    let (length, place): (i32, i16) = (row.try_get("length")?, row.try_get("place")?);
    let (sequence, deadline): (i64, i64) = (row.try_get("sequence")?, row.try_get("deadline")?);
    Ok(Booking {
        id: row.try_get("id")?,
        reference: row.try_get("reference")?,
        team: AssociationId(row.try_get("team")?),
        start: row.try_get("start")?,
        length: small(length)?,
        kind: kept::kind(row.try_get("kind")?)?,
        place: small(place)?,
        status: kept::status(row.try_get("status")?)?,
        sequence: small(sequence)?,
        deadline: small(deadline)?,
        answer_by: row.try_get("answer_by")?,
        fictional: row.try_get("fictional")?,
    })
}

/// PostgreSQL's numbers have signs; ours that have none are kept in the next larger kind.
pub(super) fn small<Wide, Small: TryFrom<Wide>>(wide: Wide) -> Result<Small, Failure> {
    Small::try_from(wide).map_err(|_| StoreError::Broken("a number in it is out of range".to_owned()).into())
}
