//! End to end in three engines: the real server, the real build, real browsers, and a person's way through.
//! Each test is named `engine::case`, so that both can be filtered.

mod again;
mod booker;
mod case;

mod desk;
mod driver;
mod engine;
mod fault;
mod first_start;
mod founder;
mod journey;
mod little_memory;
mod pace;
mod photo;
mod processes;
mod reader;
mod small_disk;
mod stopwatch;
mod stopwatch_desk;
mod stopwatch_device;
mod widget;
mod world;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    if let Some(folder) = env::var_os("TONARI_SCREENSHOTS") {
        return once(photo::album(Path::new(&folder)));
    }
    match env::var("TONARI_BENCH").as_deref() {
        Ok("desk") => return once(stopwatch_desk::measure()),
        Ok(_) => return once(stopwatch::measure()),
        Err(_) => {}
    }
    let mut arguments = Arguments::from_args();
    // A test is one browser and one server; more of them at once only make each other late.
    arguments.test_threads.get_or_insert(2);
    let engine = env::var("TONARI_ENGINE").ok();
    let cases = [journey::cases(), fault::cases(), widget::cases(), desk::cases()].concat();
    let trials = cases.into_iter().flat_map(|case| case.trials(engine.as_deref())).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    pace::report();
    again::confess();
    conclusion.exit_code()
}

/// Something else than tests to do with the same browsers.
fn once(work: impl Future<Output = anyhow::Result<()>>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(work)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
