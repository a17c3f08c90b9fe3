//! What a team writes for others to read, in PostgreSQL. Whoever changes a draft holds its row until the commit.

use std::sync::Arc;

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;
use domain::calendar::Date;
use domain::content::draft::Consent;
use tokio_postgres::types::ToSql;

use super::again::Failure;
use super::{PostgresStore, content, journal};
use crate::store::Answering;
use crate::store::drafts::{
    Comment, Doing, Draft, DraftStore, NewDraft, Put, Revision, Row, Sort, Step, Stepped,
};
use crate::store::journal::Entry;
use crate::store::kept;

impl DraftStore for PostgresStore {
    fn drafts(&self, association: AssociationId) -> Answering<'_, Vec<Draft>> {
        let association = Arc::new(association);
        self.read(move |client| {
            let association = Arc::clone(&association);
            Box::pin(async move {
                let which = "association = $1 OR kind = 'case' AND state IN ('shared', 'published')
                             ORDER BY changed_at DESC, drafts.id DESC";
                select(client, which, &[&association.as_str()]).await
            })
        })
    }

    fn draft(&self, id: i64) -> Answering<'_, Option<Draft>> {
        self.read(move |client| Box::pin(find(client, id)))
    }

    fn begin_draft(&self, new: NewDraft, entry: Entry) -> Answering<'_, Option<Draft>> {
        let given = Arc::new((new, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { begin(transaction, &given.0, &given.1).await })
        })
    }

    fn begun_with(&self, keys: Vec<String>) -> Answering<'_, Vec<(String, i64)>> {
        let keys = Arc::new(keys);
        self.read(move |client| {
            let keys = Arc::clone(&keys);
            Box::pin(async move {
                let select = client.prepare_cached("SELECT key, id FROM drafts WHERE key = ANY($1)").await?;
                let rows = client.query(&select, &[&*keys]).await?;
                rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
            })
        })
    }

    fn write_draft(&self, id: i64, seen: u32, revision: Revision, entry: Entry) -> Answering<'_, Stepped> {
        let given = Arc::new((revision, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { write(transaction, id, seen, &given.0, &given.1).await })
        })
    }

    fn step_draft(&self, id: i64, step: Step, entry: Entry) -> Answering<'_, Stepped> {
        let given = Arc::new((step, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { take_step(transaction, id, &given.0, &given.1).await })
        })
    }

    fn comment_on_draft(&self, id: i64, comment: Comment, entry: Entry) -> Answering<'_, ()> {
        let given = Arc::new((comment, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                put_comment(transaction, id, &given.0).await?;
                journal::append(transaction, &given.1).await
            })
        })
    }

    fn revisions(&self, id: i64) -> Answering<'_, Vec<Revision>> {
        self.read(move |client| {
            Box::pin(async move {
                let sql = "SELECT number, by, at, body, consent FROM draft_revisions WHERE draft = $1 ORDER BY number";
                let select = client.prepare_cached(sql).await?;
                client.query(&select, &[&id]).await?.iter().map(|row| revision(row, 0)).collect()
            })
        })
    }

    fn draft_comments(&self, id: i64) -> Answering<'_, Vec<Comment>> {
        self.read(move |client| {
            Box::pin(async move {
                let sql =
                    "SELECT association, by, at, text, sort FROM draft_comments WHERE draft = $1 ORDER BY id";
                let select = client.prepare_cached(sql).await?;
                client.query(&select, &[&id]).await?.iter().map(comment).collect()
            })
        })
    }
}

async fn find(client: &impl GenericClient, id: i64) -> Result<Option<Draft>, Failure> {
    Ok(select(client, "drafts.id = $1", &[&id]).await?.into_iter().next())
}

/// Nobody else changes it until the commit.
async fn hold(transaction: &Transaction<'_>, id: i64) -> Result<Option<Draft>, Failure> {
    let lock = transaction.prepare_cached("SELECT id FROM drafts WHERE id = $1 FOR UPDATE").await?;
    transaction.query_opt(&lock, &[&id]).await?;
    find(transaction, id).await
}

async fn select(
    client: &impl GenericClient,
    which: &str,
    given: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Draft>, Failure> {
    let select = client.prepare_cached(&kept::drafts("string_agg(by::text, ',')", which)).await?;
    let rows = client.query(&select, given).await?;
    let draft = |row: &tokio_postgres::Row| {
        Ok(Draft::kept(Row {
            id: row.try_get(0)?,
            association: row.try_get(1)?,
            kind: row.try_get(2)?,
            author: row.try_get(3)?,
            state: row.try_get(4)?,
            public: row.try_get(5)?,
            published_on: row.try_get(6)?,
            changed_at: row.try_get(7)?,
            writers: row.try_get(8)?,
            comments: (row.try_get(9)?, row.try_get(10)?),
            newest: revision(row, 11)?,
        })?)
    };
    rows.iter().map(draft).collect()
}

/// From this column on.
fn revision(row: &tokio_postgres::Row, from: usize) -> Result<Revision, Failure> {
    Ok(Revision {
        number: kept::revision_number(row.try_get(from)?)?,
        by: row.try_get(from + 1)?,
        at: row.try_get(from + 2)?,
        body: row.try_get(from + 3)?,
        consent: kept::consent(row.try_get(from + 4)?)?,
    })
}

fn comment(row: &tokio_postgres::Row) -> Result<Comment, Failure> {
    Ok(Comment {
        association: AssociationId(row.try_get(0)?),
        by: row.try_get(1)?,
        at: row.try_get(2)?,
        text: row.try_get(3)?,
        sort: Sort::kept(row.try_get(4)?)?,
    })
}

async fn begin(
    transaction: &Transaction<'_>,
    new: &NewDraft,
    entry: &Entry,
) -> Result<Option<Draft>, Failure> {
    let insert = transaction
        .prepare_cached(
            "INSERT INTO drafts (key, association, kind, author, state, revision, started_at, changed_at)
             VALUES ($1, $2, $3, $4, 'draft', 1, $5, $5) ON CONFLICT (key) DO NOTHING RETURNING id",
        )
        .await?;
    let (association, kind) = (new.association.as_str(), new.kind.code());
    let given: &[&(dyn ToSql + Sync)] = &[&new.key, &association, &kind, &new.revision.by, &new.revision.at];
    let id = match transaction.query_opt(&insert, given).await? {
        Some(row) => {
            let id = row.try_get(0)?;
            put_revision(transaction, id, &Revision { number: 1, ..new.revision.clone() }).await?;
            journal::append(transaction, &entry.about_draft(id, 1)).await?;
            id
        }
        None => {
            let there = transaction.prepare_cached("SELECT id FROM drafts WHERE key = $1").await?;
            transaction.query_one(&there, &[&new.key]).await?.try_get(0)?
        }
    };
    let same = |draft: &Draft| draft.association == new.association && draft.kind == new.kind;
    Ok(find(transaction, id).await?.filter(same))
}

async fn put_revision(transaction: &Transaction<'_>, draft: i64, revision: &Revision) -> Result<(), Failure> {
    let insert = transaction
        .prepare_cached(
            "INSERT INTO draft_revisions (draft, number, by, at, body, consent) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .await?;
    let (number, consent) = (i64::from(revision.number), revision.consent.map(Consent::code));
    transaction
        .execute(&insert, &[&draft, &number, &revision.by, &revision.at, &revision.body, &consent])
        .await?;
    Ok(())
}

async fn write(
    transaction: &Transaction<'_>,
    id: i64,
    seen: u32,
    revision: &Revision,
    entry: &Entry,
) -> Result<Stepped, Failure> {
    let Some(there) = hold(transaction, id).await? else { return Ok(Stepped::Unknown) };
    if let Some(answer) = there.unwritten(seen, revision) {
        return Ok(answer);
    }
    let number = seen + 1;
    put_revision(transaction, id, &Revision { number, ..revision.clone() }).await?;
    let update = transaction
        .prepare_cached("UPDATE drafts SET revision = $2, state = $3, changed_at = $4 WHERE id = $1")
        .await?;
    let state = there.state.edited().code();
    transaction.execute(&update, &[&id, &i64::from(number), &state, &revision.at]).await?;
    let there = find(transaction, id).await?;
    journal::append(transaction, &entry.about_draft(id, number)).await?;
    Ok(there.map_or(Stepped::Unknown, Stepped::Done))
}

async fn take_step(
    transaction: &Transaction<'_>,
    id: i64,
    step: &Step,
    entry: &Entry,
) -> Result<Stepped, Failure> {
    let Some(there) = hold(transaction, id).await? else { return Ok(Stepped::Unknown) };
    let look = "SELECT count(*) > 0 FROM contents WHERE id = $1 AND body IS NOT NULL";
    let look = transaction.prepare_cached(look).await?;
    let has_body: bool = transaction.query_one(&look, &[&there.item_id().as_str()]).await?.try_get(0)?;
    match there.decide(step, entry.at, has_body && there.public.is_none()) {
        Doing::Nothing(answer) => Ok(answer),
        Doing::Remove => {
            for sql in [
                "DELETE FROM draft_comments WHERE draft = $1",
                "DELETE FROM draft_revisions WHERE draft = $1",
                "DELETE FROM drafts WHERE id = $1",
            ] {
                let delete = transaction.prepare_cached(sql).await?;
                transaction.execute(&delete, &[&id]).await?;
            }
            journal::append(transaction, &entry.about_draft(id, step.seen)).await?;
            Ok(Stepped::Gone)
        }
        Doing::Put(put) => {
            put_step(transaction, id, &put, entry).await?;
            let there = find(transaction, id).await?;
            journal::append(transaction, &entry.about_draft(id, step.seen)).await?;
            Ok(there.map_or(Stepped::Unknown, Stepped::Done))
        }
    }
}

async fn put_step(transaction: &Transaction<'_>, id: i64, put: &Put, entry: &Entry) -> Result<(), Failure> {
    if let Some(change) = &put.change {
        content::apply(transaction, change, entry.at).await?;
    }
    if let Some(comment) = &put.comment {
        put_comment(transaction, id, comment).await?;
    }
    let update = transaction
        .prepare_cached(
            "UPDATE drafts SET state = $2, public_revision = $3, published_on = $4, changed_at = $5 WHERE id = $1",
        )
        .await?;
    let (public, day) = (put.public.map(i64::from), put.published_on.map(Date::to_text));
    transaction.execute(&update, &[&id, &put.state.code(), &public, &day, &entry.at]).await?;
    Ok(())
}

async fn put_comment(transaction: &Transaction<'_>, draft: i64, comment: &Comment) -> Result<(), Failure> {
    let insert = transaction
        .prepare_cached(
            "INSERT INTO draft_comments (draft, association, by, at, text, sort) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .await?;
    let (association, sort) = (comment.association.as_str(), comment.sort.code());
    let given: &[&(dyn ToSql + Sync)] =
        &[&draft, &association, &comment.by, &comment.at, &comment.text, &sort];
    transaction.execute(&insert, given).await?;
    Ok(())
}
