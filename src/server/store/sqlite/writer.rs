//! The one writer. Waiting for the disk is what a booking costs, so whoever waits at the same time waits together:
//! their changes are committed by one transaction, and all are answered after it is on the disk.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::log::Log;
use crate::crash_point::crash_point;
use crate::store::{Answering, StoreError};

/// Changes in one transaction at most, so that the first of them does not wait for ever.
const TOGETHER: usize = 128;

/// Changes that wait for the disk; who comes after them is told at once, instead of waiting for an answer that would come
/// too late.
const QUEUE: usize = 1024;

/// Does one change inside the transaction; what it returns is called when the transaction's end is known.
type Job = Box<dyn FnOnce(&mut Transaction<'_>) -> Reply + Send>;
type Reply = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

pub(super) struct Writer {
    jobs: SyncSender<Job>,
}

impl Writer {
    pub(super) fn start(connection: Connection, log: Log) -> Self {
        let (jobs, waiting) = sync_channel(QUEUE);
        // It ends when the store is dropped and the last job is done.
        thread::Builder::new()
            .name("tonari-writer".to_owned())
            .spawn(move || work(connection, log, &waiting))
            .expect("a thread can be started");
        Self { jobs }
    }

    /// Runs the change and answers when it is durable, or with why it is not.
    pub(super) fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answering<'static, T> {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let outcome = alone(transaction, change);
            Box::new(move |committed| {
                // She may have gone away meanwhile; what was committed stays.
                let _ = tell.send(committed.and(outcome));
            })
        });
        let sent = self.jobs.try_send(job);
        Box::pin(async move {
            let gone = || StoreError::Broken("the writer has ended".to_owned());
            sent.map_err(|refused| match refused {
                TrySendError::Full(_) => StoreError::Busy,
                TrySendError::Disconnected(_) => gone(),
            })?;
            let told = told.await.map_err(|_| gone())?;
            crash_point("told");
            told
        })
    }
}

/// A change that fails leaves nothing behind and does not take its neighbours with it.
fn alone<T>(
    transaction: &mut Transaction<'_>,
    change: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let savepoint = transaction.savepoint()?;
    crash_point("begun");
    let outcome = change(&savepoint)?;
    savepoint.commit()?;
    Ok(outcome)
}

fn work(mut connection: Connection, mut log: Log, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut replies = Vec::new();
        let committed = commit_together(&mut connection, first, waiting, &mut replies);
        for reply in replies {
            reply(committed.as_ref().map(drop).map_err(StoreError::again));
        }
        log.keep_short(&connection);
    }
}

fn commit_together(
    connection: &mut Connection,
    first: Job,
    waiting: &Receiver<Job>,
    replies: &mut Vec<Reply>,
) -> Result<(), StoreError> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    replies.push(first(&mut transaction));
    while replies.len() < TOGETHER {
        let Ok(next) = waiting.try_recv() else { break };
        replies.push(next(&mut transaction));
    }
    crash_point("written");
    transaction.commit()?;
    crash_point("committed");
    Ok(())
}
