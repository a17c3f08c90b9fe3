//! `tonari check`: whether the database holds what the program believes of it.

use anyhow::{Context, bail};
use tokio::runtime::Runtime;

use super::hands::Var;
use crate::service::Bookings;
use crate::store::Address;
use crate::store::sqlite::SqliteStore;

/// Integrity, references, places held and bookings that hold them, overlaps, and a key for every letter. A server may run
/// meanwhile.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// Anything that was found; each finding is a line on standard output.
pub fn run(args: &Args) -> anyhow::Result<()> {
    // Opening it would bring it to the newest schema.
    if let Address::Sqlite(file) = args.var.address()?
        && file.exists()
        && !SqliteStore::is_current(&file).with_context(|| file.display().to_string())?
    {
        println!(
            "schema: of another version than this program's; the same one's `tonari serve` brings it up"
        );
        bail!("1 finding");
    }
    let (bookings, runtime) = args.var.open()?;
    print(&bookings, &runtime)
}

/// The findings, or that there are none.
pub fn print(bookings: &Bookings, runtime: &Runtime) -> anyhow::Result<()> {
    let findings = runtime.block_on(bookings.findings())?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("nothing is wrong"),
        1 => bail!("1 finding"),
        many => bail!("{many} findings"),
    }
    Ok(())
}
