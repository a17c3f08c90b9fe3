//! `tonari members`: who works at the desk, and who does not any more.

use clap::Subcommand;
use domain::staff::Role;

use super::hands::{self, Var};
use super::invite::{line, role};
use crate::service::staff::colleagues::Actor;
use crate::store::staff::Change;

#[derive(Subcommand)]
pub enum Command {
    /// Number, association, role and name of each.
    List {
        /// All associations if missing.
        #[arg(long)]
        association: Option<String>,
        #[command(flatten)]
        var: Var,
    },
    /// Ends her sessions at once; she cannot come back.
    Disable {
        /// Her number, as in the list.
        member: i64,
        #[command(flatten)]
        var: Var,
    },
    /// She can come back, with the passkeys she had.
    Enable {
        member: i64,
        #[command(flatten)]
        var: Var,
    },
    /// Another role within her association.
    Role {
        member: i64,
        /// member or lead.
        #[arg(value_parser = role)]
        role: Role,
        #[command(flatten)]
        var: Var,
    },
}

/// # Errors
/// The first thing that is wrong, as one line.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { association, var } => {
            let wanted = association.as_deref().map(hands::association).transpose()?;
            let (desk, runtime) = var.desk()?;
            for member in runtime.block_on(desk.store.members())? {
                if wanted.is_none() || member.association == wanted {
                    println!("{}", line(&member));
                }
            }
            Ok(())
        }
        Command::Disable { member, var } => change(&var, member, Change::Disable),
        Command::Enable { member, var } => change(&var, member, Change::Enable),
        Command::Role { member, role, var } => change(&var, member, Change::Role(role)),
    }
}

fn change(var: &Var, id: i64, change: Change) -> anyhow::Result<()> {
    let (desk, runtime) = var.desk()?;
    let who = hands::who();
    println!("{}", line(&runtime.block_on(desk.change(Actor::Hands(&who), id, change))?));
    Ok(())
}
