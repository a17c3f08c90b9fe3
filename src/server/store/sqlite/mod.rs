//! The embedded store: one file, one writer, many readers.

pub mod backup;
mod board;
mod booking;
mod calls;
mod check;
mod content;
mod drafts;
mod facts;
mod hosts;
mod journal;
mod keeping;
mod leaks;
mod log;
mod mail;
mod moving;
mod pictures;
#[cfg(test)]
mod power_tests;
mod report;
mod rules;
mod schema;
mod sessions;
mod settings;
mod staff;
mod subjects;
#[cfg(test)]
mod tests;
mod waiting;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::association::AssociationId;
use domain::booking::{Event, Wish};
use domain::slot::{Rules, Taken};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use super::journal::Entry;
use super::keeping::{Concerned, Everything, Keeping, Leak};
use super::mail::{Backlog, Due, MailStore, Outcome, Sealed};
use super::moving::{Cell, Moving, Row, Table};
use super::{Answering, Booked, Booking, BookingStore, Changed, NewBooking, Opening, StoreError, TokenHash};
use log::Log;
use writer::Writer;

/// More than the cores of a small machine would only wait for each other.
const READERS: usize = 4;

pub struct SqliteStore {
    file: PathBuf,
    writer: Writer,
    readers: Arc<Readers>,
}

/// Whoever finds no free connection waits for one.
struct Readers {
    places: Semaphore,
    free: Mutex<Vec<Connection>>,
}

impl SqliteStore {
    /// Opens the file, makes it if there is none, and brings it to the newest schema.
    ///
    /// # Errors
    /// A file that is no database, is of a newer version, or cannot be written.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(file)?;
        schema::prepare(&mut connection)?;
        let readers = (0..READERS).map(|_| reader(file)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            file: file.to_path_buf(),
            writer: Writer::start(connection, Log::of(file)),
            readers: Arc::new(Readers::of(readers)),
        })
    }

    /// Whether an existing file is of this program's schema, without touching it.
    ///
    /// # Errors
    /// A file that cannot be read, or is no database.
    pub fn is_current(file: &Path) -> Result<bool, StoreError> {
        schema::is_current(&reader(file)?)
    }

    /// Tells every statement with which somebody reads from now on, to whoever counts them. Whoever reads just then is
    /// missed.
    ///
    /// # Errors
    /// As the library says.
    pub fn overhear_readers(
        &self,
        hear: impl FnMut(&str) + Clone + Send + 'static,
    ) -> Result<(), StoreError> {
        for reader in self.readers.free.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            let mut hear = hear.clone();
            let hear = move |event: TraceEvent<'_>| {
                if let TraceEvent::Stmt(_, statement) = event {
                    hear(statement);
                }
            };
            reader.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hear))?;
        }
        Ok(())
    }

    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answering<'_, T> {
        let readers = Arc::clone(&self.readers);
        Box::pin(async move {
            let Ok(_place) = readers.places.acquire().await else { return Err(StoreError::Busy) };
            let lent = Arc::clone(&readers);
            let work = tokio::task::spawn_blocking(move || {
                let connection = lent.take()?;
                let answer = read(&connection);
                lent.give_back(connection);
                answer
            });
            work.await.map_err(|failed| StoreError::Broken(failed.to_string()))?
        })
    }
}

impl Readers {
    fn of(connections: Vec<Connection>) -> Self {
        Self { places: Semaphore::new(connections.len()), free: Mutex::new(connections) }
    }

    fn take(&self) -> Result<Connection, StoreError> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).pop().ok_or(StoreError::Busy)
    }

    fn give_back(&self, connection: Connection) {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

fn reader(file: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(schema::BUSY)?;
    Ok(connection)
}

impl BookingStore for SqliteStore {
    fn book(&self, new: NewBooking) -> Answering<'_, Booked> {
        self.writer.write(move |transaction| booking::book(transaction, &new))
    }

    fn find(&self, token: TokenHash) -> Answering<'_, Option<Booking>> {
        self.read(move |connection| booking::find(connection, &token))
    }

    fn happen(&self, token: TokenHash, event: Event, now: i64) -> Answering<'_, Changed> {
        self.writer.write(move |transaction| booking::happen(transaction, &token, event, now))
    }

    fn sweep(&self, now: i64) -> Answering<'_, u32> {
        self.writer.write(move |transaction| waiting::sweep(transaction, now))
    }

    fn move_to(&self, token: TokenHash, wish: Wish, rules: Arc<Rules>, now: i64) -> Answering<'_, Changed> {
        self.writer.write(move |transaction| booking::move_to(transaction, &token, wish, &rules, now))
    }

    fn rules(&self, team: AssociationId) -> Answering<'_, Option<Opening>> {
        self.read(move |connection| rules::find(connection, &team))
    }

    fn put_rules(&self, team: AssociationId, opening: Opening, now: i64) -> Answering<'_, ()> {
        self.writer.write(move |transaction| rules::put(transaction, &team, &opening, now))
    }

    fn bookable(&self) -> Answering<'_, Vec<AssociationId>> {
        self.read(rules::teams)
    }

    fn of_team(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Booking>> {
        self.read(move |connection| booking::of_team(connection, &team, from, to))
    }

    fn taken(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Taken>> {
        self.read(move |connection| booking::taken(connection, &team, from, to))
    }
}

impl MailStore for SqliteStore {
    fn due(&self, now: i64, most: usize) -> Answering<'_, Vec<Due>> {
        self.writer.write(move |transaction| mail::due(transaction, now, most))
    }

    fn ended(&self, mail: i64, outcome: Outcome) -> Answering<'_, ()> {
        self.writer.write(move |transaction| mail::ended(transaction, mail, outcome))
    }

    fn again(&self, mail: i64, at: i64) -> Answering<'_, ()> {
        self.writer.write(move |transaction| mail::again(transaction, mail, at))
    }

    fn backlog(&self, now: i64) -> Answering<'_, Backlog> {
        self.read(move |connection| mail::backlog(connection, now))
    }

    fn sealed(&self, booking: i64) -> Answering<'_, Option<Sealed>> {
        self.read(move |connection| mail::sealed(connection, booking))
    }
}

impl Moving for SqliteStore {
    fn rows(&self, table: &'static Table, after: Option<Cell>, most: u32) -> Answering<'_, Vec<Row>> {
        self.read(move |connection| moving::rows(connection, table, after.as_ref(), most))
    }

    fn put_rows(&self, table: &'static Table, rows: Arc<Vec<Row>>) -> Answering<'_, ()> {
        self.writer.write(move |connection| moving::put(connection, table, &rows))
    }

    fn settle(&self) -> Answering<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

impl Keeping for SqliteStore {
    fn reason(&self, booking: i64) -> Answering<'_, Option<String>> {
        self.read(move |connection| keeping::reason(connection, booking))
    }

    fn looked(&self, booking: i64, entry: Entry) -> Answering<'_, ()> {
        self.writer.write(move |transaction| keeping::looked(transaction, booking, &entry))
    }

    fn everything(&self, booking: i64) -> Answering<'_, Option<Everything>> {
        self.read(move |connection| keeping::everything(connection, booking))
    }

    fn erase(&self, booking: i64, now: i64) -> Answering<'_, ()> {
        self.writer.write(move |transaction| keeping::erase(transaction, booking, now))
    }

    fn ended_before(&self, moment: i64) -> Answering<'_, Vec<Booking>> {
        self.read(move |connection| keeping::ended_before(connection, moment))
    }

    fn forget_answers(&self, before: i64, only_count: bool) -> Answering<'_, u32> {
        self.writer.write(move |transaction| keeping::forget_answers(transaction, before, only_count))
    }

    fn scrub(&self) -> Answering<'_, bool> {
        let file = self.file.clone();
        Box::pin(async move {
            let work = tokio::task::spawn_blocking(move || log::empty(&file));
            work.await.map_err(|failed| StoreError::Broken(failed.to_string()))?
        })
    }

    fn keys_in_use(&self) -> Answering<'_, Vec<(String, u32)>> {
        self.read(keeping::keys_in_use)
    }

    fn concerned(&self, leak: Leak) -> Answering<'_, Vec<Concerned>> {
        self.read(move |connection| leaks::concerned(connection, &leak))
    }

    fn findings(&self) -> Answering<'_, Vec<String>> {
        self.read(check::findings)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy,
            _ => Self::Broken(error.to_string()),
        }
    }
}
