//! What is read, ready to send. Kept in memory and looked after once a second: another program on the same database, a
//! command or another server, publishes, and nobody tells us.
//!
//! Reading does not depend on the database. Once a shelf was read it is served, as it was, for as long as the database
//! cannot be asked.

use std::collections::BTreeMap;
use std::iter::once;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::HeaderValue;
use domain::calendar::{Date, JstTime};
use domain::content::{Item, ItemId, Shelf, ShelfName};
use tokio::sync::Mutex;

use super::Clock;
use crate::edition::key::EditionKey;
use crate::site::asset::{Asset, CachePolicy};
use crate::site::compress;
use crate::store::StoreError;
use crate::store::content::{ContentStore, Kept};

/// Seconds for which nobody asks the database again.
const LOOK_AGAIN: i64 = 1;

pub struct Library {
    pub store: Arc<dyn ContentStore>,
    key: Arc<EditionKey>,
    clock: Clock,
    /// Of compressed forms: the next start does not make them again.
    cache: PathBuf,
    shelves: RwLock<BTreeMap<ShelfName, Arc<Shelved>>>,
    /// When somebody last looked. Whoever holds it looks; the others take what is there.
    looked: Mutex<i64>,
}

/// One shelf as it is sent today.
pub struct Shelved {
    /// What has not ended by its date.
    pub shelf: Shelf,
    pub withdrawn: Vec<ItemId>,
    pub body: Asset,
    pub signature: HeaderValue,
    /// Tomorrow something may have ended.
    pub day: Date,
}

impl Library {
    #[must_use]
    pub fn new(store: Arc<dyn ContentStore>, key: Arc<EditionKey>, clock: Clock, cache: PathBuf) -> Self {
        Self { store, key, clock, cache, shelves: RwLock::default(), looked: Mutex::new(i64::MIN) }
    }

    #[must_use]
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// # Errors
    /// As the store says, while nothing was ever read.
    pub async fn shelf(&self, name: ShelfName) -> Result<Arc<Shelved>, StoreError> {
        match self.there(name) {
            // Somebody else is looking: what is there is a second old at most, or the database is slow.
            Some(there) => match self.looked.try_lock() {
                Ok(mut looked) => Ok(self.look_after(&mut looked, name).await.unwrap_or(there)),
                Err(_) => Ok(there),
            },
            None => {
                let mut looked = self.looked.lock().await;
                *looked = i64::MIN;
                self.look_after(&mut looked, name).await
            }
        }
    }

    /// The shelf's item, if it may be shown.
    ///
    /// # Errors
    /// As [`Self::shelf`].
    pub async fn find(&self, name: ShelfName, id: &str) -> Result<Found, StoreError> {
        let shelved = self.shelf(name).await?;
        Ok(match shelved.shelf.item(id) {
            Some(item) => Found::Item(Box::new(item.clone())),
            None if shelved.withdrawn.iter().any(|withdrawn| withdrawn.as_str() == id) => Found::Withdrawn,
            None => Found::Nothing,
        })
    }

    fn there(&self, name: ShelfName) -> Option<Arc<Shelved>> {
        self.shelves.read().unwrap_or_else(PoisonError::into_inner).get(&name).cloned()
    }

    async fn look_after(&self, looked: &mut i64, name: ShelfName) -> Result<Arc<Shelved>, StoreError> {
        let now = self.now();
        if now.saturating_sub(*looked) >= LOOK_AGAIN {
            let numbers = self.store.numbers().await.inspect_err(|why| {
                tracing::warn!(%why, "what is published cannot be looked up; what is known goes on");
            })?;
            let today = JstTime::from_unix_seconds(now).date;
            for name in ShelfName::ALL {
                let number = numbers.get(&name).copied().unwrap_or_default();
                let is_same = |there: Arc<Shelved>| there.shelf.number == number && there.day == today;
                if !self.there(name).is_some_and(is_same) {
                    let shelved = self.prepare(name, self.store.shelf(name).await?, today).await;
                    self.shelves
                        .write()
                        .unwrap_or_else(PoisonError::into_inner)
                        .insert(name, Arc::new(shelved));
                }
            }
            *looked = now;
        }
        self.there(name).ok_or(StoreError::Busy)
    }

    /// Compressing a large shelf takes seconds, so it does not hold up others.
    async fn prepare(&self, name: ShelfName, kept: Kept, today: Date) -> Shelved {
        let Kept { mut shelf, withdrawn } = kept;
        let lasts = |item: &Item| item.head().expires.is_none_or(|last| today <= last);
        shelf.items.retain(lasts);
        let body = serde_json::to_vec(&shelf).expect("a shelf is plain JSON");
        let signature = HeaderValue::from_str(&self.key.sign(&body)).expect("base64url fits a header");
        let file = format!("{}.json", name.code());
        let cache = self.cache.join(name.code());
        let compressed = tokio::task::spawn_blocking(move || {
            let mut body = Asset::new(&file, body, CachePolicy::Revalidate);
            compress::all(once(&mut body), &cache);
            body
        });
        let body = compressed.await.expect("compressing does not fail");
        Shelved { shelf, withdrawn, body, signature, day: today }
    }
}

/// What became of an address.
pub enum Found {
    Item(Box<Item>),
    Withdrawn,
    Nothing,
}
