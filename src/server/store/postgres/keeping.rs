//! Statements about what is kept beside bookings, and how it goes.

use deadpool_postgres::{Client, GenericClient, Transaction};
use domain::booking::Event;

use super::again::Failure;
use super::booking::{by_id, happen, small, stand_in_line};
use super::waiting::refill;
use super::{hosts, journal};
use crate::store::decide;
use crate::store::journal::Entry;
use crate::store::keeping::{Access, Everything, MailKept};
use crate::store::kept::{self, HOLDS};
use crate::store::{Booking, Changed, StoreError, TokenHash};

pub(super) async fn decline(
    transaction: &Transaction<'_>,
    token: &TokenHash,
    reason: &str,
    now: i64,
) -> Result<Changed, Failure> {
    let changed = happen(transaction, token, Event::Decline, now).await?;
    if let Changed::Done(booking) = &changed {
        let update = transaction.prepare_cached("UPDATE bookings SET reason = $2 WHERE id = $1").await?;
        transaction.execute(&update, &[&booking.id, &reason]).await?;
    }
    Ok(changed)
}

pub(super) async fn reason(client: &Client, booking: i64) -> Result<Option<String>, Failure> {
    let select = client.prepare_cached("SELECT reason FROM bookings WHERE id = $1").await?;
    let Some(row) = client.query_opt(&select, &[&booking]).await? else { return Ok(None) };
    Ok(row.try_get(0)?)
}

pub(super) async fn looked(
    transaction: &Transaction<'_>,
    booking: i64,
    entry: &Entry,
) -> Result<(), Failure> {
    let insert = transaction
        .prepare_cached("INSERT INTO accesses (booking, who, what, at) VALUES ($1, $2, $3, $4)")
        .await?;
    transaction.execute(&insert, &[&booking, &entry.who, &entry.what, &entry.at]).await?;
    journal::append(transaction, entry).await
}

pub(super) async fn everything(client: &Client, booking: i64) -> Result<Option<Everything>, Failure> {
    let sql = "SELECT key, key_id, sealed, reason, received_at, changed_at,
                      (SELECT at FROM answers WHERE booking = bookings.id)
               FROM bookings WHERE id = $1 AND erased_at IS NULL";
    let select = client.prepare_cached(sql).await?;
    let Some(row) = client.query_opt(&select, &[&booking]).await? else { return Ok(None) };
    let sql = "SELECT who, what, at FROM accesses WHERE booking = $1 ORDER BY id";
    let mut accesses = Vec::new();
    for row in client.query(&client.prepare_cached(sql).await?, &[&booking]).await? {
        accesses.push(Access { who: row.try_get(0)?, what: row.try_get(1)?, at: row.try_get(2)? });
    }
    let sql = "SELECT event, due_at, attempts, outcome FROM mails WHERE booking = $1 ORDER BY id";
    let mut mails = Vec::new();
    for row in client.query(&client.prepare_cached(sql).await?, &[&booking]).await? {
        let attempts: i64 = row.try_get(2)?;
        let (event, due_at, outcome) = (row.try_get(0)?, row.try_get(1)?, row.try_get(3)?);
        mails.push(MailKept { event, due_at, attempts: small(attempts)?, outcome });
    }
    Ok(Some(Everything {
        key: row.try_get(0)?,
        key_id: row.try_get(1)?,
        sealed: row.try_get(2)?,
        reason: row.try_get(3)?,
        received_at: row.try_get(4)?,
        changed_at: row.try_get(5)?,
        answered_at: row.try_get(6)?,
        accesses,
        mails,
    }))
}

pub(super) async fn erase(transaction: &Transaction<'_>, id: i64, now: i64) -> Result<(), Failure> {
    let Some(Booking { team, .. }) = by_id(transaction, id).await? else { return Ok(()) };
    stand_in_line(transaction, &team).await?;
    // Nobody may cancel or move it meanwhile.
    let lock = transaction.prepare_cached("SELECT id FROM bookings WHERE id = $1 FOR UPDATE").await?;
    transaction.query_opt(&lock, &[&id]).await?;
    let Some(booking) = by_id(transaction, id).await? else { return Ok(()) };
    // Nobody could be told any more that it takes place, or that it does not.
    let is_ahead = booking.start > now || booking.status.is_in_line();
    let cancelled = booking.status.on(Event::Cancel).ok().filter(|_| is_ahead);
    let status = cancelled.unwrap_or(booking.status).code();
    transaction.execute("DELETE FROM passed WHERE booking = $1", &[&id]).await?;
    transaction.execute("DELETE FROM answers WHERE booking = $1", &[&id]).await?;
    transaction.execute("DELETE FROM mails WHERE booking = $1", &[&id]).await?;
    transaction.execute("DELETE FROM notes WHERE booking = $1", &[&id]).await?;
    transaction.execute("DELETE FROM calls WHERE booking = $1", &[&id]).await?;
    super::subjects::erase(transaction, &booking).await?;
    // Reference and token cannot be empty, both have to differ; random ones lead back to nobody.
    transaction
        .execute(
            "UPDATE bookings SET reference = 'erased ' || gen_random_uuid(), key = '', key_id = '', sealed = '',
                    token = sha256(uuid_send(gen_random_uuid())), reason = NULL, answer_by = NULL, assigned = NULL, received_at = 0, changed_at = $2,
                    erased_at = $2, status = $3
             WHERE id = $1",
            &[&id, &now, &status],
        )
        .await?;
    refill(transaction, &team, decide::day(&booking), now).await
}

pub(super) async fn ended_before(client: &Client, moment: i64) -> Result<Vec<Booking>, Failure> {
    let sql =
        "SELECT id FROM bookings WHERE erased_at IS NULL AND start + length * 60 < $1 ORDER BY start, id";
    let select = client.prepare_cached(sql).await?;
    let mut ended = Vec::new();
    for row in client.query(&select, &[&moment]).await? {
        ended.extend(by_id(client, row.try_get(0)?).await?);
    }
    Ok(ended)
}

pub(super) async fn forget_answers(
    transaction: &Transaction<'_>,
    before: i64,
    only_count: bool,
) -> Result<u32, Failure> {
    if only_count {
        let row = transaction.query_one("SELECT count(*) FROM answers WHERE at < $1", &[&before]).await?;
        return small(row.try_get::<_, i64>(0)?);
    }
    small(transaction.execute("DELETE FROM answers WHERE at < $1", &[&before]).await?)
}

/// Frees the space of what was erased. It is written over when something new needs it, not at once; where that is not
/// enough, `VACUUM FULL` writes the tables anew, and nobody can book meanwhile.
pub(super) async fn scrub(client: &Client) -> Result<bool, Failure> {
    client.batch_execute("SET statement_timeout = '5min'").await?;
    for table in ["bookings", "answers", "mails", "notes", "calls", "subjects"] {
        client.batch_execute(&format!("VACUUM {table}")).await?;
    }
    client.batch_execute("RESET statement_timeout").await?;
    Ok(true)
}

pub(super) async fn keys_in_use(client: &Client) -> Result<Vec<(String, u32)>, Failure> {
    let sql = "SELECT key_id, count(*) FROM (SELECT key_id FROM bookings WHERE erased_at IS NULL
                                             UNION ALL SELECT key_id FROM notes) AS letters
               GROUP BY key_id ORDER BY key_id";
    let mut keys = Vec::new();
    for row in client.query(&client.prepare_cached(sql).await?, &[]).await? {
        keys.push((row.try_get(0)?, small(row.try_get::<_, i64>(1)?)?));
    }
    Ok(keys)
}

pub(super) async fn findings(client: &Client) -> Result<Vec<String>, Failure> {
    let (a, b) = (HOLDS.replace("status", "a.status"), HOLDS.replace("status", "b.status"));
    let overlapping = format!(
        "SELECT 'overlap: bookings ' || a.id || ' and ' || b.id || ' in place ' || a.place || ' of ' || a.team
         FROM bookings AS a JOIN bookings AS b ON b.team = a.team AND b.place = a.place
              AND b.start >= a.start AND b.start < a.start + a.length * 60 AND (b.start > a.start OR b.id > a.id)
         WHERE {a} AND {b} ORDER BY 1"
    );
    let unguarded = "SELECT 'overlap: nothing rules it out, the constraint no_place_twice is missing'
         WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'no_place_twice' AND convalidated)";
    let other_keys = "SELECT 'answers: booking ' || booking || ' is another one''s by its key' FROM answers
         JOIN bookings ON bookings.id = answers.booking WHERE bookings.key <> answers.key ORDER BY 1";
    let mut findings = Vec::new();
    for sql in [overlapping.as_str(), unguarded, other_keys] {
        for row in client.query(sql, &[]).await? {
            findings.push(row.try_get(0)?);
        }
    }
    match hosts::hosts(client).await {
        Err(Failure::Final(StoreError::Broken(why))) => findings.push(format!("hosts: {why}")),
        hosts => drop(hosts?),
    }
    findings.extend(journal::broken(client).await?.map(kept::broken_journal));
    Ok(findings)
}
