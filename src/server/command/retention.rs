//! `tonari retention`: what need not be kept any longer. Meant for a timer that runs it every night. What associations have
//! decided themselves the server obeys without it, too.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use domain::retention::{LEAST_DAYS, MOST_DAYS};
use tokio::sync::watch;

use super::erase;
use super::hands::{self, Var};
use crate::service::Bookings;
use crate::service::keeping::Retained;

/// How often the server looks by itself. Days are counted, so an hour more is nothing.
const LOOK: Duration = Duration::from_secs(3_600);

/// Erases bookings that ended longer ago than their association keeps them, or more than so many months ago where it has not
/// decided; forgets answers to requests older than 35 days, and removes pictures that no item has shown within 30 days.
/// With `--association` and `--days`, decides for one and erases nothing.
#[derive(clap::Args)]
pub struct Args {
    /// How long a booking is kept after it took place, where its association has not decided.
    #[arg(long, required_unless_present = "association")]
    months: Option<u32>,
    /// Decides for this one; shows what it has decided where no days are given.
    #[arg(long, conflicts_with = "months")]
    association: Option<String>,
    /// How long this association keeps a booking after it took place.
    #[arg(long, requires = "association")]
    days: Option<u32>,
    /// Only say what would go.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// As the database says, or bytes that could not be overwritten yet.
pub fn run(args: &Args) -> anyhow::Result<()> {
    if let Some(association) = &args.association {
        return decide(args, association);
    }
    let (pictures, runtime) = args.var.pictures()?;
    let pictures = runtime.block_on(pictures.forget_unused(args.dry_run))?;
    let (bookings, runtime) = args.var.open()?;
    let retained = runtime.block_on(bookings.retain(args.months, args.dry_run, &hands::who()))?;
    let Retained { erased, answers, scrubbed } = retained;
    let would = if args.dry_run { "would be " } else { "" };
    for booking in &erased {
        if !args.dry_run {
            erase::remove_mails(args.var.folder(), &booking.reference)?;
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

fn decide(args: &Args, association: &str) -> anyhow::Result<()> {
    let association = hands::association(association)?;
    let (bookings, runtime) = args.var.open()?;
    let broken = |_| anyhow::anyhow!("the database does not answer");
    if let Some(days) = args.days {
        if domain::retention::Retention::of(days).is_none() {
            bail!("an association keeps bookings from {LEAST_DAYS} to {MOST_DAYS} days");
        }
        let outlook = runtime.block_on(bookings.retention_outlook(&association, days)).map_err(broken)?;
        if !args.dry_run {
            let who = hands::who();
            let set = bookings.set_retention(&association, days, &who);
            if !runtime.block_on(set).map_err(broken)? {
                bail!("somebody decided at the same moment; look and decide again");
            }
        }
        println!("{} bookings go at the next look", outlook.bookings);
    }
    match runtime.block_on(bookings.retention(&association)).map_err(broken)?.days {
        Some(days) => println!("{} keeps bookings for {days} days", association.as_str()),
        None => println!("{} has not decided", association.as_str()),
    }
    Ok(())
}

/// The server's own clock, until told to stop.
pub async fn keep(bookings: Bookings, var: PathBuf, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(failure) = look(&bookings, &var).await {
            tracing::error!(%failure, "what was kept long enough cannot be erased");
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn look(bookings: &Bookings, var: &std::path::Path) -> anyhow::Result<()> {
    for booking in bookings.retain_as_decided().await.context("the store")? {
        erase::remove_mails(var, &booking.reference)?;
    }
    Ok(())
}
