//! What to do when a transaction did not come to its end: once more, all of it, but not for ever.
//!
//! Two look-alikes: a *refused* transaction left nothing behind; a *lost* one broke off with its connection, and nobody
//! can say whether it was committed. Doing a lost one again is right only because each change finds out by itself whether
//! it was done before: a booking by its key, the others by what the booking has become.

use std::error::Error as _;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::store::StoreError;

const REFUSED_AT_MOST: u32 = 3;
const LOST_AT_MOST: u32 = 1;

/// Why one attempt came to nothing.
#[derive(Debug)]
pub(super) enum Failure {
    Refused(String),
    Lost(String),
    /// The same would happen again.
    Final(StoreError),
}

pub(super) async fn again<T, F>(attempt: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, Failure>>,
{
    let (mut refused, mut lost) = (0, 0);
    loop {
        let (times, most, why) = match attempt().await {
            Ok(done) => return Ok(done),
            Err(Failure::Final(error)) => return Err(error),
            Err(Failure::Refused(why)) => (&mut refused, REFUSED_AT_MOST, why),
            Err(Failure::Lost(why)) => (&mut lost, LOST_AT_MOST, why),
        };
        if *times == most {
            tracing::warn!(why, "a transaction was given up");
            return Err(StoreError::Busy);
        }
        *times += 1;
        tracing::info!(why, times, "a transaction is done again");
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let why = told(&error);
        let Some(cause) = error.as_db_error() else {
            // Whatever is not the database's own word is the way to it.
            return if error.is_closed() || is_io(&error) { Self::Lost(why) } else { broken(why) };
        };
        match cause.code() {
            // Somebody else's booking was written between our look and our word, by other means than ours.
            &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::T_R_DEADLOCK_DETECTED
            | &SqlState::EXCLUSION_VIOLATION => Self::Refused(why),
            &SqlState::LOCK_NOT_AVAILABLE | &SqlState::QUERY_CANCELED | &SqlState::TOO_MANY_CONNECTIONS => {
                Self::Final(StoreError::Busy)
            }
            code if is_of_the_way(code) => Self::Lost(why),
            _ => broken(why),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Final(error)
    }
}

/// The server goes down, comes up, or ended this connection.
fn is_of_the_way(code: &SqlState) -> bool {
    code == &SqlState::ADMIN_SHUTDOWN
        || code == &SqlState::CRASH_SHUTDOWN
        || code == &SqlState::CANNOT_CONNECT_NOW
        || code == &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
        || code.code().starts_with("08")
}

fn is_io(error: &Error) -> bool {
    error.source().is_some_and(|source| source.is::<std::io::Error>())
}

fn broken(why: String) -> Failure {
    Failure::Final(StoreError::Broken(why))
}

/// In one line. Of what the database says only the message: its details quote values.
pub(super) fn told(error: &Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(cause), _) => format!("{} ({})", cause.message(), cause.code().code()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}
