//! Whether the tests of the domain notice when its code is another one: cargo-mutants changes one thing at a time, and each
//! change that no test minds is written down with what there is to say about it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
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

/// Areas that are tried at once, as their own tests take about as long.
struct Group {
    name: &'static str,
    areas: &'static [&'static str],
    /// Names of tests, or beginnings of them, that tell about these areas within seconds.
    quick: &'static [&'static str],
    /// What of all tests is left out, as it takes a minute and has nothing to do with these areas.
    apart: &'static [&'static str],
    /// How optimised the domain is: compiling takes most of it, unless a test has thousands of histories.
    level: u8,
    /// Until a test is taken to go on for ever: many times as long as `quick` takes.
    seconds: u32,
}

const GROUPS: [Group; 2] = [
    Group {
        name: "rules",
        areas: &["booking", "jurisdiction", "place"],
        quick: &["booking::", "jurisdiction::", "place::"],
        apart: &["--skip", "outbox::", "--skip", "nearest::"],
        level: 0,
        seconds: 30,
    },
    Group {
        name: "outbox",
        areas: &["outbox"],
        quick: &[
            "outbox::step",
            "outbox::policy",
            "outbox::reading",
            "outbox::model::checked::d03_a_promise",
        ],
        apart: &[],
        level: 1,
        seconds: 240,
    },
];
/// All tests of the domain take a minute.
const ALL_SECONDS: u32 = 600;

/// Of a hundred changes.
const CAUGHT: f64 = 85.0;

/// What was read and answered: a change as cargo-mutants names it, without its line, and why no test has to mind it.
const ANSWERS: &str = include_str!("survivors.txt");
const PAGE: &str = "docs/trust/survivors.md";

/// # Errors
/// A run that came to nothing.
pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let mut all = Vec::new();
    for group in &GROUPS {
        let folder = workspace.target().join("mutants").join(group.name);
        if folder.exists() {
            fs::remove_dir_all(&folder).context("cannot put away the last run")?;
        }
        fs::create_dir_all(&folder).context("cannot make the folder of the run")?;
        let noticed_soon = group.run(workspace, &folder, group.seconds, group.quick)?;
        all.extend(noticed_soon.into_iter().filter(|mutant| mutant.caught));
        // What the area's own tests do not mind is shown to all of them.
        all.extend(group.run(workspace, &folder, ALL_SECONDS, group.apart)?);
    }
    fs::write(workspace.path(PAGE), page(&all))?;
    rows(&all)
}

impl Group {
    /// Tries what was not noticed in `folder` before, by the tests that `choice` names.
    fn run(
        &self,
        workspace: &Workspace,
        folder: &Path,
        seconds: u32,
        choice: &[&str],
    ) -> Result<Vec<Mutant>> {
        let mut mutants = Command::new(tools::mutants()?);
        mutants
            .args(["mutants", "--package", "domain", "--iterate", "--no-times", "--jobs", "2", "--timeout"])
            .arg(seconds.to_string())
            .arg("--output")
            .arg(folder);
        for (_, path) in AREAS.iter().filter(|(name, _)| self.areas.contains(name)) {
            mutants.args(["--file", &format!("{path}.rs"), "--file", &format!("{path}/**/*.rs")]);
        }
        let level = self.level;
        mutants.arg(format!("--cargo-arg=--config=profile.dev.package.domain.opt-level={level}"));
        mutants.args(["--cargo-arg=--lib", "--", "--"]).args(choice);
        mutants.env("CARGO_INCREMENTAL", "1").env("CARGO_PROFILE_TEST_DEBUG", "0");
        // What one change made fail is not to be tried with the next ones first.
        mutants.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true");
        // It ends with an error wherever a change was missed.
        mutants.current_dir(workspace.root()).status().context("cannot start cargo-mutants")?;
        let outcomes = fs::read_to_string(folder.join("mutants.out/outcomes.json"))
            .with_context(|| format!("nothing of {} was measured", self.name))?;
        let outcomes: Value = serde_json::from_str(&outcomes).context("outcomes.json is not JSON")?;
        ensure_most_compile(&outcomes)?;
        Ok(read(&outcomes))
    }
}

/// Once a file that a test had left behind kept all that followed from compiling: sixteen of sixteen were noticed, of 830.
fn ensure_most_compile(outcomes: &Value) -> Result<()> {
    let number = |name: &str| outcomes[name].as_u64().unwrap_or_default();
    let (unviable, total) = (number("unviable"), number("total_mutants"));
    anyhow::ensure!(unviable * 3 <= total, "{unviable} of {total} changes do not compile");
    Ok(())
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
        assert!(ensure_most_compile(&json!({ "unviable": 120, "total_mutants": 822 })).is_ok());
        assert!(ensure_most_compile(&json!({ "unviable": 806, "total_mutants": 830 })).is_err());
    }
}
