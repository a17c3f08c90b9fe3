//! `docs/TRUST.md`: every case with what shows it and what came of it; and README's table of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use anyhow::{Result, ensure};

use super::cases::{self, Case};
use super::curves::{self, KINDS};
use super::limits::LIMITS;
use super::readme::{self, README};
use super::record::Record;
use super::sources;
use crate::workspace::Workspace;

const PAGE: &str = "docs/TRUST.md";
/// Names of tests in a row; the rest are counted.
const NAMED: usize = 3;

pub const CHAPTERS: [(char, &str); 8] = [
    ('A', "Storage on the device"),
    ('B', "The worker and updates"),
    ('C', "The server of bookings"),
    ('D', "From a tunnel to a booking, once"),
    ('E', "Security"),
    ('F', "Privacy and safety"),
    ('G', "Load"),
    ('H', "Accessibility and devices"),
];

pub type Records = BTreeMap<String, Record>;

/// The run that is drawn as well.
const CURVES: &str = "trust curves";

/// Beside the page.
fn chart_file(kind: &str) -> String {
    format!("trust/{kind}.svg")
}

pub fn write(workspace: &Workspace) -> Result<()> {
    for (file, text) in pages(workspace)? {
        fs::write(workspace.path(&file), text)?;
        println!("{file} is written");
    }
    Ok(())
}

pub fn functions_here(workspace: &Workspace) -> Result<BTreeSet<String>> {
    sources::functions(&[&workspace.path("src"), &workspace.path("tests")])
}

/// Each with what it has to be.
fn pages(workspace: &Workspace) -> Result<Vec<(String, String)>> {
    let (cases, functions) = (cases::list()?, functions_here(workspace)?);
    let wrong = cases::contradictions(&cases, &functions);
    ensure!(wrong.is_empty(), "{}", wrong.join("; "));
    let mut records = Records::new();
    let of_no_case = ["trust suite", "trust mutants", "trust mutants-outbox"];
    for run in cases.iter().flat_map(|case| &case.runs).map(String::as_str).chain(of_no_case) {
        if let Some(part) = run.strip_prefix("trust ")
            && let Some(record) = Record::read(workspace, part)?
        {
            records.insert(run.to_owned(), record);
        }
    }
    let readme = fs::read_to_string(workspace.path(README))?;
    let readme = readme::with_table(&readme, &cases, &records)?;
    let mut pages = vec![(PAGE.to_owned(), page(&cases, &functions, &records)?), (README.to_owned(), readme)];
    if let Some(record) = records.get(CURVES) {
        for (kind, title) in KINDS {
            pages.push((format!("docs/{}", chart_file(kind)), curves::chart(record, kind, title)?));
        }
    }
    Ok(pages)
}

fn page(cases: &[Case], functions: &BTreeSet<String>, records: &Records) -> Result<String> {
    let mut page = String::from(HEAD);
    summary(&mut page, cases, functions, records)?;
    runs(&mut page, records)?;
    for (letter, title) in CHAPTERS {
        writeln!(
            page,
            "\n## {letter}. {title}\n\n| case | what goes wrong | what has to happen | result | shown by |"
        )?;
        writeln!(page, "|---|---|---|---|---|")?;
        for case in cases.iter().filter(|case| case.id.starts_with(letter)) {
            let (fault, expected) = (&case.fault, &case.expected);
            let (result, by) = (result(case, records), shown_by(case, functions, records));
            writeln!(page, "| {} | {fault} | {expected} | {result} | {by} |", case.id)?;
        }
    }
    write!(page, "\n## What cannot be shown here\n\n{LIMITS}")?;
    Ok(page)
}

const HEAD: &str = "\
# Trust

What can go wrong, what has to happen then, and what shows that it does. This page is written by `cargo xtask trust report` from the
list of cases (`src/xtask/trust/cases.json`), the tests there are, and the records of long runs (`docs/trust/`); nothing of it is
written by hand, and `cargo xtask test unit` fails where the list and the tests contradict each other. Anybody can repeat a run:
`cargo xtask trust` lists them with how long they take. Names in the last column are tests that every `cargo xtask test` runs, on
the engines and databases that [TESTING.md](TESTING.md) names.
";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    Shown,
    InPart,
    NotKept,
    NotRun,
    NotHere,
}

pub fn state(case: &Case, records: &Records) -> State {
    let of_trust = || case.runs.iter().filter(|run| run.starts_with("trust ") && *run != "trust report");
    if !case.why_not.is_empty() {
        State::NotHere
    } else if of_trust().any(|run| records.get(run).is_some_and(|record| !record.is_kept())) {
        State::NotKept
    } else if of_trust().any(|run| !records.contains_key(run)) {
        State::NotRun
    } else if case.lacks.is_empty() {
        State::Shown
    } else {
        State::InPart
    }
}

fn summary(page: &mut String, cases: &[Case], functions: &BTreeSet<String>, records: &Records) -> Result<()> {
    let count = |wanted: State| cases.iter().filter(|case| state(case, records) == wanted).count();
    let tests: BTreeSet<&str> = cases.iter().flat_map(|case| case.all_tests(functions)).collect();
    writeln!(page, "\n| cases | |\n|---|---|")?;
    for (words, number) in [
        ("shown by tests and runs", count(State::Shown)),
        ("shown in part; what is missing is said", count(State::InPart)),
        ("a run did not keep its budget", count(State::NotKept)),
        ("the run that shows it has no record yet", count(State::NotRun)),
        ("not here, with the reason", count(State::NotHere)),
        ("**all**", cases.len()),
    ] {
        writeln!(page, "| {words} | {number} |")?;
    }
    writeln!(page, "\n{} tests stand behind them.", tests.len())?;
    match records.get("trust suite") {
        Some(suite) => {
            let counts: Vec<String> =
                suite.figures().map(|(what, measured, ..)| format!("{measured} {what}")).collect();
            writeln!(
                page,
                "The last run of all checks that was recorded: {}, {}.",
                counts.join(", "),
                of(suite)
            )?;
        }
        None => writeln!(page, "No run of all checks has been recorded (`cargo xtask trust suite`).")?,
    }
    Ok(())
}

fn of(record: &Record) -> String {
    let seed = record.seed().map(|seed| format!(", seed {seed}")).unwrap_or_default();
    format!("`{}`{seed}, {}, {}", record.text("command"), record.text("date"), record.text("commit"))
}

fn runs(page: &mut String, records: &Records) -> Result<()> {
    writeln!(page, "\n## Runs\n")?;
    for (run, record) in records.iter().filter(|(run, _)| *run != "trust suite") {
        writeln!(
            page,
            "**{}**: {}; {}.\n",
            run.trim_start_matches("trust "),
            of(record),
            record.text("machine")
        )?;
        writeln!(page, "| figure | measured | budget | |\n|---|---:|---:|---|")?;
        for (what, measured, budget, kept) in record.figures() {
            let verdict = match (budget.is_empty(), kept) {
                (true, _) => "",
                (false, true) => "kept",
                (false, false) => "**not kept**",
            };
            writeln!(page, "| {what} | {measured} | {budget} | {verdict} |")?;
        }
        writeln!(page)?;
        for (kind, title) in KINDS.iter().filter(|_| run == CURVES) {
            writeln!(page, "![{title}: milliseconds by requests a second]({})\n", chart_file(kind))?;
        }
    }
    Ok(())
}

fn result(case: &Case, records: &Records) -> String {
    let lacks = if case.lacks.is_empty() { String::new() } else { format!("; in part: {}", case.lacks) };
    match state(case, records) {
        State::Shown => "shown".to_owned(),
        State::InPart => format!("in part: {}", case.lacks),
        State::NotKept => format!("**not kept**{lacks}"),
        State::NotRun => format!("not recorded yet{lacks}"),
        State::NotHere => format!("not here: {}", case.why_not),
    }
}

fn shown_by(case: &Case, functions: &BTreeSet<String>, records: &Records) -> String {
    let tests = case.all_tests(functions);
    let mut by: Vec<String> = tests.iter().take(NAMED).map(|test| format!("`{test}`")).collect();
    if tests.len() > NAMED {
        by.push(format!("and {} more", tests.len() - NAMED));
    }
    by.extend(case.runs.iter().map(|run| match records.get(run) {
        Some(record) => of(record),
        None => format!("`cargo xtask {run}`"),
    }));
    by.join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_what_the_list_the_tests_and_the_records_say() {
        let workspace = Workspace::find().unwrap();
        for (file, text) in pages(&workspace).unwrap() {
            let there = fs::read_to_string(workspace.path(&file)).unwrap_or_default();
            assert!(there == text, "{file}: cargo xtask trust report");
        }
    }
}
