//! `tonari restore`: a backup in the database's place.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::hands::Var;
use super::{check, erase};
use crate::service::system_clock;
use crate::store::sqlite::backup;

/// It is checked first, and what was erased since it was made is erased again. Never done while a server runs.
/// A PostgreSQL database is restored with `pg_restore`, and then `tonari erase --again`.
#[derive(clap::Args)]
pub struct Args {
    /// As `tonari backup` wrote it.
    file: PathBuf,
    /// Also where there is a database, which is kept beside the new one.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// A backup that cannot be used, a database that is in the way, or keys that are missing.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (name, keys) = (args.file.display(), args.var.keys());
    let database = args.var.file("pg_restore, and then `tonari erase --again`")?;
    if !keys.exists() {
        bail!("{} is missing; put it back first, without it no letter can be opened", keys.display());
    }
    if database.exists() && !args.force {
        bail!("there is a database in {}; --force puts the backup in its place", database.display());
    }
    let before = backup::restore(&args.file, &database, system_clock()()).context("nothing was restored")?;
    println!("{} is as in {name}", database.display());
    if let Some(before) = before {
        println!("what was there is {}; delete it when all is well", before.display());
    }
    let (bookings, runtime) = args.var.open()?;
    let erased = runtime.block_on(bookings.erase_again(erase::erased_before(&args.var)?))?;
    if erased > 0 {
        println!("{erased} bookings that were erased since then are erased again");
    }
    println!("bookings of before the last `tonari retention` are in it; run that again");
    check::print(&bookings, &runtime)
}
