//! The journal in SQLite. There is one writer, so one chain.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteStore;
use crate::store::journal::{CHUNK, Entry, Journal, Line, Link, follow};
use crate::store::{Answering, StoreError};

impl Journal for SqliteStore {
    fn append(&self, entry: Entry) -> Answering<'_, ()> {
        self.writer.write(move |connection| append(connection, &entry))
    }

    fn about(&self, about: String) -> Answering<'_, Vec<Line>> {
        self.read(move |connection| {
            let sql = format!("SELECT {COLUMNS} FROM journal WHERE about = ?1 ORDER BY id DESC");
            let mut select = connection.prepare_cached(&sql)?;
            read(select.query([about])?)
        })
    }

    fn lines(&self, after: i64, most: u32) -> Answering<'_, Vec<Line>> {
        self.read(move |connection| lines(connection, after, most))
    }

    fn broken(&self) -> Answering<'_, Option<i64>> {
        self.read(broken)
    }
}

const COLUMNS: &str = "id, at, who, association, what, about, detail, hash";

/// In the transaction of what it tells.
pub(super) fn append(connection: &Connection, entry: &Entry) -> Result<(), StoreError> {
    let mut select = connection.prepare_cached("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1")?;
    let last = select.query_row([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))).optional()?;
    let last = match last {
        Some((id, hash)) => Link { id, hash: Line::hash(&hash)? },
        None => Link::default(),
    };
    let line = entry.after(last);
    let sql = format!("INSERT INTO journal ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    connection.prepare_cached(&sql)?.execute(params![
        line.id,
        line.at,
        line.who,
        line.association,
        line.what,
        line.about,
        line.detail,
        line.hash
    ])?;
    Ok(())
}

fn lines(connection: &Connection, after: i64, most: u32) -> Result<Vec<Line>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM journal WHERE id > ?1 ORDER BY id LIMIT ?2");
    let mut select = connection.prepare_cached(&sql)?;
    read(select.query((after, most))?)
}

fn read(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Line>, StoreError> {
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(line(row)?);
    }
    Ok(lines)
}

fn line(row: &Row<'_>) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        association: row.get(3)?,
        what: row.get(4)?,
        about: row.get(5)?,
        detail: row.get(6)?,
        hash: Line::hash(&row.get::<_, Vec<u8>>(7)?)?,
    })
}

pub(super) fn broken(connection: &Connection) -> Result<Option<i64>, StoreError> {
    let mut last = Link::default();
    loop {
        let lines = lines(connection, last.id, CHUNK)?;
        if lines.is_empty() {
            return Ok(None);
        }
        if let Some(broken) = lines.iter().find(|line| !follow(&mut last, line)) {
            return Ok(Some(broken.id));
        }
    }
}
