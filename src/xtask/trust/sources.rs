//! The names of all functions of the project's sources, by which a test is found.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

/// Of every Rust file below these folders.
pub fn functions(folders: &[&Path]) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for folder in folders {
        collect(folder, &mut found)?;
    }
    Ok(found)
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.extend(fs::read_to_string(&path)?.lines().filter_map(name));
        }
    }
    Ok(())
}

/// Of the function that this line begins, if it begins one.
fn name(line: &str) -> Option<String> {
    let line = line.trim_start();
    let (before, after) = line.split_once("fn ")?;
    let is_one =
        before.split_whitespace().all(|word| word == "async" || word == "const" || word.starts_with("pub"));
    let end = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')?;
    (is_one && end > 0).then(|| after[..end].to_owned())
}

/// Of a test that carries one: `a17_indexed_db_is_null` is of A17.
pub fn case_of(function: &str) -> Option<String> {
    let (id, rest) = function.split_at_checked(3)?;
    let (letter, number) = id.split_at(1);
    let is_id = matches!(letter, "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h")
        && number.bytes().all(|digit| digit.is_ascii_digit());
    (is_id && rest.starts_with('_')).then(|| id.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_known_by_its_line_and_a_case_by_its_name() {
        assert_eq!(name("    pub(super) async fn c01_one(store: &Store) {").as_deref(), Some("c01_one"));
        assert_eq!(name("// fn nothing_of_this() is there"), None);
        assert_eq!(case_of("c01_one").as_deref(), Some("C01"));
        assert_eq!(case_of("cut_off"), None);
        assert_eq!(case_of("c0"), None);
    }
}
