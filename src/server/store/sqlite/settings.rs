//! What associations decide, in SQLite.

use domain::association::AssociationId;
use rusqlite::{Connection, OptionalExtension, params};

use super::{SqliteStore, journal};
use crate::store::journal::Entry;
use crate::store::settings::{Decided, Deciding, Setting, SettingStore};
use crate::store::{Answering, StoreError};

impl SettingStore for SqliteStore {
    fn setting(&self, association: AssociationId, kind: Setting) -> Answering<'_, Option<Decided>> {
        self.read(move |connection| find(connection, &association, kind))
    }

    fn settings(&self, kind: Setting) -> Answering<'_, Vec<(AssociationId, Decided)>> {
        self.read(move |connection| {
            let mut select = connection.prepare_cached(
                "SELECT value, by, changed_at, association FROM settings WHERE kind = ?1 ORDER BY association",
            )?;
            let rows = select
                .query_map([kind.code()], |row| Ok((AssociationId(row.get("association")?), decided(row)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
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
        self.writer.write(move |transaction| {
            let there = find(transaction, &association, kind)?;
            if let Some(ended) = Deciding::without_writing(there, &value, seen) {
                return Ok(ended);
            }
            transaction
                .prepare_cached(
                    "INSERT INTO settings (association, kind, value, by, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (association, kind) DO UPDATE SET value = ?3, by = ?4, changed_at = ?5",
                )?
                .execute(params![association.as_str(), kind.code(), value, entry.who, entry.at])?;
            journal::append(transaction, &entry)?;
            Ok(Deciding::Done)
        })
    }
}

fn find(
    connection: &Connection,
    association: &AssociationId,
    kind: Setting,
) -> Result<Option<Decided>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT value, by, changed_at FROM settings WHERE association = ?1 AND kind = ?2")?;
    Ok(select.query_row([association.as_str(), kind.code()], decided).optional()?)
}

fn decided(row: &rusqlite::Row<'_>) -> rusqlite::Result<Decided> {
    Ok(Decided { value: row.get(0)?, by: row.get(1)?, at: row.get(2)? })
}
