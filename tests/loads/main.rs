//! Loads on the real server, from the same machine: `cargo xtask bench` and `cargo xtask trust` start this with the name of a
//! part, its options, and the build in `TONARI_SERVER`. It prints one `bench <figure> <number>` for each thing measured, and
//! ends with an error where a promise was broken.

#![expect(clippy::unwrap_used, reason = "a load that cannot go on should say where")]

mod balancer;
mod bell;
mod boards;
mod client;
mod curves;
mod desks;
mod figures;
mod files;
mod fleet;
mod kept;
mod outboxes;
mod overload;
mod schedules;
mod soak;

use std::process::ExitCode;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    let part = std::env::args().nth(1).unwrap_or_default();
    match part.as_str() {
        "boards" => boards::run(),
        "bell" => bell::run(given("--clients").unwrap_or(25_000)),
        "curves" => curves::run(),
        "files" => files::run(),
        "fleet" => fleet::run(given("--clients").unwrap_or(6_000)),
        "overload" => overload::run(given("--minutes").unwrap_or(10.0)),
        "soak" => soak::run(given("--minutes").unwrap_or(120.0)),
        "outboxes" => outboxes::run(given("--clients").unwrap_or(10_000), seed()),
        "schedules" => {
            schedules::run(given("--count").unwrap_or(200), given("--minutes").unwrap_or(10.0), seed())
        }
        unknown => {
            eprintln!("there is no load called {unknown:?}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn given<T: FromStr>(option: &str) -> Option<T> {
    std::env::args().skip_while(|argument| argument != option).nth(1)?.parse().ok()
}

/// The one that was given repeats a run.
fn seed() -> u64 {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    given("--seed").unwrap_or_else(now)
}
