//! The log of the writer, which is brought into the file before it grows long.
//!
//! Each commit brings a part of it there, but it begins anew only in a moment in which nobody reads from it. Where desks are
//! open and founders look at times there may be none for hours, and the log takes the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::schema::BUSY;
use crate::store::StoreError;

/// Bytes. It costs its length on the disk, and the longer it is the longer a start after a crash takes.
pub(super) const LONG: u64 = 16 << 20;

/// Whoever reads for a moment is waited for; not a backup, because everybody who books would wait for it, too.
const PATIENCE: Duration = Duration::from_millis(200);

pub(super) struct Log {
    path: PathBuf,
    /// It is emptied when it is longer.
    most: u64,
}

impl Log {
    pub fn of(file: &Path) -> Self {
        let mut path = file.as_os_str().to_owned();
        path.push("-wal");
        Self { path: path.into(), most: LONG }
    }

    /// Between two transactions of the writer.
    pub fn keep_short(&mut self, writer: &Connection) {
        let Ok(length) = fs::metadata(&self.path).map(|log| log.len()) else { return };
        if length > self.most {
            // Whatever the disk says against it, it says to the next commit as well. In vain, it is not tried at each of them.
            let is_empty = empty_within(writer, PATIENCE).unwrap_or(false);
            self.most = if is_empty { LONG } else { length + LONG };
        }
    }
}

/// Brings what the log holds into the file, where it overwrites what was there, and leaves the log empty. `false` where
/// somebody still reads from the log.
pub(super) fn empty(file: &Path) -> Result<bool, StoreError> {
    empty_within(&Connection::open(file)?, BUSY)
}

/// Waits for readers to end and for the writer.
fn empty_within(connection: &Connection, patience: Duration) -> Result<bool, StoreError> {
    connection.busy_timeout(patience)?;
    let blocked = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
    connection.busy_timeout(BUSY)?;
    Ok(!blocked?)
}
