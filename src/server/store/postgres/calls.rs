//! Who was telephoned, in PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::Client;
use domain::association::AssociationId;

use super::again::Failure;
use super::{PostgresStore, journal};
use crate::store::Answering;
use crate::store::calls::{Call, CallStore, mark};
use crate::store::journal::Entry;

impl CallStore for PostgresStore {
    fn calls(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Call>> {
        let team = Arc::new(team);
        self.read(move |client| {
            let team = Arc::clone(&team);
            Box::pin(async move { calls(client, &team, from, to).await })
        })
    }

    fn mark_call(&self, call: Call, entry: Entry) -> Answering<'_, ()> {
        let given = Arc::new((call, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (Call { booking, start, mark, by, at }, entry) = &*given;
                let sql = "INSERT INTO calls (booking, start, mark, by, at) VALUES ($1, $2, $3, $4, $5)";
                let insert = transaction.prepare_cached(sql).await?;
                transaction.execute(&insert, &[booking, start, &mark.code(), by, at]).await?;
                journal::append(transaction, entry).await
            })
        })
    }
}

async fn calls(client: &Client, team: &AssociationId, from: i64, to: i64) -> Result<Vec<Call>, Failure> {
    let sql = "SELECT calls.booking, calls.start, calls.mark, calls.by, calls.at
               FROM calls JOIN bookings ON bookings.id = calls.booking
               WHERE team = $1 AND bookings.start >= $2 AND bookings.start < $3 ORDER BY calls.id";
    let select = client.prepare_cached(sql).await?;
    let rows = client.query(&select, &[&team.as_str(), &from, &to]).await?;
    let call = |row: &tokio_postgres::Row| {
        let mark = mark(row.try_get(2)?)?;
        let (booking, start) = (row.try_get(0)?, row.try_get(1)?);
        Ok(Call { booking, start, mark, by: row.try_get(3)?, at: row.try_get(4)? })
    };
    rows.iter().map(call).collect()
}
