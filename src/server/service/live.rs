//! Who looks at a board hears of every change within two seconds, whoever made it: this server, another one on the same
//! database, a founder, a command.
//!
//! One look at the database a second for each team that is looked at, however many desks are open; nothing for a team
//! that nobody looks at.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::association::AssociationId;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::store::board::BoardStore;

/// Between two looks.
const EVERY: Duration = Duration::from_secs(1);

pub struct Live {
    store: Arc<dyn BoardStore>,
    watched: Arc<Mutex<Watched>>,
}

type Watched = BTreeMap<AssociationId, watch::Sender<u64>>;

impl Live {
    #[must_use]
    pub fn new(store: Arc<dyn BoardStore>) -> Self {
        Self { store, watched: Arc::default() }
    }

    /// The board's version, from now on; 0 until it was looked up.
    #[must_use]
    pub fn follow(&self, team: &AssociationId) -> watch::Receiver<u64> {
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = watched.get(team) {
            return there.subscribe();
        }
        let (tell, hears) = watch::channel(0);
        watched.insert(team.clone(), tell);
        tokio::spawn(look(Arc::clone(&self.store), Arc::clone(&self.watched), team.clone()));
        hears
    }

    /// Teams somebody looks at.
    #[must_use]
    pub fn teams(&self) -> usize {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

async fn look(store: Arc<dyn BoardStore>, watched: Arc<Mutex<Watched>>, team: AssociationId) {
    loop {
        let version = store.version(team.clone()).await;
        {
            let mut watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
            // Nobody can begin to follow meanwhile: that takes the same lock.
            let Some(tell) = watched.get(&team).filter(|tell| tell.receiver_count() > 0) else {
                watched.remove(&team);
                return;
            };
            match version {
                Ok(version) => {
                    tell.send_if_modified(|there| std::mem::replace(there, version) != version);
                }
                Err(why) => {
                    tracing::warn!(%why, "a board cannot be looked after; those who look will hear later")
                }
            }
        }
        sleep(EVERY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::BookingStore;
    use crate::store::conformance::{at, request, rules, team};
    use crate::store::sqlite::SqliteStore;

    // Everybody reloaded the board by hand, all day.
    #[tokio::test]
    async fn a_change_is_heard_by_all_who_look_and_the_last_to_leave_puts_out_the_light() {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(&folder.path().join("tonari.db")).unwrap());
        let live = Live::new(Arc::clone(&store) as _);
        let mut desks: Vec<_> = (0..200).map(|_| live.follow(&team())).collect();
        assert_eq!(live.teams(), 1);
        for n in 0..3 {
            store.book(request(n, &rules(960, 3), &[at(600)])).await.unwrap();
            for desk in &mut desks {
                desk.changed().await.unwrap();
            }
            let heard = *desks[0].borrow();
            assert!(desks.iter().all(|desk| *desk.borrow() == heard) && heard != 0);
            assert_eq!(store.version(team()).await.unwrap(), heard);
        }
        drop(desks);
        while live.teams() > 0 {
            tokio::task::yield_now().await;
        }
    }
}
