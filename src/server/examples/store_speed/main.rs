//! What a booking and a team's free times cost, on both databases, with two months of bookings and with a million:
//! `cargo run --release -p server --example store_speed`, or of one database with `-- sqlite`. A line
//! `bench <database> <figure> <number>` for each.
//!
//! Times are the machine's. What holds on every machine is measured against something else in the same minute, turn by
//! turn: a booking against a bare insert, a large database against a small one.

mod bare;
mod crowd;
mod database;
mod row;
mod teams;

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use bare::Bare;
use crowd::{Round, median};
use database::Database;
use teams::Times;

/// Bookings of the large database, past and coming.
const MANY: usize = 1_000_000;

/// Turns of each contestant, so that whatever else the machine does falls on all of them.
const TURNS: usize = 5;
const TURN: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let named = std::env::args().nth(1);
    let wanted = |name: &str| named.as_deref().is_none_or(|named| named == name);
    if wanted("sqlite") {
        let (few, many) = (Database::sqlite(folder, "few.db")?, Database::sqlite(folder, "many.db")?);
        compare("sqlite", &few, Some(&many), &Bare::sqlite(&folder.join("bare.db"))?).await?;
    }
    if wanted("postgres") {
        let cluster = cluster::Cluster::start().map_err(anyhow::Error::msg)?;
        let few = Database::postgres(folder, cluster.database().await).await?;
        // Row by row over a socket a million takes minutes, so only where this database alone was asked for.
        let many = match named {
            Some(_) => Some(Database::postgres(folder, cluster.database().await).await?),
            None => None,
        };
        compare("postgres", &few, many.as_ref(), &Bare::postgres(&cluster.database().await).await?).await?;
    }
    Ok(())
}

/// Turn by turn.
#[derive(Default)]
struct Turns {
    few: Vec<Round>,
    many: Vec<Round>,
    bare: Vec<Round>,
}

async fn compare(name: &str, few: &Database, many: Option<&Database>, bare: &Bare) -> Result<()> {
    let times = Times::ahead();
    let started = Instant::now();
    few.fill(&times.taken).await?;
    if let Some(many) = many {
        many.fill(&[Times::past(MANY - times.taken.len()), times.taken.clone()].concat()).await?;
    }
    eprintln!("{name}: filled in {:.0} s", started.elapsed().as_secs_f64());

    let tell = |figure: &str, number: f64| println!("bench {name} {figure} {number:.3}");
    tell("offer_statements", many.unwrap_or(few).statements_of_an_offer().await? as f64);
    let mut turns = Turns::default();
    for _ in 0..TURNS {
        turns.few.push(few.offer_for(TURN).await?);
        if let Some(many) = many {
            turns.many.push(many.offer_for(TURN).await?);
        }
    }
    turns.tell(&tell, "offers");
    let mut turns = Turns::default();
    for (turn, free) in times.free.chunks(times.free.len() / TURNS).take(TURNS).enumerate() {
        turns.few.push(few.book_for(TURN, turn, free).await?);
        if let Some(many) = many {
            turns.many.push(many.book_for(TURN, turn, free).await?);
        }
        turns.bare.push(bare.insert_for(TURN).await?);
    }
    turns.tell(&tell, "bookings");
    // Of the small one: to look through a million takes longer than everything else here.
    let findings = few.bookings.keeping.findings().await?;
    ensure!(findings.is_empty(), "{name}: {}", findings.join("; "));
    Ok(())
}

impl Turns {
    fn tell(&self, tell: &impl Fn(&str, f64), what: &str) {
        let contestants = [("", &self.few), ("_many", &self.many), ("_bare", &self.bare)];
        for (suffix, turns) in contestants.into_iter().filter(|(_, turns)| !turns.is_empty()) {
            let figure = |of: &str| format!("{what}{suffix}_{of}");
            tell(&figure("per_second"), median(turns.iter().map(Round::per_second)));
            tell(&figure("p50"), median(turns.iter().map(|turn| turn.percentile(50))));
            tell(&figure("p99"), median(turns.iter().map(|turn| turn.percentile(99))));
        }
        if !self.many.is_empty() {
            tell(&format!("{what}_many_by_few"), ratio(&self.many, &self.few));
        }
        if !self.bare.is_empty() {
            tell(&format!("{what}_by_bare"), ratio(&self.few, &self.bare));
        }
    }
}

/// How many times as many a second, turn by turn.
fn ratio(some: &[Round], other: &[Round]) -> f64 {
    median(some.iter().zip(other).map(|(some, other)| some.per_second() / other.per_second()))
}
