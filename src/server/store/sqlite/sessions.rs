//! Who is signed in, in SQLite.

use rusqlite::{Connection, OptionalExtension, params};

use super::journal::append;
use super::staff::member;
use crate::store::journal::Entry;
use crate::store::staff::{Session, Used};
use crate::store::{StoreError, TokenHash};

pub(super) fn open(
    connection: &Connection,
    member: i64,
    token: &TokenHash,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO sessions (token, member, began_at, seen_at) VALUES (?1, ?2, ?3, ?3)";
    connection.prepare_cached(sql)?.execute(params![token, member, now])?;
    Ok(())
}

pub(super) fn find(connection: &Connection, token: TokenHash) -> Result<Option<Session>, StoreError> {
    let sql = "SELECT member, began_at, seen_at,
                      (SELECT count(*) FROM passkeys WHERE passkeys.member = sessions.member)
               FROM sessions WHERE token = ?1";
    let mut select = connection.prepare_cached(sql)?;
    let found = select.query_row([token], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    let Some((id, began_at, seen_at, passkeys)) = found.optional()? else { return Ok(None) };
    let member = member(connection, id)?;
    Ok(member.map(|member| Session { token, member, began_at, seen_at, passkeys }))
}

/// The latest first.
pub(super) fn of(connection: &Connection, member: i64) -> Result<Vec<Session>, StoreError> {
    let sql = "SELECT token FROM sessions WHERE member = ?1 ORDER BY began_at DESC, token";
    let mut select = connection.prepare_cached(sql)?;
    let tokens = select.query_map([member], |row| row.get(0))?.collect::<Result<Vec<TokenHash>, _>>()?;
    tokens.into_iter().filter_map(|token| find(connection, token).transpose()).collect()
}

/// All of hers but this one. Whether there was another.
pub(super) fn end_others(
    connection: &Connection,
    member: i64,
    within: TokenHash,
) -> Result<bool, StoreError> {
    let others = "DELETE FROM sessions WHERE member = ?1 AND token <> ?2";
    Ok(connection.prepare_cached(others)?.execute((member, within))? > 0)
}

pub(super) fn sign_in(connection: &Connection, used: &Used, entry: &Entry) -> Result<bool, StoreError> {
    let sql = "UPDATE passkeys SET body = ?2, used_at = ?3
               WHERE id = ?1 AND member IN (SELECT id FROM members WHERE disabled_at IS NULL) RETURNING member";
    let mut update = connection.prepare_cached(sql)?;
    let member = update.query_row(params![used.passkey, used.body, used.now], |row| row.get(0)).optional()?;
    let Some(member) = member else { return Ok(false) };
    open(connection, member, &used.session, used.now)?;
    append(connection, entry)?;
    Ok(true)
}
