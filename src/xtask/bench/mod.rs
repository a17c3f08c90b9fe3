//! What the product costs, beside what it may cost. Times depend on the machine and are for reading; bytes, counts and
//! ratios do not, and the byte budget fails the checks.

mod bytes;
pub mod desk;
pub mod lighthouse;
mod lookup;
pub mod phone;
mod search;
pub mod store;
pub mod table;

use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use crate::frontend;
use crate::workspace::Workspace;
use table::Row;

#[derive(Args)]
pub struct Options {
    /// Parts to measure; all without any.
    parts: Vec<Part>,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Part {
    /// What the first visit weighs.
    Bytes,
    /// From a place to its answer, natively.
    Lookup,
    /// Repeat visit and steps in a slow phone's browser.
    Phone,
    /// The first visit as Lighthouse sees it on a slow phone.
    Lighthouse,
    /// Bookings and free times on both databases, also with a million bookings.
    Store,
    /// A board with 50,000 bookings in a browser, and 200 boards that are open at once.
    Desk,
    /// Stories found, natively, on a slow phone and beside another search.
    Search,
}

const ALL: [Part; 7] =
    [Part::Bytes, Part::Lookup, Part::Phone, Part::Lighthouse, Part::Store, Part::Desk, Part::Search];

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let chosen = if options.parts.is_empty() { ALL.to_vec() } else { options.parts.clone() };
    // What is measured by an example of its crate needs no app, which takes longer to build than to measure.
    if chosen.iter().any(|part| !matches!(part, Part::Store | Part::Search)) {
        frontend::build_app(workspace)?;
        frontend::build_desk(workspace)?;
        frontend::build_server(workspace)?;
    }
    let mut rows = Vec::new();
    for part in chosen {
        rows.extend(match part {
            Part::Bytes => bytes::measure(workspace)?,
            Part::Lookup => lookup::measure(workspace)?,
            Part::Phone => phone::measure(workspace)?,
            Part::Lighthouse => lighthouse::measure(workspace)?,
            Part::Store => store::measure(workspace)?,
            Part::Desk => desk::measure(workspace)?,
            Part::Search => search::measure(workspace)?,
        });
    }
    println!();
    table::print(&rows);
    Ok(if rows.iter().all(Row::is_kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// For the checks: the part of the table that is the same on every machine.
pub fn check_bytes(workspace: &Workspace) -> Result<()> {
    let rows = bytes::measure(workspace)?;
    table::print(&rows);
    ensure!(rows.iter().all(Row::is_kept), "the app weighs more than it may");
    Ok(())
}
