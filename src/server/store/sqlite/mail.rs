//! The statements of the mails that are still to be sent.

use rusqlite::{Connection, OptionalExtension, params};

use super::booking::by_id;
use crate::store::mail::{Backlog, Due, HANDED_OUT, News, Outcome, Sealed, news};
use crate::store::{Booking, StoreError};

/// Notes what there is to tell of a booking as it is now; part of the change itself.
pub(super) fn announce(connection: &Connection, booking: &Booking, now: i64) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO mails (booking, event, sequence, due_at, attempt_at) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT DO NOTHING",
    )?;
    for (news, at) in news(booking, now) {
        insert.execute(params![booking.id, news.code(), booking.sequence, at])?;
    }
    Ok(())
}

pub(super) fn due(connection: &Connection, now: i64, most: usize) -> Result<Vec<Due>, StoreError> {
    let mut hand_out = connection.prepare_cached(
        "UPDATE mails SET attempts = attempts + 1, attempt_at = ?2
         WHERE id IN (SELECT id FROM mails WHERE outcome IS NULL AND attempt_at <= ?1
                      ORDER BY attempt_at, id LIMIT ?3)
         RETURNING id",
    )?;
    let ids = hand_out.query_map(params![now, now + HANDED_OUT, most as i64], |row| row.get::<_, i64>(0))?;
    let mut ids = ids.collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    let mut due = Vec::with_capacity(ids.len());
    for id in ids {
        match one(connection, id) {
            Ok(mail) => due.push(mail),
            // It would be handed out first for ever, and nobody else's mail after it.
            Err(failure @ StoreError::Broken(_)) => {
                tracing::error!(mail = id, %failure, "a mail cannot be read and is given up");
                ended(connection, id, Outcome::GivenUp)?;
            }
            Err(busy) => return Err(busy),
        }
    }
    Ok(due)
}

pub(super) fn ended(connection: &Connection, mail: i64, outcome: Outcome) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE mails SET outcome = ?2 WHERE id = ?1")?
        .execute(params![mail, outcome.code()])?;
    Ok(())
}

pub(super) fn again(connection: &Connection, mail: i64, at: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE mails SET attempt_at = ?2 WHERE id = ?1 AND outcome IS NULL")?
        .execute(params![mail, at])?;
    Ok(())
}

pub(super) fn backlog(connection: &Connection, now: i64) -> Result<Backlog, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT count(*), min(due_at) FROM mails WHERE outcome IS NULL AND due_at <= ?1")?;
    Ok(select.query_row([now], |row| Ok(Backlog { count: row.get(0)?, oldest: row.get(1)? }))?)
}

pub(super) fn sealed(connection: &Connection, booking: i64) -> Result<Option<Sealed>, StoreError> {
    let mut select = connection.prepare_cached("SELECT key, key_id, sealed FROM bookings WHERE id = ?1")?;
    let letter =
        |row: &rusqlite::Row<'_>| Ok(Sealed { key: row.get(0)?, key_id: row.get(1)?, sealed: row.get(2)? });
    Ok(select.query_row([booking], letter).optional()?)
}

fn one(connection: &Connection, id: i64) -> Result<Due, StoreError> {
    type Row = (i64, String, u32, i64, u32);
    let (of, event, sequence, due_at, attempts): Row = connection
        .prepare_cached("SELECT booking, event, sequence, due_at, attempts FROM mails WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    let news = News::parse(&event)
        .ok_or_else(|| StoreError::Broken(format!("a mail of the unknown kind {event:?}")))?;
    let gone = || StoreError::Broken("a mail of a booking that is gone".to_owned());
    let booking = by_id(connection, of)?.ok_or_else(gone)?;
    let sealed = sealed(connection, of)?.ok_or_else(gone)?;
    Ok(Due { id, news, sequence, due_at, attempts, booking, sealed })
}
