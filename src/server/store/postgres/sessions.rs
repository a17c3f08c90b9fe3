//! Statements about who is signed in.

use deadpool_postgres::{GenericClient, Transaction};

use super::again::Failure;
use super::booking::small;
use super::journal::append;
use super::members;
use crate::store::TokenHash;
use crate::store::journal::Entry;
use crate::store::staff::{Ended, Session, Used, token};

pub(super) async fn open(
    transaction: &Transaction<'_>,
    member: i64,
    token: &TokenHash,
    now: i64,
) -> Result<(), Failure> {
    let sql = "INSERT INTO sessions (token, member, began_at, seen_at) VALUES ($1, $2, $3, $3)";
    let insert = transaction.prepare_cached(sql).await?;
    transaction.execute(&insert, &[&&token[..], &member, &now]).await?;
    Ok(())
}

pub(super) async fn find(client: &impl GenericClient, token: TokenHash) -> Result<Option<Session>, Failure> {
    let sql = "SELECT member, began_at, seen_at,
                      (SELECT count(*) FROM passkeys WHERE passkeys.member = sessions.member)
               FROM sessions WHERE token = $1";
    let found = client.query_opt(&client.prepare_cached(sql).await?, &[&&token[..]]).await?;
    let Some(row) = found else { return Ok(None) };
    let (began_at, seen_at) = (row.try_get(1)?, row.try_get(2)?);
    let passkeys = small(row.try_get::<_, i64>(3)?)?;
    let member = members::find(client, row.try_get(0)?).await?;
    Ok(member.map(|member| Session { token, member, began_at, seen_at, passkeys }))
}

/// The latest first.
pub(super) async fn of(client: &impl GenericClient, member: i64) -> Result<Vec<Session>, Failure> {
    let sql = "SELECT token FROM sessions WHERE member = $1 ORDER BY began_at DESC, token";
    let mut sessions = Vec::new();
    for row in client.query(&client.prepare_cached(sql).await?, &[&member]).await? {
        sessions.extend(find(client, token(row.try_get(0)?)?).await?);
    }
    Ok(sessions)
}

pub(super) async fn sign_in(
    transaction: &Transaction<'_>,
    used: &Used,
    entry: &Entry,
) -> Result<bool, Failure> {
    if find(transaction, used.session).await?.is_some() {
        // Done before its connection was lost.
        return Ok(true);
    }
    // FOR UPDATE: whoever disables her waits, and then ends this session, too.
    let sql = "SELECT members.id FROM passkeys JOIN members ON members.id = passkeys.member
               WHERE passkeys.id = $1 AND disabled_at IS NULL FOR UPDATE";
    let select = transaction.prepare_cached(sql).await?;
    let Some(row) = transaction.query_opt(&select, &[&used.passkey]).await? else { return Ok(false) };
    let update =
        transaction.prepare_cached("UPDATE passkeys SET body = $2, used_at = $3 WHERE id = $1").await?;
    transaction.execute(&update, &[&used.passkey, &used.body, &used.now]).await?;
    open(transaction, row.try_get(0)?, &used.session, used.now).await?;
    append(transaction, entry).await?;
    Ok(true)
}

pub(super) async fn seen(transaction: &Transaction<'_>, token: TokenHash, now: i64) -> Result<(), Failure> {
    let sql = "UPDATE sessions SET seen_at = $2 WHERE token = $1 AND seen_at < $2";
    transaction.execute(&transaction.prepare_cached(sql).await?, &[&&token[..], &now]).await?;
    Ok(())
}

pub(super) async fn end(
    transaction: &Transaction<'_>,
    token: TokenHash,
    entry: &Entry,
) -> Result<bool, Failure> {
    let delete = transaction.prepare_cached("DELETE FROM sessions WHERE token = $1").await?;
    let ended = transaction.execute(&delete, &[&&token[..]]).await? > 0;
    if ended {
        append(transaction, entry).await?;
    }
    Ok(ended)
}

/// All of hers but this one. Whether there was another.
pub(super) async fn end_others(
    transaction: &Transaction<'_>,
    member: i64,
    within: TokenHash,
    entry: &Entry,
) -> Result<bool, Failure> {
    let others = "DELETE FROM sessions WHERE member = $1 AND token <> $2";
    let delete = transaction.prepare_cached(others).await?;
    let ended = transaction.execute(&delete, &[&member, &&within[..]]).await? > 0;
    if ended {
        append(transaction, entry).await?;
    }
    Ok(ended)
}

pub(super) async fn sweep(transaction: &Transaction<'_>, now: i64, ended: Ended) -> Result<u32, Failure> {
    let swept = transaction.execute("DELETE FROM invitations WHERE until <= $1", &[&now]).await?
        + transaction.execute("DELETE FROM ceremonies WHERE until <= $1", &[&now]).await?
        + transaction
            .execute(
                "DELETE FROM sessions WHERE began_at <= $1 OR seen_at <= $2",
                &[&ended.began, &ended.seen],
            )
            .await?;
    small(swept)
}
