//! Reads built files from disk: this build's, and the hashed ones of builds before it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use super::SiteError;
use super::asset::CachePolicy;

/// All files below a folder, by path with a leading slash. Hidden files stay out: they are not part of a build.
///
/// # Errors
/// [`SiteError::Unreadable`] for the first file or folder that cannot be read.
pub fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
    let mut files = BTreeMap::new();
    descend(folder, "", &mut files)?;
    Ok(files)
}

/// Hashed files of the builds in `../earlier/*/`, for tabs that were opened before an update and load something
/// late. Only hashed ones: whatever keeps its name must come from the build that runs.
///
/// # Errors
/// [`SiteError::Unreadable`], as above; no such folder is no earlier build.
pub fn earlier(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
    let Some(beside) = folder.parent().map(|parent| parent.join("earlier")) else {
        return Ok(BTreeMap::new());
    };
    let builds = match std::fs::read_dir(&beside) {
        Ok(builds) => builds,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(cause) => return Err(unreadable(&beside, cause)),
    };
    let mut files = BTreeMap::new();
    for build in builds {
        let build = build.map_err(|cause| unreadable(&beside, cause))?.path();
        if build.is_dir() {
            files.extend(
                read(&build)?.into_iter().filter(|(path, _)| CachePolicy::of(path) == CachePolicy::Immutable),
            );
        }
    }
    Ok(files)
}

fn descend(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), SiteError> {
    for entry in std::fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
        let entry = entry.map_err(|cause| unreadable(folder, cause))?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{prefix}/{name}");
        if entry.path().is_dir() {
            descend(&entry.path(), &path, files)?;
        } else {
            let bytes = std::fs::read(entry.path()).map_err(|cause| unreadable(&entry.path(), cause))?;
            files.insert(path, bytes);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, cause: std::io::Error) -> SiteError {
    SiteError::Unreadable { path: path.display().to_string(), cause }
}
