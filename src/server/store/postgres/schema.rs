//! What the server has to promise, and the database's way to the newest schema.

use deadpool_postgres::{Client, Transaction};

use super::again::told;
use crate::store::{StoreError, kept};

/// Upwards only; `tonari_schema` counts those that were applied. A published one never changes.
const MIGRATIONS: [&str; 13] = [
    include_str!("../../migrations/postgres/0001_bookings.sql"),
    include_str!("../../migrations/postgres/0002_mails.sql"),
    include_str!("../../migrations/postgres/0003_keeping.sql"),
    include_str!("../../migrations/postgres/0004_waiting.sql"),
    include_str!("../../migrations/postgres/0005_contents.sql"),
    include_str!("../../migrations/postgres/0007_hosts.sql"),
    include_str!("../../migrations/postgres/0008_staff.sql"),
    include_str!("../../migrations/postgres/0009_board.sql"),
    include_str!("../../migrations/postgres/0010_facts.sql"),
    include_str!("../../migrations/postgres/0011_drafts.sql"),
    include_str!("../../migrations/postgres/0012_pictures.sql"),
    include_str!("../../migrations/postgres/0013_operations.sql"),
    include_str!("../../migrations/postgres/0014_subjects.sql"),
];

/// Programs that start together migrate one after the other. Any number, as long as it stays ours.
const MIGRATING: i64 = 0x746f_6e61_7269;

pub(super) async fn prepare(client: &mut Client) -> Result<(), StoreError> {
    promises_to_keep(client).await?;
    let transaction = client.transaction().await.map_err(failed)?;
    // A migration may take its time, and so may another program's.
    transaction
        .batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '5min';")
        .await
        .map_err(failed)?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATING]).await.map_err(failed)?;
    migrate(&transaction).await?;
    transaction.commit().await.map_err(failed)
}

/// An answer is given after the log is on the disk. Where that was turned off, a power cut takes it back.
async fn promises_to_keep(client: &Client) -> Result<(), StoreError> {
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let row = client.query_one("SELECT current_setting($1)", &[&setting]).await.map_err(failed)?;
        if row.try_get::<_, String>(0).map_err(failed)? == "off" {
            return Err(StoreError::Broken(format!(
                "{setting} is off, so bookings would be lost with the power; turn it on"
            )));
        }
    }
    Ok(())
}

async fn migrate(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction
        .batch_execute(
            "CREATE TABLE IF NOT EXISTS tonari_schema (
                 version    integer     NOT NULL PRIMARY KEY,
                 applied_at timestamptz NOT NULL DEFAULT now()
             )",
        )
        .await
        .map_err(failed)?;
    let row = transaction
        .query_one("SELECT coalesce(max(version), 0) FROM tonari_schema", &[])
        .await
        .map_err(failed)?;
    let applied: i32 = row.try_get(0).map_err(failed)?;
    kept::is_known(i64::from(applied), MIGRATIONS.len())?;
    if applied == 0 {
        extend(transaction).await?;
    }
    for (version, migration) in (1..).zip(MIGRATIONS).filter(|(version, _)| *version > applied) {
        transaction.batch_execute(migration).await.map_err(failed)?;
        transaction
            .execute("INSERT INTO tonari_schema (version) VALUES ($1)", &[&version])
            .await
            .map_err(failed)?;
    }
    Ok(())
}

/// Without this extension PostgreSQL cannot compare a team and a span of time in one constraint.
async fn extend(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let create = transaction.batch_execute("CREATE EXTENSION IF NOT EXISTS btree_gist").await;
    create.map_err(|error| {
        StoreError::Broken(format!(
            "it has no extension btree_gist, without which it cannot refuse a double booking, and it cannot be \
             created: {}; install PostgreSQL's contrib package and let the database's owner run CREATE EXTENSION \
             btree_gist",
            told(&error)
        ))
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn failed(error: tokio_postgres::Error) -> StoreError {
    StoreError::Broken(told(&error))
}
