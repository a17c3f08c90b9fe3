//! The subcommands of `tonari`, one file each.
//!
//! Whatever goes wrong before work starts is one line on stderr and a non-zero exit: an operator reads logs by line.

pub mod bookings;
pub mod edition;
mod hands;
pub mod locate;
pub mod serve;
pub mod slots;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tonari (となり): which credit guarantee association is in charge, and where the nearest women's team is.
#[derive(Parser)]
#[command(name = "tonari", version, arg_required_else_help = false)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the app and the directory.
    Serve(serve::Args),
    /// Answer places from standard input, one per line, as JSON.
    Locate(locate::Args),
    /// When a team can be met.
    #[command(subcommand, arg_required_else_help = false)]
    Slots(slots::Command),
    /// A team's requests, and what becomes of them.
    #[command(subcommand, arg_required_else_help = false)]
    Bookings(bookings::Command),
    /// Look at an edition of the directory before it is published.
    #[command(subcommand, arg_required_else_help = false)]
    Edition(edition::Command),
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(asked) if !asked.use_stderr() => {
            // `--help` and `--version` are answers, not failures. A closed pipe is not ours to report.
            let _ = asked.print();
            return ExitCode::SUCCESS;
        }
        Err(refused) => {
            eprintln!("tonari: {}", first_line(&refused.to_string()));
            return ExitCode::from(2);
        }
    };
    let outcome = match cli.command {
        Command::Serve(args) => serve::run(args),
        Command::Locate(args) => locate::run(args),
        Command::Slots(command) => slots::run(command),
        Command::Bookings(command) => bookings::run(command),
        Command::Edition(command) => edition::run(command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("tonari: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

/// clap explains in several lines; the first one says what is wrong.
fn first_line(message: &str) -> &str {
    let line = message.lines().find(|line| !line.trim().is_empty()).unwrap_or("wrong arguments");
    line.strip_prefix("error: ").unwrap_or(line)
}
