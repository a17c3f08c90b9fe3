//! A slow phone's browser, driven by the end-to-end program, which prints one `bench <name> <milliseconds>` per figure.

use anyhow::{Result, ensure};

use super::table::{Budget, Row};
use crate::process;
use crate::test::browser_tests;
use crate::workspace::Workspace;

/// Name in the end-to-end program, words for people, budget in milliseconds.
const FIGURES: [(&str, &str, f64); 8] = [
    ("host_cost", "what the widget costs its host's page in scripts", 5.0),
    ("repeat_visit", "repeat visit offline, 4× CPU, usable", 500.0),
    ("answer", "postal code to answer on screen, 4× CPU", 50.0),
    ("work", "the longest work for a booking under pressure, 4× CPU", 1000.0),
    ("leave_blank", "すぐ閉じる to a blank screen, 4× CPU", 50.0),
    ("leave_gone", "すぐ閉じる to another page of this machine, 4× CPU", 300.0),
    ("queue_start", "start with 500 requests waiting, the first on screen, 6× CPU", 2000.0),
    ("queue_listed", "the same until all are listed", 2000.0),
];

pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let mut tests = browser_tests(workspace, &workspace.server_binary(), &[], None)?;
    tests.env("TONARI_BENCH", "1");
    let output = process::output(&mut tests)?;
    let mut rows = Vec::new();
    for (name, what, budget) in FIGURES {
        let prefix = format!("bench {name} ");
        let figure = output.lines().find_map(|line| line.strip_prefix(&prefix)?.parse().ok());
        ensure!(figure.is_some(), "the browser did not measure {name}");
        rows.extend(figure.map(|ms| Row::new(what, ms, "ms", Budget::AtMost(budget))));
    }
    Ok(rows)
}
