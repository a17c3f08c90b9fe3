//! What a report counts, in PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::Client;
use domain::association::AssociationId;
use domain::report::Fact;

use super::PostgresStore;
use super::again::Failure;
use super::booking::small;
use crate::store::report::{FACTS, Reports};
use crate::store::{Answering, kept};

impl Reports for PostgresStore {
    fn facts(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Fact>> {
        let team = Arc::new(team);
        self.read(move |client| {
            let team = Arc::clone(&team);
            Box::pin(async move { facts(client, team.as_str(), from, to).await })
        })
    }
}

async fn facts(client: &Client, team: &str, from: i64, to: i64) -> Result<Vec<Fact>, Failure> {
    let select = client.prepare_cached(FACTS).await?;
    let mut facts = Vec::new();
    for row in client.query(&select, &[&team, &from, &to]).await? {
        let length: i32 = row.try_get("length")?;
        facts.push(Fact {
            kind: kept::kind(row.try_get("kind")?)?,
            status: kept::status(row.try_get("status")?)?,
            start: row.try_get("start")?,
            length: small(length)?,
            received_at: row.try_get("received_at")?,
            answered_at: row.try_get("answered_at")?,
            fictional: row.try_get("fictional")?,
        });
    }
    Ok(facts)
}
