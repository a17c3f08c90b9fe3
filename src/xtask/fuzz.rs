//! `cargo xtask fuzz`: LLVM's fuzzer over every reader of what others write (`tests/fuzz`).
//!
//! Our own crates are built with its counters, everything else stays as the other checks have it: a build takes a minute
//! instead of fifteen. The surprising rule: whatever is found goes to `target/fuzz`; the corpus in the repository changes only
//! by `--keep`, and is read again by the package's own tests without the fuzzer.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::{Mutex, PoisonError};
use std::{fmt, fs, thread};

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
    let looked = fuzz.look_at(chosen, &format!("-max_total_time={}", options.seconds));
    if options.keep {
        chosen.iter().try_for_each(|target| fuzz.keep(target))?;
    }
    let red: Vec<String> =
        looked.into_iter().filter_map(|(target, looked)| looked.is_err().then_some(target)).collect();
    ensure!(red.is_empty(), "{} found something", red.join(", "));
    Ok(ExitCode::SUCCESS)
}

/// A few seconds for each target: whether the fuzzer still runs, and finds nothing at hand.
pub fn check(workspace: &Workspace) -> Result<()> {
    let options = Options { targets: Vec::new(), seconds: SHORT, keep: false };
    run(workspace, &options).map(drop)
}

/// Calls each target so many times; how often each was called in the end.
pub fn executions(workspace: &Workspace, runs: usize) -> Result<Vec<(String, u64)>> {
    let looked = Fuzz::build(workspace)?.look_at(&targets(workspace)?, &format!("-runs={runs}"));
    looked.into_iter().map(|(target, looked)| Ok((target, looked?.executions))).collect()
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

    /// On every core another target, in the order of their names; each line as it comes.
    fn look_at(&self, targets: &[String], bound: &str) -> Vec<(String, Result<Looked>)> {
        let left = Mutex::new(targets.iter());
        let one_core = || {
            let mut done = Vec::new();
            loop {
                let next = left.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(target) = next else { return done };
                let looked = self.look(target, bound);
                match &looked {
                    Ok(looked) => println!("{target:<9}{looked}"),
                    Err(error) => println!("{target}: {error:#}"),
                }
                done.push((target.clone(), looked));
            }
        };
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let mut all: Vec<_> = thread::scope(|scope| {
            let cores: Vec<_> = (0..cores).map(|_| scope.spawn(one_core)).collect();
            cores.into_iter().flat_map(|core| core.join().expect("no core panics")).collect()
        });
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all
    }

    /// As far as `bound` says, in the fuzzer's own words.
    fn look(&self, target: &str, bound: &str) -> Result<Looked> {
        let found = self.found(target)?;
        let mut command = self.command(target);
        command.args([bound, "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]);
        let words = self.workspace.path(&format!("tests/fuzz/words/{target}"));
        if words.is_file() {
            command.arg(format!("-dict={}", words.display()));
        }
        let done =
            command.arg(&found).arg(self.corpus(target)).output().context("cannot start the fuzzer")?;
        let said = String::from_utf8_lossy(&done.stderr);
        if done.status.success() {
            return Looked::of(&said).with_context(|| format!("the fuzzer says nothing of {target}"));
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

/// What LLVM's fuzzer says at its end.
#[derive(PartialEq, Eq, Debug)]
struct Looked {
    executions: u64,
    a_second: u64,
    /// Of the program's ways, those that were gone.
    edges: u64,
}

impl Looked {
    fn of(said: &str) -> Option<Self> {
        let number = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        let edges = said.lines().rev().find_map(|line| {
            let (_, rest) = line.split_once(" cov: ")?;
            rest.split(' ').next()?.parse().ok()
        });
        Some(Self {
            executions: number("stat::number_of_executed_units:")?,
            a_second: number("stat::average_exec_per_sec:")?,
            edges: edges?,
        })
    }
}

impl fmt::Display for Looked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>10} executions, {} a second, {} edges", self.executions, self.a_second, self.edges)
    }
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
        let looked = Looked::of(said).unwrap();
        assert_eq!(looked.to_string(), "      1200 executions, 600 a second, 345 edges");
        assert_eq!(Looked::of(""), None);
    }
}
