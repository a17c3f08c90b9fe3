//! What consultations were about, in SQLite.

use domain::association::AssociationId;
use domain::report::subject::{Said, Subject};
use rusqlite::{Connection, params};

use super::{SqliteStore, journal};
use crate::store::journal::Entry;
use crate::store::subjects::{KEEP_COUNTS, SAID, Saying, Span, SubjectStore, axis, counted_in};
use crate::store::{Answering, Booking, StoreError};

impl SubjectStore for SqliteStore {
    fn said(&self, team: AssociationId, span: Span) -> Answering<'_, Vec<Said>> {
        self.read(move |connection| said(connection, &team, &span))
    }

    fn subject(&self, booking: i64) -> Answering<'_, Subject> {
        self.read(move |connection| subject(connection, booking))
    }

    fn say(&self, booking: i64, seen: Subject, new: Saying, entry: Entry) -> Answering<'_, bool> {
        self.writer.write(move |transaction| {
            if subject(transaction, booking)? != seen || !is_there(transaction, booking)? {
                return Ok(false);
            }
            transaction.prepare_cached("DELETE FROM subjects WHERE booking = ?1")?.execute([booking])?;
            let mut insert = transaction.prepare_cached(
                "INSERT INTO subjects (booking, axis, value, by, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (axis, value) in new.subject.answers() {
                insert.execute(params![booking, axis.code(), value, new.by, new.at])?;
            }
            journal::append(transaction, &entry)?;
            Ok(true)
        })
    }
}

/// Her answers go; what is left is one more in each count.
pub(super) fn erase(connection: &Connection, booking: &Booking) -> Result<(), StoreError> {
    if let Some(month) = counted_in(booking) {
        connection.execute(KEEP_COUNTS, params![booking.team.as_str(), month, booking.id])?;
    }
    connection.execute("DELETE FROM subjects WHERE booking = ?1", [booking.id])?;
    Ok(())
}

fn said(connection: &Connection, team: &AssociationId, span: &Span) -> Result<Vec<Said>, StoreError> {
    let Span { from, to, months: (first, last), fictional } = span;
    let mut select = connection.prepare_cached(SAID)?;
    let mut rows = select.query(params![team.as_str(), from, to, fictional, first, last])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let axis = axis(&row.get::<_, String>(0)?)?;
        all.push(Said { axis, value: row.get(1)?, count: row.get(2)? });
    }
    Ok(all)
}

fn subject(connection: &Connection, booking: i64) -> Result<Subject, StoreError> {
    let mut select = connection.prepare_cached("SELECT axis, value FROM subjects WHERE booking = ?1")?;
    let mut rows = select.query([booking])?;
    let mut answers = Vec::new();
    while let Some(row) = rows.next()? {
        answers.push((axis(&row.get::<_, String>(0)?)?, row.get(1)?));
    }
    Ok(Subject::of(answers))
}

fn is_there(connection: &Connection, booking: i64) -> Result<bool, StoreError> {
    let mut select =
        connection.prepare_cached("SELECT 1 FROM bookings WHERE id = ?1 AND erased_at IS NULL")?;
    Ok(select.exists([booking])?)
}
