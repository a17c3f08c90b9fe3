//! Teams she keeps for when there is no signal. "Saved" is what the storage said, never a hope.

use browser::idb::{Outcome, saved_store, saved_store::SavedTeam};
use domain::association::{Association, AssociationId};
use domain::directory::Edition;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::i18n::Key;

use super::directory::Directory;

/// A kept team as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub association: Association,
    pub saved_at_ms: f64,
    pub refreshed_at_ms: f64,
    pub edition: u32,
}

#[derive(Clone, Copy)]
pub struct Saved {
    pub teams: RwSignal<Vec<Kept>>,
    pub loaded: RwSignal<bool>,
    /// What became of the last wish, in words.
    pub said: RwSignal<Option<Key>>,
    directory: Directory,
}

impl Saved {
    pub(super) fn new(directory: Directory) -> Self {
        Self {
            teams: RwSignal::new(Vec::new()),
            loaded: RwSignal::new(false),
            said: RwSignal::new(None),
            directory,
        }
    }

    pub fn load_soon(self) {
        spawn_local(async move {
            if let Ok(kept) = saved_store::all().await {
                let edition = self.directory.edition.get_untracked();
                self.teams.set(kept.iter().filter_map(|team| read(team, &edition)).collect());
            }
            self.loaded.set(true);
        });
        // Saved teams follow the directory: what is newer there is kept here too.
        Effect::new(move |_| {
            let edition = self.directory.edition.get();
            let checked_at = self.directory.checked_at.get();
            let (true, Some(now)) = (self.loaded.get(), checked_at) else { return };
            let kept = self.teams.get_untracked();
            let stale = kept.iter().any(|k| k.edition < edition.number || k.refreshed_at_ms < now);
            if !stale {
                return;
            }
            let fresh: Vec<Kept> = kept
                .into_iter()
                .map(|k| Kept {
                    association: edition.association(&k.association.id).cloned().unwrap_or(k.association),
                    saved_at_ms: k.saved_at_ms,
                    refreshed_at_ms: now,
                    edition: edition.number,
                })
                .collect();
            self.teams.set(fresh.clone());
            spawn_local(async move {
                for kept in fresh {
                    let _ = saved_store::put(&record(&kept)).await;
                }
            });
        });
    }

    pub fn is_saved(self, id: AssociationId) -> Signal<bool> {
        Signal::derive(move || self.teams.with(|teams| teams.iter().any(|k| k.association.id == id)))
    }

    /// Keeps the team, or lets it go if it was kept.
    pub fn toggle(self, id: AssociationId) {
        let kept = self.teams.with_untracked(|teams| teams.iter().any(|k| k.association.id == id));
        spawn_local(async move { if kept { self.remove(id).await } else { self.keep(id).await } });
    }

    async fn keep(self, id: AssociationId) {
        let edition = self.directory.edition.get_untracked();
        let Some(association) = edition.association(&id).cloned() else { return };
        let now = browser::clock::now_ms();
        let kept = Kept { association, saved_at_ms: now, refreshed_at_ms: now, edition: edition.number };
        let first = self.teams.with_untracked(Vec::is_empty);
        let outcome = saved_store::put(&record(&kept)).await;
        let on_disk = outcome == Outcome::Saved;
        let (shown, said) = match outcome {
            Outcome::Saved => (true, Key::SavedDone),
            Outcome::MemoryOnly => (true, Key::SavedMemoryOnly),
            Outcome::Unknown => (true, Key::SavedUnknown),
            Outcome::NotSaved(_) => (false, Key::SavedFailed),
        };
        if shown {
            self.teams.update(|teams| teams.push(kept));
        }
        self.said.set(Some(said));
        if first && on_disk {
            // Asked once there is something to protect; the answer is shown on the device page.
            browser::storage::persist().await;
        }
    }

    async fn remove(self, id: AssociationId) {
        if let Outcome::NotSaved(_) = saved_store::remove(&id).await {
            self.said.set(Some(Key::SavedRemoveFailed));
            return;
        }
        self.teams.update(|teams| teams.retain(|k| k.association.id != id));
        self.said.set(Some(Key::SavedRemoved));
    }
}

fn record(kept: &Kept) -> SavedTeam {
    SavedTeam {
        association: kept.association.id.clone(),
        saved_at_ms: kept.saved_at_ms,
        refreshed_at_ms: kept.refreshed_at_ms,
        edition: kept.edition,
    }
}

/// `None` for an association that this edition no longer lists; the record stays.
fn read(team: &SavedTeam, edition: &Edition) -> Option<Kept> {
    Some(Kept {
        association: edition.association(&team.association)?.clone(),
        saved_at_ms: team.saved_at_ms,
        refreshed_at_ms: team.refreshed_at_ms,
        edition: team.edition,
    })
}
