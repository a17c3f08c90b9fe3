//! Waiting for a condition instead of for a time. Every wait has a limit and says what it waited for.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, sleep};

/// Long enough for a busy machine, short enough that a hanging test is noticed.
pub const PATIENCE: Duration = Duration::from_secs(30);

const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

/// Looks until `look` sees something. An error of one look is no verdict: the page may be changing just now.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    until_within(PATIENCE, what, look).await
}

pub async fn until_within<T>(
    limit: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        let seen = look().await;
        if let Ok(Some(value)) = seen {
            return Ok(value);
        }
        if Instant::now() >= deadline {
            match seen {
                Err(error) => bail!("waited {limit:?} for {what}; at last: {error:#}"),
                Ok(_) => bail!("waited {limit:?} for {what}"),
            }
        }
        sleep(BETWEEN_LOOKS).await;
    }
}
