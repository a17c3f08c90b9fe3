//! As fast as this machine can put rows on its disk: one row for each booking, as large as all that a booking writes, in a
//! table with nothing to look up, waited for by as many at once and committed as the store commits.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;
use tokio_postgres::{Client, Config};

use crate::crowd::{Round, crowd};
use crate::database::FOUNDERS;
use crate::row::WRITTEN;

/// Rows in one transaction at most, and connections, as the stores have them.
const TOGETHER: usize = 128;
const CONNECTIONS: usize = 16;

const ENDLESS: usize = usize::MAX;

#[derive(Clone)]
pub enum Bare {
    Sqlite(SyncSender<oneshot::Sender<()>>),
    Postgres(Arc<Vec<Client>>),
}

impl Bare {
    pub fn sqlite(file: &Path) -> Result<Self> {
        let connection = Connection::open(file)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
             CREATE TABLE bare (id INTEGER PRIMARY KEY, row BLOB NOT NULL) STRICT",
        )?;
        let (jobs, waiting) = sync_channel(FOUNDERS);
        // An end by failure is seen by whoever waits for an answer.
        thread::spawn(move || write(connection, &waiting));
        Ok(Self::Sqlite(jobs))
    }

    pub async fn postgres(config: &Config) -> Result<Self> {
        let mut clients = Vec::new();
        for _ in 0..CONNECTIONS {
            clients.push(cluster::connect(config).await);
        }
        let create =
            "CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, row bytea NOT NULL)";
        clients[0].batch_execute(create).await?;
        Ok(Self::Postgres(Arc::new(clients)))
    }

    pub async fn insert_for(&self, limit: Duration) -> Result<Round> {
        let bare = self.clone();
        crowd(FOUNDERS, limit, ENDLESS, move |number| bare.clone().insert(number)).await
    }

    async fn insert(self, number: usize) -> Result<()> {
        match self {
            Self::Sqlite(jobs) => {
                let (tell, told) = oneshot::channel();
                jobs.send(tell).context("the writer has ended")?;
                Ok(told.await?)
            }
            Self::Postgres(clients) => {
                let row = vec![7_u8; WRITTEN];
                // Each a transaction of its own; whoever shares a connection does not wait for the others' answers.
                let client = &clients[number % clients.len()];
                client.execute_typed("INSERT INTO bare (row) VALUES ($1)", &[(&row, BYTES)]).await?;
                Ok(())
            }
        }
    }
}

const BYTES: tokio_postgres::types::Type = tokio_postgres::types::Type::BYTEA;

fn write(mut connection: Connection, waiting: &Receiver<oneshot::Sender<()>>) -> rusqlite::Result<()> {
    let row = vec![7_u8; WRITTEN];
    while let Ok(first) = waiting.recv() {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut answers = vec![first];
        answers.extend(waiting.try_iter().take(TOGETHER - 1));
        for _ in &answers {
            transaction.prepare_cached("INSERT INTO bare (row) VALUES (?1)")?.execute([&row])?;
        }
        transaction.commit()?;
        for answer in answers {
            // Whoever went away needs none.
            let _ = answer.send(());
        }
    }
    Ok(())
}
