//! The statements of the mails that are still to be sent.

use deadpool_postgres::{GenericClient, Transaction};

use super::again::Failure;
use super::booking::{by_id, small};
use crate::store::mail::{Backlog, Due, HANDED_OUT, News, Outcome, Sealed, news};
use crate::store::{Booking, StoreError};

/// Notes what there is to tell of a booking as it is now; part of the change itself.
pub(super) async fn announce(
    transaction: &Transaction<'_>,
    booking: &Booking,
    now: i64,
) -> Result<(), Failure> {
    let insert = transaction
        .prepare_cached(
            "INSERT INTO mails (booking, event, sequence, due_at, attempt_at) VALUES ($1, $2, $3, $4, $4)
             ON CONFLICT DO NOTHING",
        )
        .await?;
    for (news, at) in news(booking, now) {
        let sequence = i64::from(booking.sequence);
        transaction.execute(&insert, &[&booking.id, &news.code(), &sequence, &at]).await?;
    }
    Ok(())
}

/// What another server hands out at this moment is skipped, not waited for.
pub(super) async fn due(transaction: &Transaction<'_>, now: i64, most: usize) -> Result<Vec<Due>, Failure> {
    let hand_out = transaction
        .prepare_cached(
            "UPDATE mails SET attempts = attempts + 1, attempt_at = $2
             WHERE id IN (SELECT id FROM mails WHERE outcome IS NULL AND attempt_at <= $1
                          ORDER BY attempt_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
             RETURNING id",
        )
        .await?;
    let most: i64 = small(most)?;
    let rows = transaction.query(&hand_out, &[&now, &(now + HANDED_OUT), &most]).await?;
    let mut ids = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
    ids.sort_unstable();
    let mut due = Vec::with_capacity(ids.len());
    for id in ids {
        match one(transaction, id).await {
            Ok(mail) => due.push(mail),
            // It would be handed out first for ever, and nobody else's mail after it.
            Err(Failure::Final(failure @ StoreError::Broken(_))) => {
                tracing::error!(mail = id, %failure, "a mail cannot be read and is given up");
                ended(transaction, id, Outcome::GivenUp).await?;
            }
            Err(other) => return Err(other),
        }
    }
    Ok(due)
}

pub(super) async fn ended(transaction: &Transaction<'_>, mail: i64, outcome: Outcome) -> Result<(), Failure> {
    let update = transaction.prepare_cached("UPDATE mails SET outcome = $2 WHERE id = $1").await?;
    transaction.execute(&update, &[&mail, &outcome.code()]).await?;
    Ok(())
}

pub(super) async fn again(transaction: &Transaction<'_>, mail: i64, at: i64) -> Result<(), Failure> {
    let update = transaction
        .prepare_cached("UPDATE mails SET attempt_at = $2 WHERE id = $1 AND outcome IS NULL")
        .await?;
    transaction.execute(&update, &[&mail, &at]).await?;
    Ok(())
}

pub(super) async fn backlog(client: &impl GenericClient, now: i64) -> Result<Backlog, Failure> {
    let select = client
        .prepare_cached("SELECT count(*), min(due_at) FROM mails WHERE outcome IS NULL AND due_at <= $1")
        .await?;
    let row = client.query_one(&select, &[&now]).await?;
    Ok(Backlog { count: row.try_get(0)?, oldest: row.try_get(1)? })
}

pub(super) async fn sealed(client: &impl GenericClient, booking: i64) -> Result<Option<Sealed>, Failure> {
    let select = client.prepare_cached("SELECT key, key_id, sealed FROM bookings WHERE id = $1").await?;
    let Some(row) = client.query_opt(&select, &[&booking]).await? else { return Ok(None) };
    Ok(Some(Sealed { key: row.try_get(0)?, key_id: row.try_get(1)?, sealed: row.try_get(2)? }))
}

async fn one(transaction: &Transaction<'_>, id: i64) -> Result<Due, Failure> {
    let select = transaction
        .prepare_cached("SELECT booking, event, sequence, due_at, attempts FROM mails WHERE id = $1")
        .await?;
    let row = transaction.query_one(&select, &[&id]).await?;
    let (event, sequence, attempts): (&str, i64, i64) = (row.try_get(1)?, row.try_get(2)?, row.try_get(4)?);
    let news = News::parse(event)
        .ok_or_else(|| StoreError::Broken(format!("a mail of the unknown kind {event:?}")))?;
    let gone = || StoreError::Broken("a mail of a booking that is gone".to_owned());
    let of: i64 = row.try_get(0)?;
    let booking = by_id(transaction, of).await?.ok_or_else(gone)?;
    let sealed = sealed(transaction, of).await?.ok_or_else(gone)?;
    let (sequence, due_at, attempts) = (small(sequence)?, row.try_get(3)?, small(attempts)?);
    Ok(Due { id, news, sequence, due_at, attempts, booking, sealed })
}
