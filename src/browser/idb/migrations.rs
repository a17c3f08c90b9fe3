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
}

impl Store {
    pub(super) const ALL: [Self; 2] = [Self::Saved, Self::Directory];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Directory => "directory",
        }
    }
}

/// One step upward; its number is the database version after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    SavedTeams = 1,
    Directory = 2,
}

const STEPS: [Step; 2] = [Step::SavedTeams, Step::Directory];

/// The version this build works with.
pub(super) const NEWEST: u32 = Step::Directory as u32;

/// Takes a database of version `from` (0: just created) to the newest. Runs inside the upgrade transaction.
pub(super) fn upgrade(database: &IdbDatabase, from: f64) -> Result<(), JsValue> {
    for step in STEPS.into_iter().filter(|step| f64::from(*step as u32) > from) {
        let store = match step {
            Step::SavedTeams => Store::Saved,
            Step::Directory => Store::Directory,
        };
        database.create_object_store(store.name())?;
    }
    Ok(())
}
