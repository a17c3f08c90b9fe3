//! `cargo xtask advisories CHECKOUT`: what is known against the parts of others that we hold, taken from a checkout of RustSec's
//! database and kept with the sources, so that every run of the tests asks it without a network.
//!
//! Facts only: numbers and versions. What concerns a version that we hold stands with an answer, written by hand, or the tests
//! fail; so do they for a crate that nobody has looked for yet. The surprising rule: a release candidate is spared only by a
//! range that names one, so it is asked about rather than trusted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use semver::{Version, VersionReq};
use toml::{Table, Value};

use crate::lock::{self, Held};
use crate::workspace::Workspace;

const FILE: &str = "docs/security/advisories.txt";

const HEAD: &str = "\
# What RustSec's database (CC0) knows of each crate in Cargo.lock; a crate alone: nothing. Written by `cargo xtask advisories
# CHECKOUT`, which keeps the answers. There is an answer wherever a version is concerned that we hold.
# crate | advisory | mended in | never concerned | unsound, unmaintained, notice or withdrawn | answer
";

#[derive(Args)]
pub struct Options {
    /// A checkout of RustSec's advisory database.
    checkout: PathBuf,
}

/// What is known against a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Advisory {
    id: String,
    /// Ranges of versions, any of which suffices.
    mended: Vec<String>,
    /// As `mended`.
    never: Vec<String>,
    /// Empty for a hole.
    kind: String,
    /// Empty where none is needed.
    answer: String,
}

/// By crate. One that is there with nothing was looked for.
type Known = BTreeMap<String, Vec<Advisory>>;

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let held = lock::held(workspace)?;
    let before = read(&fs::read_to_string(workspace.path(FILE)).unwrap_or_default())?;
    let names: BTreeSet<&str> = held.iter().map(|part| part.name.as_str()).collect();
    let known = look(&options.checkout, &names, &before)?;
    // Other projects have a folder of that name, too; nothing of what was answered is given up for one of them.
    ensure!(
        known.values().any(|of_crate| !of_crate.is_empty()),
        "{} knows nothing of any crate that is held; {FILE} stays as it is",
        options.checkout.display()
    );
    let path = workspace.path(FILE);
    fs::write(&path, write(&known)).with_context(|| format!("cannot write {}", path.display()))?;
    let open = unanswered(&known, &held)?;
    open.iter().for_each(|line| println!("{line}"));
    println!("{} crates, {} advisories", known.len(), known.values().map(Vec::len).sum::<usize>());
    Ok(if open.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Advisory {
    fn concerns(&self, version: &Version) -> Result<bool> {
        if self.kind == "withdrawn" {
            return Ok(false);
        }
        for range in self.mended.iter().chain(&self.never) {
            let range = VersionReq::parse(range).with_context(|| format!("{}: {range}", self.id))?;
            if range.matches(version) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// A line for each that concerns what we hold and has no answer, for each answer that nothing needs any more, and for each
/// crate that nobody looked for.
fn unanswered(known: &Known, held: &[Held]) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut needed = BTreeSet::new();
    for Held { name, version, .. } in held {
        let Some(advisories) = known.get(name) else {
            lines.push(format!("{name}: nobody has looked whether anything is known against it"));
            continue;
        };
        let parsed = Version::parse(version).with_context(|| format!("{name} {version}"))?;
        for advisory in advisories {
            if advisory.concerns(&parsed)? {
                needed.insert(advisory.id.as_str());
                if advisory.answer.is_empty() {
                    lines.push(format!("{name} {version}: {} {}", advisory.id, advisory.kind));
                }
            }
        }
    }
    let answered = known.values().flatten().filter(|one| !one.answer.is_empty());
    let idle = answered.filter(|one| !needed.contains(one.id.as_str()));
    lines.extend(idle.map(|one| format!("{}: its answer concerns nothing that we hold", one.id)));
    Ok(lines)
}

fn read(text: &str) -> Result<Known> {
    let mut known = Known::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let list = |at: usize| {
            let ranges = parts[at].split(';').map(str::trim).filter(|range| !range.is_empty());
            ranges.map(str::to_owned).collect()
        };
        let of_crate = known.entry(parts[0].to_owned()).or_default();
        match parts.len() {
            1 => {}
            6 => of_crate.push(Advisory {
                id: parts[1].to_owned(),
                mended: list(2),
                never: list(3),
                kind: parts[4].to_owned(),
                answer: parts[5].to_owned(),
            }),
            _ => bail!("{FILE}: six parts or a name: {line}"),
        }
    }
    Ok(known)
}

fn write(known: &Known) -> String {
    let newest = known.values().flatten().map(|one| one.id.as_str()).max().unwrap_or("none");
    let mut text = format!("{HEAD}# The newest of them: {newest}\n");
    for (name, advisories) in known {
        if advisories.is_empty() {
            let _ = writeln!(text, "{name}");
        }
        for one in advisories {
            let parts =
                [name, &one.id, &one.mended.join("; "), &one.never.join("; "), &one.kind, &one.answer];
            let _ = writeln!(text, "{}", parts.map(String::as_str).join(" | ").trim_end());
        }
    }
    text
}

/// What the checkout has of these crates, with the answers of before.
fn look(checkout: &Path, names: &BTreeSet<&str>, before: &Known) -> Result<Known> {
    let crates = checkout.join("crates");
    ensure!(crates.is_dir(), "{} is no checkout of the advisory database", checkout.display());
    let answers: BTreeMap<&str, &str> =
        before.values().flatten().map(|one| (one.id.as_str(), one.answer.as_str())).collect();
    let mut known = Known::new();
    for name in names {
        let mut files = match fs::read_dir(crates.join(name)) {
            Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?,
            Err(none) if none.kind() == ErrorKind::NotFound => Vec::new(),
            Err(unreadable) => {
                return Err(unreadable).with_context(|| format!("cannot read the folder of {name}"));
            }
        };
        files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
        files.sort();
        let found = files.iter().map(|file| {
            let text = fs::read_to_string(file)?;
            let mut advisory = advisory(&text).with_context(|| file.display().to_string())?;
            advisory.answer = answers.get(advisory.id.as_str()).copied().unwrap_or_default().to_owned();
            Ok(advisory)
        });
        known.insert((*name).to_owned(), found.collect::<Result<_>>()?);
    }
    Ok(known)
}

/// One file of the database: a table in TOML, fenced, and then words for people.
fn advisory(text: &str) -> Result<Advisory> {
    let fenced = text.split_once("```toml").and_then(|(_, rest)| rest.split_once("```"));
    let table = fenced.context("no table in it")?.0.parse::<Table>()?;
    let head = table.get("advisory").and_then(Value::as_table).context("no [advisory] in it")?;
    let word = |name: &str| head.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let versions = table.get("versions").and_then(Value::as_table);
    let ranges = |name: &str| {
        let list = versions.and_then(|versions| versions.get(name)).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let kind = if head.contains_key("withdrawn") { "withdrawn".to_owned() } else { word("informational") };
    let id = word("id");
    ensure!(!id.is_empty(), "no number in it");
    Ok(Advisory { id, mended: ranges("patched"), never: ranges("unaffected"), kind, answer: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    // A hole was known for seven months, with its number, before somebody read the list by hand.
    #[test]
    fn e22_nothing_that_is_known_against_what_is_held_is_without_an_answer() {
        let workspace = Workspace::find().unwrap();
        let known = read(&fs::read_to_string(workspace.path(FILE)).unwrap()).unwrap();
        assert!(known.values().flatten().count() > 50, "the list is not empty");
        let open = unanswered(&known, &lock::held(&workspace).unwrap()).unwrap();
        assert!(open.is_empty(), "{}", open.join("\n"));
    }

    #[test]
    fn between_two_that_were_mended_a_version_is_concerned() {
        let text = "tokio | R-1 | >= 1.38.2, < 1.39.0; >= 1.43.1 | < 0.2.5 | unsound |";
        let known = read(text).unwrap();
        let of = |version: &str| known["tokio"][0].concerns(&Version::parse(version).unwrap()).unwrap();
        let concerned = ["0.2.4", "0.2.5", "1.38.1", "1.38.2", "1.40.0", "1.43.1", "1.44.0-rc.1"].map(of);
        assert_eq!(concerned, [false, true, true, false, true, false, true]);
    }

    #[test]
    fn what_a_checkout_says_is_written_down_and_answers_stay() {
        let checkout = tempfile::tempdir().unwrap();
        let file = |name: &str, id: &str, rest: &str| {
            let folder = checkout.path().join("crates").join(name);
            fs::create_dir_all(&folder).unwrap();
            let text = format!("```toml\n[advisory]\nid = \"{id}\"\n{rest}\n```\n\n# Words\n");
            fs::write(folder.join(format!("{id}.md")), text).unwrap();
        };
        file("holed", "R-1", "[versions]\npatched = [\n  \">= 2.0.0\",\n]\nunaffected = [\"< 1.0.0\"]");
        file("holed", "R-2", "informational = \"unsound\"\n[versions]\npatched = []");
        file("sound", "R-3", "withdrawn = \"2026-01-01\"\n[versions]\npatched = []");
        file("never-held", "R-4", "[versions]\npatched = []");
        let before = read("holed | R-2 | | | unsound | We never call it.").unwrap();
        let known = look(checkout.path(), &BTreeSet::from(["holed", "sound", "new"]), &before).unwrap();
        let text = write(&known);
        assert_eq!(
            text.strip_prefix(HEAD).unwrap(),
            "# The newest of them: R-3\nholed | R-1 | >= 2.0.0 | < 1.0.0 |  |\nholed | R-2 |  |  | unsound | We never call it.\n\
             new\nsound | R-3 |  |  | withdrawn |\n"
        );
        assert_eq!(read(&text).unwrap(), known);
        let part = |(name, version): (&str, &str)| Held {
            name: name.to_owned(),
            version: version.to_owned(),
            checksum: String::new(),
        };
        let held = [("holed", "1.5.0"), ("sound", "1.0.0"), ("late", "1.0.0")].map(part);
        let open = unanswered(&known, &held).unwrap();
        assert_eq!(
            open,
            ["holed 1.5.0: R-1 ", "late: nobody has looked whether anything is known against it"]
        );
        let mended = [part(("holed", "0.9.0"))];
        assert!(
            unanswered(&known, &mended).unwrap().is_empty(),
            "R-2 has no range, and so concerns every version"
        );
        let gone = unanswered(&known, &[]).unwrap();
        assert_eq!(gone, ["R-2: its answer concerns nothing that we hold"]);
    }
}
