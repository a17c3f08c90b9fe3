//! Which stores there are, and how an older database becomes the present one.
//!
//! Versions are whole numbers and only go up; a step that was shipped is never edited, the next one is added below it.
//! No step so far had to change an existing store; one that has to gets the upgrade transaction as an argument then.

use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

/// The object stores. Their names are on people's phones: never rename one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    /// Teams she saved.
    Saved,
    /// The newest verified edition of the directory.
    Directory,
    /// What she asked to be sent, each under its key.
    Outbox,
    /// What she is typing, encrypted before it comes here.
    Drafts,
    /// The free times of each team as last heard.
    Slots,
    /// What is read, closed, each shelf under its name.
    Shelves,
    /// What she means to read and has read.
    Reading,
    /// Who sends just now, where the browser has no locks of its own.
    Lease,
}

impl Store {
    pub(super) const ALL: [Self; 8] = [
        Self::Saved,
        Self::Directory,
        Self::Outbox,
        Self::Drafts,
        Self::Slots,
        Self::Shelves,
        Self::Reading,
        Self::Lease,
    ];

    /// What she did herself. The rest is told by the server again.
    pub(super) const HERS: [Self; 4] = [Self::Saved, Self::Outbox, Self::Drafts, Self::Reading];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Directory => "directory",
            Self::Outbox => "outbox",
            Self::Drafts => "drafts",
            Self::Slots => "slots",
            Self::Shelves => "shelves",
            Self::Reading => "reading",
            Self::Lease => "lease",
        }
    }
}

/// One step upward; its number is the database version after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    SavedTeams = 1,
    Directory = 2,
    Bookings = 3,
    Reading = 4,
}

const STEPS: [Step; 4] = [Step::SavedTeams, Step::Directory, Step::Bookings, Step::Reading];

/// The version this build works with.
pub(super) const NEWEST: u32 = Step::Reading as u32;

/// Takes a database of version `from` (0: just created) to the newest. Runs inside the upgrade transaction.
pub(super) fn upgrade(database: &IdbDatabase, from: f64) -> Result<(), JsValue> {
    for step in STEPS.into_iter().filter(|step| f64::from(*step as u32) > from) {
        let stores: &[Store] = match step {
            Step::SavedTeams => &[Store::Saved],
            Step::Directory => &[Store::Directory],
            Step::Bookings => &[Store::Outbox, Store::Drafts, Store::Slots, Store::Lease],
            Step::Reading => &[Store::Shelves, Store::Reading],
        };
        for store in stores {
            database.create_object_store(store.name())?;
        }
    }
    Ok(())
}
