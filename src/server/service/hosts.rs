//! Whose pages may show a widget: an association's official site, as the directory has it, and the hosts its people added.
//! Looked after once a second like what is read (`library`), and like it independent of the database once it was asked.
//!
//! While nothing was ever heard of the database, the official sites alone may. Nobody is let in by a failure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use domain::association::AssociationId;
use domain::directory::Edition;
use domain::embed::Origin;
use thiserror::Error;
use tokio::sync::Mutex;

use super::Clock;
use crate::store::StoreError;
use crate::store::hosts::{Host, HostStore};

/// Of one association. All of them stand in one header of the frames that belong to no association.
pub const MOST: usize = 8;

/// Seconds for which nobody asks the database again.
const LOOK_AGAIN: i64 = 1;

pub struct Hosts {
    pub store: Arc<dyn HostStore>,
    clock: Clock,
    official: ByAssociation,
    added: RwLock<Option<Arc<ByAssociation>>>,
    /// When somebody last looked. Whoever holds it looks; the others take what is there.
    looked: Mutex<i64>,
}

type ByAssociation = BTreeMap<AssociationId, BTreeSet<Origin>>;

#[derive(Debug, Error)]
pub enum AllowError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("has {MOST} hosts already; take one back first")]
    TooMany,
}

impl Hosts {
    #[must_use]
    pub fn new(store: Arc<dyn HostStore>, edition: &Edition, clock: Clock) -> Self {
        let official = edition.associations.iter().filter_map(|one| {
            let site = &one.website.value;
            let origin = Origin::of_page(site).filter(|_| site.starts_with("https://"))?;
            Some((one.id.clone(), BTreeSet::from([origin])))
        });
        let official = official.collect();
        Self { store, clock, official, added: RwLock::default(), looked: Mutex::new(i64::MIN) }
    }

    /// Of one association, or of all of them; in order, each once.
    pub async fn of(&self, association: Option<&AssociationId>) -> Vec<Origin> {
        let added = self.added().await;
        let both = [&self.official, &*added].into_iter().flatten();
        let wanted = both.filter(|(id, _)| association.is_none_or(|wanted| wanted == *id));
        let origins: BTreeSet<&Origin> = wanted.flat_map(|(_, origins)| origins).collect();
        origins.into_iter().cloned().collect()
    }

    async fn added(&self) -> Arc<ByAssociation> {
        match self.there() {
            // Somebody else is looking: what is there is a second old at most, or the database is slow.
            Some(there) => match self.looked.try_lock() {
                Ok(mut looked) => self.look_after(&mut looked).await.unwrap_or(there),
                Err(_) => there,
            },
            None => {
                let mut looked = self.looked.lock().await;
                self.look_after(&mut looked).await.unwrap_or_default()
            }
        }
    }

    fn there(&self) -> Option<Arc<ByAssociation>> {
        self.added.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn look_after(&self, looked: &mut i64) -> Option<Arc<ByAssociation>> {
        let now = (self.clock)();
        if now.saturating_sub(*looked) >= LOOK_AGAIN {
            let hosts = self.store.hosts().await.inspect_err(|why| {
                tracing::warn!(%why, "the hosts of widgets cannot be looked up; what is known goes on");
            });
            let mut added = ByAssociation::new();
            for Host { association, origin } in hosts.ok()? {
                added.entry(association).or_default().insert(origin);
            }
            *self.added.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(added));
            *looked = now;
        }
        self.there()
    }
}

/// Whether it was not there before.
///
/// # Errors
/// As the store says, or too many.
pub async fn allow(store: &dyn HostStore, host: Host, now: i64) -> Result<bool, AllowError> {
    let hosts = store.hosts().await?;
    let of_it = hosts.iter().filter(|other| other.association == host.association).count();
    if of_it >= MOST && !hosts.contains(&host) {
        return Err(AllowError::TooMany);
    }
    Ok(store.allow(host, now).await?)
}
