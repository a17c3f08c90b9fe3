//! Bookings and free times on both databases, measured by a program of the server's, `store_speed`, which prints one
//! `bench <database> <figure> <number>` for each.
//!
//! Times are for reading. What does not depend on the machine is how many statements a question is, and what one thing costs
//! beside another in the same minute.

use anyhow::{Context, Result};

use super::table::{Budget, Row};
use crate::process;
use crate::tools;
use crate::workspace::Workspace;

struct Database {
    name: &'static str,
    called: &'static str,
    /// Filling PostgreSQL with a million takes longer than this whole table; `store_speed postgres` does it.
    at_a_million: bool,
}

const DATABASES: [Database; 2] = [
    Database { name: "sqlite", called: "SQLite", at_a_million: true },
    Database { name: "postgres", called: "PostgreSQL", at_a_million: false },
];

struct Figure {
    name: &'static str,
    what: &'static str,
    unit: &'static str,
    budget: Budget,
}

const fn figure(name: &'static str, what: &'static str, unit: &'static str, budget: Budget) -> Figure {
    Figure { name, what, unit, budget }
}

const FIGURES: [Figure; 7] = [
    figure("bookings_per_second", "durable bookings, 64 at once", "/s", Budget::AtLeast(500.0)),
    figure("bookings_p99", "a booking, p99", "ms", Budget::AtMost(250.0)),
    // A booking is eight rows in four tables, and is decided before it is written.
    figure("bookings_by_bare", "bookings by bare inserts of one row", "", Budget::AtLeast(0.05)),
    figure("offer_statements", "statements for a team's times", "", Budget::AtMost(2.0)),
    figure("offers_per_second", "times of 300 teams, 60 days", "/s", Budget::None),
    figure("offers_p50", "a team's times, p50", "ms", Budget::None),
    figure("offers_p99", "a team's times, p99", "ms", Budget::AtMost(20.0)),
];

const AT_A_MILLION: [Figure; 6] = [
    figure("bookings_many_per_second", "durable bookings, at 1,000,000", "/s", Budget::AtLeast(500.0)),
    figure("bookings_many_p99", "a booking, p99, at 1,000,000", "ms", Budget::AtMost(250.0)),
    figure("bookings_many_by_few", "bookings at 1,000,000 by those at few", "", Budget::AtLeast(0.6)),
    figure("offers_many_p50", "a team's times, p50, at 1,000,000", "ms", Budget::None),
    figure("offers_many_p99", "a team's times, p99, at 1,000,000", "ms", Budget::AtMost(20.0)),
    figure("offers_many_by_few", "times at 1,000,000 by those at few", "", Budget::AtLeast(0.7)),
];

pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    tools::ensure_postgres()?;
    let mut program = process::cargo(workspace);
    program.args(["run", "--release", "--quiet", "--package", "server", "--example", "store_speed"]);
    rows(&process::output(&mut program)?)
}

fn rows(output: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for Database { name, called, at_a_million } in DATABASES {
        let larger = if at_a_million { AT_A_MILLION.as_slice() } else { &[] };
        for figure in FIGURES.iter().chain(larger) {
            let prefix = format!("bench {name} {} ", figure.name);
            let measured = output.lines().find_map(|line| line.strip_prefix(&prefix)?.parse().ok());
            let measured =
                measured.with_context(|| format!("the program did not measure {}", figure.name))?;
            rows.push(Row::new(format!("{called}: {}", figure.what), measured, figure.unit, figure.budget));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_was_not_measured_is_an_error_and_no_hole_in_the_table() {
        let of = |name: &str, figures: &[Figure]| -> String {
            figures.iter().map(|figure| format!("bench {name} {} 1.5\n", figure.name)).collect()
        };
        let few = of("sqlite", &FIGURES) + &of("postgres", &FIGURES);
        assert!(rows(&few).is_err());
        assert_eq!(rows(&(few + &of("sqlite", &AT_A_MILLION))).unwrap().len(), 20);
    }
}
