//! Whose pages may show a widget, in PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::{Client, Transaction};

use super::PostgresStore;
use super::again::Failure;
use crate::store::Answering;
use crate::store::hosts::{Host, HostStore};

impl HostStore for PostgresStore {
    fn hosts(&self) -> Answering<'_, Vec<Host>> {
        self.read(|client| Box::pin(hosts(client)))
    }

    fn allow(&self, host: Host, now: i64) -> Answering<'_, bool> {
        let host = Arc::new(host);
        self.change(move |transaction| {
            let host = Arc::clone(&host);
            Box::pin(async move { allow(transaction, &host, now).await })
        })
    }

    fn refuse(&self, host: Host) -> Answering<'_, bool> {
        let host = Arc::new(host);
        self.change(move |transaction| {
            let host = Arc::clone(&host);
            Box::pin(async move { refuse(transaction, &host).await })
        })
    }
}

pub(super) async fn hosts(client: &Client) -> Result<Vec<Host>, Failure> {
    let select = client.prepare_cached("SELECT association, origin FROM hosts").await?;
    let rows = client.query(&select, &[]).await?;
    let kept = rows.iter().map(|row| Ok(Host::kept(row.try_get(0)?, row.try_get(1)?)?));
    Ok(Host::in_order(kept.collect::<Result<_, Failure>>()?))
}

async fn allow(transaction: &Transaction<'_>, host: &Host, now: i64) -> Result<bool, Failure> {
    let insert = transaction
        .prepare_cached(
            "INSERT INTO hosts (association, origin, added_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .await?;
    let added =
        transaction.execute(&insert, &[&host.association.as_str(), &host.origin.as_str(), &now]).await?;
    Ok(added > 0)
}

async fn refuse(transaction: &Transaction<'_>, host: &Host) -> Result<bool, Failure> {
    let delete =
        transaction.prepare_cached("DELETE FROM hosts WHERE association = $1 AND origin = $2").await?;
    Ok(transaction.execute(&delete, &[&host.association.as_str(), &host.origin.as_str()]).await? > 0)
}
