//! A database with the store's own code around it, filled by the way everything moves from one into another.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;
use server::service::Bookings;
use server::service::vault::Vault;
use server::store::board::BoardStore;
use server::store::calls::CallStore;
use server::store::journal::Journal;
use server::store::keeping::Keeping;
use server::store::mail::MailStore;
use server::store::moving::Moving;
use server::store::postgres::PostgresStore;
use server::store::settings::SettingStore;
use server::store::sqlite::SqliteStore;
use server::store::{Booked, BookingStore, Postgres};
use tokio::sync::Notify;
use tokio_postgres::Config;

use crate::crowd::{Round, crowd};
use crate::row;
use crate::teams::{DAYS, NOW, TEAMS, Time, id, opening, today};

/// At the announcement of an event.
pub const FOUNDERS: usize = 64;
/// Who look at times at the same moment.
const READERS: usize = 8;

/// Rows of one transaction of the filling, as everything moves from one database into another, and transactions at once.
const CHUNK: usize = 500;
const FILLERS: usize = 4;
const FOREVER: Duration = Duration::MAX;

pub struct Database {
    pub bookings: Bookings,
    moving: Arc<dyn Moving>,
    watch: Watch,
}

/// Who sees which statements the database is given.
enum Watch {
    Sqlite { file: PathBuf, heard: Arc<Mutex<Vec<String>>> },
    Postgres(Box<Config>),
}

impl Database {
    pub fn sqlite(folder: &Path, name: &str) -> Result<Self> {
        let file = folder.join(name);
        let store = SqliteStore::open(&file)?;
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        store.overhear_readers(move |statement| {
            ear.lock().unwrap_or_else(PoisonError::into_inner).push(statement.to_owned());
        })?;
        Self::of(folder, store, Watch::Sqlite { file, heard })
    }

    pub async fn postgres(folder: &Path, config: Config) -> Result<Self> {
        let address = Postgres { config: config.clone(), encrypted: false, authority: None };
        let store = PostgresStore::open(&address).await?;
        Self::of(folder, store, Watch::Postgres(Box::new(config)))
    }

    fn of(
        folder: &Path,
        store: impl BookingStore + MailStore + Keeping + Moving + BoardStore + SettingStore + CallStore + Journal,
        watch: Watch,
    ) -> Result<Self> {
        let store = Arc::new(store);
        let bookings = Bookings {
            store: Arc::clone(&store) as _,
            mails: Arc::clone(&store) as _,
            keeping: Arc::clone(&store) as _,
            boards: Arc::clone(&store) as _,
            settings: Arc::clone(&store) as _,
            calls: Arc::clone(&store) as _,
            journal: Arc::clone(&store) as _,
            news: Arc::new(Notify::new()),
            vault: Arc::new(Vault::load_or_create(&folder.join("booking.keys"), NOW)?),
            clock: Arc::new(|| NOW),
        };
        Ok(Self { bookings, moving: store, watch })
    }

    /// These bookings, and rules for every team.
    pub async fn fill(&self, times: &[Time]) -> Result<()> {
        for team in 0..TEAMS {
            self.bookings.store.put_rules(id(team), opening(), NOW).await?;
        }
        let (moving, times) = (Arc::clone(&self.moving), Arc::<[Time]>::from(times));
        let chunks = times.len().div_ceil(CHUNK);
        crowd(FILLERS, FOREVER, chunks, move |chunk| {
            let (moving, times) = (Arc::clone(&moving), Arc::clone(&times));
            async move {
                let numbered = times.iter().enumerate().skip(chunk * CHUNK).take(CHUNK);
                let rows = numbered.map(|(number, time)| row::old(number, times.len(), *time)).collect();
                Ok(moving.put_rows(row::table(), Arc::new(rows)).await?)
            }
        })
        .await?;
        self.moving.settle().await?;
        if let Watch::Postgres(config) = &self.watch {
            // It would do so by itself, at a moment of its own.
            cluster::connect(config).await.batch_execute("VACUUM ANALYZE").await?;
        }
        Ok(())
    }

    /// What a team offers, of one team after the other.
    pub async fn offer_for(&self, limit: Duration) -> Result<Round> {
        let bookings = self.bookings.clone();
        crowd(READERS, limit, usize::MAX, move |number| offer(bookings.clone(), number % TEAMS)).await
    }

    /// Each founder at a free time of her own.
    pub async fn book_for(&self, limit: Duration, turn: usize, free: &[Time]) -> Result<Round> {
        let (store, free) = (Arc::clone(&self.bookings.store), Arc::<[Time]>::from(free));
        let rules = Arc::new(opening().rules.parse()?);
        let first = (turn + 1) * 10_000_000;
        crowd(FOUNDERS, limit, free.len(), move |number| {
            let request = row::request(first + number, free[number], &rules);
            let store = Arc::clone(&store);
            async move {
                let booked = store.book(request).await?;
                ensure!(matches!(booked, Booked::Taken { .. }), "a free time was refused: {booked:?}");
                Ok(())
            }
        })
        .await
    }

    /// How many the database was really given, and, where it tells, that none of them goes through a whole table.
    pub async fn statements_of_an_offer(&self) -> Result<u64> {
        match &self.watch {
            Watch::Sqlite { file, heard } => {
                let heard = || heard.lock().unwrap_or_else(PoisonError::into_inner);
                heard().clear();
                offer(self.bookings.clone(), 7).await?;
                let statements = heard().clone();
                let plan = plan(file, &statements)?;
                ensure!(!plan.contains("SCAN") && plan.contains("INDEX bookings_of_team"), "{plan}");
                Ok(statements.len() as u64)
            }
            Watch::Postgres(config) => {
                let client = cluster::connect(config).await;
                let begin =
                    "CREATE EXTENSION IF NOT EXISTS pg_stat_statements; SELECT pg_stat_statements_reset()";
                client.batch_execute(begin).await?;
                offer(self.bookings.clone(), 7).await?;
                let count = "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
                             WHERE query NOT LIKE '%pg_stat_statements%'";
                Ok(client.query_one(count, &[]).await?.try_get::<_, i64>(0)?.cast_unsigned())
            }
        }
    }
}

async fn offer(bookings: Bookings, team: usize) -> Result<()> {
    let days = (Some(today()), Some(today().plus_days(DAYS.into())));
    let offer = bookings.offer(id(team), days, None).await;
    let offer = offer.ok().context("a team's times cannot be told")?;
    ensure!(offer.times.len() > 50, "only {} times are free", offer.times.len());
    Ok(())
}

fn plan(file: &Path, statements: &[String]) -> Result<String> {
    let connection = Connection::open(file)?;
    let mut plan = Vec::new();
    for statement in statements {
        let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}"))?;
        let mut rows = explain.raw_query();
        while let Some(row) = rows.next()? {
            plan.push(row.get::<_, String>("detail")?);
        }
    }
    Ok(plan.join("\n"))
}
