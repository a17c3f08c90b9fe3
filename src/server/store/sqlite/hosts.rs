//! Whose pages may show a widget, in SQLite.

use rusqlite::Connection;

use super::SqliteStore;
use crate::store::hosts::{Host, HostStore};
use crate::store::{Answering, StoreError};

impl HostStore for SqliteStore {
    fn hosts(&self) -> Answering<'_, Vec<Host>> {
        self.read(hosts)
    }

    fn allow(&self, host: Host, now: i64) -> Answering<'_, bool> {
        self.writer.write(move |connection| {
            let mut insert = connection.prepare_cached(
                "INSERT INTO hosts (association, origin, added_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?;
            Ok(insert.execute((host.association.as_str(), host.origin.as_str(), now))? > 0)
        })
    }

    fn refuse(&self, host: Host) -> Answering<'_, bool> {
        self.writer.write(move |connection| {
            let mut delete =
                connection.prepare_cached("DELETE FROM hosts WHERE association = ?1 AND origin = ?2")?;
            Ok(delete.execute([host.association.as_str(), host.origin.as_str()])? > 0)
        })
    }
}

pub(super) fn hosts(connection: &Connection) -> Result<Vec<Host>, StoreError> {
    let mut select = connection.prepare_cached("SELECT association, origin FROM hosts")?;
    let mut rows = select.query([])?;
    let mut hosts = Vec::new();
    while let Some(row) = rows.next()? {
        hosts.push(Host::kept(row.get(0)?, &row.get::<_, String>(1)?)?);
    }
    Ok(Host::in_order(hosts))
}
