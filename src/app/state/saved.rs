//! Teams she keeps for when there is no signal. "Saved" is what the storage said, never a hope.

use browser::idb::Outcome;
use browser::idb::saved_store::{self, SavedTeam};
use browser::spawn_local;
use domain::association::AssociationId;
use ui::i18n::Key;
use ui::live::{Live, follow};

use super::directory::Directory;

#[derive(Clone, Copy)]
pub struct Saved {
    pub teams: Live<Vec<SavedTeam>>,
    pub loaded: Live<bool>,
    /// What became of the last wish, in words.
    pub said: Live<Option<Key>>,
    /// What is being written just now.
    under_way: Live<Vec<AssociationId>>,
    /// What she took back on this visit.
    taken_back: Live<Vec<AssociationId>>,
    directory: Directory,
}

impl Saved {
    pub(super) fn new(directory: Directory) -> Self {
        Self {
            teams: Live::new(Vec::new()),
            loaded: Live::new(false),
            said: Live::new(None),
            under_way: Live::new(Vec::new()),
            taken_back: Live::new(Vec::new()),
            directory,
        }
    }

    pub fn load_soon(self) {
        spawn_local(async move {
            if let Ok(kept) = saved_store::all().await {
                self.take_in(kept);
            }
            self.loaded.set(true);
        });
        follow(move || {
            if let (true, Some(now)) = (self.loaded.get(), self.directory.checked_at.get()) {
                self.note_refresh(now);
            }
        });
    }

    /// What was read may be older than what she has tapped meanwhile; hers counts.
    fn take_in(self, mut kept: Vec<SavedTeam>) {
        let taken_back = self.taken_back.now();
        self.teams.update(|teams| {
            kept.retain(|read| {
                !taken_back.contains(&read.association)
                    && !teams.iter().any(|now| now.association == read.association)
            });
            kept.append(teams);
            *teams = kept;
        });
    }

    /// The server has just said what the newest edition is: what is kept is as fresh as that.
    fn note_refresh(self, now: f64) {
        let number = self.directory.edition.peek(|edition| edition.number);
        let mut teams = self.teams.now();
        if !teams.iter().any(|kept| kept.refreshed_at_ms < now) {
            return;
        }
        for kept in &mut teams {
            kept.refreshed_at_ms = now;
            kept.edition = number;
        }
        self.teams.set(teams.clone());
        spawn_local(async move {
            // A date that could not be written is only older than it could be.
            let _ = saved_store::refresh(&teams).await;
        });
    }

    /// Whether it is kept; follows.
    pub fn is_saved(self, id: &AssociationId) -> bool {
        self.teams.with(|teams| teams.iter().any(|kept| &kept.association == id))
    }

    /// When a kept team was last known to be fresh, in ms since 1970; follows.
    pub fn refreshed_at(self, id: &AssociationId) -> Option<f64> {
        self.teams
            .with(|teams| teams.iter().find(|kept| kept.association == *id).map(|kept| kept.refreshed_at_ms))
    }

    /// Keeps the team, or lets it go if it was kept. A second tap while the first is being written is no new wish.
    pub fn toggle(self, id: AssociationId) {
        if self.under_way.peek(|ids| ids.contains(&id)) {
            return;
        }
        self.under_way.update(|ids| ids.push(id.clone()));
        let kept = self.teams.peek(|teams| teams.iter().any(|kept| kept.association == id));
        spawn_local(async move {
            if kept {
                self.remove(&id).await;
            } else {
                self.keep(&id).await;
            }
            self.under_way.update(|ids| ids.retain(|other| *other != id));
        });
    }

    async fn keep(self, id: &AssociationId) {
        let now = browser::clock::now_ms();
        let edition = self.directory.edition.peek(|edition| edition.number);
        let kept = SavedTeam { association: id.clone(), saved_at_ms: now, refreshed_at_ms: now, edition };
        let first = self.teams.peek(Vec::is_empty);
        let outcome = saved_store::put(&kept).await;
        let on_disk = outcome == Outcome::Saved;
        let (shown, said) = match outcome {
            Outcome::Saved => (true, Key::SavedDone),
            Outcome::MemoryOnly => (true, Key::SavedMemoryOnly),
            Outcome::Unknown => (true, Key::SavedUnknown),
            Outcome::NotSaved(_) => (false, Key::SavedFailed),
        };
        if shown {
            self.taken_back.update(|ids| ids.retain(|back| back != id));
            self.teams.update(|teams| {
                // It was kept already, and the reading of the disk has just said so.
                teams.retain(|other| other.association != kept.association);
                teams.push(kept);
            });
        }
        self.said.set(Some(said));
        if first && on_disk {
            // Asked once there is something to protect; the answer is shown on the device page.
            browser::storage::persist().await;
        }
    }

    async fn remove(self, id: &AssociationId) {
        if let Outcome::NotSaved(_) = saved_store::remove(id).await {
            self.said.set(Some(Key::SavedRemoveFailed));
            return;
        }
        self.taken_back.update(|ids| ids.push(id.clone()));
        self.teams.update(|teams| teams.retain(|kept| kept.association != *id));
        self.said.set(Some(Key::SavedRemoved));
    }
}
