//! The store for many servers: one PostgreSQL, as many instances of the program as are needed.
//!
//! Every change is one transaction of one connection, done again when the database asks for it (`again`). Nothing is
//! waited for without end: not a connection, not the team's line, not a statement.

mod again;
mod board;
mod booking;
mod calls;
mod content;
mod drafts;
mod encryption;
#[cfg(test)]
mod encryption_tests;
mod facts;
mod hosts;
mod joining;
mod journal;
mod keeping;
mod leaks;
mod mail;
mod members;
mod moving;
mod pictures;
mod report;
mod rules;
mod schema;
mod sessions;
mod settings;
mod staff;
mod subjects;
#[cfg(test)]
mod tests;
mod waiting;

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use deadpool_postgres::{Client, Manager, Pool, PoolError, Runtime, TimeoutType, Timeouts, Transaction};
use domain::association::AssociationId;
use domain::booking::{Event, Wish};
use domain::slot::{Rules, Taken};
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::{IsolationLevel, NoTls};

use super::journal::Entry;
use super::keeping::{Concerned, Everything, Keeping, Leak};
use super::mail::{Backlog, Due, MailStore, Outcome, Sealed};
use super::moving::{Cell, Moving, Row, Table};
use super::{
    Answering, Booked, Booking, BookingStore, Changed, NewBooking, Opening, Postgres, StoreError, TokenHash,
};
use again::{Failure, again};

/// Of one server's program. More would wait for each other on a database of a few cores, and its own limit is 100.
const CONNECTIONS: usize = 16;
/// Of each connection, in milliseconds: for the line, for a statement, and for a program that died in the middle.
const LIMITS: &str =
    "-c lock_timeout=5000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=10000";

/// How long something may take before we do without it.
#[derive(Clone, Copy)]
struct Patience {
    /// For a connection of ours to come free.
    turn: Duration,
    /// For a database that restarts, and for a new connection.
    restart: Duration,
    /// For a whole change. Longer than the database's own limits, so it ends only where nothing is said at all.
    answer: Duration,
}

const PATIENCE: Patience = Patience {
    turn: Duration::from_secs(30),
    restart: Duration::from_secs(5),
    answer: Duration::from_secs(15),
};
const LOOK_AGAIN: Duration = Duration::from_millis(50);

pub struct PostgresStore {
    pool: Pool,
    patience: Patience,
}

type Doing<'t, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 't>>;

impl PostgresStore {
    /// Connects and brings the database to the newest schema.
    ///
    /// # Errors
    /// A database that cannot be reached, is of a newer version, or cannot promise what we promise.
    pub async fn open(address: &Postgres) -> Result<Self, StoreError> {
        let mut config = address.config.clone();
        config.connect_timeout(PATIENCE.restart).application_name("tonari");
        config.options(format!("{} {LIMITS}", config.get_options().unwrap_or_default()));
        let manager = if address.encrypted {
            config.ssl_mode(SslMode::Require);
            Manager::new(config, encryption::connector(address.authority.as_deref())?)
        } else {
            Manager::new(config, NoTls)
        };
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| StoreError::Broken(error.to_string()))?;
        let store = Self { pool, patience: PATIENCE };
        let mut client = store.connection().await.map_err(|failure| match failure {
            Failure::Lost(why) | Failure::Refused(why) => StoreError::Broken(why),
            Failure::Final(error) => error,
        })?;
        schema::prepare(&mut client).await?;
        drop(client);
        Ok(store)
    }

    /// A connection that works, also through a restart of the database.
    async fn connection(&self) -> Result<Client, Failure> {
        let Patience { turn, restart, .. } = self.patience;
        let limits = Timeouts { wait: Some(turn), create: Some(restart), recycle: Some(restart) };
        let started = Instant::now();
        loop {
            let failure = match self.pool.timeout_get(&limits).await {
                Ok(client) => return Ok(client),
                Err(PoolError::Backend(error)) => Failure::from(error),
                Err(PoolError::Timeout(TimeoutType::Create | TimeoutType::Recycle)) => silence(),
                Err(_) => StoreError::Busy.into(),
            };
            if !matches!(failure, Failure::Lost(_)) || started.elapsed() >= restart {
                return Err(failure);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// What comes of the work, unless nothing comes at all.
    async fn awaited<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        timeout(self.patience.answer, work).await.unwrap_or_else(|_| Err(silence()))
    }

    /// Nobody else shall wait for a lost connection. Its idle neighbours are most likely lost, too, and nobody has
    /// noticed yet.
    fn part_from<T>(&self, client: Client, outcome: Result<T, Failure>) -> Result<T, Failure> {
        if matches!(outcome, Err(Failure::Lost(_))) {
            drop(Client::take(client));
            self.pool.retain(|_, _| false);
        }
        outcome
    }

    fn change<'s, T: Send + 's>(
        &'s self,
        change: impl for<'t> Fn(&'t Transaction<'t>) -> Doing<'t, T> + Send + Sync + 's,
    ) -> Answering<'s, T> {
        Box::pin(async move { again(|| self.change_once(&change)).await })
    }

    async fn change_once<T>(
        &self,
        change: &(impl for<'t> Fn(&'t Transaction<'t>) -> Doing<'t, T> + Sync),
    ) -> Result<T, Failure> {
        let mut client = self.connection().await?;
        let outcome = self.awaited(transact(&mut client, change)).await;
        self.part_from(client, outcome)
    }

    fn read<'s, T: Send + 's>(
        &'s self,
        read: impl for<'c> Fn(&'c Client) -> Doing<'c, T> + Send + Sync + 's,
    ) -> Answering<'s, T> {
        Box::pin(async move { again(|| self.read_once(&read)).await })
    }

    async fn read_once<T>(
        &self,
        read: &(impl for<'c> Fn(&'c Client) -> Doing<'c, T> + Sync),
    ) -> Result<T, Failure> {
        let client = self.connection().await?;
        let outcome = self.awaited(read(&client)).await;
        self.part_from(client, outcome)
    }
}

async fn transact<T>(
    client: &mut Client,
    change: &(impl for<'t> Fn(&'t Transaction<'t>) -> Doing<'t, T> + Sync),
) -> Result<T, Failure> {
    let transaction =
        client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    let outcome = change(&transaction).await?;
    transaction.commit().await?;
    Ok(outcome)
}

fn silence() -> Failure {
    Failure::Lost("the database does not answer".to_owned())
}

impl BookingStore for PostgresStore {
    fn book(&self, new: NewBooking) -> Answering<'_, Booked> {
        let new = Arc::new(new);
        self.change(move |transaction| {
            let new = Arc::clone(&new);
            Box::pin(async move { booking::book(transaction, &new).await })
        })
    }

    fn find(&self, token: TokenHash) -> Answering<'_, Option<Booking>> {
        self.read(move |client| Box::pin(async move { booking::find(client, &token).await }))
    }

    fn happen(&self, token: TokenHash, event: Event, now: i64) -> Answering<'_, Changed> {
        self.change(move |transaction| {
            Box::pin(async move { booking::happen(transaction, &token, event, now).await })
        })
    }

    fn sweep(&self, now: i64) -> Answering<'_, u32> {
        self.change(move |transaction| Box::pin(waiting::sweep(transaction, now)))
    }

    fn move_to(&self, token: TokenHash, wish: Wish, rules: Arc<Rules>, now: i64) -> Answering<'_, Changed> {
        self.change(move |transaction| {
            let rules = Arc::clone(&rules);
            Box::pin(async move { booking::move_to(transaction, &token, wish, &rules, now).await })
        })
    }

    fn rules(&self, team: AssociationId) -> Answering<'_, Option<Opening>> {
        let team = Arc::new(team);
        self.read(move |client| {
            let team = Arc::clone(&team);
            Box::pin(async move { rules::find(client, &team).await })
        })
    }

    fn put_rules(&self, team: AssociationId, opening: Opening, now: i64) -> Answering<'_, ()> {
        let given = Arc::new((team, opening));
        self.change(move |transaction| {
            let given = Arc::clone(&given);
            Box::pin(async move { rules::put(transaction, &given.0, &given.1, now).await })
        })
    }

    fn bookable(&self) -> Answering<'_, Vec<AssociationId>> {
        self.read(|client| Box::pin(rules::teams(client)))
    }

    fn of_team(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Booking>> {
        let team = Arc::new(team);
        self.read(move |client| {
            let team = Arc::clone(&team);
            Box::pin(async move { booking::of_team(client, &team, from, to).await })
        })
    }

    fn taken(&self, team: AssociationId, from: i64, to: i64) -> Answering<'_, Vec<Taken>> {
        let team = Arc::new(team);
        self.read(move |client| {
            let team = Arc::clone(&team);
            Box::pin(async move { booking::taken(client, &team, from, to).await })
        })
    }
}

impl MailStore for PostgresStore {
    fn due(&self, now: i64, most: usize) -> Answering<'_, Vec<Due>> {
        self.change(move |transaction| Box::pin(mail::due(transaction, now, most)))
    }

    fn ended(&self, mail: i64, outcome: Outcome) -> Answering<'_, ()> {
        self.change(move |transaction| Box::pin(mail::ended(transaction, mail, outcome)))
    }

    fn again(&self, mail: i64, at: i64) -> Answering<'_, ()> {
        self.change(move |transaction| Box::pin(mail::again(transaction, mail, at)))
    }

    fn backlog(&self, now: i64) -> Answering<'_, Backlog> {
        self.read(move |client| Box::pin(mail::backlog(client, now)))
    }

    fn sealed(&self, booking: i64) -> Answering<'_, Option<Sealed>> {
        self.read(move |client| Box::pin(mail::sealed(client, booking)))
    }
}

impl Moving for PostgresStore {
    fn rows(&self, table: &'static Table, after: Option<Cell>, most: u32) -> Answering<'_, Vec<Row>> {
        let after = Arc::new(after);
        self.read(move |client| {
            let after = Arc::clone(&after);
            Box::pin(async move { moving::rows(client, table, after.as_ref().as_ref(), most).await })
        })
    }

    fn put_rows(&self, table: &'static Table, rows: Arc<Vec<Row>>) -> Answering<'_, ()> {
        self.change(move |transaction| {
            let rows = Arc::clone(&rows);
            Box::pin(async move { moving::put(transaction, table, &rows).await })
        })
    }

    fn settle(&self) -> Answering<'_, ()> {
        self.change(|transaction| Box::pin(moving::settle(transaction)))
    }
}

impl Keeping for PostgresStore {
    fn reason(&self, booking: i64) -> Answering<'_, Option<String>> {
        self.read(move |client| Box::pin(keeping::reason(client, booking)))
    }

    fn looked(&self, booking: i64, entry: Entry) -> Answering<'_, ()> {
        let entry = Arc::new(entry);
        self.change(move |transaction| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { keeping::looked(transaction, booking, &entry).await })
        })
    }

    fn everything(&self, booking: i64) -> Answering<'_, Option<Everything>> {
        self.read(move |client| Box::pin(keeping::everything(client, booking)))
    }

    fn erase(&self, booking: i64, now: i64) -> Answering<'_, ()> {
        self.change(move |transaction| Box::pin(keeping::erase(transaction, booking, now)))
    }

    fn ended_before(&self, moment: i64) -> Answering<'_, Vec<Booking>> {
        self.read(move |client| Box::pin(keeping::ended_before(client, moment)))
    }

    fn forget_answers(&self, before: i64, only_count: bool) -> Answering<'_, u32> {
        self.change(move |transaction| Box::pin(keeping::forget_answers(transaction, before, only_count)))
    }

    fn scrub(&self) -> Answering<'_, bool> {
        self.read(|client| Box::pin(keeping::scrub(client)))
    }

    fn keys_in_use(&self) -> Answering<'_, Vec<(String, u32)>> {
        self.read(|client| Box::pin(keeping::keys_in_use(client)))
    }

    fn concerned(&self, leak: Leak) -> Answering<'_, Vec<Concerned>> {
        let leak = Arc::new(leak);
        self.read(move |client| {
            let leak = Arc::clone(&leak);
            Box::pin(async move { leaks::concerned(client, &leak).await })
        })
    }

    fn findings(&self) -> Answering<'_, Vec<String>> {
        self.read(|client| Box::pin(keeping::findings(client)))
    }
}
