//! The journal in PostgreSQL: whoever writes a line waits until the line before is committed.

use std::sync::Arc;

use deadpool_postgres::{Client, GenericClient, Transaction};
use tokio_postgres::Row;

use super::PostgresStore;
use super::again::Failure;
use crate::store::Answering;
use crate::store::journal::{CHUNK, Entry, Journal, Line, Link, follow};

impl Journal for PostgresStore {
    fn append(&self, entry: Entry) -> Answering<'_, ()> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { append(transaction, &entry).await })
        })
    }

    fn about(&self, about: String) -> Answering<'_, Vec<Line>> {
        let about = Arc::new(about);
        self.read(move |client| {
            let about = Arc::clone(&about);
            Box::pin(async move {
                let sql = format!("SELECT {COLUMNS} FROM journal WHERE about = $1 ORDER BY id DESC");
                let select = client.prepare_cached(&sql).await?;
                client.query(&select, &[&*about]).await?.iter().map(line).collect()
            })
        })
    }

    fn lines(&self, after: i64, most: u32) -> Answering<'_, Vec<Line>> {
        self.read(move |client| Box::pin(lines(client, after, most)))
    }

    fn broken(&self) -> Answering<'_, Option<i64>> {
        self.read(|client| Box::pin(broken(client)))
    }
}

const COLUMNS: &str = "id, at, who, association, what, about, detail, hash";

/// Any number, as long as it stays ours.
const WRITING: i64 = 0x746f_6e61_7270;

/// The last statement of the transaction of what it tells: nobody waits for anything else while all others wait for it.
pub(super) async fn append(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), Failure> {
    let lock = transaction.prepare_cached("SELECT pg_advisory_xact_lock($1)").await?;
    transaction.execute(&lock, &[&WRITING]).await?;
    let select = transaction.prepare_cached("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").await?;
    let last = match transaction.query_opt(&select, &[]).await? {
        Some(row) => Link { id: row.try_get(0)?, hash: Line::hash(row.try_get(1)?)? },
        None => Link::default(),
    };
    let line = entry.after(last);
    let sql = format!("INSERT INTO journal ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    let insert = transaction.prepare_cached(&sql).await?;
    let hash = &line.hash[..];
    transaction
        .execute(
            &insert,
            &[&line.id, &line.at, &line.who, &line.association, &line.what, &line.about, &line.detail, &hash],
        )
        .await?;
    Ok(())
}

async fn lines(client: &impl GenericClient, after: i64, most: u32) -> Result<Vec<Line>, Failure> {
    let sql = format!("SELECT {COLUMNS} FROM journal WHERE id > $1 ORDER BY id LIMIT $2");
    let select = client.prepare_cached(&sql).await?;
    client.query(&select, &[&after, &i64::from(most)]).await?.iter().map(line).collect()
}

fn line(row: &Row) -> Result<Line, Failure> {
    Ok(Line {
        id: row.try_get(0)?,
        at: row.try_get(1)?,
        who: row.try_get(2)?,
        association: row.try_get(3)?,
        what: row.try_get(4)?,
        about: row.try_get(5)?,
        detail: row.try_get(6)?,
        hash: Line::hash(row.try_get(7)?)?,
    })
}

pub(super) async fn broken(client: &Client) -> Result<Option<i64>, Failure> {
    let mut last = Link::default();
    loop {
        let lines = lines(client, last.id, CHUNK).await?;
        if lines.is_empty() {
            return Ok(None);
        }
        if let Some(broken) = lines.iter().find(|line| !follow(&mut last, line)) {
            return Ok(Some(broken.id));
        }
    }
}
