//! The program that puts loads on the real server (`tests/loads`), and what it measured.

use anyhow::{Context, Result};

use crate::bench::table::{Budget, Row};
use crate::process;
use crate::test;
use crate::workspace::Workspace;

/// A figure of such a program: its name there, words for people, unit, budget.
pub struct Figure {
    pub name: &'static str,
    pub what: &'static str,
    pub unit: &'static str,
    pub budget: Budget,
}

pub const fn figure(name: &'static str, what: &'static str, unit: &'static str, budget: Budget) -> Figure {
    Figure { name, what, unit, budget }
}

/// Runs a part of it on the build that is released; returns what it printed.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<String> {
    let mut program = test::cargo_test(workspace, &["--quiet", "--test", "loads"]);
    program.args(arguments);
    program.env("TONARI_SERVER", workspace.server_binary());
    process::output(&mut program)
}

/// # Errors
/// A figure that was not measured is no hole in a table.
pub fn rows(output: &str, figures: &[Figure]) -> Result<Vec<Row>> {
    let row = |figure: &Figure| {
        let prefix = format!("bench {} ", figure.name);
        let measured = output.lines().find_map(|line| line.strip_prefix(&prefix)?.parse().ok());
        let measured = measured.with_context(|| format!("the program did not measure {}", figure.name))?;
        Ok(Row::new(figure.what, measured, figure.unit, figure.budget))
    };
    figures.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_that_measured_nothing_is_an_error() {
        let wanted = [figure("sold", "times sold", "", Budget::AtLeast(2.0))];
        let kept = |output: &str| rows(output, &wanted).map(|rows| rows.iter().all(Row::is_kept)).ok();
        assert_eq!(kept("bench sold_not 2\n"), None);
        assert_eq!(kept("bench sold 2.000\n"), Some(true));
        assert_eq!(kept("bench sold 1\n"), Some(false));
    }
}
