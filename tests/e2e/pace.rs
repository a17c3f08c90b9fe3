//! How long the stories took, the slowest by name: whoever wants a quicker run begins there.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// More do not fit on a screen.
const NAMED: usize = 20;

static TOLD: Mutex<Vec<(Duration, String)>> = Mutex::new(Vec::new());

pub fn note(name: String, took: Duration) {
    TOLD.lock().unwrap_or_else(PoisonError::into_inner).push((took, name));
}

/// After a run of so many that it is of use.
pub fn report() {
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.len() <= NAMED {
        return;
    }
    told.sort();
    let sum: Duration = told.iter().map(|(took, _)| *took).sum();
    println!("{} stories, {} s of browsers; the slowest:", told.len(), sum.as_secs());
    for (took, name) in told.iter().rev().take(NAMED) {
        println!("  {:6.1} s  {name}", took.as_secs_f64());
    }
}
