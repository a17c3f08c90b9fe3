//! What associations said about themselves, in PostgreSQL. Whoever changes a fact waits for whoever changes another one: it is
//! seldom, and numbers have to rise.

use std::sync::Arc;

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;
use tokio_postgres::types::ToSql;

use super::again::Failure;
use super::{PostgresStore, journal};
use crate::store::Answering;
use crate::store::facts::{
    Draft, FactStore, File, Laid, Row, State, Written, as_kept, number_for, number_of, on_draft, on_drop,
    on_publish, stated,
};
use crate::store::journal::Entry;

/// Any number, as long as it stays ours.
const CHANGING: i64 = 0x746f_6e61_7266;

impl FactStore for PostgresStore {
    fn lay(&self, file: File, now: i64) -> Answering<'_, ()> {
        let file = Arc::new(file);
        self.change(move |transaction| {
            let file = Arc::clone(&file);
            Box::pin(async move { lay(transaction, &file, now).await })
        })
    }

    fn newest(&self) -> Answering<'_, u32> {
        self.read(|client| Box::pin(newest(client)))
    }

    fn laid(&self) -> Answering<'_, Option<Laid>> {
        // Nobody changes anything while it is read.
        self.change(|transaction| Box::pin(laid(transaction)))
    }

    fn published_at(&self, edition: u32) -> Answering<'_, Option<i64>> {
        self.read(move |client| Box::pin(published_at(client, edition)))
    }

    fn facts_of(&self, association: AssociationId) -> Answering<'_, Vec<Row>> {
        let association = Arc::new(association);
        self.read(move |client| {
            let association = Arc::clone(&association);
            Box::pin(async move { of(client, &association).await })
        })
    }

    fn draft(&self, new: Draft, seen: i64, entry: Entry) -> Answering<'_, Written> {
        let given = Arc::new((new, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { draft(transaction, &given.0, seen, &given.1).await })
        })
    }

    fn drop_draft(&self, association: AssociationId, draft: i64, entry: Entry) -> Answering<'_, Written> {
        let given = Arc::new((association, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { drop_draft(transaction, &given.0, draft, &given.1).await })
        })
    }

    fn publish(&self, association: AssociationId, drafts: Vec<i64>, entry: Entry) -> Answering<'_, Written> {
        let given = Arc::new((association, drafts, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { publish(transaction, &given.0, &given.1, &given.2).await })
        })
    }
}

async fn hold_still(transaction: &Transaction<'_>) -> Result<(), Failure> {
    let lock = transaction.prepare_cached("SELECT pg_advisory_xact_lock($1)").await?;
    transaction.execute(&lock, &[&CHANGING]).await?;
    Ok(())
}

async fn newest(client: &impl GenericClient) -> Result<u32, Failure> {
    let select = client.prepare_cached("SELECT coalesce(max(number), 0) FROM editions").await?;
    Ok(number_of(client.query_one(&select, &[]).await?.try_get(0)?)?)
}

async fn published_at(client: &impl GenericClient, edition: u32) -> Result<Option<i64>, Failure> {
    let select = client.prepare_cached("SELECT at FROM editions WHERE number = $1").await?;
    let row = client.query_opt(&select, &[&i64::from(edition)]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

async fn file(client: &impl GenericClient) -> Result<Option<File>, Failure> {
    let select = client
        .prepare_cached("SELECT base, body FROM editions WHERE body IS NOT NULL ORDER BY number DESC LIMIT 1")
        .await?;
    match client.query_opt(&select, &[]).await? {
        Some(row) => Ok(Some(File { number: number_of(row.try_get(0)?)?, body: row.try_get(1)? })),
        None => Ok(None),
    }
}

async fn lay(transaction: &Transaction<'_>, new: &File, now: i64) -> Result<(), Failure> {
    hold_still(transaction).await?;
    let (newest, there) = (newest(transaction).await?, file(transaction).await?);
    let Some(number) = number_for(new, newest, there.as_ref()) else { return Ok(()) };
    let insert = transaction
        .prepare_cached("INSERT INTO editions (number, at, by, base, body) VALUES ($1, $2, 'file', $3, $4)")
        .await?;
    let (number, base) = (i64::from(number), i64::from(new.number));
    transaction.execute(&insert, &[&number, &now, &base, &new.body]).await?;
    Ok(())
}

async fn laid(transaction: &Transaction<'_>) -> Result<Option<Laid>, Failure> {
    hold_still(transaction).await?;
    let Some(file) = file(transaction).await? else { return Ok(None) };
    let number = newest(transaction).await?;
    let at = published_at(transaction, number).await?.unwrap_or_default();
    let stated = stated(rows(transaction, "state = 'published'", &[]).await?);
    Ok(Some(Laid { number, at, file, stated }))
}

async fn of(client: &impl GenericClient, association: &AssociationId) -> Result<Vec<Row>, Failure> {
    rows(client, "association = $1", &[&association.as_str()]).await
}

async fn rows(
    client: &impl GenericClient,
    which: &str,
    given: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, Failure> {
    let sql = format!(
        "SELECT id, association, field, given, by, at, state, edition FROM facts WHERE {which} ORDER BY id"
    );
    let select = client.prepare_cached(&sql).await?;
    let mut rows = Vec::new();
    for row in client.query(&select, given).await? {
        let (field, given, state): (&str, Option<&str>, &str) =
            (row.try_get(2)?, row.try_get(3)?, row.try_get(6)?);
        let (by, at, edition) = (row.try_get(4)?, row.try_get(5)?, row.try_get(7)?);
        rows.extend(Row::kept(row.try_get(0)?, row.try_get(1)?, field, given, by, at, state, edition)?);
    }
    Ok(rows)
}

async fn withdraw(transaction: &Transaction<'_>, draft: i64) -> Result<(), Failure> {
    let update = transaction.prepare_cached("UPDATE facts SET state = 'withdrawn' WHERE id = $1").await?;
    transaction.execute(&update, &[&draft]).await?;
    Ok(())
}

async fn draft(
    transaction: &Transaction<'_>,
    new: &Draft,
    seen: i64,
    entry: &Entry,
) -> Result<Written, Failure> {
    hold_still(transaction).await?;
    match on_draft(&of(transaction, &new.association).await?, new, seen) {
        Err(not) => return Ok(not),
        Ok(Some(earlier)) => withdraw(transaction, earlier).await?,
        Ok(None) => {}
    }
    let insert = transaction
        .prepare_cached(
            "INSERT INTO facts (association, field, given, by, at, state) VALUES ($1, $2, $3, $4, $5, $6)
             RETURNING id",
        )
        .await?;
    let (association, field) = (new.association.as_str(), new.field.code());
    let (given, state) = (as_kept(new.given.as_ref()), State::Draft.code());
    let row =
        transaction.query_one(&insert, &[&association, &field, &given, &new.by, &entry.at, &state]).await?;
    let about = format!("fact:{}", row.try_get::<_, i64>(0)?);
    journal::append(transaction, &Entry { about, ..entry.clone() }).await?;
    Ok(Written::Done)
}

async fn drop_draft(
    transaction: &Transaction<'_>,
    association: &AssociationId,
    draft: i64,
    entry: &Entry,
) -> Result<Written, Failure> {
    hold_still(transaction).await?;
    let outcome = on_drop(&of(transaction, association).await?, draft);
    if outcome == Written::Done {
        withdraw(transaction, draft).await?;
        journal::append(transaction, entry).await?;
    }
    Ok(outcome)
}

async fn publish(
    transaction: &Transaction<'_>,
    association: &AssociationId,
    drafts: &[i64],
    entry: &Entry,
) -> Result<Written, Failure> {
    hold_still(transaction).await?;
    let outcome = on_publish(&of(transaction, association).await?, drafts);
    if outcome != Written::Done {
        return Ok(outcome);
    }
    let number = i64::from(newest(transaction).await?) + 1;
    let insert =
        transaction.prepare_cached("INSERT INTO editions (number, at, by) VALUES ($1, $2, $3)").await?;
    transaction.execute(&insert, &[&number, &entry.at, &entry.who]).await?;
    let update = transaction
        .prepare_cached("UPDATE facts SET state = 'published', edition = $2 WHERE id = $1")
        .await?;
    for draft in drafts {
        transaction.execute(&update, &[draft, &number]).await?;
    }
    journal::append(transaction, &Entry { about: format!("edition:{number}"), ..entry.clone() }).await?;
    Ok(Written::Done)
}
