//! What consultations were about, in PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::{Client, GenericClient, Transaction};
use domain::association::AssociationId;
use domain::report::subject::{Said, Subject};

use super::again::Failure;
use super::booking::small;
use super::{PostgresStore, journal};
use crate::store::journal::Entry;
use crate::store::subjects::{KEEP_COUNTS, SAID, Saying, Span, SubjectStore, axis, counted_in};
use crate::store::{Answering, Booking};

impl SubjectStore for PostgresStore {
    fn said(&self, team: AssociationId, span: Span) -> Answering<'_, Vec<Said>> {
        let asked = Arc::new((team, span));
        self.read(move |client| {
            let asked = Arc::clone(&asked);
            Box::pin(async move { said(client, &asked.0, &asked.1).await })
        })
    }

    fn subject(&self, booking: i64) -> Answering<'_, Subject> {
        self.read(move |client| Box::pin(async move { subject(client, booking).await }))
    }

    fn say(&self, booking: i64, seen: Subject, new: Saying, entry: Entry) -> Answering<'_, bool> {
        let given = Arc::new((seen, new, entry));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (seen, new, entry) = &*given;
                // Two who say it at once stand in line here, and whoever erases her does, too.
                let lock = "SELECT id FROM bookings WHERE id = $1 AND erased_at IS NULL FOR UPDATE";
                let lock = transaction.prepare_cached(lock).await?;
                let is_there = transaction.query_opt(&lock, &[&booking]).await?.is_some();
                if !is_there || subject(transaction, booking).await? != *seen {
                    return Ok(false);
                }
                replace(transaction, booking, new).await?;
                journal::append(transaction, entry).await?;
                Ok(true)
            })
        })
    }
}

/// Her answers go; what is left is one more in each count.
pub(super) async fn erase(transaction: &Transaction<'_>, booking: &Booking) -> Result<(), Failure> {
    if let Some(month) = counted_in(booking) {
        let keep = transaction.prepare_cached(KEEP_COUNTS).await?;
        transaction.execute(&keep, &[&booking.team.as_str(), &month, &booking.id]).await?;
    }
    transaction.execute("DELETE FROM subjects WHERE booking = $1", &[&booking.id]).await?;
    Ok(())
}

async fn replace(transaction: &Transaction<'_>, booking: i64, new: &Saying) -> Result<(), Failure> {
    let delete = transaction.prepare_cached("DELETE FROM subjects WHERE booking = $1").await?;
    transaction.execute(&delete, &[&booking]).await?;
    let sql = "INSERT INTO subjects (booking, axis, value, by, at) VALUES ($1, $2, $3, $4, $5)";
    let insert = transaction.prepare_cached(sql).await?;
    for (axis, value) in new.subject.answers() {
        transaction.execute(&insert, &[&booking, &axis.code(), &value, &new.by, &new.at]).await?;
    }
    Ok(())
}

async fn said(client: &Client, team: &AssociationId, span: &Span) -> Result<Vec<Said>, Failure> {
    let Span { from, to, months: (first, last), fictional } = span;
    let select = client.prepare_cached(SAID).await?;
    let rows = client.query(&select, &[&team.as_str(), from, to, fictional, first, last]).await?;
    let said = |row: &tokio_postgres::Row| {
        let (axis, count) = (axis(row.try_get(0)?)?, small(row.try_get::<_, i64>(2)?)?);
        Ok(Said { axis, value: row.try_get(1)?, count })
    };
    rows.iter().map(said).collect()
}

async fn subject(client: &impl GenericClient, booking: i64) -> Result<Subject, Failure> {
    let select = client.prepare_cached("SELECT axis, value FROM subjects WHERE booking = $1").await?;
    let mut answers = Vec::new();
    for row in client.query(&select, &[&booking]).await? {
        answers.push((axis(row.try_get(0)?)?, row.try_get(1)?));
    }
    Ok(Subject::of(answers))
}
