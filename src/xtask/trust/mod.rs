//! What Tonari promises, shown by runs: long ones, each bounded in time, each of which leaves a record in `docs/trust/`; and
//! `docs/TRUST.md`, written from these records, the list of cases and the tests that there are. Nothing of it is written by hand.

mod cases;
mod curves;
mod limits;
mod mutants;
mod parts;
mod readme;
mod record;
mod report;
mod sources;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::bench::table::{self, Row};
use crate::frontend;
use crate::process::Took;
use crate::workspace::Workspace;
use record::Record;

#[derive(Args)]
pub struct Options {
    /// Parts to run; without any they are listed with how long they take.
    parts: Vec<Part>,
    /// How long at most, of what goes on as long as one likes.
    #[arg(long)]
    minutes: Option<f64>,
    /// Founders or phones.
    #[arg(long)]
    clients: Option<usize>,
    /// Kills, schedules, walks, requests of each operation, or inputs of each reader.
    #[arg(long)]
    count: Option<usize>,
    /// Repeats what chance did in another run.
    #[arg(long)]
    seed: Option<u64>,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq, Debug)]
pub enum Part {
    /// The server killed at random moments under load.
    Kills,
    /// 25,000 founders and as many times, at the bell.
    Bell,
    /// A flood beside founders at a steady pace.
    Overload,
    /// How long it takes by how many come, until it is too many.
    Curves,
    /// Three servers before one PostgreSQL, and one of them is killed.
    Fleet,
    /// 10,000 phones that send after the server was away.
    Outboxes,
    /// The app's files, asked for by everybody at once.
    Files,
    /// Coming and going: memory, files and the log stay flat.
    Soak,
    /// Misfortune in random order between phones and the server.
    Schedules,
    /// Builds that come and go under a phone, in three engines.
    Walks,
    /// A founder's disk that is full; mounts a small one.
    Disks,
    /// A founder's phone with little memory; makes a group of processes for it.
    Memory,
    /// What a screen reader says on the way to a consultation; installs Orca.
    Reader,
    /// Two tabs that are opened for the first time at the very same moment.
    Tabs,
    /// Whatever the description of the API allows, and what it does not, a hundred thousand times.
    Api,
    /// What nobody would write, given to every reader a million times.
    Fuzz,
    /// The desk's board with 50,000 bookings, and 200 boards that are open at once.
    Desk,
    /// What a slow phone takes: to its answer, to its list of five hundred requests, to a blank screen; and as Lighthouse sees it.
    Phone,
    /// Bookings and free times on both databases, also with a million bookings.
    Store,
    /// Changes to the code of booking, jurisdiction and place that a test has to mind.
    Mutants,
    /// The same of the outbox.
    MutantsOutbox,
    /// Every check there is, counted.
    Suite,
    /// Write docs/TRUST.md and README's table.
    Report,
}

impl Part {
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    pub fn of(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// With its options as they are without any.
    const fn bound(self) -> &'static str {
        match self {
            Self::Kills => "1,000 kills, at most 60 minutes",
            Self::Bell => "at most 5 minutes from the bell, some more to write letters",
            Self::Overload => "10 minutes",
            Self::Curves => "some 3 minutes",
            Self::Fleet => "at most 5 minutes",
            Self::Outboxes => "at most 12 minutes",
            Self::Files => "half a minute",
            Self::Soak => "120 minutes",
            Self::Schedules => "200 schedules, at most 10 minutes",
            Self::Walks => "500 walks, some 60 minutes",
            Self::Disks => "a minute",
            Self::Memory => "a minute",
            Self::Reader => "a minute",
            Self::Tabs => "50 times in each engine, some 4 minutes",
            Self::Api => "6,000 requests of each operation, some 20 minutes",
            Self::Fuzz => "a million times each, some 30 minutes",
            Self::Desk => "some 4 minutes",
            Self::Phone => "some 4 minutes",
            Self::Store => "some 4 minutes",
            Self::Mutants => "some 60 minutes",
            Self::MutantsOutbox => "some 15 minutes",
            Self::Suite => "some 40 minutes",
            Self::Report => "a second",
        }
    }
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    if options.parts.is_empty() {
        for part in Part::value_variants() {
            println!("{:<10} {}", part.name(), part.bound());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut kept = true;
    for &part in &options.parts {
        if part == Part::Report {
            report::write(workspace)?;
            continue;
        }
        println!("== {}: {}", part.name(), options.asked().unwrap_or_else(|| part.bound().to_owned()));
        kept &= perform(workspace, part, options)?;
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One part, with its record written whatever came of it.
fn perform(workspace: &Workspace, part: Part, options: &Options) -> Result<bool> {
    if matches!(
        part,
        Part::Api
            | Part::Desk
            | Part::Files
            | Part::Walks
            | Part::Disks
            | Part::Memory
            | Part::Reader
            | Part::Tabs
            | Part::Phone
    ) {
        frontend::build_app(workspace)?;
        frontend::build_desk(workspace)?;
    }
    if !matches!(part, Part::Fuzz | Part::Mutants | Part::MutantsOutbox) {
        frontend::build_server(workspace)?;
    }
    let commit = record::commit(workspace)?;
    let begun = Instant::now();
    let measured = parts::measure(workspace, part, options)?;
    table::print(&measured.rows);
    let command = [format!("cargo xtask trust {}", part.name()), options.words().join(" ")].join(" ");
    Record::of(part, &measured, command.trim(), begun.elapsed()).write(workspace, commit)?;
    println!("{} after {}", part.name(), Took(begun.elapsed()));
    Ok(measured.rows.iter().all(Row::is_kept))
}

impl Options {
    /// As they are typed.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            words.extend(value.into_iter().flat_map(|value| [name.to_owned(), value]));
        };
        add("--minutes", self.minutes.map(|minutes| minutes.to_string()));
        add("--clients", self.clients.map(|clients| clients.to_string()));
        add("--count", self.count.map(|count| count.to_string()));
        add("--seed", self.seed.map(|seed| seed.to_string()));
        words
    }

    fn asked(&self) -> Option<String> {
        let words = self.words();
        (!words.is_empty()).then(|| words.join(" "))
    }
}
