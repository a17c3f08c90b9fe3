//! `cargo xtask fuzz`: LLVM's fuzzer over every reader of what others write (`tests/fuzz`).
//!
//! Our own crates are built with its counters, everything else stays as the other checks have it: a build takes a minute
//! instead of fifteen. The surprising rule: whatever is found goes to `target/fuzz`; the corpus in the repository changes only
//! by `--keep`, and is read again by the package's own tests without the fuzzer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::process;
use crate::workspace::Workspace;

#[derive(Args)]
pub struct Options {
    /// Targets (`tests/fuzz/lib.rs` names them); all without any.
    targets: Vec<String>,
    /// For each target.
    #[arg(long, default_value_t = 120)]
    seconds: u32,
    /// Afterwards take into the corpus what shows a way that nothing in it shows yet.
    #[arg(long)]
    keep: bool,
}

/// Seconds for each target where it is one check among many.
const SHORT: u32 = 4;
/// Bytes of one input: every reader is deep within a few hundred.
const LONGEST: u32 = 4096;
/// Bytes that one target may have in the repository.
const MOST_KEPT: u64 = 20 * 1024;
/// And so many inputs.
const MOST_INPUTS: usize = 130;

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let all = targets(workspace)?;
    if let Some(unknown) = options.targets.iter().find(|target| !all.contains(target)) {
        bail!("there is no target {unknown}; there are {}", all.join(", "));
    }
    let chosen = if options.targets.is_empty() { &all } else { &options.targets };
    let fuzz = Fuzz::build(workspace)?;
    let mut red = Vec::new();
    for target in chosen {
        match fuzz.look(target, options.seconds) {
            Ok(line) => println!("{line}"),
            Err(error) => {
                println!("{target}: {error:#}");
                red.push(target.as_str());
            }
        }
        if options.keep {
            fuzz.keep(target)?;
        }
    }
    ensure!(red.is_empty(), "{} found something", red.join(", "));
    Ok(ExitCode::SUCCESS)
}

/// A few seconds for each target: whether the fuzzer still runs, and finds nothing at hand.
pub fn check(workspace: &Workspace) -> Result<()> {
    let options = Options { targets: Vec::new(), seconds: SHORT, keep: false };
    run(workspace, &options).map(drop)
}

/// Their names, as the package lists them: this program starts others and imports none.
fn targets(workspace: &Workspace) -> Result<Vec<String>> {
    let list = workspace.path("tests/fuzz/lib.rs");
    let text = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    Ok(named(&text))
}

fn named(list: &str) -> Vec<String> {
    let names = list.lines().filter_map(|line| line.trim().strip_prefix("Target { name: \""));
    names.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

struct Fuzz<'a> {
    workspace: &'a Workspace,
    program: PathBuf,
}

impl<'a> Fuzz<'a> {
    fn build(workspace: &'a Workspace) -> Result<Self> {
        let mut cargo = process::cargo(workspace);
        cargo.args(["build", "--package", "fuzz", "--features", "libfuzzer"]);
        cargo.args(["--config", "profile.dev.package.fuzz.opt-level=1"]);
        // Cargo keeps what was built under another wrapper apart.
        cargo.env("RUSTC_WORKSPACE_WRAPPER", workspace.path("tests/fuzz/instrumented"));
        process::run(&mut cargo)?;
        Ok(Self { workspace, program: workspace.target().join("debug/fuzz") })
    }

    fn corpus(&self, target: &str) -> PathBuf {
        self.workspace.path("tests/fuzz/corpus").join(target)
    }

    /// Inputs that something is wrong with.
    fn artifacts(&self) -> PathBuf {
        self.workspace.path("target/fuzz")
    }

    /// What runs on this machine came upon.
    fn found(&self, target: &str) -> Result<PathBuf> {
        let folder = self.workspace.path("target/fuzz").join(target);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }

    fn command(&self, target: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.env("TONARI_FUZZ", target).stdout(Stdio::null()).stderr(Stdio::piped());
        command.arg(format!("-max_len={LONGEST}"));
        command.arg(format!("-artifact_prefix={}/{target}-", self.artifacts().display()));
        command
    }

    fn look(&self, target: &str, seconds: u32) -> Result<String> {
        let found = self.found(target)?;
        let mut command = self.command(target);
        command.args([format!("-max_total_time={seconds}"), "-timeout=10".to_owned()]);
        command.args(["-rss_limit_mb=2048", "-print_final_stats=1"]);
        let words = self.workspace.path(&format!("tests/fuzz/words/{target}"));
        if words.is_file() {
            command.arg(format!("-dict={}", words.display()));
        }
        let done =
            command.arg(&found).arg(self.corpus(target)).output().context("cannot start the fuzzer")?;
        let said = String::from_utf8_lossy(&done.stderr);
        if done.status.success() {
            return Ok(told(target, &said));
        }
        let last: Vec<&str> = said.lines().rev().take(40).collect();
        for line in last.into_iter().rev() {
            println!("{line}");
        }
        bail!("the input lies in {}", self.artifacts().display())
    }

    /// The smallest first, as many as fit.
    fn keep(&self, target: &str) -> Result<()> {
        let (corpus, merged) = (self.corpus(target), self.workspace.path("target/fuzz/merged"));
        if merged.exists() {
            fs::remove_dir_all(&merged)?;
        }
        fs::create_dir_all(&merged)?;
        let mut command = self.command(target);
        command.arg("-set_cover_merge=1").arg(&merged).arg(&corpus).arg(self.found(target)?);
        let done = command.output().context("cannot start the fuzzer")?;
        ensure!(done.status.success(), "the inputs of {target} cannot be merged");
        let mut found = inputs(&merged)?;
        found.sort();
        let there = inputs(&corpus)?;
        let mut left = MOST_KEPT.saturating_sub(there.iter().map(|(bytes, _)| bytes).sum());
        for (bytes, path) in found.into_iter().take(MOST_INPUTS.saturating_sub(there.len())) {
            let to = corpus.join(path.file_name().context("an input has a name")?);
            left = match left.checked_sub(bytes) {
                Some(left) if !is_there(&corpus, &path)? => {
                    fs::copy(&path, to)?;
                    left
                }
                Some(_) => left,
                None => break,
            };
        }
        Ok(())
    }
}

/// Sizes and files of a folder.
fn inputs(folder: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let mut inputs = Vec::new();
    for file in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = file?.path();
        inputs.push((path.metadata()?.len(), path));
    }
    Ok(inputs)
}

/// The same bytes under whatever name.
fn is_there(corpus: &Path, path: &Path) -> Result<bool> {
    let bytes = fs::read(path)?;
    let same = |(length, other): (u64, PathBuf)| {
        length == bytes.len() as u64 && fs::read(other).is_ok_and(|other| other == bytes)
    };
    Ok(inputs(corpus)?.into_iter().any(same))
}

/// One line of what LLVM's fuzzer says at its end.
fn told(target: &str, said: &str) -> String {
    let number =
        |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("?").trim().to_owned();
    let covered = said.lines().rev().find_map(|line| {
        let (_, rest) = line.split_once(" cov: ")?;
        Some(rest.split(' ').next()?.to_owned())
    });
    format!(
        "{target:<9}{:>10} executions, {} a second, {} edges",
        number("stat::number_of_executed_units:"),
        number("stat::average_exec_per_sec:"),
        covered.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_targets_are_those_of_the_package() {
        let all = targets(&Workspace::find().unwrap()).unwrap();
        assert!(all.len() >= 10 && all.contains(&"place".to_owned()), "{all:?}");
        assert_eq!(named("    Target { name: \"a\", run: x::a },\n// Target\n"), ["a"]);
    }

    #[test]
    fn what_the_fuzzer_says_is_one_line() {
        let said = "#12\tDONE   cov: 345 ft: 9 corp: 1/1b\nstat::number_of_executed_units: 1200\n\
                    stat::average_exec_per_sec:     600\n";
        assert_eq!(told("place", said), "place          1200 executions, 600 a second, 345 edges");
        assert!(told("place", "").contains("? executions"));
    }
}
