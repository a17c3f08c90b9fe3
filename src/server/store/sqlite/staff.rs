//! Members and what changes them, in SQLite.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteStore;
use super::journal::append;
use super::sessions;
use crate::store::journal::Entry;
use crate::store::staff::{
    Change, Changing, Ended, Invitation, Joining, Member, NewPasskey, Passkey, Removed, Session, StaffStore,
    Used, role, token,
};
use crate::store::{Answering, StoreError, TokenHash};
use domain::association::AssociationId;

impl StaffStore for SqliteStore {
    fn members(&self) -> Answering<'_, Vec<Member>> {
        self.read(|connection| {
            let sql = format!("SELECT {MEMBER} FROM members ORDER BY id");
            members(connection.prepare_cached(&sql)?.query([])?)
        })
    }

    fn member(&self, id: i64) -> Answering<'_, Option<Member>> {
        self.read(move |connection| member(connection, id))
    }

    fn invite(&self, invitation: Invitation, entry: Entry) -> Answering<'_, ()> {
        self.writer.write(move |connection| {
            take_back(connection, invitation.member)?;
            let sql = "INSERT INTO invitations (code, role, association, member, until) VALUES (?1, ?2, ?3, ?4, ?5)";
            connection.prepare_cached(sql)?.execute(params![
                invitation.code,
                invitation.role.code(),
                invitation.association.as_ref().map(AssociationId::as_str),
                invitation.member,
                invitation.until
            ])?;
            append(connection, &entry)
        })
    }

    fn invitation(&self, code: TokenHash, now: i64) -> Answering<'_, Option<Invitation>> {
        self.read(move |connection| invitation(connection, &code, now))
    }

    fn accept(&self, joining: Joining, now: i64) -> Answering<'_, Option<Member>> {
        self.writer.write(move |connection| accept(connection, &joining, now))
    }

    fn passkeys(&self, member: i64) -> Answering<'_, Vec<Passkey>> {
        self.read(move |connection| {
            let sql = format!("SELECT {PASSKEY} FROM passkeys WHERE member = ?1 ORDER BY id");
            let mut select = connection.prepare_cached(&sql)?;
            let passkeys = select.query_map([member], passkey)?;
            Ok(passkeys.collect::<Result<_, _>>()?)
        })
    }

    fn passkey(&self, credential: Vec<u8>) -> Answering<'_, Option<(Passkey, Member)>> {
        self.read(move |connection| {
            let sql = format!("SELECT {PASSKEY}, member FROM passkeys WHERE credential = ?1");
            let mut select = connection.prepare_cached(&sql)?;
            let found = select.query_row([credential], |row| Ok((passkey(row)?, row.get(5)?))).optional()?;
            let Some((passkey, whose)) = found else { return Ok(None) };
            Ok(member(connection, whose)?.map(|member| (passkey, member)))
        })
    }

    fn add_passkey(&self, member: i64, new: NewPasskey, entry: Entry) -> Answering<'_, bool> {
        self.writer.write(move |connection| {
            let is_new = add_passkey(connection, member, &new, entry.at)?;
            if is_new {
                append(connection, &entry)?;
            }
            Ok(is_new)
        })
    }

    fn remove_passkey(
        &self,
        member: i64,
        passkey: i64,
        within: TokenHash,
        entry: Entry,
    ) -> Answering<'_, Removed> {
        self.writer.write(move |connection| {
            let sql = "SELECT count(*), coalesce(sum(id = ?2), 0) FROM passkeys WHERE member = ?1";
            let (all, this): (u32, u32) =
                connection.query_row(sql, (member, passkey), |row| Ok((row.get(0)?, row.get(1)?)))?;
            match (all, this) {
                (_, 0) => Ok(Removed::Unknown),
                (1, _) => Ok(Removed::LastOne),
                _ => {
                    connection.execute("DELETE FROM passkeys WHERE id = ?1", [passkey])?;
                    sessions::end_others(connection, member, within)?;
                    append(connection, &entry)?;
                    Ok(Removed::Done)
                }
            }
        })
    }

    fn sign_in(&self, used: Used, entry: Entry) -> Answering<'_, bool> {
        self.writer.write(move |connection| sessions::sign_in(connection, &used, &entry))
    }

    fn begin(&self, ceremony: TokenHash, state: String, until: i64) -> Answering<'_, ()> {
        self.writer.write(move |connection| {
            let sql = "INSERT INTO ceremonies (id, state, until) VALUES (?1, ?2, ?3)";
            connection.prepare_cached(sql)?.execute((ceremony, state, until))?;
            Ok(())
        })
    }

    fn take(&self, ceremony: TokenHash, now: i64) -> Answering<'_, Option<String>> {
        self.writer.write(move |connection| {
            let sql = "DELETE FROM ceremonies WHERE id = ?1 AND until > ?2 RETURNING state";
            let mut delete = connection.prepare_cached(sql)?;
            Ok(delete.query_row((ceremony, now), |row| row.get(0)).optional()?)
        })
    }

    fn session(&self, token: TokenHash) -> Answering<'_, Option<Session>> {
        self.read(move |connection| sessions::find(connection, token))
    }

    fn sessions(&self, member: i64) -> Answering<'_, Vec<Session>> {
        self.read(move |connection| sessions::of(connection, member))
    }

    fn seen(&self, token: TokenHash, now: i64) -> Answering<'_, ()> {
        self.writer.write(move |connection| {
            let sql = "UPDATE sessions SET seen_at = ?2 WHERE token = ?1 AND seen_at < ?2";
            connection.prepare_cached(sql)?.execute((token, now))?;
            Ok(())
        })
    }

    fn end(&self, token: TokenHash, entry: Entry) -> Answering<'_, bool> {
        self.writer.write(move |connection| {
            let ended = connection.execute("DELETE FROM sessions WHERE token = ?1", [token])? > 0;
            if ended {
                append(connection, &entry)?;
            }
            Ok(ended)
        })
    }

    fn end_others(&self, member: i64, within: TokenHash, entry: Entry) -> Answering<'_, bool> {
        self.writer.write(move |connection| {
            let ended = sessions::end_others(connection, member, within)?;
            if ended {
                append(connection, &entry)?;
            }
            Ok(ended)
        })
    }

    fn change_member(&self, id: i64, change: Change, spared: bool, entry: Entry) -> Answering<'_, Changing> {
        self.writer.write(move |connection| change_member(connection, id, change, spared, &entry))
    }

    fn sweep_staff(&self, now: i64, ended: Ended) -> Answering<'_, u32> {
        self.writer.write(move |connection| {
            let swept = connection.execute("DELETE FROM invitations WHERE until <= ?1", [now])?
                + connection.execute("DELETE FROM ceremonies WHERE until <= ?1", [now])?
                + connection.execute(
                    "DELETE FROM sessions WHERE began_at <= ?1 OR seen_at <= ?2",
                    (ended.began, ended.seen),
                )?;
            Ok(swept.try_into().unwrap_or(u32::MAX))
        })
    }
}

pub(super) const MEMBER: &str = "id, handle, name, role, association, disabled_at IS NOT NULL";
const PASSKEY: &str = "id, credential, body, added_at, used_at";

pub(super) fn member(connection: &Connection, id: i64) -> Result<Option<Member>, StoreError> {
    let sql = format!("SELECT {MEMBER} FROM members WHERE id = ?1");
    Ok(members(connection.prepare_cached(&sql)?.query([id])?)?.pop())
}

fn members(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Member>, StoreError> {
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let handle: Vec<u8> = row.get(1)?;
        let member = Member::kept(row.get(0)?, &handle, row.get(2)?, &row.get::<_, String>(3)?)?;
        let association = row.get::<_, Option<String>>(4)?.map(AssociationId);
        members.push(Member { association, disabled: row.get(5)?, ..member });
    }
    Ok(members)
}

fn passkey(row: &Row<'_>) -> rusqlite::Result<Passkey> {
    Ok(Passkey {
        id: row.get(0)?,
        credential: row.get(1)?,
        body: row.get(2)?,
        added_at: row.get(3)?,
        used_at: row.get(4)?,
    })
}

fn add_passkey(connection: &Connection, member: i64, new: &NewPasskey, now: i64) -> Result<bool, StoreError> {
    let sql = "INSERT INTO passkeys (member, credential, body, added_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    let mut insert = connection.prepare_cached(sql)?;
    Ok(insert.execute(params![member, new.credential, new.body, now])? > 0)
}

fn invitation(connection: &Connection, code: &TokenHash, now: i64) -> Result<Option<Invitation>, StoreError> {
    let sql = "SELECT code, role, association, member, until FROM invitations WHERE code = ?1 AND until > ?2";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query((code, now))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Invitation {
        code: token(&row.get::<_, Vec<u8>>(0)?)?,
        role: role(&row.get::<_, String>(1)?)?,
        association: row.get::<_, Option<String>>(2)?.map(AssociationId),
        member: row.get(3)?,
        until: row.get(4)?,
    }))
}

fn take_back(connection: &Connection, member: Option<i64>) -> Result<(), StoreError> {
    connection.execute("DELETE FROM invitations WHERE member = ?1", [member])?;
    Ok(())
}

fn accept(connection: &Connection, joining: &Joining, now: i64) -> Result<Option<Member>, StoreError> {
    let Some(invitation) = invitation(connection, &joining.code, now)? else { return Ok(None) };
    let sql = "SELECT 1 FROM passkeys WHERE credential = ?1 AND member IS NOT ?2";
    if connection.prepare_cached(sql)?.exists(params![joining.passkey.credential, invitation.member])? {
        return Ok(None);
    }
    let id = match invitation.member {
        Some(id) => {
            if member(connection, id)?.is_none_or(|member| member.disabled) {
                return Ok(None);
            }
            connection.execute("DELETE FROM passkeys WHERE member = ?1", [id])?;
            connection.execute("DELETE FROM sessions WHERE member = ?1", [id])?;
            id
        }
        None => {
            let sql =
                "INSERT INTO members (handle, name, role, association, added_at) VALUES (?1, ?2, ?3, ?4, ?5)";
            connection.prepare_cached(sql)?.insert(params![
                joining.handle,
                joining.name.as_deref().unwrap_or_default(),
                invitation.role.code(),
                invitation.association.as_ref().map(AssociationId::as_str),
                now
            ])?
        }
    };
    add_passkey(connection, id, &joining.passkey, now)?;
    connection.execute("DELETE FROM invitations WHERE code = ?1", [joining.code])?;
    sessions::open(connection, id, &joining.session, now)?;
    let Some(member) = member(connection, id)? else { return Ok(None) };
    append(connection, &member.joined(invitation.member.is_some(), now))?;
    Ok(Some(member))
}

fn change_member(
    connection: &Connection,
    id: i64,
    change: Change,
    spared: bool,
    entry: &Entry,
) -> Result<Changing, StoreError> {
    let Some(member) = member(connection, id)? else { return Ok(Changing::Unknown) };
    let sql = format!("SELECT {MEMBER} FROM members WHERE association IS ?1");
    let association = member.association.as_ref().map(AssociationId::as_str);
    let all = members(connection.prepare_cached(&sql)?.query([association])?)?;
    let changing = member.on(change, spared, &all);
    if let Changing::Done(changed) = &changing {
        let disabled_at = changed.disabled.then_some(entry.at);
        connection.execute(
            "UPDATE members SET role = ?2, disabled_at = ?3 WHERE id = ?1",
            params![id, changed.role.code(), disabled_at],
        )?;
        if changed.disabled {
            connection.execute("DELETE FROM sessions WHERE member = ?1", [id])?;
            take_back(connection, Some(id))?;
        }
        append(connection, entry)?;
    }
    Ok(changing)
}
