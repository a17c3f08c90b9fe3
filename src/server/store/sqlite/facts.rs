//! What associations said about themselves, in SQLite.

use domain::association::AssociationId;
use rusqlite::{Connection, OptionalExtension, Params, params};

use super::{SqliteStore, journal};
use crate::store::facts::{
    Draft, FactStore, File, Laid, Row, State, Written, as_kept, number_for, number_of, on_draft, on_drop,
    on_publish, stated,
};
use crate::store::journal::Entry;
use crate::store::{Answering, StoreError};

impl FactStore for SqliteStore {
    fn lay(&self, file: File, now: i64) -> Answering<'_, ()> {
        self.writer.write(move |connection| lay(connection, &file, now))
    }

    fn newest(&self) -> Answering<'_, u32> {
        self.read(newest)
    }

    fn laid(&self) -> Answering<'_, Option<Laid>> {
        self.read(laid)
    }

    fn published_at(&self, edition: u32) -> Answering<'_, Option<i64>> {
        self.read(move |connection| published_at(connection, edition))
    }

    fn facts_of(&self, association: AssociationId) -> Answering<'_, Vec<Row>> {
        self.read(move |connection| of(connection, &association))
    }

    fn draft(&self, new: Draft, seen: i64, entry: Entry) -> Answering<'_, Written> {
        self.writer.write(move |connection| draft(connection, &new, seen, &entry))
    }

    fn drop_draft(&self, association: AssociationId, draft: i64, entry: Entry) -> Answering<'_, Written> {
        self.writer.write(move |connection| {
            let outcome = on_drop(&of(connection, &association)?, draft);
            if outcome == Written::Done {
                withdraw(connection, draft)?;
                journal::append(connection, &entry)?;
            }
            Ok(outcome)
        })
    }

    fn publish(&self, association: AssociationId, drafts: Vec<i64>, entry: Entry) -> Answering<'_, Written> {
        self.writer.write(move |connection| publish(connection, &association, &drafts, &entry))
    }
}

fn newest(connection: &Connection) -> Result<u32, StoreError> {
    let mut select = connection.prepare_cached("SELECT coalesce(max(number), 0) FROM editions")?;
    number_of(select.query_row([], |row| row.get(0))?)
}

fn published_at(connection: &Connection, edition: u32) -> Result<Option<i64>, StoreError> {
    let mut select = connection.prepare_cached("SELECT at FROM editions WHERE number = ?1")?;
    Ok(select.query_row([edition], |row| row.get(0)).optional()?)
}

fn file(connection: &Connection) -> Result<Option<File>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT base, body FROM editions WHERE body IS NOT NULL ORDER BY number DESC LIMIT 1",
    )?;
    let found = select.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.map(|(base, body)| Ok(File { number: number_of(base)?, body })).transpose()
}

fn lay(connection: &Connection, new: &File, now: i64) -> Result<(), StoreError> {
    let Some(number) = number_for(new, newest(connection)?, file(connection)?.as_ref()) else {
        return Ok(());
    };
    connection
        .prepare_cached("INSERT INTO editions (number, at, by, base, body) VALUES (?1, ?2, 'file', ?3, ?4)")?
        .execute(params![number, now, new.number, new.body])?;
    Ok(())
}

/// Number, file and facts of the same moment.
fn laid(connection: &Connection) -> Result<Option<Laid>, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let Some(file) = file(&moment)? else { return Ok(None) };
    let number = newest(&moment)?;
    let at = published_at(&moment, number)?.unwrap_or_default();
    let stated = stated(rows(&moment, "state = 'published'", [])?);
    Ok(Some(Laid { number, at, file, stated }))
}

fn of(connection: &Connection, association: &AssociationId) -> Result<Vec<Row>, StoreError> {
    rows(connection, "association = ?1", [association.as_str()])
}

fn rows(connection: &Connection, which: &str, given: impl Params) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT id, association, field, given, by, at, state, edition FROM facts WHERE {which} ORDER BY id"
    );
    let mut select = connection.prepare_cached(&sql)?;
    let mut found = select.query(given)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let (field, given, state): (String, Option<String>, String) = (row.get(2)?, row.get(3)?, row.get(6)?);
        let (by, at, edition) = (row.get(4)?, row.get(5)?, row.get(7)?);
        rows.extend(Row::kept(row.get(0)?, row.get(1)?, &field, given.as_deref(), by, at, &state, edition)?);
    }
    Ok(rows)
}

fn withdraw(connection: &Connection, draft: i64) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE facts SET state = 'withdrawn' WHERE id = ?1")?.execute([draft])?;
    Ok(())
}

fn draft(connection: &Connection, new: &Draft, seen: i64, entry: &Entry) -> Result<Written, StoreError> {
    match on_draft(&of(connection, &new.association)?, new, seen) {
        Err(not) => return Ok(not),
        Ok(Some(earlier)) => withdraw(connection, earlier)?,
        Ok(None) => {}
    }
    connection
        .prepare_cached(
            "INSERT INTO facts (association, field, given, by, at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            new.association.as_str(),
            new.field.code(),
            as_kept(new.given.as_ref()),
            new.by,
            entry.at,
            State::Draft.code()
        ])?;
    let about = format!("fact:{}", connection.last_insert_rowid());
    journal::append(connection, &Entry { about, ..entry.clone() })?;
    Ok(Written::Done)
}

fn publish(
    connection: &Connection,
    association: &AssociationId,
    drafts: &[i64],
    entry: &Entry,
) -> Result<Written, StoreError> {
    let outcome = on_publish(&of(connection, association)?, drafts);
    if outcome != Written::Done {
        return Ok(outcome);
    }
    let number = newest(connection)? + 1;
    connection
        .prepare_cached("INSERT INTO editions (number, at, by) VALUES (?1, ?2, ?3)")?
        .execute(params![number, entry.at, entry.who])?;
    for draft in drafts {
        connection
            .prepare_cached("UPDATE facts SET state = 'published', edition = ?2 WHERE id = ?1")?
            .execute(params![draft, number])?;
    }
    journal::append(connection, &Entry { about: format!("edition:{number}"), ..entry.clone() })?;
    Ok(Written::Done)
}
