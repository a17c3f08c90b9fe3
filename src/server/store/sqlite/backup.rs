//! The whole database in one other file, and back. A copy of the file alone would miss what is still in its log.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use thiserror::Error;

use super::{check, schema};
use crate::store::StoreError;

#[derive(Debug, Error)]
pub enum BackupError {
    #[error("{path}: {cause}")]
    File { path: String, cause: io::Error },
    #[error("{0} exists already")]
    Exists(String),
    #[error("a server or another command uses {0}; stop it first")]
    InUse(String),
    #[error("{0} is no database of Tonari")]
    NotOurs(String),
    #[error("{path} is broken: {finding}")]
    Broken { path: String, finding: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Writes a copy as of one moment, while others read and write. It is checked before it gets its name.
///
/// # Errors
/// A file that exists, cannot be written, or is broken.
pub fn write(from: &Path, to: &Path) -> Result<(), BackupError> {
    if to.exists() {
        return Err(BackupError::Exists(to.display().to_string()));
    }
    let draft = beside(to, "part");
    private(&draft)?;
    let written = copy(from, &draft).and_then(|()| sound(&draft)).and_then(|()| {
        // Not renamed: that would replace a file that has appeared meanwhile.
        std::fs::hard_link(&draft, to).map_err(|cause| failed(to, cause))
    });
    std::fs::remove_file(&draft).map_err(|cause| failed(&draft, cause))?;
    written?;
    sync_folder(to)
}

/// Puts a backup in the place of a database, whole or not at all, after it was checked and brought to the newest schema.
/// What was there is kept under the name that is answered.
///
/// # Errors
/// A backup that is none or is broken, or a database somebody uses.
pub fn restore(backup: &Path, database: &Path, now: i64) -> Result<Option<PathBuf>, BackupError> {
    if !is_ours(backup)? {
        return Err(BackupError::NotOurs(backup.display().to_string()));
    }
    let draft = beside(database, "restoring");
    let _ = std::fs::remove_file(&draft);
    private(&draft)?;
    let placed = copy(backup, &draft)
        .and_then(|()| sound(&draft))
        .and_then(|()| renewed(&draft, backup))
        .and_then(|()| set_aside(database, now))
        .and_then(|before| {
            std::fs::rename(&draft, database).map_err(|cause| failed(database, cause))?;
            sync_folder(database)?;
            Ok(before)
        });
    if placed.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    placed
}

fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    let source = open(from)?;
    let mut target = open(to)?;
    // In one step: it reads as of one moment and never has to begin anew, while the log takes what others write.
    let step = Backup::new(&source, &mut target)?.step(-1)?;
    if step != StepResult::Done {
        return Err(StoreError::Busy.into());
    }
    // One file, without a log beside it.
    target.execute_batch("PRAGMA journal_mode = DELETE")?;
    Ok(())
}

fn sound(file: &Path) -> Result<(), BackupError> {
    let finding = check::integrity(&open(file)?)?.into_iter().next();
    File::open(file).and_then(|file| file.sync_all()).map_err(|cause| failed(file, cause))?;
    match finding {
        None => Ok(()),
        Some(finding) => Err(BackupError::Broken { path: file.display().to_string(), finding }),
    }
}

/// At the newest schema, without contradictions.
fn renewed(draft: &Path, backup: &Path) -> Result<(), BackupError> {
    let mut connection = open(draft)?;
    schema::prepare(&mut connection)?;
    if let Some(finding) = check::findings(&connection)?.into_iter().next() {
        return Err(BackupError::Broken { path: backup.display().to_string(), finding });
    }
    connection.execute_batch("PRAGMA journal_mode = DELETE")?;
    Ok(())
}

/// Leaves nothing under the name but the file itself: a log that stays behind would be taken for the next file's.
fn set_aside(database: &Path, now: i64) -> Result<Option<PathBuf>, BackupError> {
    if !database.exists() {
        return Ok(None);
    }
    let log_is_in = open(database).and_then(|connection| {
        // Whoever has the file open, keeps it from leaving its log.
        Ok(connection.execute_batch("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE")?)
    });
    // Any other failure is a reason to restore; its log goes with it.
    if let Err(BackupError::Store(StoreError::Busy)) = log_is_in {
        return Err(BackupError::InUse(database.display().to_string()));
    }
    let before = beside(database, &format!("before-{now}"));
    std::fs::hard_link(database, &before).map_err(|cause| failed(&before, cause))?;
    for log in ["-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(log);
        let mut kept = before.as_os_str().to_owned();
        kept.push(log);
        match std::fs::rename(&name, kept) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(failed(database, cause)),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(Some(before))
}

/// Whether the file is a database of bookings of any version.
fn is_ours(file: &Path) -> Result<bool, BackupError> {
    File::open(file).map_err(|cause| failed(file, cause))?;
    let named = open(file)?.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('bookings', 'held', 'answers', 'rules')",
        [],
        |row| row.get::<_, u32>(0),
    );
    match named {
        Ok(tables) => Ok(tables == 4),
        Err(refused) if refused.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Ok(false),
        Err(other) => Err(other.into()),
    }
}

fn open(file: &Path) -> Result<Connection, BackupError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(schema::BUSY)?;
    Ok(connection)
}

fn private(file: &Path) -> Result<(), BackupError> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    made.map(drop).map_err(|cause| failed(file, cause))
}

fn sync_folder(file: &Path) -> Result<(), BackupError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|cause| failed(folder, cause))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn failed(path: &Path, cause: io::Error) -> BackupError {
    BackupError::File { path: path.display().to_string(), cause }
}
