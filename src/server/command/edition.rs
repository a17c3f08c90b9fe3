//! `tonari edition`: look at an edition before it is published.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;

use domain::directory::Edition;

#[derive(Subcommand)]
pub enum Command {
    /// Say whether a file could be published, by the checks the server makes at its start.
    Check {
        /// The edition, as it would lie in the server's folder.
        file: PathBuf,
    },
}

/// # Errors
/// The first thing that is wrong with the file, as one line.
pub fn run(command: Command) -> anyhow::Result<()> {
    let Command::Check { file } = command;
    let name = file.display();
    let bytes = std::fs::read(&file).with_context(|| format!("cannot read {name}"))?;
    let edition = Edition::parse(&bytes).with_context(|| format!("{name} cannot be published"))?;
    let teams = edition.associations.iter().filter(|association| association.team.is_some()).count();
    println!(
        "edition {} of {}: {} associations, {teams} women's teams, {} sources",
        edition.number,
        edition.issued,
        edition.associations.len(),
        edition.sources.len(),
    );
    Ok(())
}
