//! The running server is asked whatever its own description allows, and what it does not allow. Nothing may break it, and
//! every answer has to be one that the description knows. What its pages say of themselves is held against schema.org, and
//! their policies are graded.
//!
//! What is asked follows from a seed, which is printed and can be given again; `TONARI_SEED` chooses another one.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Tally, csp, structured};
use crate::process;
use crate::running::Running;
use crate::tools;
use crate::workspace::Workspace;

const SEED: &str = "20261125";

/// Requests by chance of each operation; with all others they take a minute.
const EXAMPLES: &str = "60";

/// Nobody is turned away because so many come from one address.
const ROOM: &str = "100000000";

pub fn check(workspace: &Workspace) -> Result<Tally> {
    let mut schemathesis = tools::schemathesis()?;
    let folder = workspace.target().join("api");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let running = Running::start_in(workspace, &folder.join("var"), |server| {
        server.env("TONARI_READS_PER_MINUTE", ROOM).env("TONARI_CHANGES_PER_MINUTE", ROOM);
        server.env("TONARI_CALM_BOOKINGS_PER_MINUTE", ROOM).env("TONARI_CALM_BOOKINGS_OF_A_TEAM", ROOM);
    })?;
    let seed = env::var("TONARI_SEED").unwrap_or_else(|_| SEED.to_owned());
    let report = folder.join("report.xml");
    schemathesis.current_dir(&folder);
    schemathesis.arg("--no-color");
    schemathesis.arg("--config-file").arg(workspace.path("src/xtask/test/schemathesis.toml"));
    schemathesis.args(["run", &format!("http://{}/api/openapi.json", running.listen)]);
    schemathesis.args(["--seed", &seed, "--max-examples", EXAMPLES, "--checks", "all"]);
    schemathesis
        .args(["--generation-database", "none", "--report", "junit", "--report-junit-path"])
        .arg(&report);
    println!("api: TONARI_SEED={seed} repeats it");
    let run = process::run(&mut schemathesis);
    let mut tally = counted(&report)?;
    // It could not ask, or broke off.
    if run.is_err() && tally.is_green() {
        tally += Tally::of(run);
    }
    tally += structured::check(&running, &folder)?;
    tally += csp::check(&running, &folder)?;
    Ok(tally)
}

/// Operations, as the report's first element counts them.
fn counted(report: &Path) -> Result<Tally> {
    let text = fs::read_to_string(report).context("schemathesis wrote no report")?;
    let count = |name: &str| -> Option<usize> {
        let (_, after) = text.split_once(&format!(" {name}=\""))?;
        after.split('"').next()?.parse().ok()
    };
    let counts = count("tests").zip(count("failures")).zip(count("errors"));
    let ((tests, failures), errors) = counts.context("schemathesis's report counts nothing")?;
    Ok(Tally::counted(tests.saturating_sub(failures + errors), failures + errors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_counted_by_its_first_element() {
        let file = env::temp_dir().join(format!("tonari-report-{}.xml", std::process::id()));
        let report =
            r#"<testsuites errors="1" failures="2" skipped="0" tests="9" time="5.9"><testsuite tests="4">"#;
        fs::write(&file, report).unwrap();
        assert_eq!(counted(&file).unwrap(), Tally::counted(6, 3));
        fs::remove_file(&file).unwrap();
    }
}
