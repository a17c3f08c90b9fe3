//! What time alone brings about on the waiting lists: an answer that did not come, a day whose last chance is over.

use std::time::Duration;

use tokio::sync::watch;

use super::Bookings;
use crate::store::StoreError;

/// How often to look. An offer may last that much longer than she was told, never shorter.
const LOOK: Duration = Duration::from_secs(30);

impl Bookings {
    /// Passes on what was not answered in time, and ends what has no chance any more.
    ///
    /// # Errors
    /// As the store says.
    pub async fn sweep(&self) -> Result<u32, StoreError> {
        let swept = self.store.sweep((self.clock)()).await?;
        if swept > 0 {
            tracing::info!(swept, "waiting lists went on");
            self.news.notify_one();
        }
        Ok(swept)
    }

    /// Until told to stop.
    pub async fn keep_lists(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(failure) = self.sweep().await {
                tracing::error!(%failure, "waiting lists cannot go on");
            }
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}
