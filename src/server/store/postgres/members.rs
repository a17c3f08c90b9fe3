//! Statements about members and their passkeys.

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;
use tokio_postgres::Row;

use super::again::Failure;
use super::joining::take_back;
use super::journal::append;
use crate::store::TokenHash;
use crate::store::journal::Entry;
use crate::store::staff::{Change, Changing, Member, NewPasskey, Passkey, Removed};

const MEMBER: &str = "id, handle, name, role, association, disabled_at IS NOT NULL";
const PASSKEY: &str = "id, credential, body, added_at, used_at";

pub(super) async fn all(client: &impl GenericClient) -> Result<Vec<Member>, Failure> {
    let select = client.prepare_cached(&format!("SELECT {MEMBER} FROM members ORDER BY id")).await?;
    client.query(&select, &[]).await?.iter().map(member).collect()
}

pub(super) async fn find(client: &impl GenericClient, id: i64) -> Result<Option<Member>, Failure> {
    let select = client.prepare_cached(&format!("SELECT {MEMBER} FROM members WHERE id = $1")).await?;
    client.query_opt(&select, &[&id]).await?.as_ref().map(member).transpose()
}

fn member(row: &Row) -> Result<Member, Failure> {
    let kept = Member::kept(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?)?;
    let association = row.try_get::<_, Option<String>>(4)?.map(AssociationId);
    Ok(Member { association, disabled: row.try_get(5)?, ..kept })
}

pub(super) async fn passkeys(client: &impl GenericClient, of: i64) -> Result<Vec<Passkey>, Failure> {
    let sql = format!("SELECT {PASSKEY} FROM passkeys WHERE member = $1 ORDER BY id");
    client.query(&client.prepare_cached(&sql).await?, &[&of]).await?.iter().map(kept).collect()
}

pub(super) async fn passkey(
    client: &impl GenericClient,
    credential: &[u8],
) -> Result<Option<(Passkey, Member)>, Failure> {
    let sql = format!("SELECT {PASSKEY}, member FROM passkeys WHERE credential = $1");
    let found = client.query_opt(&client.prepare_cached(&sql).await?, &[&credential]).await?;
    let Some(row) = found else { return Ok(None) };
    let (passkey, whose) = (kept(&row)?, row.try_get(5)?);
    Ok(find(client, whose).await?.map(|member| (passkey, member)))
}

fn kept(row: &Row) -> Result<Passkey, Failure> {
    Ok(Passkey {
        id: row.try_get(0)?,
        credential: row.try_get(1)?,
        body: row.try_get(2)?,
        added_at: row.try_get(3)?,
        used_at: row.try_get(4)?,
    })
}

pub(super) async fn add_passkey(
    transaction: &Transaction<'_>,
    member: i64,
    new: &NewPasskey,
    now: i64,
) -> Result<bool, Failure> {
    let sql = "INSERT INTO passkeys (member, credential, body, added_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let insert = transaction.prepare_cached(sql).await?;
    Ok(transaction.execute(&insert, &[&member, &new.credential, &new.body, &now]).await? > 0)
}

pub(super) async fn remove_passkey(
    transaction: &Transaction<'_>,
    member: i64,
    passkey: i64,
    within: &TokenHash,
    entry: &Entry,
) -> Result<Removed, Failure> {
    // Two screens at once would each leave the other's passkey.
    let lock = transaction.prepare_cached("SELECT id FROM members WHERE id = $1 FOR UPDATE").await?;
    transaction.query_opt(&lock, &[&member]).await?;
    let all = passkeys(transaction, member).await?;
    if all.iter().all(|kept| kept.id != passkey) {
        return Ok(Removed::Unknown);
    }
    if all.len() == 1 {
        return Ok(Removed::LastOne);
    }
    transaction.execute("DELETE FROM passkeys WHERE id = $1", &[&passkey]).await?;
    let others = "DELETE FROM sessions WHERE member = $1 AND token <> $2";
    transaction.execute(others, &[&member, &&within[..]]).await?;
    append(transaction, entry).await?;
    Ok(Removed::Done)
}

pub(super) async fn change(
    transaction: &Transaction<'_>,
    id: i64,
    change: Change,
    spared: bool,
    entry: &Entry,
) -> Result<Changing, Failure> {
    let Some(Member { association, .. }) = find(transaction, id).await? else { return Ok(Changing::Unknown) };
    // All of them, in one order: two leads who demote each other at once wait for each other here.
    let sql = format!(
        "SELECT {MEMBER} FROM members WHERE association IS NOT DISTINCT FROM $1 ORDER BY id FOR UPDATE"
    );
    let association = association.as_ref().map(AssociationId::as_str);
    let rows = transaction.query(&transaction.prepare_cached(&sql).await?, &[&association]).await?;
    let all: Vec<Member> = rows.iter().map(member).collect::<Result<_, _>>()?;
    let Some(member) = all.iter().find(|member| member.id == id) else { return Ok(Changing::Unknown) };
    let changing = member.on(change, spared, &all);
    if let Changing::Done(changed) = &changing {
        let (role, disabled_at) = (changed.role.code(), changed.disabled.then_some(entry.at));
        let sql = "UPDATE members SET role = $2, disabled_at = $3 WHERE id = $1";
        transaction.execute(sql, &[&id, &role, &disabled_at]).await?;
        if changed.disabled {
            transaction.execute("DELETE FROM sessions WHERE member = $1", &[&id]).await?;
            take_back(transaction, Some(id)).await?;
        }
        append(transaction, entry).await?;
    }
    Ok(changing)
}
