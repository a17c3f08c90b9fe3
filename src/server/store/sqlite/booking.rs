//! The statements. Each function runs inside one transaction of the writer, or reads.

use domain::association::AssociationId;
use domain::booking::{Event, Resolution, Status, Wish, serve};
use domain::calendar::JstTime;
use domain::slot::{GRID, Kind, Rules, Slot, Taken, nearest};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::mail::announce;
use crate::store::{Booked, Booking, Changed, NewBooking, StoreError, TokenHash};

const DAY: i64 = 86_400;
const QUARTER: i64 = GRID as i64 * 60;
/// Times offered instead of one that is gone.
const NEAREST: usize = 3;

pub(super) const COLUMNS: &str =
    "id, reference, team, start, length, kind, place, status, sequence, deadline, fictional";

pub(super) fn book(connection: &Connection, new: &NewBooking) -> Result<Booked, StoreError> {
    if let Some(earlier) = answered_before(connection, new)? {
        return Ok(earlier);
    }
    let taken = taken_around(connection, &new.team, &new.wishes)?;
    match serve(&new.rules, &taken, &new.wishes, new.received_at) {
        Resolution::Given { rank, slot } => {
            let status = if new.rules.by_hand { Status::Pending } else { Status::Confirmed };
            let booking = insert(connection, new, slot, status)?;
            hold(connection, &booking, new.rules.buffer)?;
            remember(connection, new, Some((rank, booking.id)), &[])?;
            announce(connection, &booking, new.received_at)?;
            Ok(Booked::Taken { rank, booking })
        }
        Resolution::None(_) => {
            let near = near(&new.rules, &taken, new.wishes.first(), new.received_at);
            remember(connection, new, None, &near)?;
            Ok(Booked::Conflict(near))
        }
    }
}

pub(super) fn find(connection: &Connection, token: &TokenHash) -> Result<Option<Booking>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM bookings WHERE token = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([token], from_row).optional()?)
}

pub(super) fn happen(
    connection: &Connection,
    token: &TokenHash,
    event: Event,
    now: i64,
) -> Result<Changed, StoreError> {
    let Some(booking) = find(connection, token)? else { return Ok(Changed::Unknown) };
    let status = match booking.status.on(event) {
        Ok(status) => status,
        // Asked twice: the second time there is nothing left to do.
        Err(_) if is_done_by(booking.status, event) => return Ok(Changed::Already(booking)),
        Err(wrong) => return Ok(Changed::WrongState(wrong)),
    };
    let changed = Booking { status, sequence: booking.sequence + 1, ..booking };
    update(connection, &changed, now)?;
    if !status.holds_place() {
        release(connection, changed.id)?;
    }
    announce(connection, &changed, now)?;
    Ok(Changed::Done(changed))
}

pub(super) fn move_to(
    connection: &Connection,
    token: &TokenHash,
    wish: Wish,
    rules: &Rules,
    now: i64,
) -> Result<Changed, StoreError> {
    let Some(booking) = find(connection, token)? else { return Ok(Changed::Unknown) };
    if (booking.start, booking.kind) == (wish.start, wish.kind) {
        return Ok(Changed::Already(booking));
    }
    let status = match booking.status.on(Event::Move) {
        Ok(status) => status,
        Err(wrong) => return Ok(Changed::WrongState(wrong)),
    };
    // Its own place is free for it.
    let mut taken = taken_around(connection, &booking.team, &[wish])?;
    taken.retain(|one| (one.start, one.place) != (booking.start, booking.place));
    match serve(rules, &taken, &[wish], now) {
        Resolution::Given { slot, .. } => {
            let sequence = booking.sequence + 1;
            let Slot { start, length, kind, place } = slot;
            let moved = Booking { start, length, kind, place, status, sequence, ..booking };
            release(connection, moved.id)?;
            hold(connection, &moved, rules.buffer)?;
            update(connection, &moved, now)?;
            announce(connection, &moved, now)?;
            Ok(Changed::Done(moved))
        }
        Resolution::None(_) => Ok(Changed::Conflict(near(rules, &taken, Some(&wish), now))),
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
    let rows = select.query_map(params![team.as_str(), from, to], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn taken(
    connection: &Connection,
    team: &AssociationId,
    from: i64,
    to: i64,
) -> Result<Vec<Taken>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT start, length, place FROM bookings
         WHERE team = ?1 AND start >= ?2 AND start < ?3
           AND status IN ('pending', 'confirmed', 'moved', 'attended', 'absent')
         ORDER BY start, place",
    )?;
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
    if fingerprint != new.fingerprint {
        return Ok(Some(Booked::KeyReused));
    }
    Ok(Some(match (rank, booking) {
        (Some(rank), Some(id)) => {
            let sql = format!("SELECT {COLUMNS} FROM bookings WHERE id = ?1");
            let booking = connection.prepare_cached(&sql)?.query_row([id], from_row)?;
            Booked::Taken { rank, booking }
        }
        _ => Booked::Conflict(read_slots(&near)?),
    }))
}

/// What is taken on the days of the wishes and two weeks around them, for the times offered instead.
fn taken_around(
    connection: &Connection,
    team: &AssociationId,
    wishes: &[Wish],
) -> Result<Vec<Taken>, StoreError> {
    let starts = || wishes.iter().map(|wish| wish.start);
    let (Some(first), Some(last)) = (starts().min(), starts().max()) else { return Ok(Vec::new()) };
    taken(connection, team, first - 15 * DAY, last + 15 * DAY)
}

fn near(rules: &Rules, taken: &[Taken], wish: Option<&Wish>, now: i64) -> Vec<Slot> {
    let Some(wish) = wish else { return Vec::new() };
    let day = JstTime::from_unix_seconds(wish.start).date;
    nearest(rules, taken, wish.start, (day.plus_days(-14), day.plus_days(14)), wish.kind, now, NEAREST)
}

fn insert(
    connection: &Connection,
    new: &NewBooking,
    slot: Slot,
    status: Status,
) -> Result<Booking, StoreError> {
    let Slot { start, length, kind, place } = slot;
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
            start,
            length,
            kind.code(),
            place,
            status.code(),
            new.rules.deadline,
            new.fictional,
            new.key,
            new.key_id,
            new.sealed,
            new.received_at
        ])?;
    Ok(Booking {
        id: connection.last_insert_rowid(),
        reference: new.reference.clone(),
        team: new.team.clone(),
        start,
        length,
        kind,
        place,
        status,
        sequence: 0,
        deadline: new.rules.deadline,
        fictional: new.fictional,
    })
}

fn update(connection: &Connection, booking: &Booking, now: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE bookings SET start = ?2, length = ?3, kind = ?4, place = ?5, status = ?6, sequence = ?7,
                    changed_at = ?8 WHERE id = ?1",
        )?
        .execute(params![
            booking.id,
            booking.start,
            booking.length,
            booking.kind.code(),
            booking.place,
            booking.status.code(),
            booking.sequence,
            now
        ])?;
    Ok(())
}

fn hold(connection: &Connection, booking: &Booking, buffer: u16) -> Result<(), StoreError> {
    let mut insert = connection
        .prepare_cached("INSERT INTO held (team, place, quarter, booking) VALUES (?1, ?2, ?3, ?4)")?;
    let first = booking.start.div_euclid(QUARTER);
    for quarter in first..first + i64::from((booking.length + buffer) / GRID) {
        insert.execute(params![booking.team.as_str(), booking.place, quarter, booking.id])?;
    }
    Ok(())
}

fn release(connection: &Connection, id: i64) -> Result<(), StoreError> {
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
        .execute(params![new.key, new.fingerprint, rank, booking, write_slots(near), new.received_at])?;
    Ok(())
}

/// An event that leads where the booking is already.
fn is_done_by(status: Status, event: Event) -> bool {
    matches!(
        (status, event),
        (Status::Cancelled, Event::Cancel)
            | (Status::Confirmed, Event::Confirm)
            | (Status::Declined, Event::Decline)
            | (Status::Attended, Event::Attend)
            | (Status::Absent, Event::Miss)
    )
}

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Booking> {
    let unknown = |column: &str, text: String| {
        let error = format!("unknown {column} {text:?}");
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    };
    let kind: String = row.get("kind")?;
    let status: String = row.get("status")?;
    Ok(Booking {
        id: row.get("id")?,
        reference: row.get("reference")?,
        team: AssociationId(row.get("team")?),
        start: row.get("start")?,
        length: row.get("length")?,
        kind: Kind::parse(&kind).ok_or_else(|| unknown("kind", kind))?,
        place: row.get("place")?,
        status: Status::parse(&status).ok_or_else(|| unknown("status", status))?,
        sequence: row.get("sequence")?,
        deadline: row.get("deadline")?,
        fictional: row.get("fictional")?,
    })
}

/// `1766933999+60 visit 0` and a line end for each.
fn write_slots(slots: &[Slot]) -> String {
    slots.iter().map(|s| format!("{}+{} {} {}\n", s.start, s.length, s.kind.code(), s.place)).collect()
}

fn read_slots(text: &str) -> Result<Vec<Slot>, StoreError> {
    let slot = |line: &str| {
        let mut words = line.split([' ', '+']);
        let (start, length) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Slot { start, length, kind: Kind::parse(words.next()?)?, place: words.next()?.parse().ok()? })
    };
    let read: Option<Vec<Slot>> = text.lines().map(slot).collect();
    read.ok_or_else(|| StoreError::Broken("an earlier answer cannot be read".to_owned()))
}
