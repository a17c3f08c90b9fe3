//! The statements. Each function runs inside one transaction of the writer, or reads.

use std::ops::Range;

use domain::association::AssociationId;
use domain::booking::{Event, Status, Wanted, Wish};
use domain::slot::{GRID, Rules, Slot, Taken};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::mail::announce;
use super::waiting::{self, refill};
use crate::crash_point::crash_point;
use crate::store::decide::{self, Step, Verdict};
use crate::store::kept::{self, HOLDS};
use crate::store::{Booked, Booking, Changed, NewBooking, StoreError, TokenHash};

const QUARTER: i64 = GRID as i64 * 60;

pub(super) const COLUMNS: &str =
    "id, reference, team, start, length, kind, place, status, sequence, deadline, answer_by, fictional";

pub(super) fn book(connection: &Connection, new: &NewBooking) -> Result<Booked, StoreError> {
    if let Some(earlier) = answered_before(connection, new)? {
        return Ok(earlier);
    }
    match judged(connection, new)? {
        Verdict::Give { rank, slot, status } => {
            let booking = insert(connection, new, slot, status)?;
            if booking.status.holds_place() {
                hold(connection, &booking, &new.rules)?;
            }
            remember(connection, new, Some((rank, booking.id)), &[])?;
            announce(connection, &booking, new.received_at)?;
            if status != Status::Waiting {
                return Ok(Booked::Taken { rank, booking });
            }
            // A time may be free.
            refill(connection, &new.team, decide::day(&booking), new.received_at)?;
            let booking = by_id(connection, booking.id)?.unwrap_or(booking);
            Ok(Booked::Taken { rank, booking })
        }
        Verdict::TooOld => Ok(Booked::TooOld),
        Verdict::Refuse(near) => {
            remember(connection, new, None, &near)?;
            Ok(Booked::Conflict(near))
        }
    }
}

pub(super) fn find(connection: &Connection, token: &TokenHash) -> Result<Option<Booking>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM bookings WHERE token = ?1");
    one(connection.prepare_cached(&sql)?.query_row([token], |row| Ok(from_row(row))))
}

pub(super) fn by_id(connection: &Connection, id: i64) -> Result<Option<Booking>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM bookings WHERE id = ?1");
    one(connection.prepare_cached(&sql)?.query_row([id], |row| Ok(from_row(row))))
}

pub(super) fn happen(
    connection: &Connection,
    token: &TokenHash,
    event: Event,
    now: i64,
) -> Result<Changed, StoreError> {
    let Some(booking) = find(connection, token)? else { return Ok(Changed::Unknown) };
    change(connection, &booking, event, now)
}

pub(super) fn change(
    connection: &Connection,
    before: &Booking,
    event: Event,
    now: i64,
) -> Result<Changed, StoreError> {
    match decide::on_event(before.clone(), event) {
        Step::Answer(answer) => Ok(answer),
        Step::Write(changed) => {
            update(connection, &changed, now)?;
            announce(connection, &changed, now)?;
            if decide::frees(before, &changed) {
                release(connection, changed.id)?;
                if event == Event::Pass {
                    waiting::remember_passed(connection, before)?;
                }
                refill(connection, &before.team, decide::day(before), now)?;
            }
            Ok(Changed::Done(changed))
        }
    }
}

pub(super) fn move_to(
    connection: &Connection,
    token: &TokenHash,
    wish: Wish,
    rules: &Rules,
    now: i64,
) -> Result<Changed, StoreError> {
    let Some(booking) = find(connection, token)? else { return Ok(Changed::Unknown) };
    let day = decide::day(&booking);
    match judged_move(connection, &booking, wish, rules, now)? {
        Step::Answer(answer) => Ok(answer),
        Step::Write(moved) => {
            release(connection, moved.id)?;
            crash_point("freed");
            hold(connection, &moved, rules)?;
            update(connection, &moved, now)?;
            announce(connection, &moved, now)?;
            refill(connection, &moved.team, day, now)?;
            Ok(Changed::Done(moved))
        }
    }
}

pub(super) fn of_team(
    connection: &Connection,
    team: &AssociationId,
    from: i64,
    to: i64,
) -> Result<Vec<Booking>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM bookings WHERE team = ?1 AND start >= ?2 AND start < ?3 ORDER BY start, place, id"
    );
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map(params![team.as_str(), from, to], |row| Ok(from_row(row)))?;
    rows.map(|row| row?).collect()
}

pub(super) fn taken(
    connection: &Connection,
    team: &AssociationId,
    from: i64,
    to: i64,
) -> Result<Vec<Taken>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT start, length, place FROM bookings
         WHERE team = ?1 AND start >= ?2 AND start < ?3 AND {HOLDS}
         ORDER BY start, place",
    ))?;
    let rows = select.query_map(params![team.as_str(), from, to], |row| {
        Ok(Taken { start: row.get(0)?, length: row.get(1)?, place: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The answer this key got before, if it did.
fn answered_before(connection: &Connection, new: &NewBooking) -> Result<Option<Booked>, StoreError> {
    type Answer = (Vec<u8>, Option<u8>, Option<i64>, String);
    let answer: Option<Answer> = connection
        .prepare_cached("SELECT fingerprint, rank, booking, near FROM answers WHERE key = ?1")?
        .query_row([&new.key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((fingerprint, rank, booking, near)) = answer else { return Ok(None) };
    let given = match rank.zip(booking) {
        Some((rank, id)) => by_id(connection, id)?.map(|booking| (rank, booking)),
        None => None,
    };
    Ok(Some(decide::on_repeat(fingerprint == new.fingerprint, given, kept::read_slots(&near)?)))
}

fn judged(connection: &Connection, new: &NewBooking) -> Result<Verdict, StoreError> {
    let near = taken_in(connection, &new.team, decide::reach(&new.rules, &new.wanted))?;
    if let Some(verdict) = decide::at_first(new, &near) {
        return Ok(verdict);
    }
    let all = taken_in(connection, &new.team, decide::around(&new.rules, &new.wanted))?;
    Ok(decide::at_last(new, &all))
}

fn judged_move(
    connection: &Connection,
    booking: &Booking,
    wish: Wish,
    rules: &Rules,
    now: i64,
) -> Result<Step, StoreError> {
    let wanted = Wanted::Times(vec![wish]);
    let near = taken_in(connection, &booking.team, decide::reach(rules, &wanted))?;
    if let Some(step) = decide::move_at_first(booking, wish, rules, &near, now) {
        return Ok(step);
    }
    let all = taken_in(connection, &booking.team, decide::around(rules, &wanted))?;
    Ok(decide::move_at_last(booking, wish, rules, &all, now))
}

fn taken_in(
    connection: &Connection,
    team: &AssociationId,
    ranges: Vec<Range<i64>>,
) -> Result<Vec<Taken>, StoreError> {
    let mut all = Vec::new();
    for Range { start, end } in ranges {
        all.extend(taken(connection, team, start, end)?);
    }
    Ok(all)
}

fn insert(
    connection: &Connection,
    new: &NewBooking,
    slot: Slot,
    status: Status,
) -> Result<Booking, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO bookings (reference, token, team, start, length, kind, place, status, deadline, fictional, key,
                                   key_id, sealed, received_at, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)",
        )?
        .execute(params![
            new.reference,
            new.token,
            new.team.as_str(),
            slot.start,
            slot.length,
            slot.kind.code(),
            slot.place,
            status.code(),
            new.rules.deadline,
            new.fictional,
            new.key,
            new.key_id,
            new.sealed,
            new.received_at
        ])?;
    Ok(new.booked(connection.last_insert_rowid(), slot, status))
}

pub(super) fn update(connection: &Connection, booking: &Booking, now: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE bookings SET start = ?2, length = ?3, kind = ?4, place = ?5, status = ?6, sequence = ?7,
                    answer_by = ?8, changed_at = ?9 WHERE id = ?1",
        )?
        .execute(params![
            booking.id,
            booking.start,
            booking.length,
            booking.kind.code(),
            booking.place,
            booking.status.code(),
            booking.sequence,
            booking.answer_by,
            now
        ])?;
    Ok(())
}

pub(super) fn hold(connection: &Connection, booking: &Booking, rules: &Rules) -> Result<(), StoreError> {
    let mut insert = connection
        .prepare_cached("INSERT INTO held (team, place, quarter, booking) VALUES (?1, ?2, ?3, ?4)")?;
    let until = kept::held_until(booking.start, booking.length, rules);
    for quarter in booking.start.div_euclid(QUARTER)..until.div_euclid(QUARTER) {
        insert.execute(params![booking.team.as_str(), booking.place, quarter, booking.id])?;
    }
    Ok(())
}

pub(super) fn release(connection: &Connection, id: i64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM held WHERE booking = ?1")?.execute([id])?;
    Ok(())
}

fn remember(
    connection: &Connection,
    new: &NewBooking,
    given: Option<(u8, i64)>,
    near: &[Slot],
) -> Result<(), StoreError> {
    let (rank, booking) = given.unzip();
    connection
        .prepare_cached(
            "INSERT INTO answers (key, fingerprint, rank, booking, near, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            new.key,
            new.fingerprint,
            rank,
            booking,
            kept::write_slots(near),
            new.received_at
        ])?;
    Ok(())
}

/// The one row there is, if there is one.
fn one(found: rusqlite::Result<Result<Booking, StoreError>>) -> Result<Option<Booking>, StoreError> {
    found.optional()?.transpose()
}

pub(super) fn from_row(row: &Row<'_>) -> Result<Booking, StoreError> {
    let (kind, status): (String, String) = (row.get("kind")?, row.get("status")?);
    Ok(Booking {
        id: row.get("id")?,
        reference: row.get("reference")?,
        team: AssociationId(row.get("team")?),
        start: row.get("start")?,
        length: row.get("length")?,
        kind: kept::kind(&kind)?,
        place: row.get("place")?,
        status: kept::status(&status)?,
        sequence: row.get("sequence")?,
        deadline: row.get("deadline")?,
        answer_by: row.get("answer_by")?,
        fictional: row.get("fictional")?,
    })
}
