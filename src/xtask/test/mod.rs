//! Every check there is, part by part. A red part does not hide the next one: all run, and the last line
//! of the output counts what passed and what failed.

mod api;
mod csp;
mod layers;
mod parts;
mod structured;
mod tally;

use std::fmt;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use crate::process::Took;
use crate::workspace::Workspace;
pub use api::ask;
pub use parts::{browser_tests, cargo_test};
pub use tally::Tally;

#[derive(Args)]
pub struct Options {
    /// Parts to run (fmt, clippy, layers, unit, fuzz, wasm, it, build, bytes, api, e2e; all without any) and, as any other
    /// word, a filter on test names: `cargo xtask test e2e a17`.
    words: Vec<String>,
    /// Run the end-to-end tests in this engine only.
    #[arg(long)]
    engine: Option<Engine>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::Webkit => "webkit",
        })
    }
}

/// In the order they run: the quick ones first, and what a later one needs before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Fmt,
    Layers,
    Clippy,
    Unit,
    Fuzz,
    Wasm,
    It,
    Build,
    Bytes,
    Api,
    E2e,
}

const ALL: [Part; 11] = [
    Part::Fmt,
    Part::Layers,
    Part::Clippy,
    Part::Unit,
    Part::Fuzz,
    Part::Wasm,
    Part::It,
    Part::Build,
    Part::Bytes,
    Part::Api,
    Part::E2e,
];

impl FromStr for Part {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        ALL.into_iter().find(|part| part.to_string() == word).ok_or(())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Fmt => "fmt",
            Part::Layers => "layers",
            Part::Clippy => "clippy",
            Part::Unit => "unit",
            Part::Fuzz => "fuzz",
            Part::Wasm => "wasm",
            Part::It => "it",
            Part::Build => "build",
            Part::Bytes => "bytes",
            Part::Api => "api",
            Part::E2e => "e2e",
        })
    }
}

struct Outcome {
    part: Part,
    tally: Tally,
    took: Duration,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let sum = report(&outcomes(workspace, options)?);
    Ok(if sum.is_green() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Every check there is: how many passed, and how many did not.
pub fn everything(workspace: &Workspace) -> Result<(usize, usize)> {
    let sum = report(&outcomes(workspace, &Options { words: Vec::new(), engine: None })?);
    Ok(sum.counts())
}

fn outcomes(workspace: &Workspace, options: &Options) -> Result<Vec<Outcome>> {
    let (chosen, filters) = split(&options.words);
    ensure!(filters.len() <= 1, "{} are no parts, and there can be only one filter", filters.join(", "));
    let mut outcomes: Vec<Outcome> = Vec::new();
    for part in ALL.into_iter().filter(|part| chosen.contains(part)) {
        let unbuilt = outcomes.iter().any(|done| done.part == Part::Build && !done.tally.is_green());
        if unbuilt && matches!(part, Part::Bytes | Part::Api | Part::E2e) {
            println!("\n== {part}: skipped, there is no build to test");
            outcomes.push(Outcome { part, tally: Tally::red(), took: Duration::ZERO });
            continue;
        }
        println!("\n== {part}");
        let started = Instant::now();
        let tally = parts::run(part, workspace, &filters, options.engine).unwrap_or_else(|error| {
            println!("{part}: {error:#}");
            Tally::red()
        });
        outcomes.push(Outcome { part, tally, took: started.elapsed() });
    }
    Ok(outcomes)
}

/// Words that name a part choose it; a filter alone, or nothing, means every part.
fn split(words: &[String]) -> (Vec<Part>, Vec<String>) {
    let mut chosen = Vec::new();
    let mut filters = Vec::new();
    for word in words {
        match word.parse() {
            Ok(part) => chosen.push(part),
            Err(()) => filters.push(word.clone()),
        }
    }
    if chosen.is_empty() && filters.is_empty() {
        chosen.extend(ALL);
    } else if chosen.is_empty() {
        // A name can only be the name of a test.
        chosen.extend([Part::Unit, Part::Wasm, Part::It, Part::Build, Part::E2e]);
    }
    (chosen, filters)
}

fn report(outcomes: &[Outcome]) -> Tally {
    let mut sum = Tally::default();
    println!();
    for Outcome { part, tally, took } in outcomes {
        let mark = if tally.is_green() { "ok" } else { "FAILED" };
        println!("{:<8}{mark:<8}{tally}  {}", part.to_string(), Took(*took));
        sum += *tally;
    }
    println!("{sum}");
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> (Vec<Part>, Vec<String>) {
        split(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn without_words_every_part_runs() {
        assert_eq!(words(""), (ALL.to_vec(), vec![]));
    }

    #[test]
    fn a_word_that_is_no_part_filters_the_tests() {
        assert_eq!(words("e2e a17"), (vec![Part::E2e], vec!["a17".to_owned()]));
        assert_eq!(words("a17").1, vec!["a17".to_owned()]);
    }
}
