//! The first visit as Lighthouse's mobile preset sees it: slow network, slow processor, empty cache.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use super::table::{Budget, Row};
use crate::process;
use crate::running::Running;
use crate::tools::Lighthouse;
use crate::workspace::Workspace;

const SCORES: [(&str, f64); 4] =
    [("performance", 99.0), ("accessibility", 100.0), ("best-practices", 100.0), ("seo", 100.0)];

/// Audit, words for people, unit, factor to that unit, budget.
const TIMES: [(&str, &str, &str, f64, f64); 4] = [
    ("largest-contentful-paint", "LCP", "s", 0.001, 1.5),
    ("interactive", "TTI", "s", 0.001, 2.0),
    ("total-blocking-time", "TBT", "ms", 1.0, 50.0),
    ("cumulative-layout-shift", "CLS", "", 1.0, 0.0),
];

/// Its simulation starts from times it has observed, and whatever else the machine did then is in them.
const RUNS: usize = 3;

/// The first screen, and a text that somebody was sent a link to.
const PAGES: [(&str, &str); 2] = [("/", "first visit"), ("/read/case-womens-teams", "a text")];

pub fn measure(workspace: &Workspace) -> Result<Vec<Row>> {
    let tool = Lighthouse::ensure()?;
    let running = Running::start(workspace)?;
    let mut all = Vec::new();
    for (page, called) in PAGES {
        let reports =
            (0..RUNS).map(|_| visit(workspace, &tool, &running, page)).collect::<Result<Vec<Value>>>()?;
        all.extend(rows(&reports, called)?);
    }
    Ok(all)
}

fn visit(workspace: &Workspace, tool: &Lighthouse, running: &Running, page: &str) -> Result<Value> {
    let report = workspace.path("target/bench/lighthouse.json");
    fs::create_dir_all(report.parent().expect("the file lies in a folder"))?;
    let mut lighthouse = Command::new(&tool.node);
    lighthouse
        .arg(&tool.cli)
        .arg(format!("http://{}{page}", running.listen))
        .args(["--quiet", "--output=json", "--output-path"])
        .arg(&report)
        .arg("--only-categories=performance,accessibility,best-practices,seo")
        .arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --lang=ja")
        .env("CHROME_PATH", "/usr/bin/chromium")
        // It asks for consent to send error reports unless it runs unattended.
        .env("CI", "1")
        .stdout(Stdio::null());
    process::run(&mut lighthouse)?;
    let text = fs::read_to_string(&report).context("Lighthouse wrote no report")?;
    serde_json::from_str(&text).context("Lighthouse's report is no JSON")
}

fn rows(reports: &[Value], called: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (category, budget) in SCORES {
        let score = median(reports, |report| report["categories"][category]["score"].as_f64());
        let score = score.with_context(|| format!("Lighthouse gave no score for {category}"))?;
        rows.push(Row::new(format!("{called}: {category}"), score * 100.0, "", Budget::AtLeast(budget)));
    }
    for (audit, what, unit, factor, budget) in TIMES {
        let value = median(reports, |report| report["audits"][audit]["numericValue"].as_f64());
        let value = value.with_context(|| format!("Lighthouse did not measure {audit}"))?;
        rows.push(Row::new(format!("{called}: {what}"), value * factor, unit, Budget::AtMost(budget)));
    }
    Ok(rows)
}

/// `None` where one of the reports has no such figure.
fn median(reports: &[Value], figure: impl Fn(&Value) -> Option<f64>) -> Option<f64> {
    let mut figures = reports.iter().map(figure).collect::<Option<Vec<f64>>>()?;
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_three_visits_counts_and_a_visit_without_the_figure_is_none() {
        let report = |ms: f64| serde_json::json!({ "ms": ms });
        let figure = |report: &Value| report["ms"].as_f64();
        assert_eq!(median(&[report(3.0), report(90.0), report(2.0)], figure), Some(3.0));
        assert_eq!(median(&[report(3.0), Value::Null, report(2.0)], figure), None);
    }
}
