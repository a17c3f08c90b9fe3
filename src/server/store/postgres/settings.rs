//! What associations decide, in PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;
use tokio_postgres::Row;

use super::again::Failure;
use super::booking::stand_in_line;
use super::{PostgresStore, journal};
use crate::store::Answering;
use crate::store::journal::Entry;
use crate::store::settings::{Decided, Deciding, Setting, SettingStore};

impl SettingStore for PostgresStore {
    fn setting(&self, association: AssociationId, kind: Setting) -> Answering<'_, Option<Decided>> {
        let association = Arc::new(association);
        self.read(move |client| {
            let association = Arc::clone(&association);
            Box::pin(async move { find(client, &association, kind).await })
        })
    }

    fn settings(&self, kind: Setting) -> Answering<'_, Vec<(AssociationId, Decided)>> {
        self.read(move |client| {
            Box::pin(async move {
                let sql = "SELECT value, by, changed_at, association FROM settings WHERE kind = $1
                           ORDER BY association COLLATE \"C\"";
                let rows = client.query(&client.prepare_cached(sql).await?, &[&kind.code()]).await?;
                rows.iter().map(|row| Ok((AssociationId(row.try_get(3)?), decided(row)?))).collect()
            })
        })
    }

    fn decide(
        &self,
        association: AssociationId,
        kind: Setting,
        value: String,
        seen: Option<[u8; 32]>,
        entry: Entry,
    ) -> Answering<'_, Deciding> {
        let given = Arc::new((association, value, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (association, value, entry) = &*given;
                decide(transaction, association, kind, (value, seen), entry).await
            })
        })
    }
}

async fn decide(
    transaction: &Transaction<'_>,
    association: &AssociationId,
    kind: Setting,
    (value, seen): (&str, Option<[u8; 32]>),
    entry: &Entry,
) -> Result<Deciding, Failure> {
    // In it nobody else decides for this association either; a row that is not there yet cannot be locked.
    stand_in_line(transaction, association).await?;
    let there = find(transaction, association, kind).await?;
    if let Some(ended) = Deciding::without_writing(there, value, seen) {
        return Ok(ended);
    }
    let sql = "INSERT INTO settings (association, kind, value, by, changed_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (association, kind) DO UPDATE SET value = $3, by = $4, changed_at = $5";
    let upsert = transaction.prepare_cached(sql).await?;
    transaction
        .execute(&upsert, &[&association.as_str(), &kind.code(), &value, &entry.who, &entry.at])
        .await?;
    journal::append(transaction, entry).await?;
    Ok(Deciding::Done)
}

async fn find(
    client: &impl GenericClient,
    association: &AssociationId,
    kind: Setting,
) -> Result<Option<Decided>, Failure> {
    let sql = "SELECT value, by, changed_at FROM settings WHERE association = $1 AND kind = $2";
    let select = client.prepare_cached(sql).await?;
    let row = client.query_opt(&select, &[&association.as_str(), &kind.code()]).await?;
    row.as_ref().map(decided).transpose()
}

fn decided(row: &Row) -> Result<Decided, Failure> {
    Ok(Decided { value: row.try_get(0)?, by: row.try_get(1)?, at: row.try_get(2)? })
}
