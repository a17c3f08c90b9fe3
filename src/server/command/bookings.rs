//! `tonari bookings`: a team's requests and what becomes of them.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use domain::booking::letter::Letter;
use domain::booking::{Event, Status};
use domain::calendar::JstTime;
use serde_json::Value;

use super::hands::{self, Var};
use super::receive;

#[derive(Subcommand)]
pub enum Command {
    /// A line for each booking, without who she is.
    List(List),
    /// Who she is; how it is safe to reach her comes first.
    Show(One),
    /// She is told that it stands.
    Confirm(One),
    /// She is told that it cannot be.
    Decline {
        #[command(flatten)]
        one: One,
        /// In the team's words; she reads it where she looks at her booking, and in the mail. No names: it is not kept sealed.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Another time, which holds at once; she is told, and can cancel.
    Propose {
        #[command(flatten)]
        one: One,
        /// By the clock in Japan, like 2026-12-01T10:00.
        time: String,
    },
    /// Books what she saved as a file (書き出す) and handed over; twice, or sent by her phone as well, is one booking.
    Receive {
        file: PathBuf,
        #[command(flatten)]
        var: Var,
    },
    Cancel(One),
    Attended(One),
    Absent(One),
}

#[derive(clap::Args)]
pub struct List {
    /// Of all teams if none is named.
    team: Option<String>,
    /// First day, like 2026-12-01; today if missing.
    #[arg(long)]
    from: Option<String>,
    /// Last day; two months later if missing.
    #[arg(long)]
    to: Option<String>,
    /// Only these: pending, waiting, offered, confirmed, moved, declined, cancelled, expired, attended or absent.
    #[arg(long)]
    status: Option<String>,
    /// A JSON array.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    var: Var,
}

#[derive(clap::Args)]
pub struct One {
    /// The number she was given, like 7K3M-9QF2.
    reference: String,
    #[command(flatten)]
    var: Var,
}

/// # Errors
/// What cannot be done, as one line.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List(asked) => list(&asked),
        Command::Show(one) => show(&one),
        Command::Confirm(one) => decide(&one, Event::Confirm),
        Command::Decline { one, reason: None } => decide(&one, Event::Decline),
        Command::Decline { one, reason: Some(reason) } => {
            let (bookings, runtime) = one.var.open()?;
            println!(
                "{}",
                hands::line(&runtime.block_on(bookings.decline(&one.reference, &reason, &hands::who()))?)
            );
            Ok(())
        }
        Command::Receive { file, var } => receive::run(&file, &var),
        Command::Cancel(one) => decide(&one, Event::Cancel),
        Command::Attended(one) => decide(&one, Event::Attend),
        Command::Absent(one) => decide(&one, Event::Miss),
        Command::Propose { one, time } => {
            let start = hands::time(&time)?;
            let (bookings, runtime) = one.var.open()?;
            println!(
                "{}",
                hands::line(&runtime.block_on(bookings.propose(&one.reference, start, &hands::who()))?)
            );
            Ok(())
        }
    }
}

fn list(asked: &List) -> anyhow::Result<()> {
    let team = asked.team.as_deref().map(hands::team).transpose()?;
    let status = asked.status.as_deref().map(status).transpose()?;
    let (bookings, runtime) = asked.var.open()?;
    let today = JstTime::from_unix_seconds((bookings.clock)()).date;
    let from = asked.from.as_deref().map(hands::day).transpose()?.unwrap_or(today);
    let to = asked.to.as_deref().map(hands::day).transpose()?.unwrap_or_else(|| from.plus_days(62));
    let mut booked = runtime.block_on(bookings.booked(team.as_ref(), (from, to)))?;
    booked.retain(|booking| status.is_none_or(|status| booking.status == status));
    if asked.json {
        println!("{}", Value::Array(booked.iter().map(hands::json).collect()));
        return Ok(());
    }
    for booking in &booked {
        println!("{}", hands::line(booking));
    }
    Ok(())
}

fn status(code: &str) -> anyhow::Result<Status> {
    Status::parse(code)
        .filter(|status| !status.is_local())
        .with_context(|| format!("{code:?} is no state of a booking"))
}

fn decide(one: &One, event: Event) -> anyhow::Result<()> {
    let (bookings, runtime) = one.var.open()?;
    println!("{}", hands::line(&runtime.block_on(bookings.decide(&one.reference, event, &hands::who()))?));
    Ok(())
}

fn show(one: &One) -> anyhow::Result<()> {
    let (bookings, runtime) = one.var.open()?;
    let (booking, letter) = runtime.block_on(bookings.open_letter(&one.reference, &hands::who()))?;
    println!("{}", hands::line(&booking));
    print!("{}", in_words(&letter));
    Ok(())
}

fn in_words(letter: &Letter) -> String {
    let topics: Vec<&str> = letter.topics.iter().map(|topic| topic.code()).collect();
    let rest = [
        ("stage", letter.stage.map_or("", |stage| stage.code()).to_owned()),
        ("topics", topics.join(", ")),
        ("note", letter.contact.note.clone()),
        ("consent", letter.contact.consent.clone().unwrap_or_default()),
    ];
    ways(letter) + &lines(&rest)
}

/// Safety first: whoever reads this line by line must have read it before a number can be dialled.
pub(super) fn ways(letter: &Letter) -> String {
    let contact = &letter.contact;
    let safety = &contact.safety;
    let channels: Vec<&str> = safety.channels.iter().map(|channel| channel.code()).collect();
    let yes = |on: bool| if on { "yes" } else { "no" };
    lines(&[
        ("safe channels", channels.join(", ")),
        ("safe hours", safety.hours.clone()),
        ("may leave a message", yes(safety.may_leave_message).to_owned()),
        ("neutral sender", yes(safety.discreet).to_owned()),
        ("name", contact.name.clone()),
        ("phone", contact.phone.clone()),
        ("mail", contact.mail.clone()),
    ])
}

fn lines(fields: &[(&str, String)]) -> String {
    let plain =
        |text: &str| text.chars().map(|c| if rules_a_terminal(c) { ' ' } else { c }).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}: {}\n", plain(value))).collect()
}

/// A line end in a note must not look like a field of its own, no control character may reach the terminal, and a number has to
/// be read in the direction it is dialled.
fn rules_a_terminal(c: char) -> bool {
    let line_end = matches!(c, '\u{2028}' | '\u{2029}');
    let direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || line_end || direction
}
