//! The short table of README: how much of each chapter is shown, and what cannot be.

use std::fmt::Write;

use anyhow::{Context, Result};

use super::cases::Case;
use super::limits::LIMITS;
use super::report::{CHAPTERS, Records, State, state};

pub const README: &str = "README.md";
const BEGINS: &str = "<!-- by `cargo xtask trust report` -->\n";
const ENDS: &str = "<!-- end -->";

/// README with its table as the list and the records have it now.
pub fn with_table(readme: &str, cases: &[Case], records: &Records) -> Result<String> {
    let (before, rest) = readme.split_once(BEGINS).context("README has no place for the table of trust")?;
    let (_, after) = rest.split_once(ENDS).context("README's table of trust does not end")?;
    Ok([before, BEGINS, &table(cases, records)?, ENDS, after].concat())
}

fn table(cases: &[Case], records: &Records) -> Result<String> {
    let mut table =
        String::from("| what can go wrong | cases | shown | in part | a run is due | not here |\n");
    writeln!(table, "|---|---:|---:|---:|---:|---:|")?;
    for (letter, title) in CHAPTERS {
        let of = || cases.iter().filter(|case| case.id.starts_with(letter));
        let count = |wanted: &[State]| of().filter(|case| wanted.contains(&state(case, records))).count();
        writeln!(
            table,
            "| {title} | {} | {} | {} | {} | {} |",
            of().count(),
            count(&[State::Shown]),
            count(&[State::InPart]),
            count(&[State::NotKept, State::NotRun]),
            count(&[State::NotHere]),
        )?;
    }
    let limits = LIMITS.lines().filter_map(|line| line.strip_prefix("* **")?.split_once("**"));
    let limits: Vec<&str> = limits.map(|(limit, _)| limit.trim_end_matches('.')).collect();
    writeln!(table, "\nWhat no run here can show, and why: {}.", limits.join(" · "))?;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_written() {
        let readme = format!("# A\n{BEGINS}old\n{ENDS}\n# B\n");
        let written = with_table(&readme, &[], &Records::new()).unwrap();
        assert!(
            written.starts_with("# A\n") && written.ends_with("\n# B\n") && !written.contains("old"),
            "{written}"
        );
        assert!(with_table("# A\n", &[], &Records::new()).is_err());
    }
}
