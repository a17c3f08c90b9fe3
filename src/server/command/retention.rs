//! `tonari retention`: what need not be kept any longer. Meant for a timer that runs it every night.

use anyhow::bail;

use super::erase;
use super::hands::{self, Var};
use crate::service::keeping::Retained;

/// Erases bookings that ended more than so many months ago, forgets answers to requests older than 35 days, and removes
/// pictures that no item has shown within 30 days.
#[derive(clap::Args)]
pub struct Args {
    /// How long a booking is kept after it took place.
    #[arg(long)]
    months: u32,
    /// Only say what would go.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// As the database says, or bytes that could not be overwritten yet.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (pictures, runtime) = args.var.pictures()?;
    let pictures = runtime.block_on(pictures.forget_unused(args.dry_run))?;
    let (bookings, runtime) = args.var.open()?;
    let retained = runtime.block_on(bookings.retain(args.months, args.dry_run, &hands::who()))?;
    let Retained { erased, answers, scrubbed } = retained;
    let would = if args.dry_run { "would be " } else { "" };
    for booking in &erased {
        if !args.dry_run {
            erase::remove_mails(&args.var, &booking.reference)?;
        }
        println!("{would}erased: {}", hands::line(booking));
    }
    println!(
        "{} bookings {would}erased, {answers} old answers {would}forgotten, {pictures} pictures that nothing shows {would}removed",
        erased.len()
    );
    if !scrubbed {
        bail!("their bytes are still in the database's log, because somebody reads it; run it again");
    }
    Ok(())
}
