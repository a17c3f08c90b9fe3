//! Whether the tests of the domain notice when its code is another one: cargo-mutants changes one thing at a time, and each
//! change that no test minds is written down with what there is to say about it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::table::{Budget, Row};
use crate::frontend;
use crate::tools;
use crate::workspace::Workspace;

/// Of what Tonari exists for, the areas that are tried at once, as their own tests take about as long.
pub struct Group {
    name: &'static str,
    /// With where they are.
    areas: &'static [(&'static str, &'static str)],
    /// Names of tests, or beginnings of them, that tell about these areas within seconds.
    quick: &'static [&'static str],
    /// What of all tests is left out, as it takes long and has nothing to do with these areas.
    apart: &'static [&'static str],
    /// Until a test is taken to go on for ever: many times as long as `quick` takes.
    seconds: u32,
}

pub const RULES: Group = Group {
    name: "rules",
    areas: &[
        ("booking", "src/domain/booking"),
        ("jurisdiction", "src/domain/jurisdiction"),
        ("place", "src/domain/place"),
    ],
    quick: &["booking::", "jurisdiction::", "place::"],
    apart: &["outbox::", "nearest::", "search::", "seal::", "proof::", "directory::"],
    seconds: 30,
};

pub const OUTBOX: Group = Group {
    name: "outbox",
    areas: &[("outbox", "src/domain/outbox")],
    quick: &["outbox::step", "outbox::policy", "outbox::reading"],
    apart: &["booking::", "place::", "nearest::", "search::", "seal::", "proof::", "directory::"],
    seconds: 60,
};

/// All tests of the domain take a minute and a half.
const ALL_SECONDS: u32 = 600;

/// Of each property, until one of them fails. Where none does, the others are tried with all of theirs.
const FEW_CASES: &str = "64";

/// Of a hundred changes.
const CAUGHT: f64 = 85.0;

/// What was read and answered: a change as cargo-mutants names it, without its line, and why no test has to mind it.
const ANSWERS: &str = include_str!("survivors.txt");

/// A run that was broken off after a round, or had too many survivors, goes on with what is left, as long as the code that is
/// changed is the same: tests may have been added meanwhile.
///
/// # Errors
/// A run that came to nothing.
pub fn measure(workspace: &Workspace, group: &Group) -> Result<Vec<Row>> {
    let folder = workspace.target().join("mutants").join(group.name);
    let (code, kept) = (group.code(workspace)?, folder.join("code"));
    if fs::read_to_string(&kept).ok().as_ref() != Some(&code) {
        fs::remove_dir_all(&folder).ok();
    }
    fs::create_dir_all(&folder).context("cannot make the folder of the run")?;
    fs::write(kept, code)?;
    let mut rounds = 0;
    while round(&folder, rounds).exists() {
        rounds += 1;
    }
    if rounds == 0 {
        group.run(workspace, &folder, group.seconds, group.quick, rounds)?;
        rounds += 1;
    }
    let mut all = merged(&folder)?;
    // What the area's own tests do not mind is shown to the others, too; what was answered since needs no other round.
    if rounds == 1 || survivors(&all).values().any(|(_, answer)| answer.is_none()) {
        let apart: Vec<&str> = group.apart.iter().flat_map(|tests| ["--skip", tests]).collect();
        group.run(workspace, &folder, ALL_SECONDS, &apart, rounds)?;
        all = merged(&folder)?;
    }
    fs::write(workspace.path(&format!("docs/trust/survivors-{}.md", group.name)), page(&all))?;
    let rows = rows(&all, group.areas)?;
    if rows.iter().all(Row::is_kept) {
        fs::remove_dir_all(&folder).context("cannot put the run away")?;
    }
    Ok(rows)
}

/// What is changed of a file: all that comes before its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

fn round(folder: &Path, at: usize) -> PathBuf {
    folder.join(format!("round-{at}.json"))
}

fn outcomes(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).with_context(|| format!("nothing in {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
}

impl Group {
    /// All that is changed, one file after the other.
    fn code(&self, workspace: &Workspace) -> Result<String> {
        let mut files = Vec::new();
        for (_, path) in self.areas {
            frontend::collect(&workspace.path(&format!("{path}.rs")), &mut files)?;
            frontend::collect(&workspace.path(path), &mut files)?;
        }
        let is_test = |file: &PathBuf| file.to_string_lossy().ends_with("tests.rs");
        files.retain(|file| !is_test(file));
        files.sort();
        let texts = files.iter().map(fs::read_to_string).collect::<std::io::Result<Vec<_>>>()?;
        Ok(texts.iter().map(|text| without_tests(text)).collect())
    }

    /// Tries what was not noticed in `folder` before, by the tests that `choice` names.
    fn run(
        &self,
        workspace: &Workspace,
        folder: &Path,
        seconds: u32,
        choice: &[&str],
        at: usize,
    ) -> Result<()> {
        let mut mutants = Command::new(tools::mutants()?);
        mutants
            .args(["mutants", "--package", "domain", "--iterate", "--no-times", "--jobs", "2", "--timeout"])
            .arg(seconds.to_string())
            .arg("--output")
            .arg(folder);
        for (_, path) in self.areas {
            mutants.args(["--file", &format!("{path}.rs"), "--file", &format!("{path}/**/*.rs")]);
        }
        // Compiling takes most of it.
        mutants.arg("--cargo-arg=--config=profile.dev.package.domain.opt-level=0");
        mutants.args(["--cargo-arg=--lib", "--", "--"]).args(choice);
        mutants.env("CARGO_INCREMENTAL", "1").env("CARGO_PROFILE_TEST_DEBUG", "0");
        // What one change made fail is not to be tried with the next ones first.
        mutants.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true");
        if at == 0 {
            mutants.env("PROPTEST_CASES", FEW_CASES);
        }
        // It ends with an error wherever a change was missed.
        mutants.current_dir(workspace.root()).status().context("cannot start cargo-mutants")?;
        let written = folder.join("mutants.out/outcomes.json");
        ensure_most_compile(&outcomes(&written)?)?;
        fs::copy(written, round(folder, at)).context("cannot keep the round")?;
        Ok(())
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

/// Of the rounds that came to their end, and of those that were broken off what they had noticed until then.
fn merged(folder: &Path) -> Result<Vec<Mutant>> {
    let rounds = (0..).map(|at| round(folder, at)).take_while(|file| file.exists());
    let rounds = rounds.map(|file| outcomes(&file)).collect::<Result<Vec<_>>>()?;
    let caught = fs::read_to_string(folder.join("mutants.out/previously_caught.txt")).unwrap_or_default();
    Ok(together(&rounds, &caught))
}

/// Those that compile, as the last round that tried them left them. One that never ends was noticed, too. `caught` are lines
/// of names, among them such as do not compile.
fn together(rounds: &[Value], caught: &str) -> Vec<Mutant> {
    let mut last = BTreeMap::new();
    for outcome in rounds.iter().flat_map(|round| round["outcomes"].as_array().into_iter().flatten()) {
        let (Some(name), Some(summary)) =
            (outcome["scenario"]["Mutant"]["name"].as_str(), outcome["summary"].as_str())
        else {
            continue;
        };
        match summary {
            "CaughtMutant" | "Timeout" => last.insert(name, true),
            "MissedMutant" => last.insert(name, false),
            _ => continue,
        };
    }
    for name in caught.lines() {
        last.entry(name).and_modify(|caught| *caught = true);
    }
    last.into_iter().map(|(name, caught)| Mutant { name: without_line(name), caught }).collect()
}

/// `file.rs:12:5: words` → `file.rs: words`: a line above it must not make it another one.
fn without_line(name: &str) -> String {
    match name.split_once(": ") {
        Some((place, words)) => [place.split(':').next().unwrap_or_default(), ": ", words].concat(),
        None => name.to_owned(),
    }
}

fn rows(all: &[Mutant], areas: &[(&str, &str)]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (area, path) in areas {
        let of_area = || all.iter().filter(|mutant| mutant.name.starts_with(*path));
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
        "# Changes that no test minds\n\nBy `cargo xtask trust mutants`, of the outbox `mutants-outbox`. Each was read; an answer says why it may be.\n\n\
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
        let one = |place: &str, line: u32, summary: &str| json!({ "scenario": { "Mutant": { "name": format!("{place}:{line}:9: replace + with -") } }, "summary": summary });
        let mut first: Vec<Value> =
            RULES.areas.iter().map(|(_, path)| one(&format!("{path}.rs"), 3, "CaughtMutant")).collect();
        first.push(one("src/domain/place/code.rs", 3, "MissedMutant"));
        first.push(one("src/domain/place/code.rs", 4, "MissedMutant"));
        first.push(one("src/domain/place/code.rs", 5, "Unviable"));
        first.push(json!({ "scenario": "Baseline", "summary": "Success" }));
        // All tests mind one of those that the area's own did not.
        let second = [
            one("src/domain/place/code.rs", 4, "Timeout"),
            one("src/domain/place/code.rs", 3, "MissedMutant"),
        ];
        // A round that was broken off had noticed this one, and no later round tried it again.
        first.push(one("src/domain/place/code.rs", 6, "MissedMutant"));
        let caught = "src/domain/place/code.rs:6:9: replace + with -\nsrc/domain/place/code.rs:5:9: replace + with -\n";
        let all = together(&[json!({ "outcomes": first }), json!({ "outcomes": second })], caught);
        assert_eq!(all.len(), 6);
        let words: Vec<[String; 3]> = rows(&all, RULES.areas).unwrap().iter().map(Row::words).collect();
        assert_eq!(words[5][..2], ["of these noticed: place".to_owned(), "75 %".to_owned()]);
        assert!(page(&all).contains("| `src/domain/place/code.rs: replace + with -` | 1 |"));
        assert!(rows(&all[..1], RULES.areas).is_err());
        assert!(ensure_most_compile(&json!({ "unviable": 120, "total_mutants": 822 })).is_ok());
        assert!(ensure_most_compile(&json!({ "unviable": 806, "total_mutants": 830 })).is_err());
    }
}
