//! What a report counts, in SQLite.

use domain::association::AssociationId;
use domain::report::Fact;
use rusqlite::{Connection, params};

use super::SqliteStore;
use crate::store::report::{FACTS, Reports};
use crate::store::{Answering, StoreError, kept};

impl Reports for SqliteStore {
    fn facts(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Fact>> {
        self.read(move |connection| facts(connection, team.as_str(), from, to))
    }
}

fn facts(connection: &Connection, team: &str, from: i64, to: i64) -> Result<Vec<Fact>, StoreError> {
    let mut select = connection.prepare_cached(FACTS)?;
    let mut found = select.query(params![team, from, to])?;
    let mut facts = Vec::new();
    while let Some(row) = found.next()? {
        let (kind, status): (String, String) = (row.get("kind")?, row.get("status")?);
        facts.push(Fact {
            kind: kept::kind(&kind)?,
            status: kept::status(&status)?,
            start: row.get("start")?,
            length: row.get("length")?,
            received_at: row.get("received_at")?,
            answered_at: row.get("answered_at")?,
            fictional: row.get("fictional")?,
        });
    }
    Ok(facts)
}
