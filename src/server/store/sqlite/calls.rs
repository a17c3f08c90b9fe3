//! Who was telephoned, in SQLite.

use domain::association::AssociationId;
use rusqlite::{Connection, params};

use super::{SqliteStore, journal};
use crate::store::calls::{Call, CallStore, mark};
use crate::store::journal::Entry;
use crate::store::{Answering, StoreError};

impl CallStore for SqliteStore {
    fn calls(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Call>> {
        self.read(move |connection| calls(connection, &team, from, to))
    }

    fn mark_call(&self, call: Call, entry: Entry) -> Answering<'_, ()> {
        self.writer.write(move |transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO calls (booking, start, mark, by, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![call.booking, call.start, call.mark.code(), call.by, call.at])?;
            journal::append(transaction, &entry)
        })
    }
}

fn calls(connection: &Connection, team: &AssociationId, from: i64, to: i64) -> Result<Vec<Call>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT calls.booking, calls.start, calls.mark, calls.by, calls.at
         FROM calls JOIN bookings ON bookings.id = calls.booking
         WHERE team = ?1 AND bookings.start >= ?2 AND bookings.start < ?3 ORDER BY calls.id",
    )?;
    let mut rows = select.query(params![team.as_str(), from, to])?;
    let mut calls = Vec::new();
    while let Some(row) = rows.next()? {
        let mark = mark(&row.get::<_, String>(2)?)?;
        calls.push(Call { booking: row.get(0)?, start: row.get(1)?, mark, by: row.get(3)?, at: row.get(4)? });
    }
    Ok(calls)
}
