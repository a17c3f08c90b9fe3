//! The subcommands of `tonari`, one file each.
//!
//! Whatever goes wrong before work starts is one line on stderr and a non-zero exit: an operator reads logs by line.

pub mod backup;
pub mod bookings;
pub mod check;
pub mod disclose;
pub mod edition;
pub mod embed;
pub mod erase;
mod hands;
pub mod import_events;
pub mod invite;
pub mod keys;
pub mod leak;
pub mod locate;
pub mod members;
pub mod move_database;
pub mod picture;
pub mod publish;
pub mod receive;
pub mod restore;
pub mod retention;
pub mod serve;
pub mod slots;
pub mod withdraw;

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
    /// The keys that open letters.
    #[command(subcommand, arg_required_else_help = false)]
    Keys(keys::Command),
    /// Copy the database into a file, also while a server runs.
    Backup(backup::Args),
    /// Put a backup in the database's place.
    Restore(restore::Args),
    /// Everything from one database into another.
    MoveDatabase(move_database::Args),
    /// Look for contradictions in the database; fails if there are any.
    Check(check::Args),
    /// Take everything about her out of one booking.
    Erase(erase::Args),
    /// Everything that is kept about one booking, as JSON.
    Disclose(disclose::Args),
    /// Whom it concerns when something leaked, with a draft of the report to the authority.
    Leak(leak::Args),
    /// Erase what is older than it has to be kept.
    Retention(retention::Args),
    /// Put stories, cases, guides, events and notices before founders, from a file.
    Publish(publish::Args),
    /// Pictures for what is published.
    #[command(subcommand, arg_required_else_help = false)]
    Picture(picture::Command),
    /// Take back what was published.
    Withdraw(withdraw::Args),
    /// Read the events of an association's calendar or feed, and say what could be published.
    ImportEvents(import_events::Args),
    /// Whose pages may show an association's widget.
    #[command(subcommand, arg_required_else_help = false)]
    Embed(embed::Command),
    /// A link that lets somebody in at the desk.
    Invite(invite::Args),
    /// Who works at the desk.
    #[command(subcommand, arg_required_else_help = false)]
    Members(members::Command),
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
        Command::Keys(command) => keys::run(command),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::MoveDatabase(args) => move_database::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Erase(args) => erase::run(&args),
        Command::Disclose(args) => disclose::run(&args),
        Command::Leak(args) => leak::run(&args),
        Command::Retention(args) => retention::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Picture(command) => picture::run(command),
        Command::Withdraw(args) => withdraw::run(&args),
        Command::ImportEvents(args) => import_events::run(&args),
        Command::Embed(command) => embed::run(command),
        Command::Invite(args) => invite::run(args),
        Command::Members(command) => members::run(command),
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
