//! `tonari keys`: the keys that open letters.

use anyhow::bail;
use clap::Subcommand;
use domain::calendar::to_rfc3339;

use super::hands::Var;
use crate::service::system_clock;
use crate::service::vault::Vault;

#[derive(Subcommand)]
pub enum Command {
    /// A line for each key: since when, whether phones are given it, and how many letters need it.
    List {
        #[command(flatten)]
        var: Var,
    },
    /// Make a new key for phones. The old ones go on opening; start the server anew to give the new one out.
    Rotate {
        #[command(flatten)]
        var: Var,
    },
    /// Take an old key away for ever: 60 days after the next one was made, when no letter needs it.
    Prune {
        /// As `list` shows it.
        id: String,
        #[command(flatten)]
        var: Var,
    },
}

/// # Errors
/// What cannot be done, as one line.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { var } => list(&var),
        Command::Rotate { var } => {
            // Only where there are keys: a folder without them is a wrong one.
            drop(var.open()?);
            let id = Vault::rotate(&var.keys(), system_clock()())?;
            println!("{id} is the newest key; start the server anew to give it to phones");
            println!("keep a copy of {} apart from the database", var.keys().display());
            Ok(())
        }
        Command::Prune { id, var } => prune(&id, &var),
    }
}

fn list(var: &Var) -> anyhow::Result<()> {
    let (bookings, runtime) = var.open()?;
    let in_use = runtime.block_on(bookings.keeping.keys_in_use())?;
    for kept in bookings.vault.seals() {
        let letters = in_use.iter().find(|(id, _)| *id == kept.id).map_or(0, |(_, letters)| *letters);
        let given = match kept.until {
            None => "given to phones".to_owned(),
            Some(until) => format!("given until {}", to_rfc3339(until)),
        };
        println!("{} made {} {given}, {letters} letters", kept.id, to_rfc3339(kept.made_at));
    }
    Ok(())
}

fn prune(id: &str, var: &Var) -> anyhow::Result<()> {
    let (bookings, runtime) = var.open()?;
    let in_use = runtime.block_on(bookings.keeping.keys_in_use())?;
    if let Some((_, letters)) = in_use.iter().find(|(used, _)| used == id) {
        bail!("{letters} letters can only be opened with the key {id}; it stays");
    }
    Vault::prune(&var.keys(), id, (bookings.clock)())?;
    println!("{id} is gone; copies of the keys of before still hold it");
    Ok(())
}
