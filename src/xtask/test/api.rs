//! The running server is asked whatever its own description allows, and what it does not allow. Nothing may break it, and
//! every answer has to be one that the description knows. What its pages say of themselves is held against schema.org, and
//! their policies are graded.
//!
//! What is asked follows from a seed, which is printed and can be given again; `TONARI_SEED` chooses another one.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Tally, csp, structured};
use crate::process;
use crate::running::Running;
use crate::tools;
use crate::workspace::Workspace;

const SEED: &str = "20261125";

/// Requests by chance of each operation; with all others they take half a minute.
const EXAMPLES: usize = 60;

/// Nobody is turned away because so many come from one address.
const ROOM: &str = "100000000";

pub fn check(workspace: &Workspace) -> Result<Tally> {
    let api = Api::start(workspace)?;
    let Asked { mut tally, .. } = api.ask(&seed(), EXAMPLES)?;
    tally += structured::check(&api.running, &api.folder)?;
    tally += csp::check(&api.running, &api.folder)?;
    Ok(tally)
}

/// The same questions, and so many more of each operation.
pub fn ask(workspace: &Workspace, seed: u64, examples: usize) -> Result<Asked> {
    Api::start(workspace)?.ask(&seed.to_string(), examples)
}

/// What came of the questions.
pub struct Asked {
    /// Of operations.
    pub tally: Tally,
    pub requests: usize,
}

struct Api<'a> {
    workspace: &'a Workspace,
    running: Running,
    folder: PathBuf,
}

impl<'a> Api<'a> {
    fn start(workspace: &'a Workspace) -> Result<Self> {
        let folder = workspace.target().join("api");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let running = Running::start_in(workspace, &folder.join("var"), |server| {
            server.env("TONARI_READS_PER_MINUTE", ROOM).env("TONARI_CHANGES_PER_MINUTE", ROOM);
            server.env("TONARI_CALM_BOOKINGS_PER_MINUTE", ROOM).env("TONARI_CALM_BOOKINGS_OF_A_TEAM", ROOM);
        })?;
        Ok(Self { workspace, running, folder })
    }

    fn ask(&self, seed: &str, examples: usize) -> Result<Asked> {
        let report = self.folder.join("report.xml");
        let mut schemathesis = tools::schemathesis()?;
        schemathesis.current_dir(&self.folder).arg("--no-color");
        schemathesis.arg("--config-file").arg(self.workspace.path("src/xtask/test/schemathesis.toml"));
        schemathesis.args(["run", &format!("http://{}/api/openapi.json", self.running.listen)]);
        schemathesis.args(["--seed", seed, "--max-examples", &examples.to_string(), "--checks", "all"]);
        schemathesis.args(["--generation-database", "none", "--report", "junit", "--report-junit-path"]);
        println!("api: TONARI_SEED={seed} repeats it");
        let mut requests = 0;
        let status = process::each_line(schemathesis.arg(&report), |line| {
            requests = generated(line).unwrap_or(requests);
        })?;
        let mut tally = counted(&report)?;
        // It could not ask, or broke off.
        if !status.success() && tally.is_green() {
            println!("schemathesis ended with {status}");
            tally += Tally::red();
        }
        Ok(Asked { tally, requests })
    }
}

fn seed() -> String {
    env::var("TONARI_SEED").unwrap_or_else(|_| SEED.to_owned())
}

/// `  1540 generated, 1540 passed`
fn generated(line: &str) -> Option<usize> {
    line.split_once(" generated")?.0.trim().parse().ok()
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
        assert_eq!(generated("  1540 generated, 1540 passed"), Some(1540));
        assert_eq!(generated("Test cases:"), None);
    }
}
