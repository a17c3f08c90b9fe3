//! Statements about invitations and ceremonies: everything that is used once.

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;

use super::again::Failure;
use super::journal::append;
use super::{members, sessions};
use crate::store::TokenHash;
use crate::store::journal::Entry;
use crate::store::staff::{Invitation, Joining, Member, role, token};

pub(super) async fn invite(
    transaction: &Transaction<'_>,
    invitation: &Invitation,
    entry: &Entry,
) -> Result<(), Failure> {
    if open(transaction, &invitation.code, i64::MIN, "").await?.is_some() {
        // Done before its connection was lost.
        return Ok(());
    }
    take_back(transaction, invitation.member).await?;
    let sql = "INSERT INTO invitations (code, role, association, member, until) VALUES ($1, $2, $3, $4, $5)";
    let association = invitation.association.as_ref().map(AssociationId::as_str);
    transaction
        .execute(
            &transaction.prepare_cached(sql).await?,
            &[
                &&invitation.code[..],
                &invitation.role.code(),
                &association,
                &invitation.member,
                &invitation.until,
            ],
        )
        .await?;
    append(transaction, entry).await
}

pub(super) async fn take_back(transaction: &Transaction<'_>, member: Option<i64>) -> Result<(), Failure> {
    transaction.execute("DELETE FROM invitations WHERE member = $1", &[&member]).await?;
    Ok(())
}

pub(super) async fn open(
    client: &impl GenericClient,
    code: &TokenHash,
    now: i64,
    lock: &str,
) -> Result<Option<Invitation>, Failure> {
    let sql = format!(
        "SELECT code, role, association, member, until FROM invitations WHERE code = $1 AND until > $2 {lock}"
    );
    let found = client.query_opt(&client.prepare_cached(&sql).await?, &[&&code[..], &now]).await?;
    let Some(row) = found else { return Ok(None) };
    Ok(Some(Invitation {
        code: token(row.try_get(0)?)?,
        role: role(row.try_get(1)?)?,
        association: row.try_get::<_, Option<String>>(2)?.map(AssociationId),
        member: row.try_get(3)?,
        until: row.try_get(4)?,
    }))
}

pub(super) async fn accept(
    transaction: &Transaction<'_>,
    joining: &Joining,
    now: i64,
) -> Result<Option<Member>, Failure> {
    if let Some(session) = sessions::find(transaction, joining.session).await? {
        // Done before its connection was lost.
        return Ok(Some(session.member));
    }
    // Whoever comes at the same time waits here, and then finds nothing.
    let Some(invitation) = open(transaction, &joining.code, now, "FOR UPDATE").await? else {
        return Ok(None);
    };
    let known = members::passkey(transaction, &joining.passkey.credential).await?;
    if known.is_some_and(|(_, whose)| Some(whose.id) != invitation.member) {
        return Ok(None);
    }
    let Some(id) = person(transaction, joining, &invitation, now).await? else { return Ok(None) };
    members::add_passkey(transaction, id, &joining.passkey, now).await?;
    transaction.execute("DELETE FROM invitations WHERE code = $1", &[&&joining.code[..]]).await?;
    sessions::open(transaction, id, &joining.session, now).await?;
    let Some(member) = members::find(transaction, id).await? else { return Ok(None) };
    append(transaction, &member.joined(invitation.member.is_some(), now)).await?;
    Ok(Some(member))
}

/// Whom the invitation makes, or whom it lets in again with nothing of before.
async fn person(
    transaction: &Transaction<'_>,
    joining: &Joining,
    invitation: &Invitation,
    now: i64,
) -> Result<Option<i64>, Failure> {
    if let Some(id) = invitation.member {
        let lock = transaction.prepare_cached("SELECT id FROM members WHERE id = $1 FOR UPDATE").await?;
        transaction.query_opt(&lock, &[&id]).await?;
        if members::find(transaction, id).await?.is_none_or(|member| member.disabled) {
            return Ok(None);
        }
        transaction.execute("DELETE FROM passkeys WHERE member = $1", &[&id]).await?;
        transaction.execute("DELETE FROM sessions WHERE member = $1", &[&id]).await?;
        return Ok(Some(id));
    }
    let sql = "INSERT INTO members (handle, name, role, association, added_at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    let association = invitation.association.as_ref().map(AssociationId::as_str);
    let (name, role) = (joining.name.as_deref().unwrap_or_default(), invitation.role.code());
    let insert = transaction.prepare_cached(sql).await?;
    let row =
        transaction.query_one(&insert, &[&&joining.handle[..], &name, &role, &association, &now]).await?;
    Ok(Some(row.try_get(0)?))
}

pub(super) async fn begin(
    transaction: &Transaction<'_>,
    ceremony: &TokenHash,
    state: &str,
    until: i64,
) -> Result<(), Failure> {
    let sql = "INSERT INTO ceremonies (id, state, until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let insert = transaction.prepare_cached(sql).await?;
    transaction.execute(&insert, &[&&ceremony[..], &state, &until]).await?;
    Ok(())
}

pub(super) async fn take(
    transaction: &Transaction<'_>,
    ceremony: &TokenHash,
    now: i64,
) -> Result<Option<String>, Failure> {
    let sql = "DELETE FROM ceremonies WHERE id = $1 AND until > $2 RETURNING state";
    let delete = transaction.prepare_cached(sql).await?;
    let taken = transaction.query_opt(&delete, &[&&ceremony[..], &now]).await?;
    Ok(taken.map(|row| row.try_get(0)).transpose()?)
}
