//! End to end in three engines: the real server, the real build, real browsers, and a person's way through.
//! Each test is named `engine::case`, so that both can be filtered.

mod case;
mod driver;
mod engine;
mod fault;
mod founder;
mod journey;

mod world;

use std::env;
use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // A test is one browser and one server; more of them at once only make each other late.
    arguments.test_threads.get_or_insert(2);
    let engine = env::var("TONARI_ENGINE").ok();
    let cases = [journey::cases(), fault::cases()].concat();
    let trials = cases.into_iter().flat_map(|case| case.trials(engine.as_deref())).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
