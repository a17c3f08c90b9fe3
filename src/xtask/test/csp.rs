//! The policies of all kinds of answers, graded by somebody else's evaluator (csp_evaluator): what lets a script in that is
//! not ours is red.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Tally;
use crate::process;
use crate::running::Running;
use crate::tools;

/// One of each kind of page, and of what is none.
const ADDRESSES: [&str; 20] = [
    "/",
    "/find?pref=32",
    "/associations/shimane",
    "/book/shimane",
    "/bookings",
    "/read",
    "/read/guide-fraud",
    "/events",
    "/form",
    "/form/shimane",
    "/embed/find",
    "/embed/book?team=shimane",
    "/embed/generator",
    "/embed/demo",
    "/desk/",
    "/desk/api/me",
    "/api/v1/meta",
    "/events.ics",
    "/sw.js",
    "/no/such/page",
];

/// A policy that everybody knows to be none.
const NONE: &str = "script-src * 'unsafe-inline'";
/// The evaluator's severities below this are holes, or mistakes in writing; from it on they are advice. What it says of ours is
/// that `'self'` is as good as what lies there: no JSONP, and nobody's uploads but pictures made anew.
const ADVICE: u64 = 45;

const PROGRAM: &str = include_str!("csp.mjs");

type Found = Vec<(u64, String, String)>;

pub fn check(running: &Running, folder: &Path) -> Result<Tally> {
    let mut policies: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in ADDRESSES {
        policies.entry(policy(running, address)?).or_default().push(address);
    }
    let texts: Vec<&str> = policies.keys().map(String::as_str).chain([NONE]).collect();
    let mut found = grade(&texts, folder)?;
    ensure!(found.pop().is_some_and(|found| !holes(&found).is_empty()), "the evaluator takes anything");
    println!("api: {} policies of {} answers", policies.len(), ADDRESSES.len());
    let mut tally = Tally::default();
    for ((policy, addresses), found) in policies.iter().zip(&found) {
        let holes = holes(found);
        for (_, directive, what) in &holes {
            println!("{} ({policy}): {directive}: {what}", addresses.join(", "));
        }
        tally += if holes.is_empty() { Tally::green() } else { Tally::red() };
    }
    Ok(tally)
}

fn policy(running: &Running, address: &str) -> Result<String> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent.get(format!("http://{}{address}", running.listen)).call()?;
    let policy = answer.headers().get("content-security-policy");
    let policy = policy.with_context(|| format!("{address} has no policy"))?.to_str()?;
    // A frame's policy names our own origin, which is reached without encryption on this machine and nowhere else.
    Ok(policy.replace(&format!("http://{}", running.listen), "https://tonari.example"))
}

fn grade(policies: &[&str], folder: &Path) -> Result<Vec<Found>> {
    let here = folder.join("csp");
    fs::create_dir_all(&here)?;
    let modules = here.join("node_modules");
    if !modules.exists() {
        std::os::unix::fs::symlink(tools::csp_evaluator()?, &modules)?;
    }
    fs::write(here.join("csp.mjs"), PROGRAM)?;
    fs::write(here.join("policies.json"), serde_json::to_string(policies)?)?;
    let mut node = Command::new("node");
    node.arg("csp.mjs").current_dir(&here).stdin(File::open(here.join("policies.json"))?);
    let found: Vec<Found> = serde_json::from_str(&process::output(&mut node)?)?;
    ensure!(
        found.len() == policies.len(),
        "the evaluator graded {} of {} policies",
        found.len(),
        policies.len()
    );
    Ok(found)
}

fn holes(found: &Found) -> Vec<&(u64, String, String)> {
    found.iter().filter(|(severity, ..)| *severity < ADVICE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_no_hole() {
        let one = |severity| vec![(severity, "script-src".to_owned(), "…".to_owned())];
        assert_eq!([10, 20, 30, 40].map(|severity| holes(&one(severity)).len()), [1; 4]);
        assert_eq!([45, 50, 60].map(|severity| holes(&one(severity)).len()), [0; 3]);
    }
}
