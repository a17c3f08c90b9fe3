//! `tonari slots`: when a team can be met.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;
use domain::api::ErrorCode;
use domain::association::AssociationId;
use domain::calendar::{Date, JstTime};
use domain::slot::{Kind, judge};

use super::hands::{self, Var};
use crate::service::availability::MOST_DAYS;
use crate::service::rules_file;

#[derive(Subcommand)]
pub enum Command {
    /// Take a team's times from a JSON file: weekly rules, closed and one-off days. Checked whole before anything changes.
    Import {
        /// An association with a women's team, like shimane.
        team: String,
        file: PathBuf,
        #[command(flatten)]
        var: Var,
    },
    /// The times founders see, a line each.
    Show {
        team: String,
        /// First day, like 2026-12-01; today if missing.
        #[arg(long)]
        from: Option<String>,
        /// Last day; thirty days later if missing.
        #[arg(long)]
        to: Option<String>,
        /// As the app is told them.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        var: Var,
    },
    /// Why a time is not offered.
    Why {
        team: String,
        /// By the clock in Japan, like 2026-12-01T10:00.
        time: String,
        /// visit, online or phone.
        #[arg(long, default_value = "visit")]
        kind: String,
        #[command(flatten)]
        var: Var,
    },
    /// The team's file, as it was imported.
    Export {
        team: String,
        #[command(flatten)]
        var: Var,
    },
}

/// # Errors
/// The first thing that is wrong, as one line.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Import { team, file, var } => import(&team, &file, &var),
        Command::Show { team, from, to, json, var } => show(&team, (from, to), json, &var),
        Command::Why { team, time, kind, var } => why(&team, &time, &kind, &var),
        Command::Export { team, var } => export(&team, &var),
    }
}

fn import(team: &str, file: &std::path::Path, var: &Var) -> anyhow::Result<()> {
    let team = hands::team(team)?;
    let name = file.display();
    let text = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
    // Before a folder is made.
    rules_file::read(&text).with_context(|| name.to_string())?;
    let (bookings, runtime) = var.open_or_make()?;
    let misfits = runtime.block_on(bookings.import(&team, &text)).with_context(|| name.to_string())?;
    println!("{}: the times of {name} hold from now on", team.as_str());
    for booking in misfits {
        println!("no longer offered, but booked and kept: {}", hands::line(&booking));
    }
    Ok(())
}

fn show(team: &str, days: (Option<String>, Option<String>), json: bool, var: &Var) -> anyhow::Result<()> {
    let team = hands::team(team)?;
    let day = |text: Option<String>| text.as_deref().map(hands::day).transpose();
    let days = (day(days.0)?, day(days.1)?);
    let (bookings, runtime) = var.open()?;
    let offer = match runtime.block_on(bookings.offer(team.clone(), days, None)) {
        Ok(offer) => offer,
        Err(refused) if refused.code == ErrorCode::NotFound => {
            bail!("{} takes no bookings here; import its times first", team.as_str())
        }
        Err(refused) if refused.code == ErrorCode::Malformed => {
            bail!("--to has to be --from or at most {MOST_DAYS} days later")
        }
        Err(refused) => bail!("the times cannot be told: {}", refused.code.code()),
    };
    if json {
        println!("{}", serde_json::to_string(&offer)?);
        return Ok(());
    }
    for time in offer.times {
        let start = domain::calendar::from_rfc3339(&time.start).unwrap_or_default();
        let kinds: Vec<&str> = time.kinds.iter().map(|kind| kind.code()).collect();
        println!("{} {} min {}", hands::clock(start), time.length, kinds.join(","));
    }
    Ok(())
}

fn why(team: &str, time: &str, kind: &str, var: &Var) -> anyhow::Result<()> {
    let team = hands::team(team)?;
    let start = hands::time(time)?;
    let kind = Kind::parse(kind).with_context(|| format!("{kind:?} is not visit, online or phone"))?;
    let (bookings, runtime) = var.open()?;
    let open = runtime.block_on(bookings.open(team.clone()));
    let Ok(open) = open else { bail!("{} takes no bookings here; import its times first", team.as_str()) };
    let date = JstTime::from_unix_seconds(start).date;
    let midnight = |date: Date| JstTime { date, minute: 0 }.unix_seconds();
    let (from, to) = (midnight(date), midnight(date.plus_days(1)));
    let taken = runtime.block_on(bookings.store.taken(team, from, to))?;
    match judge(&open.rules, &taken, start, kind, (bookings.clock)()) {
        Ok(slot) => println!("offered, {} minutes", slot.length),
        Err(why) => println!("closed: {}", reason(why)),
    }
    Ok(())
}

fn reason(why: domain::slot::WhyClosed) -> String {
    use domain::slot::WhyClosed as W;
    match why {
        W::TooSoon => "too little time is left before it".to_owned(),
        W::TooFar { from } => format!("it can be booked from {} on", from.to_text()),
        W::ClosedDay => "a closed day of the team".to_owned(),
        W::Holiday => "a holiday".to_owned(),
        W::YearEnd => "the year's end, 12-29 to 01-03".to_owned(),
        W::NoHours => "no hours on this day".to_owned(),
        W::OutsideHours => "outside the hours of this day".to_owned(),
        W::OtherKind => "these hours are for other kinds".to_owned(),
        W::NoStart => "nothing begins at this minute".to_owned(),
        W::DayFull => "as many consultations as the team takes in a day".to_owned(),
        W::Away => "everybody who could meet her is away".to_owned(),
        W::Taken => "every place is taken".to_owned(),
    }
}

fn export(team: &str, var: &Var) -> anyhow::Result<()> {
    let team: AssociationId = hands::team(team)?;
    let (bookings, runtime) = var.open()?;
    let opening = runtime.block_on(bookings.store.rules(team.clone()))?;
    let opening = opening.with_context(|| format!("{} takes no bookings here", team.as_str()))?;
    println!("{}", serde_json::to_string_pretty(&opening.rules)?);
    Ok(())
}
