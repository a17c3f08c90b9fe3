//! `tonari disclose`: what is kept about one booking, for her who asks.

use super::hands::{self, Var};

/// Everything, her letter included, as JSON. Where her mails went is not known to the database; ask the mail server.
#[derive(clap::Args)]
pub struct Args {
    /// The number she was given, like 7K3M-9QF2.
    reference: String,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// A number nobody has.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (bookings, runtime) = args.var.open()?;
    let kept = runtime.block_on(bookings.disclose(&args.reference, &hands::who()))?;
    println!("{}", serde_json::to_string_pretty(&kept)?);
    Ok(())
}
