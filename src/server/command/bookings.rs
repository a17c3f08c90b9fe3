//! `tonari bookings`: a team's requests and what becomes of them.

use anyhow::Context;
use clap::Subcommand;
use domain::booking::Event;
use domain::booking::letter::Letter;
use domain::calendar::{Date, JstTime};

use super::hands::{self, Var};

#[derive(Subcommand)]
pub enum Command {
    /// A line for each booking of a team, without who she is.
    List {
        team: String,
        /// First day, like 2026-12-01; today if missing.
        #[arg(long)]
        from: Option<String>,
        /// Last day; two months later if missing.
        #[arg(long)]
        to: Option<String>,
        #[command(flatten)]
        var: Var,
    },
    /// Who she is; how it is safe to reach her comes first.
    Show(One),
    /// She is told that it stands.
    Confirm(One),
    /// She is told that it cannot be.
    Decline(One),
    /// Another time, which holds at once; she is told, and can cancel.
    Propose {
        #[command(flatten)]
        one: One,
        /// By the clock in Japan, like 2026-12-01T10:00.
        time: String,
    },
    Cancel(One),
    Attended(One),
    Absent(One),
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
        Command::List { team, from, to, var } => list(&team, from, to, &var),
        Command::Show(one) => show(&one),
        Command::Confirm(one) => decide(&one, Event::Confirm),
        Command::Decline(one) => decide(&one, Event::Decline),
        Command::Cancel(one) => decide(&one, Event::Cancel),
        Command::Attended(one) => decide(&one, Event::Attend),
        Command::Absent(one) => decide(&one, Event::Miss),
        Command::Propose { one, time } => {
            let start = hands::time(&time)?;
            let (bookings, runtime) = one.var.open()?;
            println!("{}", hands::line(&runtime.block_on(bookings.propose(&one.reference, start))?));
            Ok(())
        }
    }
}

fn list(team: &str, from: Option<String>, to: Option<String>, var: &Var) -> anyhow::Result<()> {
    let team = hands::team(team)?;
    let day =
        |text: String| Date::parse(&text).with_context(|| format!("{text:?} is not a day like 2026-12-01"));
    let (bookings, runtime) = var.open()?;
    let today = JstTime::from_unix_seconds((bookings.clock)()).date;
    let from = from.map(day).transpose()?.unwrap_or(today);
    let to = to.map(day).transpose()?.unwrap_or_else(|| from.plus_days(62));
    for booking in runtime.block_on(bookings.booked(&team, (from, to)))? {
        println!("{}", hands::line(&booking));
    }
    Ok(())
}

fn decide(one: &One, event: Event) -> anyhow::Result<()> {
    let (bookings, runtime) = one.var.open()?;
    println!("{}", hands::line(&runtime.block_on(bookings.decide(&one.reference, event))?));
    Ok(())
}

fn show(one: &One) -> anyhow::Result<()> {
    let (bookings, runtime) = one.var.open()?;
    let (booking, letter) = runtime.block_on(bookings.letter(&one.reference))?;
    println!("{}", hands::line(&booking));
    print!("{}", in_words(&letter));
    Ok(())
}

/// Safety first: whoever reads this line by line must have read it before a number can be dialled.
fn in_words(letter: &Letter) -> String {
    let contact = &letter.contact;
    let safety = &contact.safety;
    let channels: Vec<&str> = safety.channels.iter().map(|channel| channel.code()).collect();
    let yes = |on: bool| if on { "yes" } else { "no" };
    let topics: Vec<&str> = letter.topics.iter().map(|topic| topic.code()).collect();
    let fields = [
        ("safe channels", channels.join(", ")),
        ("safe hours", safety.hours.clone()),
        ("may leave a message", yes(safety.may_leave_message).to_owned()),
        ("neutral sender", yes(safety.discreet).to_owned()),
        ("name", contact.name.clone()),
        ("phone", contact.phone.clone()),
        ("mail", contact.mail.clone()),
        ("stage", letter.stage.map_or("", |stage| stage.code()).to_owned()),
        ("topics", topics.join(", ")),
        ("note", contact.note.clone()),
        ("consent", contact.consent.clone().unwrap_or_default()),
    ];
    // A line end in a note must not look like a field of its own, nor a control character reach the terminal.
    let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}: {}\n", plain(value))).collect()
}
