//! What came of a run, kept in `docs/trust/` as one small file for each part: the next run of the part takes its place.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Part;
use super::parts::Measured;
use crate::process;
use crate::workspace::Workspace;

pub struct Record(Value);

impl Record {
    pub fn of(part: Part, measured: &Measured, command: &str, took: Duration) -> Self {
        let figures: Vec<Value> = measured
            .rows
            .iter()
            .map(|row| {
                let [what, measured, budget] = row.words();
                json!({ "what": what, "measured": measured, "budget": budget, "kept": row.is_kept() })
            })
            .collect();
        Self(json!({
            "part": part.name(),
            "command": command,
            "seed": measured.seed,
            "took_seconds": took.as_secs(),
            "figures": figures,
        }))
    }

    /// With when and where it was, and of what: [`commit`].
    pub fn write(mut self, workspace: &Workspace, commit: String) -> Result<()> {
        self.0["date"] = said(Command::new("date").args(["-u", "+%Y-%m-%d"]))?.into();
        self.0["commit"] = commit.into();
        self.0["machine"] = machine()?.into();
        let file = file(workspace, self.0["part"].as_str().unwrap_or_default());
        fs::create_dir_all(workspace.path("docs/trust"))?;
        let text = serde_json::to_string_pretty(&self.0).context("a record is plain JSON")? + "\n";
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    }

    /// `None` where the part was never run.
    pub fn read(workspace: &Workspace, part: &str) -> Result<Option<Self>> {
        let file = file(workspace, part);
        let Ok(text) = fs::read_to_string(&file) else { return Ok(None) };
        Ok(Some(Self(
            serde_json::from_str(&text).with_context(|| format!("{} is no record", file.display()))?,
        )))
    }

    pub fn text(&self, member: &str) -> &str {
        self.0[member].as_str().unwrap_or_default()
    }

    pub fn seed(&self) -> Option<u64> {
        self.0["seed"].as_u64()
    }

    pub fn figures(&self) -> impl Iterator<Item = (&str, &str, &str, bool)> {
        self.0["figures"].as_array().into_iter().flatten().map(|figure| {
            let text = |member: &str| figure[member].as_str().unwrap_or_default();
            (text("what"), text("measured"), text("budget"), figure["kept"] == true)
        })
    }

    pub fn is_kept(&self) -> bool {
        self.figures().all(|(.., kept)| kept)
    }
}

fn file(workspace: &Workspace, part: &str) -> PathBuf {
    workspace.path("docs/trust").join(part).with_extension("json")
}

fn said(command: &mut Command) -> Result<String> {
    Ok(process::output(command)?.trim().to_owned())
}

/// Asked before a run: what is worked on while it goes on for hours is not what it ran. Records and pages change by the runs
/// themselves.
pub fn commit(workspace: &Workspace) -> Result<String> {
    let git = |arguments: &[&str]| said(Command::new("git").args(arguments).current_dir(workspace.root()));
    let commit = git(&["rev-parse", "--short=9", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--", "src", "tests", "public", "Cargo.lock"])?;
    Ok(if changed.is_empty() { commit } else { commit + " with changes" })
}

/// What makes one figure another one, and nothing by which the machine could be known.
fn machine() -> Result<String> {
    let cores = std::thread::available_parallelism().context("how many cores there are is not known")?;
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"));
    let memory = memory.and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or_default() / 1_048_576;
    Ok(format!("{cores} cores, {memory} GB, {}, generator on the same machine", std::env::consts::ARCH))
}
