//! Other programs, started plainly: what they print is seen at once, what they fail with is one line.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use std::{env, fmt};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// Runs to the end with our own terminal as its terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// Runs to the end and returns what it wrote to stdout; its errors stay visible, and so does all it wrote when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", name(command)))?;
    if !output.status.success() {
        print!("{}", String::from_utf8_lossy(&output.stdout));
        bail!("{} ended with {}", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote no UTF-8", name(command)))
}

/// Runs to the end, passing on each line of its stdout as it comes, also to `hear`.
pub fn each_line(command: &mut Command, mut hear: impl FnMut(&str)) -> Result<ExitStatus> {
    let mut program =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", line(command)))?;
    for line in BufReader::new(program.stdout.take().context("its output is piped")?).lines() {
        let line = line?;
        println!("{line}");
        hear(&line);
    }
    Ok(program.wait()?)
}

/// Cargo at the root of the workspace, as from a shell: what cargo told this program about itself is not passed on, or crates
/// that ask for it (ring does) are compiled anew whenever somebody calls cargo by hand in between.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace.root());
    for (name, _) in env::vars_os() {
        let told = name.to_str().is_some_and(|name| {
            ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|beginning| name.starts_with(beginning))
        });
        if told {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// The first file of this name in the folders of PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|dir| dir.join(program)).find(|file| file.is_file())
}

pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).display().to_string()
}

/// A duration as a person reads it: `0.4 s`, `12 s`, `3 min 05 s`.
pub struct Took(pub Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..10 => write!(f, "{:.1} s", self.0.as_secs_f64()),
            10..60 => write!(f, "{seconds} s"),
            _ => write!(f, "{} min {:02} s", seconds / 60, seconds % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_a_clock_from_one_minute_on() {
        assert_eq!(Took(Duration::from_millis(420)).to_string(), "0.4 s");
        assert_eq!(Took(Duration::from_secs(59)).to_string(), "59 s");
        assert_eq!(Took(Duration::from_secs(185)).to_string(), "3 min 05 s");
    }
}
