//! What a team writes for others to read, in SQLite.

use domain::association::AssociationId;
use domain::calendar::Date;
use domain::content::draft::Consent;
use rusqlite::{Connection, OptionalExtension, Params, params};

use super::{SqliteStore, content, journal};
use crate::store::drafts::{
    Comment, Doing, Draft, DraftStore, NewDraft, Put, Revision, Row, Sort, Step, Stepped,
};
use crate::store::journal::Entry;
use crate::store::kept;
use crate::store::{Answering, StoreError};

impl DraftStore for SqliteStore {
    fn drafts(&self, association: AssociationId) -> Answering<'_, Vec<Draft>> {
        self.read(move |connection| {
            let which = "association = ?1 OR kind = 'case' AND state IN ('shared', 'published')
                         ORDER BY changed_at DESC, drafts.id DESC";
            select(connection, which, [association.as_str()])
        })
    }

    fn draft(&self, id: i64) -> Answering<'_, Option<Draft>> {
        self.read(move |connection| find(connection, id))
    }

    fn begin_draft(&self, new: NewDraft, entry: Entry) -> Answering<'_, Option<Draft>> {
        self.writer.write(move |transaction| begin(transaction, &new, &entry))
    }

    fn begun_with(&self, keys: Vec<String>) -> Answering<'_, Vec<(String, i64)>> {
        self.read(move |connection| {
            let mut select = connection.prepare_cached("SELECT id FROM drafts WHERE key = ?1")?;
            let mut found = Vec::new();
            for key in keys {
                let id = select.query_row([&key], |row| row.get(0)).optional()?;
                found.extend(id.map(|id| (key, id)));
            }
            Ok(found)
        })
    }

    fn write_draft(&self, id: i64, seen: u32, revision: Revision, entry: Entry) -> Answering<'_, Stepped> {
        self.writer.write(move |transaction| write(transaction, id, seen, &revision, &entry))
    }

    fn step_draft(&self, id: i64, step: Step, entry: Entry) -> Answering<'_, Stepped> {
        self.writer.write(move |transaction| take_step(transaction, id, &step, &entry))
    }

    fn comment_on_draft(&self, id: i64, comment: Comment, entry: Entry) -> Answering<'_, ()> {
        self.writer.write(move |transaction| {
            put_comment(transaction, id, &comment)?;
            journal::append(transaction, &entry)
        })
    }

    fn revisions(&self, id: i64) -> Answering<'_, Vec<Revision>> {
        self.read(move |connection| revisions(connection, id))
    }

    fn draft_comments(&self, id: i64) -> Answering<'_, Vec<Comment>> {
        self.read(move |connection| comments(connection, id))
    }
}

fn find(connection: &Connection, id: i64) -> Result<Option<Draft>, StoreError> {
    Ok(select(connection, "drafts.id = ?1", [id])?.into_iter().next())
}

fn select(connection: &Connection, which: &str, given: impl Params) -> Result<Vec<Draft>, StoreError> {
    let sql = kept::drafts("group_concat(by)", which);
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query(given)?;
    let mut drafts = Vec::new();
    while let Some(row) = rows.next()? {
        drafts.push(Draft::kept(Row {
            id: row.get(0)?,
            association: row.get(1)?,
            kind: row.get(2)?,
            author: row.get(3)?,
            state: row.get(4)?,
            public: row.get(5)?,
            published_on: row.get(6)?,
            changed_at: row.get(7)?,
            writers: row.get(8)?,
            comments: (row.get(9)?, row.get(10)?),
            newest: revision(row, 11)?,
        })?);
    }
    Ok(drafts)
}

/// From this column on.
fn revision(row: &rusqlite::Row<'_>, from: usize) -> Result<Revision, StoreError> {
    Ok(Revision {
        number: kept::revision_number(row.get(from)?)?,
        by: row.get(from + 1)?,
        at: row.get(from + 2)?,
        body: row.get(from + 3)?,
        consent: kept::consent(row.get(from + 4)?)?,
    })
}

fn begin(connection: &Connection, new: &NewDraft, entry: &Entry) -> Result<Option<Draft>, StoreError> {
    let there: Option<i64> = connection
        .prepare_cached("SELECT id FROM drafts WHERE key = ?1")?
        .query_row([&new.key], |row| row.get(0))
        .optional()?;
    let id = match there {
        Some(id) => id,
        None => {
            connection
                .prepare_cached(
                    "INSERT INTO drafts (key, association, kind, author, state, revision, started_at, changed_at)
                     VALUES (?1, ?2, ?3, ?4, 'draft', 1, ?5, ?5)",
                )?
                .execute(params![
                    new.key,
                    new.association.as_str(),
                    new.kind.code(),
                    new.revision.by,
                    new.revision.at
                ])?;
            let id = connection.last_insert_rowid();
            put_revision(connection, id, &Revision { number: 1, ..new.revision.clone() })?;
            journal::append(connection, &entry.about_draft(id, 1))?;
            id
        }
    };
    let same = |draft: &Draft| draft.association == new.association && draft.kind == new.kind;
    Ok(find(connection, id)?.filter(same))
}

fn put_revision(connection: &Connection, draft: i64, revision: &Revision) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO draft_revisions (draft, number, by, at, body, consent) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            draft,
            revision.number,
            revision.by,
            revision.at,
            revision.body,
            revision.consent.map(Consent::code)
        ])?;
    Ok(())
}

fn write(
    connection: &Connection,
    id: i64,
    seen: u32,
    revision: &Revision,
    entry: &Entry,
) -> Result<Stepped, StoreError> {
    let Some(there) = find(connection, id)? else { return Ok(Stepped::Unknown) };
    if let Some(answer) = there.unwritten(seen, revision) {
        return Ok(answer);
    }
    let number = seen + 1;
    put_revision(connection, id, &Revision { number, ..revision.clone() })?;
    connection
        .prepare_cached("UPDATE drafts SET revision = ?2, state = ?3, changed_at = ?4 WHERE id = ?1")?
        .execute(params![id, number, there.state.edited().code(), revision.at])?;
    journal::append(connection, &entry.about_draft(id, number))?;
    Ok(find(connection, id)?.map_or(Stepped::Unknown, Stepped::Done))
}

fn take_step(connection: &Connection, id: i64, step: &Step, entry: &Entry) -> Result<Stepped, StoreError> {
    let Some(there) = find(connection, id)? else { return Ok(Stepped::Unknown) };
    let has_body: bool = connection
        .prepare_cached("SELECT count(*) FROM contents WHERE id = ?1 AND body IS NOT NULL")?
        .query_row([there.item_id().as_str()], |row| row.get(0))?;
    match there.decide(step, entry.at, has_body && there.public.is_none()) {
        Doing::Nothing(answer) => Ok(answer),
        Doing::Remove => {
            for table in ["draft_comments", "draft_revisions"] {
                connection.execute(&format!("DELETE FROM {table} WHERE draft = ?1"), [id])?;
            }
            connection.execute("DELETE FROM drafts WHERE id = ?1", [id])?;
            journal::append(connection, &entry.about_draft(id, step.seen))?;
            Ok(Stepped::Gone)
        }
        Doing::Put(put) => {
            put_step(connection, id, &put, entry)?;
            journal::append(connection, &entry.about_draft(id, step.seen))?;
            Ok(find(connection, id)?.map_or(Stepped::Unknown, Stepped::Done))
        }
    }
}

fn put_step(connection: &Connection, id: i64, put: &Put, entry: &Entry) -> Result<(), StoreError> {
    if let Some(change) = &put.change {
        content::apply(connection, change, entry.at)?;
    }
    if let Some(comment) = &put.comment {
        put_comment(connection, id, comment)?;
    }
    connection
        .prepare_cached(
            "UPDATE drafts SET state = ?2, public_revision = ?3, published_on = ?4, changed_at = ?5 WHERE id = ?1",
        )?
        .execute(params![
            id,
            put.state.code(),
            put.public,
            put.published_on.map(Date::to_text),
            entry.at
        ])?;
    Ok(())
}

fn put_comment(connection: &Connection, draft: i64, comment: &Comment) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO draft_comments (draft, association, by, at, text, sort) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            draft,
            comment.association.as_str(),
            comment.by,
            comment.at,
            comment.text,
            comment.sort.code()
        ])?;
    Ok(())
}

fn revisions(connection: &Connection, id: i64) -> Result<Vec<Revision>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT number, by, at, body, consent FROM draft_revisions WHERE draft = ?1 ORDER BY number",
    )?;
    let mut rows = select.query([id])?;
    let mut revisions = Vec::new();
    while let Some(row) = rows.next()? {
        revisions.push(revision(row, 0)?);
    }
    Ok(revisions)
}

fn comments(connection: &Connection, id: i64) -> Result<Vec<Comment>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT association, by, at, text, sort FROM draft_comments WHERE draft = ?1 ORDER BY id",
    )?;
    let mut rows = select.query([id])?;
    let mut comments = Vec::new();
    while let Some(row) = rows.next()? {
        let sort: String = row.get(4)?;
        comments.push(Comment {
            association: AssociationId(row.get(0)?),
            by: row.get(1)?,
            at: row.get(2)?,
            text: row.get(3)?,
            sort: Sort::kept(&sort)?,
        });
    }
    Ok(comments)
}
