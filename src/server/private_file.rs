//! Files that only their owner may read, made once: keys.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Why a key's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the key {path} cannot be read or written: {cause}")]
    Unusable { path: String, cause: io::Error },
    #[error("the key {0} can be read by others; run `chmod 600 {0}`")]
    Exposed(String),
}

/// What the file holds; if there is none it is made with what `fresh` says, in one step: two servers that start on one
/// folder end up with one key.
///
/// # Errors
/// A file that cannot be read or made, or that others can read.
pub fn read_or_make(path: &Path, fresh: impl FnOnce() -> String) -> Result<String, FileError> {
    let unusable = |cause| FileError::Unusable { path: path.display().to_string(), cause };
    if !path.exists() {
        match make(path, &fresh()) {
            Err(cause) if cause.kind() != ErrorKind::AlreadyExists => return Err(unusable(cause)),
            Ok(()) | Err(_) => {}
        }
    }
    if std::fs::metadata(path).map_err(unusable)?.permissions().mode() & 0o077 != 0 {
        return Err(FileError::Exposed(path.display().to_string()));
    }
    std::fs::read_to_string(path).map_err(unusable)
}

/// Puts other content in its place, whole or not at all.
///
/// # Errors
/// As the system says.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let draft = draft(path);
    write(&draft, content)?;
    std::fs::rename(&draft, path)
}

fn make(path: &Path, text: &str) -> io::Result<()> {
    let draft = draft(path);
    let written = write(&draft, text.as_bytes()).and_then(|()| std::fs::hard_link(&draft, path));
    let removed = std::fs::remove_file(&draft);
    written.and(removed)
}

fn draft(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    name.into()
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
