//! Pictures, in SQLite.

use std::sync::Arc;

use domain::association::AssociationId;
use rusqlite::{Connection, OptionalExtension, params};

use super::{SqliteStore, journal};
use crate::store::journal::Entry;
use crate::store::pictures::{About, NewPicture, PictureStore, Size};
use crate::store::{Answering, StoreError};

impl PictureStore for SqliteStore {
    fn add(&self, new: Arc<NewPicture>, entry: Entry) -> Answering<'_, About> {
        self.writer.write(move |connection| add(connection, &new, &entry))
    }

    fn picture(&self, sha: String) -> Answering<'_, Option<About>> {
        self.read(move |connection| about(connection, &sha))
    }

    fn of(&self, association: AssociationId, most: u32) -> Answering<'_, Vec<About>> {
        self.read(move |connection| {
            let columns = About::COLUMNS;
            let sql =
                format!("SELECT {columns} FROM pictures WHERE association = ?1 ORDER BY id DESC LIMIT ?2");
            let mut select = connection.prepare_cached(&sql)?;
            let rows = select.query_map(params![association.as_str(), most], row)?;
            rows.map(|row| About::kept(row?)).collect()
        })
    }

    fn bytes(&self, sha: String, size: Size) -> Answering<'_, Option<Vec<u8>>> {
        let sql = match size {
            Size::Shown => "SELECT bytes FROM pictures WHERE sha = ?1",
            Size::Small => "SELECT small FROM pictures WHERE sha = ?1",
        };
        self.read(move |connection| {
            Ok(connection.prepare_cached(sql)?.query_row([&sha], |row| row.get(0)).optional()?)
        })
    }

    fn forget_unused(&self, before: i64, is_rehearsal: bool) -> Answering<'_, u32> {
        self.writer.write(move |connection| {
            let count = "SELECT count(*) FROM pictures WHERE added_at < ?1 AND NOT EXISTS
                (SELECT 1 FROM contents WHERE body LIKE '%\"' || sha || '\"%')
                AND NOT EXISTS (SELECT 1 FROM draft_revisions WHERE body LIKE '%\"' || sha || '\"%')";
            let unused = connection.prepare_cached(count)?.query_row([before], |row| row.get(0))?;
            if !is_rehearsal {
                let delete = "DELETE FROM pictures WHERE added_at < ?1 AND NOT EXISTS
                    (SELECT 1 FROM contents WHERE body LIKE '%\"' || sha || '\"%')
                    AND NOT EXISTS (SELECT 1 FROM draft_revisions WHERE body LIKE '%\"' || sha || '\"%')";
                connection.prepare_cached(delete)?.execute([before])?;
            }
            Ok(unused)
        })
    }
}

fn add(connection: &Connection, new: &NewPicture, entry: &Entry) -> Result<About, StoreError> {
    if let Some(there) = about(connection, &new.about.sha)? {
        return Ok(there);
    }
    let About { sha, association, width, height, alt, alt_en, at } = &new.about;
    connection
        .prepare_cached(
            "INSERT INTO pictures (sha, association, width, height, alt, alt_en, bytes, small, added_by, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            sha,
            association.as_str(),
            width,
            height,
            alt.as_str(),
            alt_en.as_ref().map(|alt| alt.as_str()),
            new.bytes,
            new.small,
            entry.who,
            at,
        ])?;
    journal::append(connection, entry)?;
    Ok(new.about.clone())
}

fn about(connection: &Connection, sha: &str) -> Result<Option<About>, StoreError> {
    let sql = format!("SELECT {} FROM pictures WHERE sha = ?1", About::COLUMNS);
    let found = connection.prepare_cached(&sql)?.query_row([sha], row).optional()?;
    found.map(About::kept).transpose()
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<crate::store::pictures::Row> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}
