//! Counts passed and failed tests from the summaries that every Rust test harness prints, also ours for browsers.

use std::fmt;
use std::ops::AddAssign;
use std::process::Command;

use anyhow::Result;

use crate::process;

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// A check that is not a collection of tests counts as one.
    pub fn green() -> Self {
        Self { passed: 1, failed: 0 }
    }

    /// As somebody else's report says.
    pub fn counted(passed: usize, failed: usize) -> Self {
        Self { passed, failed }
    }

    pub fn red() -> Self {
        Self { passed: 0, failed: 1 }
    }

    pub fn of(result: Result<()>) -> Self {
        match result {
            Ok(()) => Self::green(),
            Err(error) => {
                println!("{error:#}");
                Self::red()
            }
        }
    }

    /// Passed and failed.
    pub fn counts(self) -> (usize, usize) {
        (self.passed, self.failed)
    }

    pub fn is_green(self) -> bool {
        self.failed == 0
    }

    /// Runs a test command, passing on its lines as they come and adding up its summaries.
    pub fn of_tests(command: &mut Command) -> Result<Self> {
        let mut tally = Self::default();
        let status = process::each_line(command, |line| {
            if let Some(summary) = summary(line) {
                tally += summary;
            }
        })?;
        // It did not compile, or crashed before it could count.
        if !status.success() && tally.is_green() {
            println!("{} ended with {status}", process::line(command));
            tally += Self::red();
        }
        Ok(tally)
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; …`, with or without colours.
fn summary(line: &str) -> Option<Tally> {
    if !line.starts_with("test result: ") {
        return None;
    }
    Some(Tally { passed: number_before(line, " passed")?, failed: number_before(line, " failed")? })
}

fn number_before(line: &str, word: &str) -> Option<usize> {
    let (before, _) = line.split_once(word)?;
    before.rsplit(' ').next()?.parse().ok()
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_line_of_a_test_run_is_understood() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(summary(line), Some(Tally { passed: 12, failed: 3 }));
        assert_eq!(summary("test a_result_of_two ... ok"), None);
    }
}
