//! `tonari withdraw`: what was published shall be read no more.

use anyhow::{Context, bail};
use domain::content::ItemId;

use super::hands::Var;
use crate::service::system_clock;
use crate::store::content::{Change, Tally};

/// Its words go out of the database, its address answers that it was withdrawn, and phones drop it at their next look.
#[derive(clap::Args)]
pub struct Args {
    /// As it was published.
    id: String,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// An id that nothing was published under.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let id = ItemId::parse(&args.id).with_context(|| format!("{:?} is no id", args.id))?;
    let (contents, runtime) = args.var.contents()?;
    let tally = runtime.block_on(contents.change(Change::Withdraw(id), (system_clock())()))?;
    match tally {
        Tally { withdrawn: 1, .. } => println!("{}: withdrawn", args.id),
        Tally { already: 1, .. } => println!("{}: was withdrawn before", args.id),
        _ => bail!("nothing was published as {:?}", args.id),
    }
    Ok(())
}
