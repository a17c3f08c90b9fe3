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
