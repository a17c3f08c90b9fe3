//! A story that failed is told once more, with everything new: real browsers abort by themselves now and then, and one of
//! some hundred stories must not hide what the others say. It is never silent and never much: each is named with what went
//! wrong the first time, its traces stay, and after the second of a run every failure is one at once.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Error;

/// A run that needs more has found something.
const IN_ONE_RUN: usize = 2;

static TOLD_AGAIN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Whether this story gets another chance. `TONARI_ONCE` is for whoever hunts what fails now and then.
pub fn may(name: &str, failed: &Error, traces: &Path) -> bool {
    let mut told = TOLD_AGAIN.lock().unwrap_or_else(PoisonError::into_inner);
    if told.len() >= IN_ONE_RUN || std::env::var_os("TONARI_ONCE").is_some() {
        return false;
    }
    told.push(format!("{name}: {failed:#}"));
    let kept = traces.with_extension("first");
    // What is there of an earlier run says nothing about this one; without traces there is nothing to move.
    fs::remove_dir_all(&kept).ok();
    fs::rename(traces, &kept).ok();
    true
}

/// After the run, where nobody can overlook it.
pub fn confess() {
    let told = TOLD_AGAIN.lock().unwrap_or_else(PoisonError::into_inner);
    if !told.is_empty() {
        println!("told again, {} of at most {IN_ONE_RUN}; what went wrong the first time:", told.len());
        told.iter().for_each(|story| println!("  {story}"));
    }
}
