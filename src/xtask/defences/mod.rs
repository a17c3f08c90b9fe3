//! Takes each defence out of a copy of the project and looks whether the case that stands for it goes red.
//!
//! A test of a fault proves something only if it fails without the defence. This takes about a minute for each, so it
//! is run by hand when a defence or its case has changed.

mod list;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{self, Took};
use crate::workspace::Workspace;
use list::{DEFENCES, Defence};

#[derive(clap::Args)]
pub struct Options {
    /// Only the defences of cases whose id begins like this: a03, b
    cases: Vec<String>,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let wanted = |defence: &&Defence| {
        options.cases.is_empty() || options.cases.iter().any(|case| defence.case.starts_with(case.as_str()))
    };
    let wanted: Vec<&Defence> = DEFENCES.iter().filter(wanted).collect();
    ensure!(!wanted.is_empty(), "no defence belongs to {}", options.cases.join(", "));
    let copy = workspace.target().join("defences");
    copy_sources(workspace.root(), &copy)?;
    println!("defences: working in {}; the first build there takes some minutes", copy.display());
    let mut needless = 0;
    for defence in wanted {
        let started = Instant::now();
        let red = goes_red_without(&copy, defence)?;
        let verdict = if red { "red, as it should be" } else { "STILL GREEN" };
        println!("{:<12} {:<60} {verdict}  {}", defence.case, defence.what, Took(started.elapsed()));
        needless += usize::from(!red);
    }
    if needless > 0 {
        bail!("{needless} defences can be taken out without any test noticing");
    }
    Ok(ExitCode::SUCCESS)
}

/// The files under version control as they are now. Unchanged ones keep their dates, so that little is built again.
fn copy_sources(root: &Path, copy: &Path) -> Result<()> {
    let names = process::output(Command::new("git").args(["ls-files", "-z"]).current_dir(root))?;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let Ok(now) = fs::read(root.join(name)) else { continue };
        let to = copy.join(name);
        if fs::read(&to).is_ok_and(|before| before == now) {
            continue;
        }
        fs::create_dir_all(to.parent().unwrap_or(copy))?;
        fs::write(&to, now).with_context(|| format!("cannot write {}", to.display()))?;
    }
    Ok(())
}

fn goes_red_without(copy: &Path, defence: &Defence) -> Result<bool> {
    let hole = Hole::make(copy, defence)?;
    let mut test = Command::new("cargo");
    test.args(["xtask", "test", "e2e", "--engine", defence.engine, defence.case])
        .current_dir(copy)
        .env_remove("CARGO_TARGET_DIR")
        .stdout(Stdio::piped());
    let output = test.output().with_context(|| format!("cannot start {}", process::line(&test)))?;
    drop(hole);
    let said = String::from_utf8_lossy(&output.stdout);
    // Red has to come from the case itself, not from code that no longer compiles.
    let Some(summary) = said.lines().find(|line| line.starts_with("test result: ")) else {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("without its defence, {} did not come to run:\n{said}{errors}", defence.case);
    };
    Ok(summary.starts_with("test result: FAILED"))
}

/// The source without the defence, until it is dropped.
struct Hole {
    file: PathBuf,
    whole: String,
}

impl Hole {
    fn make(copy: &Path, defence: &Defence) -> Result<Self> {
        let file = copy.join(defence.file);
        let whole = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut holed = whole.clone();
        for (take, put) in defence.edits {
            let places = whole.matches(take).count();
            ensure!(places == 1, "{}: {places} places read {take:?}", defence.file);
            holed = holed.replace(take, put);
        }
        fs::write(&file, holed)?;
        Ok(Self { file, whole })
    }
}

impl Drop for Hole {
    fn drop(&mut self) {
        // If this fails, the next run copies the file again.
        let _ = fs::write(&self.file, &self.whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A defence that was moved would otherwise be noticed only when somebody runs the whole command.
    #[test]
    fn every_defence_stands_where_the_list_says() {
        let root = Workspace::find().unwrap().root().to_path_buf();
        for defence in DEFENCES {
            let source = fs::read_to_string(root.join(defence.file)).unwrap();
            for (take, put) in defence.edits {
                assert_eq!(source.matches(take).count(), 1, "{}: {}", defence.case, defence.what);
                assert_ne!(take, put);
            }
        }
    }
}
