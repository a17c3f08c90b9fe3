//! Statements about what is kept beside bookings, and how it goes.

use domain::booking::Event;
use rusqlite::{Connection, OptionalExtension, params};

use super::booking::{by_id, happen, release};
use super::journal;
use super::waiting::refill;
use crate::store::decide;
use crate::store::journal::Entry;
use crate::store::keeping::{Access, Everything, MailKept};
use crate::store::{Booking, Changed, StoreError, TokenHash};

pub(super) fn decline(
    connection: &Connection,
    token: &TokenHash,
    reason: &str,
    now: i64,
) -> Result<Changed, StoreError> {
    let changed = happen(connection, token, Event::Decline, now)?;
    if let Changed::Done(booking) = &changed {
        let mut update = connection.prepare_cached("UPDATE bookings SET reason = ?2 WHERE id = ?1")?;
        update.execute(params![booking.id, reason])?;
    }
    Ok(changed)
}

pub(super) fn reason(connection: &Connection, booking: i64) -> Result<Option<String>, StoreError> {
    let mut select = connection.prepare_cached("SELECT reason FROM bookings WHERE id = ?1")?;
    Ok(select.query_row([booking], |row| row.get(0)).optional()?.flatten())
}

pub(super) fn looked(connection: &Connection, booking: i64, entry: &Entry) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO accesses (booking, who, what, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![booking, entry.who, entry.what, entry.at])?;
    journal::append(connection, entry)
}

pub(super) fn everything(connection: &Connection, booking: i64) -> Result<Option<Everything>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT key, key_id, sealed, reason, received_at, changed_at,
                (SELECT at FROM answers WHERE booking = bookings.id)
         FROM bookings WHERE id = ?1 AND erased_at IS NULL",
    )?;
    let found = select.query_row([booking], |row| {
        Ok(Everything {
            key: row.get(0)?,
            key_id: row.get(1)?,
            sealed: row.get(2)?,
            reason: row.get(3)?,
            received_at: row.get(4)?,
            changed_at: row.get(5)?,
            answered_at: row.get(6)?,
            accesses: Vec::new(),
            mails: Vec::new(),
        })
    });
    let Some(found) = found.optional()? else { return Ok(None) };
    let mut select =
        connection.prepare_cached("SELECT who, what, at FROM accesses WHERE booking = ?1 ORDER BY id")?;
    let accesses = select
        .query_map([booking], |row| Ok(Access { who: row.get(0)?, what: row.get(1)?, at: row.get(2)? }))?;
    let mut mails = connection.prepare_cached(
        "SELECT event, due_at, attempts, outcome FROM mails WHERE booking = ?1 ORDER BY id",
    )?;
    let mails = mails.query_map([booking], |row| {
        Ok(MailKept { event: row.get(0)?, due_at: row.get(1)?, attempts: row.get(2)?, outcome: row.get(3)? })
    })?;
    let (accesses, mails) = (accesses.collect::<Result<_, _>>()?, mails.collect::<Result<_, _>>()?);
    Ok(Some(Everything { accesses, mails, ..found }))
}

pub(super) fn erase(connection: &Connection, id: i64, now: i64) -> Result<(), StoreError> {
    let Some(booking) = by_id(connection, id)? else { return Ok(()) };
    // Nobody could be told any more that it takes place, or that it does not.
    let is_ahead = booking.start > now || booking.status.is_in_line();
    let cancelled = booking.status.on(Event::Cancel).ok().filter(|_| is_ahead);
    if let Some(status) = cancelled {
        connection.execute("UPDATE bookings SET status = ?2 WHERE id = ?1", params![id, status.code()])?;
        release(connection, id)?;
        refill(connection, &booking.team, decide::day(&booking), now)?;
    }
    connection.execute("DELETE FROM passed WHERE booking = ?1", [id])?;
    connection.execute("DELETE FROM answers WHERE booking = ?1", [id])?;
    connection.execute("DELETE FROM mails WHERE booking = ?1", [id])?;
    connection.execute("DELETE FROM notes WHERE booking = ?1", [id])?;
    connection.execute("DELETE FROM calls WHERE booking = ?1", [id])?;
    super::subjects::erase(connection, &booking)?;
    // Reference and token cannot be empty, both have to differ; random ones lead back to nobody.
    connection.execute(
        "UPDATE bookings SET reference = 'erased ' || lower(hex(randomblob(8))), token = randomblob(32), key = '',
                key_id = '', sealed = x'', reason = NULL, answer_by = NULL, assigned = NULL, received_at = 0, changed_at = ?2, erased_at = ?2
         WHERE id = ?1",
        params![id, now],
    )?;
    Ok(())
}

pub(super) fn ended_before(connection: &Connection, moment: i64) -> Result<Vec<Booking>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id FROM bookings WHERE erased_at IS NULL AND start + length * 60 < ?1 ORDER BY start, id",
    )?;
    let ids = select.query_map([moment], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    ids.into_iter().filter_map(|id| by_id(connection, id).transpose()).collect()
}

pub(super) fn forget_answers(
    connection: &Connection,
    before: i64,
    only_count: bool,
) -> Result<u32, StoreError> {
    if only_count {
        let mut count = connection.prepare_cached("SELECT count(*) FROM answers WHERE at < ?1")?;
        return Ok(count.query_row([before], |row| row.get(0))?);
    }
    let deleted = connection.prepare_cached("DELETE FROM answers WHERE at < ?1")?.execute([before])?;
    Ok(deleted.try_into().unwrap_or(u32::MAX))
}

pub(super) fn keys_in_use(connection: &Connection) -> Result<Vec<(String, u32)>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT key_id, count(*) FROM (SELECT key_id FROM bookings WHERE erased_at IS NULL
                                       UNION ALL SELECT key_id FROM notes) GROUP BY key_id ORDER BY key_id",
    )?;
    let keys = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}
