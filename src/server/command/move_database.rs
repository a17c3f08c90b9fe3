//! `tonari move-database`: everything from one database into another, when one server is not enough any more, or too many.

use anyhow::{Context, bail};
use tokio::runtime::Runtime;

use super::check;
use super::hands::Var;
use crate::config::BadConfig;
use crate::service::system_clock;
use crate::store::moving::copy;
use crate::store::{self, Address};

use super::serve;

/// Stop the server first. Everything is copied, read again in both and compared; nothing is changed where it came from.
#[derive(clap::Args)]
pub struct Args {
    /// Where to, like TONARI_DATABASE_URL; it has to be empty. Better given as a variable, which nobody else can see.
    #[arg(long, env = "TONARI_MOVE_TO", hide_env_values = true)]
    to: String,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// A database that cannot be used or is not empty, or what is not the same in both.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let from = args.var.address()?;
    let to = Address::of(Some(args.to.as_str()), args.var.folder()).map_err(BadConfig::Database)?;
    if args.to.is_empty() || same_file(&from, &to) {
        bail!("--to (TONARI_MOVE_TO) has to be another database than the one it comes from");
    }
    drop(args.var.open()?);
    let runtime = Runtime::new().context("the async runtime does not start")?;
    let counts = runtime.block_on(async {
        let source = store::open(&from).await.with_context(|| format!("cannot use {from}"))?;
        let target = store::open(&to).await.with_context(|| format!("cannot use {to}"))?;
        anyhow::Ok(copy(&*source.moving, &*target.moving).await?)
    })?;
    for (table, rows) in counts {
        println!("{table} {rows}");
    }
    let bookings = runtime.block_on(serve::open(args.var.folder(), &to, system_clock()))?.bookings;
    check::print(&bookings, &runtime)?;
    println!(
        "everything is in {to} and the same; start the server with it, and keep the keys where they are"
    );
    Ok(())
}

fn same_file(from: &Address, to: &Address) -> bool {
    match (from, to) {
        (Address::Sqlite(from), Address::Sqlite(to)) => match (from.canonicalize(), to.canonicalize()) {
            (Ok(from), Ok(to)) => from == to,
            _ => from == to,
        },
        _ => false,
    }
}
