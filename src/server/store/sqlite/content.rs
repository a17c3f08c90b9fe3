//! What is read, in SQLite.

use domain::content::ShelfName;
use rusqlite::{Connection, OptionalExtension, params};

use super::SqliteStore;
use crate::store::content::{Change, ContentStore, Kept, Numbers, Row, Tally, decide, number_of};
use crate::store::{Answering, StoreError};

impl ContentStore for SqliteStore {
    fn numbers(&self) -> Answering<'_, Numbers> {
        self.read(numbers)
    }

    fn shelf(&self, name: ShelfName) -> Answering<'_, Kept> {
        self.read(move |connection| shelf(connection, name))
    }

    fn change(&self, change: Change, now: i64) -> Answering<'_, Tally> {
        self.writer.write(move |connection| apply(connection, &change, now))
    }
}

fn numbers(connection: &Connection) -> Result<Numbers, StoreError> {
    let mut select = connection.prepare_cached("SELECT shelf, number FROM shelves")?;
    let mut rows = select.query([])?;
    let mut numbers = Numbers::new();
    while let Some(row) = rows.next()? {
        let shelf: String = row.get(0)?;
        if let Some(name) = ShelfName::parse(&shelf) {
            numbers.insert(name, number_of(row.get(1)?)?);
        }
    }
    Ok(numbers)
}

/// Number and rows of the same moment.
fn shelf(connection: &Connection, name: ShelfName) -> Result<Kept, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let number: Option<i64> = moment
        .prepare_cached("SELECT number FROM shelves WHERE shelf = ?1")?
        .query_row([name.code()], |row| row.get(0))
        .optional()?;
    let mut rows = rows(&moment)?;
    rows.retain(|row| row.shelf == name);
    Kept::of(number_of(number.unwrap_or_default())?, rows)
}

fn rows(connection: &Connection) -> Result<Vec<Row>, StoreError> {
    let mut select = connection.prepare_cached("SELECT id, shelf, origin, body FROM contents")?;
    let mut found = select.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let (shelf, origin): (String, String) = (row.get(1)?, row.get(2)?);
        rows.push(Row::kept(row.get(0)?, &shelf, &origin, row.get(3)?)?);
    }
    Ok(rows)
}

pub(super) fn apply(connection: &Connection, change: &Change, now: i64) -> Result<Tally, StoreError> {
    let decided = decide(rows(connection)?, change);
    for id in &decided.removes {
        connection.prepare_cached("DELETE FROM contents WHERE id = ?1")?.execute([id])?;
    }
    for sha in &decided.dropped {
        connection.prepare_cached("DELETE FROM pictures WHERE sha = ?1")?.execute([sha])?;
    }
    for row in &decided.puts {
        connection
            .prepare_cached(
                "INSERT INTO contents (id, shelf, origin, body, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (id) DO UPDATE SET shelf = ?2, origin = ?3, body = ?4, changed_at = ?5",
            )?
            .execute(params![row.id, row.shelf.code(), row.origin.code(), row.body, now])?;
    }
    for shelf in &decided.risen {
        connection
            .prepare_cached(
                "INSERT INTO shelves (shelf, number) VALUES (?1, 1)
                 ON CONFLICT (shelf) DO UPDATE SET number = number + 1",
            )?
            .execute([shelf.code()])?;
    }
    Ok(decided.tally)
}
