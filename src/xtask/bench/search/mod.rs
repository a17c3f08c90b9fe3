//! Searching stories, by the example `search_speed` of the domain: natively, in a slow phone's browser, and beside Pagefind,
//! which indexes the same thousand stories as pages and is asked the same.
//!
//! Times are for reading but for the phone's, which are promises. That nobody finds more than we do is one on any machine.

mod compare;
mod phone;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::table::{Budget, Row};
use crate::process;
use crate::workspace::Workspace;

/// Name in the program, words for people, unit, budget.
const NATIVE: [(&str, &str, &str, Budget); 5] = [
    ("build_ms", "index of 1,000 stories, native", "ms", Budget::None),
    ("memory_of_text", "its memory beside the text's bytes", "", Budget::AtMost(3.0)),
    ("query_p50_ms", "a query, p50, native", "ms", Budget::None),
    ("query_p95_ms", "a query, p95, native", "ms", Budget::None),
    ("query_absent_ms", "a character that no story has, native", "ms", Budget::None),
];

pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let mut rows = native(&process::output(&mut example(workspace, &[]))?)?;
    let compared = compare::measure(workspace)?;
    rows.extend(phone::measure(workspace, compared.queries)?);
    rows.extend(compared.rows);
    Ok(rows)
}

fn example(workspace: &Workspace, arguments: &[&Path]) -> Command {
    let mut program = process::cargo(workspace);
    program.args(["run", "--release", "--quiet", "--package", "domain", "--example", "search_speed", "--"]);
    program.args(arguments);
    program
}

fn native(output: &str) -> Result<Vec<Row>> {
    let row = |(name, what, unit, budget): (&str, &str, &'static str, Budget)| {
        let prefix = format!("bench {name} ");
        let figure = output.lines().find_map(|line| line.strip_prefix(&prefix)?.parse().ok());
        let figure = figure.with_context(|| format!("the program did not measure {name}"))?;
        Ok(Row::new(what, figure, unit, budget))
    };
    NATIVE.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_was_not_measured_is_an_error_and_no_hole_in_the_table() {
        let some = "bench build_ms 20.1\n  1.0 µs  店\nbench memory_of_text 1.05\nbench query_p50_ms 0.1\n";
        assert!(native(some).is_err());
        assert_eq!(
            native(&format!("{some}bench query_p95_ms 0.3\nbench query_absent_ms 1\n")).unwrap().len(),
            5
        );
    }
}
