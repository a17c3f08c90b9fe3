//! Two commands on a fresh machine, `serve` and `test`, and what stands around them.
//! It starts and builds the other crates and imports none, so that it compiles before they do.

mod advisories;
mod bench;
mod defences;
mod frontend;
mod fuzz;
mod icons;
mod loads;
mod lock;
mod process;
mod running;
mod sbom;
mod screenshots;
mod security;
mod serve;
mod slim;
mod static_edition;
mod style;
mod test;
mod tokens;
mod tools;
mod trust;
mod workspace;
// Looks, and does nothing.
#[cfg(test)]
mod yanked;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use workspace::Workspace;

/// Builds, serves and tests Tonari. Missing tools are installed, each announced with its reason.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the app and the server and start them on this machine.
    Serve(serve::Options),
    /// Put what needs no server of ours into a folder, for hosts that only keep files.
    Dist(static_edition::Options),
    /// Run every check, or the parts that are named.
    Test(test::Options),
    /// Measure bytes and times; print each beside its budget.
    Bench(bench::Options),
    /// Show by long runs what is promised; each leaves a record in docs/trust/. Without parts: what there is.
    Trust(trust::Options),
    /// Take each defence against a fault out of a copy and see its case go red.
    Defences(defences::Options),
    /// Give every reader what nobody would write, for as long as you like.
    Fuzz(fuzz::Options),
    /// Photograph every screen of the real product into docs/screenshots/.
    Screenshots,
    /// Draw the bitmap icons anew from public/icons/icon.svg.
    Icons,
    /// Print the parts of others in what is released (CycloneDX).
    Sbom(sbom::Options),
    /// Take from a checkout of RustSec's database what is known against the parts of others.
    Advisories(advisories::Options),
    /// Write the table of the verification standard anew from docs/security/asvs.txt.
    Security,
    /// Join the style sheets into one file (called by trunk before each build).
    Style,
    /// Take comments and long names out of a finished build (called by trunk after each build).
    Slim,
    /// Take the Digital Agency's scales in use from their package into style/dads.css.
    Tokens,
    /// Make the tables in public/data anew from registry packages.
    Data,
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match task {
        Task::Serve(options) => serve::run(&workspace, &options),
        Task::Dist(options) => static_edition::run(&workspace, &options),
        Task::Test(options) => test::run(&workspace, &options),
        Task::Bench(options) => bench::run(&workspace, &options),
        Task::Trust(options) => trust::run(&workspace, &options),
        Task::Defences(options) => defences::run(&workspace, &options),
        Task::Fuzz(options) => fuzz::run(&workspace, &options),
        Task::Screenshots => screenshots::run(&workspace),
        Task::Sbom(options) => sbom::run(&workspace, &options),
        Task::Advisories(options) => advisories::run(&workspace, &options),
        Task::Security => security::run(&workspace),
        Task::Icons => icons::run(&workspace).map(|()| ExitCode::SUCCESS),
        Task::Style => style::run(&workspace).map(|()| ExitCode::SUCCESS),
        Task::Slim => slim::run().map(|()| ExitCode::SUCCESS),
        Task::Tokens => tokens::run(&workspace).map(|()| ExitCode::SUCCESS),
        Task::Data => xtask::data_command(workspace.root()),
    }
}
