//! What was measured, as the caller reads it.

use std::time::Duration;

pub fn tell(figure: &str, number: f64) {
    println!("bench {figure} {number:.3}");
}

/// In milliseconds: the middle, the slowest of a hundred, and the slowest.
pub fn tell_times(figure: &str, times: &mut [Duration]) {
    times.sort_unstable();
    for (of, percent) in [("p50", 50), ("p99", 99), ("max", 100)] {
        let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        tell(&format!("{figure}_{of}"), times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3));
    }
}
