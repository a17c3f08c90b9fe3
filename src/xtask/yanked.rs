//! Whether any version that is held here was taken back by its makers, by what cargo keeps of the registry's index.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// What the index says of a version: `Some(true)` where it was taken back, `None` where cargo keeps no line of it.
///
/// # Errors
/// An index that cannot be read.
pub fn was_taken_back(indexes: &[PathBuf], name: &str, version: &str) -> Result<Option<bool>> {
    for index in indexes {
        let file = index.join(".cache").join(shelf(name));
        if !file.is_file() {
            continue;
        }
        let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
        let said =
            lines(&bytes).find(|line| line["vers"] == version).and_then(|line| line["yanked"].as_bool());
        if said.is_some() {
            return Ok(said);
        }
    }
    Ok(None)
}

/// Cargo's own folders, one for each registry that it has asked.
///
/// # Errors
/// No folder of cargo's.
pub fn indexes() -> Result<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cargo")));
    let folder = home.context("neither CARGO_HOME nor HOME is set")?.join("registry/index");
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
}

/// Where an index keeps a crate: by its first letters.
fn shelf(name: &str) -> PathBuf {
    let name = name.to_lowercase();
    match name.len() {
        1 => Path::new("1").join(name),
        2 => Path::new("2").join(name),
        3 => Path::new("3").join(&name[..1]).join(name),
        _ => Path::new(&name[..2]).join(&name[2..4]).join(name),
    }
}

/// A head of cargo's, and then each version with its line, divided by zero bytes.
fn lines(bytes: &[u8]) -> impl Iterator<Item = Value> {
    bytes.split(|byte| *byte == 0).filter_map(|part| serde_json::from_slice(part).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::{self, Held};
    use crate::workspace::Workspace;

    // A version was taken back because it wrote where it should read; it stayed in a lock file for half a year.
    #[test]
    fn e22_no_version_that_is_held_was_taken_back() {
        let held = lock::held(&Workspace::find().unwrap()).unwrap();
        let indexes = indexes().unwrap();
        assert!(held.len() > 300, "{}", held.len());
        let mut known = 0;
        for Held { name, version, .. } in &held {
            let said = was_taken_back(&indexes, name, version).unwrap();
            assert_ne!(said, Some(true), "{name} {version} was taken back");
            known += usize::from(said.is_some());
        }
        // Some are for machines that nobody has built for here, and cargo asked for none of their lines.
        assert!(known * 10 >= held.len() * 8, "of {} versions the index tells {known}", held.len());
    }

    #[test]
    fn a_version_is_found_among_others_on_its_shelf() {
        let folder = tempfile::tempdir().unwrap();
        let line = |version: &str, yanked: bool| {
            format!("{version}\0{{\"name\":\"Tonari-x\",\"vers\":\"{version}\",\"yanked\":{yanked}}}\0")
        };
        let file = folder.path().join(".cache/to/na/tonari-x");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(
            file,
            ["\u{3}\u{2}\0\0\0etag\0", &line("1.0.0", false), &line("1.0.1", true)].concat(),
        )
        .unwrap();
        let indexes = [folder.path().to_owned()];
        let said = |version: &str| was_taken_back(&indexes, "Tonari-x", version).unwrap();
        assert_eq!(["1.0.0", "1.0.1", "2.0.0"].map(said), [Some(false), Some(true), None]);
        assert_eq!(was_taken_back(&indexes, "other", "1.0.0").unwrap(), None);
        assert_eq!(shelf("url"), Path::new("3/u/url"));
    }
}
