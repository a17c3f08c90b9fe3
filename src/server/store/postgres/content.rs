//! What is read, in PostgreSQL. Changes come one after the other; who reads meanwhile is not held up.

use std::sync::Arc;

use deadpool_postgres::{Client, GenericClient, Transaction};
use domain::content::ShelfName;

use super::PostgresStore;
use super::again::Failure;
use crate::store::Answering;
use crate::store::content::{Change, ContentStore, Kept, Numbers, Row, Tally, decide, number_of};

impl ContentStore for PostgresStore {
    fn numbers(&self) -> Answering<'_, Numbers> {
        self.read(|client| Box::pin(numbers(client)))
    }

    fn shelf(&self, name: ShelfName) -> Answering<'_, Kept> {
        self.read(move |client| Box::pin(shelf(client, name)))
    }

    fn change(&self, change: Change, now: i64) -> Answering<'_, Tally> {
        let change = Arc::new(change);
        self.change(move |transaction| {
            let change = Arc::clone(&change);
            Box::pin(async move { apply(transaction, &change, now).await })
        })
    }
}

async fn numbers(client: &Client) -> Result<Numbers, Failure> {
    let select = client.prepare_cached("SELECT shelf, number FROM shelves").await?;
    let mut numbers = Numbers::new();
    for row in client.query(&select, &[]).await? {
        if let Some(name) = ShelfName::parse(row.try_get(0)?) {
            numbers.insert(name, number_of(row.try_get(1)?)?);
        }
    }
    Ok(numbers)
}

/// Number and rows by one statement, so of the same moment.
async fn shelf(client: &Client, name: ShelfName) -> Result<Kept, Failure> {
    let select = client
        .prepare_cached(
            "SELECT id, contents.shelf, origin, body, number
             FROM contents JOIN shelves USING (shelf) WHERE shelf = $1",
        )
        .await?;
    let found = client.query(&select, &[&name.code()]).await?;
    let number = match found.first() {
        Some(row) => row.try_get(4)?,
        None => {
            let empty = client.prepare_cached("SELECT number FROM shelves WHERE shelf = $1").await?;
            client.query_opt(&empty, &[&name.code()]).await?.map_or(Ok(0), |row| row.try_get(0))?
        }
    };
    Ok(Kept::of(number_of(number)?, found.iter().map(kept).collect::<Result<_, _>>()?)?)
}

async fn rows(client: &impl GenericClient) -> Result<Vec<Row>, Failure> {
    let select = client.prepare_cached("SELECT id, shelf, origin, body FROM contents").await?;
    client.query(&select, &[]).await?.iter().map(kept).collect()
}

fn kept(row: &tokio_postgres::Row) -> Result<Row, Failure> {
    Ok(Row::kept(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?)?)
}

pub(super) async fn apply(
    transaction: &Transaction<'_>,
    change: &Change,
    now: i64,
) -> Result<Tally, Failure> {
    transaction.batch_execute("LOCK TABLE contents IN SHARE ROW EXCLUSIVE MODE").await?;
    let decided = decide(rows(transaction).await?, change);
    let remove = transaction.prepare_cached("DELETE FROM contents WHERE id = $1").await?;
    for id in &decided.removes {
        transaction.execute(&remove, &[id]).await?;
    }
    let drop = transaction.prepare_cached("DELETE FROM pictures WHERE sha = $1").await?;
    for sha in &decided.dropped {
        transaction.execute(&drop, &[sha]).await?;
    }
    let put = transaction
        .prepare_cached(
            "INSERT INTO contents (id, shelf, origin, body, changed_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET shelf = $2, origin = $3, body = $4, changed_at = $5",
        )
        .await?;
    for row in &decided.puts {
        let (shelf, origin) = (row.shelf.code(), row.origin.code());
        transaction.execute(&put, &[&row.id, &shelf, &origin, &row.body, &now]).await?;
    }
    let rise = transaction
        .prepare_cached(
            "INSERT INTO shelves (shelf, number) VALUES ($1, 1)
             ON CONFLICT (shelf) DO UPDATE SET number = shelves.number + 1",
        )
        .await?;
    for shelf in &decided.risen {
        transaction.execute(&rise, &[&shelf.code()]).await?;
    }
    Ok(decided.tally)
}
