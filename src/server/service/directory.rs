//! The directory that is published: the edition of the program's file, and over it what desks published. Kept in memory and
//! looked after once a second like what is read (`library`); another server on the same database publishes, and nobody tells us.
//!
//! It does not depend on the database. While nothing was ever heard of it, the file alone is published; once something was,
//! that stays until there is something newer.

use std::sync::{Arc, PoisonError, RwLock};

use domain::calendar::JstTime;
use domain::directory::Edition;
use domain::profile::compose;
use tokio::sync::Mutex;

use super::Clock;
use crate::edition::key::EditionKey;
use crate::edition::{Published, body};
use crate::store::StoreError;
use crate::store::facts::{FactStore, File, Laid};

/// Seconds for which nobody asks the database again.
const LOOK_AGAIN: i64 = 1;

pub struct Directory {
    pub store: Arc<dyn FactStore>,
    pub(super) clock: Clock,
    key: Arc<EditionKey>,
    /// Of this program, or of its folder.
    file: Edition,
    now: RwLock<Arc<Published>>,
    looked: Mutex<Looked>,
}

struct Looked {
    at: i64,
    /// The database knows of our file.
    laid: bool,
}

impl Directory {
    /// With what is known of the database already.
    #[must_use]
    pub fn new(
        store: Arc<dyn FactStore>,
        file: Edition,
        laid: Option<Laid>,
        key: Arc<EditionKey>,
        clock: Clock,
    ) -> Self {
        let looked = Mutex::new(Looked { at: i64::MIN, laid: laid.is_some() });
        let composed = laid.and_then(|laid| composed(&laid));
        let (edition, base) = composed.unwrap_or_else(|| (file.clone(), file.clone()));
        let now = RwLock::new(Arc::new(Published::of(edition, base, &key)));
        Self { store, clock, key, file, now, looked }
    }

    #[must_use]
    pub fn now(&self) -> Arc<Published> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is published, looked after.
    pub async fn newest(&self) -> Arc<Published> {
        // Somebody else is looking: what is there is a second old at most, or the database is slow.
        if let Ok(mut looked) = self.looked.try_lock()
            && let Err(why) = self.look_after(&mut looked, false).await
        {
            tracing::warn!(%why, "what desks publish cannot be looked up; what is known goes on");
        }
        self.now()
    }

    /// The same, and whoever asks has to know.
    ///
    /// # Errors
    /// As the store says.
    pub async fn certainly_newest(&self) -> Result<Arc<Published>, StoreError> {
        let mut looked = self.looked.lock().await;
        self.look_after(&mut looked, true).await?;
        Ok(self.now())
    }

    async fn look_after(&self, looked: &mut Looked, at_once: bool) -> Result<(), StoreError> {
        let now = (self.clock)();
        if !at_once && now.saturating_sub(looked.at) < LOOK_AGAIN {
            return Ok(());
        }
        // A database that cannot answer is not asked by everybody in turn.
        looked.at = now;
        if !looked.laid {
            lay(&*self.store, &self.file, now).await?;
            looked.laid = true;
        }
        if self.store.newest().await? != self.now().edition.number
            && let Some(laid) = self.store.laid().await?
        {
            self.publish(laid).await;
        }
        Ok(())
    }

    /// Compressing takes a moment, so it does not hold up others.
    async fn publish(&self, laid: Laid) {
        let key = Arc::clone(&self.key);
        let made = tokio::task::spawn_blocking(move || {
            composed(&laid).map(|(edition, base)| Published::of(edition, base, &key))
        });
        match made.await {
            Ok(Some(published)) => {
                tracing::info!(edition = published.edition.number, "a newer edition is published");
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(published);
            }
            Ok(None) | Err(_) => tracing::error!("the edition in the database cannot be published"),
        }
    }
}

/// Tells the database of a file, and what is published then.
///
/// # Errors
/// As the store says.
pub async fn lay(store: &dyn FactStore, file: &Edition, now: i64) -> Result<Option<Laid>, StoreError> {
    store.lay(File { number: file.number, body: body(file) }, now).await?;
    store.laid().await
}

/// The edition and the file's below it. `None` where that cannot be read any more.
fn composed(Laid { number, at, file, stated }: &Laid) -> Option<(Edition, Edition)> {
    let base = Edition::parse(file.body.as_bytes()).ok()?;
    let issued = if *number == base.number {
        base.issued.clone()
    } else {
        JstTime::from_unix_seconds(*at).date.to_text()
    };
    let edition = compose(&base, *number, &issued, stated);
    // What a phone could not read would be refused there, and keep out everything after it.
    Edition::parse(body(&edition).as_bytes()).ok().map(|edition| (edition, base))
}
