//! The file's settings and its way to the newest schema.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use crate::store::{StoreError, kept};

/// A backup or another process may hold the file for a moment.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Bookings of a rush lie all over the file. With the library's own 2 MB of cache their pages are read again for each; with a
/// log of 4 MB every third commit brings it into the file, which waits for the disk, too; and what a booking would undo if
/// it failed goes into a file of its own. None of it is promised to anybody.
const IN_A_RUSH: &str =
    "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 2048; PRAGMA temp_store = MEMORY;";

/// More than the writer has, so that none is prepared twice.
const STATEMENTS: usize = 64;

/// Upwards only; `user_version` counts those that were applied. A published one never changes.
const MIGRATIONS: [&str; 14] = [
    include_str!("../../migrations/sqlite/0001_bookings.sql"),
    include_str!("../../migrations/sqlite/0002_mails.sql"),
    include_str!("../../migrations/sqlite/0003_keeping.sql"),
    include_str!("../../migrations/sqlite/0004_waiting.sql"),
    include_str!("../../migrations/sqlite/0005_contents.sql"),
    include_str!("../../migrations/sqlite/0006_taken.sql"),
    include_str!("../../migrations/sqlite/0007_hosts.sql"),
    include_str!("../../migrations/sqlite/0008_staff.sql"),
    include_str!("../../migrations/sqlite/0009_board.sql"),
    include_str!("../../migrations/sqlite/0010_facts.sql"),
    include_str!("../../migrations/sqlite/0011_drafts.sql"),
    include_str!("../../migrations/sqlite/0012_pictures.sql"),
    include_str!("../../migrations/sqlite/0013_operations.sql"),
    include_str!("../../migrations/sqlite/0014_subjects.sql"),
];

/// The version this program writes.
pub(super) const fn newest() -> u32 {
    MIGRATIONS.len() as u32
}

pub(super) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY)?;
    // FULL: an answer is given after the log is on the disk, not only in the system's memory.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
    )?;
    connection.execute_batch(IN_A_RUSH)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // IMMEDIATE: a transaction that begins by reading and then wants to write is refused without waiting.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let applied: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    kept::is_known(applied.into(), MIGRATIONS.len())?;
    for migration in &MIGRATIONS[applied as usize..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", newest())?;
    Ok(transaction.commit()?)
}

pub(super) fn is_current(connection: &Connection) -> Result<bool, StoreError> {
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(version == newest())
}
