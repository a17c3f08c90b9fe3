//! Whether the tests of the domain notice when its code is another one: cargo-mutants changes one thing at a time, and each
//! change that no test minds is written down with what there is to say about it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::table::{Budget, Row};
use crate::tools;
use crate::workspace::Workspace;

/// What Tonari exists for: names of the areas, and where they are.
const AREAS: [(&str, &str); 4] = [
    ("booking", "src/domain/booking"),
    ("outbox", "src/domain/outbox"),
    ("jurisdiction", "src/domain/jurisdiction"),
    ("place", "src/domain/place"),
];
/// Of a hundred changes.
const CAUGHT: f64 = 85.0;

/// What was read and answered: a change as cargo-mutants names it, without its line, and why no test has to mind it.
const ANSWERS: &str = include_str!("survivors.txt");
const PAGE: &str = "docs/trust/survivors.md";

/// # Errors
/// A run that came to nothing.
pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let folder = workspace.target().join("mutants");
    let mut mutants = Command::new(tools::mutants()?);
    mutants
        .args(["mutants", "--package", "domain", "--timeout", "60", "--no-times", "--output"])
        .arg(&folder);
    for (_, path) in AREAS {
        mutants.args(["--file", &format!("{path}.rs"), "--file", &format!("{path}/**/*.rs")]);
    }
    // Compiling takes most of it: tests that are slow for a second are quicker than a compiler that is careful.
    mutants.args(["--cargo-arg=--config=profile.dev.package.domain.opt-level=1", "--", "--lib"]);
    // It ends with an error wherever a change was missed.
    mutants.current_dir(workspace.root()).status().context("cannot start cargo-mutants")?;
    let outcomes =
        fs::read_to_string(folder.join("mutants.out/outcomes.json")).context("nothing was measured")?;
    let outcomes: Value = serde_json::from_str(&outcomes).context("outcomes.json is not JSON")?;
    let all = read(&outcomes);
    fs::write(workspace.path(PAGE), page(&all))?;
    rows(&all)
}

struct Mutant {
    /// `src/domain/place/code.rs: replace a with b`
    name: String,
    caught: bool,
}

/// Those that compile. One that never ends was noticed, too.
fn read(outcomes: &Value) -> Vec<Mutant> {
    let outcomes = outcomes["outcomes"].as_array().into_iter().flatten();
    outcomes
        .filter_map(|outcome| {
            let name = without_line(outcome["scenario"]["Mutant"]["name"].as_str()?);
            let caught = match outcome["summary"].as_str()? {
                "CaughtMutant" | "Timeout" => true,
                "MissedMutant" => false,
                _ => return None,
            };
            Some(Mutant { name, caught })
        })
        .collect()
}

/// `file.rs:12:5: words` → `file.rs: words`: a line above it must not make it another one.
fn without_line(name: &str) -> String {
    match name.split_once(": ") {
        Some((place, words)) => [place.split(':').next().unwrap_or_default(), ": ", words].concat(),
        None => name.to_owned(),
    }
}

fn rows(all: &[Mutant]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (area, path) in AREAS {
        let of_area = || all.iter().filter(|mutant| mutant.name.starts_with(path));
        let (caught, tried) = (of_area().filter(|mutant| mutant.caught).count(), of_area().count());
        anyhow::ensure!(tried > 0, "nothing of {area} was changed");
        rows.push(Row::new(format!("changes to {area}"), tried as f64, "", Budget::None));
        let percent = caught as f64 * 100.0 / tried as f64;
        rows.push(Row::new(format!("of these noticed: {area}"), percent, "%", Budget::AtLeast(CAUGHT)));
    }
    let unanswered = survivors(all).into_values().filter(|(_, answer)| answer.is_none()).count();
    rows.push(Row::new("noticed by no test, and not answered", unanswered as f64, "", Budget::AtMost(0.0)));
    Ok(rows)
}

/// By name: how often, and the answer.
fn survivors(all: &[Mutant]) -> BTreeMap<&str, (usize, Option<&'static str>)> {
    let answers: BTreeMap<&str, &str> = ANSWERS.lines().filter_map(|line| line.split_once(" | ")).collect();
    let mut survivors = BTreeMap::new();
    for mutant in all.iter().filter(|mutant| !mutant.caught) {
        let answer = answers.get(mutant.name.as_str()).copied();
        survivors.entry(mutant.name.as_str()).or_insert((0, answer)).0 += 1;
    }
    survivors
}

fn page(all: &[Mutant]) -> String {
    let mut page = String::from(
        "# Changes that no test minds\n\nBy `cargo xtask trust mutants`. Each was read; an answer says why it may be.\n\n\
         | change | times | answer |\n|---|---:|---|\n",
    );
    for (name, (times, answer)) in survivors(all) {
        let name = name.replace('|', "\\|");
        writeln!(page, "| `{name}` | {times} | {} |", answer.unwrap_or("**not answered**"))
            .expect("writing to a String does not fail");
    }
    page
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_noticed_is_counted_by_area_and_what_is_not_is_named() {
        let one = |place: &str, summary: &str| json!({ "scenario": { "Mutant": { "name": format!("{place}:3:9: replace + with -") } }, "summary": summary });
        let mut outcomes: Vec<Value> =
            AREAS.iter().map(|(_, path)| one(&format!("{path}.rs"), "CaughtMutant")).collect();
        outcomes.push(one("src/domain/place/code.rs", "MissedMutant"));
        outcomes.push(one("src/domain/place/code.rs", "Timeout"));
        outcomes.push(one("src/domain/place/code.rs", "Unviable"));
        outcomes.push(json!({ "scenario": "Baseline", "summary": "Success" }));
        let all = read(&json!({ "outcomes": outcomes }));
        assert_eq!(all.len(), 6);
        let words: Vec<[String; 3]> = rows(&all).unwrap().iter().map(Row::words).collect();
        assert_eq!(words[7][..2], ["of these noticed: place".to_owned(), "66.67 %".to_owned()]);
        assert!(page(&all).contains("| `src/domain/place/code.rs: replace + with -` | 1 |"));
        assert!(rows(&all[..1]).is_err());
    }
}
