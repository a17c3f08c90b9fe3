//! Pictures, in PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::{GenericClient, Transaction};
use domain::association::AssociationId;

use super::again::Failure;
use super::{PostgresStore, journal};
use crate::store::Answering;
use crate::store::journal::Entry;
use crate::store::pictures::{About, NewPicture, PictureStore, Size};

impl PictureStore for PostgresStore {
    fn add(&self, new: Arc<NewPicture>, entry: Entry) -> Answering<'_, About> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let (new, entry) = (Arc::clone(&new), Arc::clone(&entry));
            Box::pin(async move { add(transaction, &new, &entry).await })
        })
    }

    fn picture(&self, sha: String) -> Answering<'_, Option<About>> {
        let sha: Arc<str> = sha.into();
        self.read(move |client| {
            let sha = Arc::clone(&sha);
            Box::pin(async move { about(client, &sha).await })
        })
    }

    fn of(&self, association: AssociationId, most: u32) -> Answering<'_, Vec<About>> {
        let association = Arc::new(association);
        self.read(move |client| {
            let association = Arc::clone(&association);
            Box::pin(async move {
                let columns = About::COLUMNS;
                let sql = format!(
                    "SELECT {columns} FROM pictures WHERE association = $1 ORDER BY id DESC LIMIT $2"
                );
                let select = client.prepare_cached(&sql).await?;
                let rows = client.query(&select, &[&association.as_str(), &i64::from(most)]).await?;
                rows.iter().map(kept).collect()
            })
        })
    }

    fn bytes(&self, sha: String, size: Size) -> Answering<'_, Option<Vec<u8>>> {
        let sql = match size {
            Size::Shown => "SELECT bytes FROM pictures WHERE sha = $1",
            Size::Small => "SELECT small FROM pictures WHERE sha = $1",
        };
        let sha: Arc<str> = sha.into();
        self.read(move |client| {
            let sha = Arc::clone(&sha);
            Box::pin(async move {
                let select = client.prepare_cached(sql).await?;
                let found = client.query_opt(&select, &[&&*sha]).await?;
                Ok(found.map(|row| row.try_get(0)).transpose()?)
            })
        })
    }

    fn forget_unused(&self, before: i64, is_rehearsal: bool) -> Answering<'_, u32> {
        self.change(move |transaction| {
            Box::pin(async move { forget_unused(transaction, before, is_rehearsal).await })
        })
    }
}

async fn add(transaction: &Transaction<'_>, new: &NewPicture, entry: &Entry) -> Result<About, Failure> {
    let About { sha, association, width, height, alt, alt_en, at } = &new.about;
    let insert = transaction
        .prepare_cached(
            "INSERT INTO pictures (sha, association, width, height, alt, alt_en, bytes, small, added_by, added_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
        )
        .await?;
    let (width, height) = (i64::from(*width), i64::from(*height));
    let alt_en = alt_en.as_ref().map(|alt| alt.as_str());
    let added = transaction
        .execute(
            &insert,
            &[
                sha,
                &association.as_str(),
                &width,
                &height,
                &alt.as_str(),
                &alt_en,
                &new.bytes,
                &new.small,
                &entry.who,
                at,
            ],
        )
        .await?;
    if added > 0 {
        journal::append(transaction, entry).await?;
        return Ok(new.about.clone());
    }
    // Somebody was first, and has committed: the insertion waited for it.
    Ok(about(transaction, sha).await?.unwrap_or_else(|| new.about.clone()))
}

async fn about(client: &impl GenericClient, sha: &str) -> Result<Option<About>, Failure> {
    let sql = format!("SELECT {} FROM pictures WHERE sha = $1", About::COLUMNS);
    let select = client.prepare_cached(&sql).await?;
    client.query_opt(&select, &[&sha]).await?.as_ref().map(kept).transpose()
}

fn kept(row: &tokio_postgres::Row) -> Result<About, Failure> {
    let row = (
        row.try_get(0)?,
        row.try_get(1)?,
        row.try_get(2)?,
        row.try_get(3)?,
        row.try_get(4)?,
        row.try_get(5)?,
        row.try_get(6)?,
    );
    Ok(About::kept(row)?)
}

async fn forget_unused(
    transaction: &Transaction<'_>,
    before: i64,
    is_rehearsal: bool,
) -> Result<u32, Failure> {
    // Whoever publishes meanwhile publishes before or after.
    transaction.batch_execute("LOCK TABLE contents IN SHARE ROW EXCLUSIVE MODE").await?;
    let unused = "FROM pictures WHERE added_at < $1 AND NOT EXISTS
        (SELECT 1 FROM contents WHERE body LIKE '%\"' || sha || '\"%')
        AND NOT EXISTS (SELECT 1 FROM draft_revisions WHERE body LIKE '%\"' || sha || '\"%')";
    let count = transaction.prepare_cached(&format!("SELECT count(*) {unused}")).await?;
    let counted: i64 = transaction.query_one(&count, &[&before]).await?.try_get(0)?;
    if !is_rehearsal {
        let delete = transaction.prepare_cached(&format!("DELETE {unused}")).await?;
        transaction.execute(&delete, &[&before]).await?;
    }
    Ok(u32::try_from(counted).unwrap_or(u32::MAX))
}
