//! `tonari embed`: whose pages may show an association's widget, beside those of its official site.

use anyhow::{Context, bail};
use clap::Subcommand;
use domain::association::AssociationId;
use domain::embed::Origin;

use super::hands::{self, Var};
use crate::service::hosts::allow;
use crate::service::system_clock;
use crate::store::hosts::Host;

#[derive(Subcommand)]
pub enum Command {
    /// From now on pages of this host may show the association's widget.
    Allow {
        /// An association, like shimane.
        association: String,
        /// Scheme and host of the page, like https://www.example.jp.
        host: String,
        #[command(flatten)]
        var: Var,
    },
    /// From now on they may not; the official site always may.
    Refuse {
        association: String,
        host: String,
        #[command(flatten)]
        var: Var,
    },
    /// What was allowed, a line each.
    List {
        /// All associations if missing.
        association: Option<String>,
        #[command(flatten)]
        var: Var,
    },
}

/// # Errors
/// The first thing that is wrong, as one line.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Allow { association, host, var } => {
            let host = meant(&association, &host)?;
            let (hosts, runtime) = var.hosts()?;
            let new = runtime.block_on(allow(&*hosts, host.clone(), (system_clock())()));
            let said = if new.with_context(|| association)? { "allowed" } else { "was allowed before" };
            println!("{}: {} {said}", host.association.as_str(), host.origin);
        }
        Command::Refuse { association, host, var } => {
            let host = meant(&association, &host)?;
            let (hosts, runtime) = var.hosts()?;
            if !runtime.block_on(hosts.refuse(host.clone()))? {
                bail!("{association}: {} was not allowed", host.origin);
            }
            println!("{association}: {} refused", host.origin);
        }
        Command::List { association, var } => {
            let wanted = association.as_deref().map(hands::association).transpose()?;
            let (hosts, runtime) = var.hosts()?;
            for host in runtime.block_on(hosts.hosts())? {
                if wanted.as_ref().is_none_or(|wanted| *wanted == host.association) {
                    println!("{} {}", host.association.as_str(), host.origin);
                }
            }
        }
    }
    Ok(())
}

fn meant(association: &str, host: &str) -> anyhow::Result<Host> {
    let association: AssociationId = hands::association(association)?;
    let origin = Origin::parse(host).with_context(|| format!("{host:?} is no host"))?;
    Ok(Host { association, origin })
}
