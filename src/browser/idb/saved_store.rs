//! The teams she saved: which and since when. What is known about them is in the directory, which this device has in
//! any case (bundled, or newer in `directory_store`), so no copy can grow old here.

use domain::association::AssociationId;
use wasm_bindgen::JsValue;

use super::migrations::Store;
use super::record::{Writer, number, text};
use super::transaction::Change;
use super::{Outcome, erase_witnessed, read_all, witness, write};
use crate::BrowserError;

#[derive(Clone, Debug, PartialEq)]
pub struct SavedTeam {
    pub association: AssociationId,
    pub saved_at_ms: f64,
    /// When the server last said what the newest edition is.
    pub refreshed_at_ms: f64,
    /// The edition in use then.
    pub edition: u32,
}

/// In the order they were saved.
pub async fn all() -> Result<Vec<SavedTeam>, BrowserError> {
    let records = read_all(Store::Saved).await?;
    let mut saved: Vec<SavedTeam> = Vec::new();
    for team in records.iter().filter_map(from_record) {
        // A handful of teams does not need a sorting algorithm in the bundle.
        let after = saved.partition_point(|earlier| earlier.saved_at_ms <= team.saved_at_ms);
        saved.insert(after, team);
    }
    Ok(saved)
}

/// Saves one team.
pub async fn put(team: &SavedTeam) -> Outcome {
    let change = Change::Put { key: team.association.as_str().to_owned(), value: to_record(team) };
    let outcome = write(Store::Saved, vec![change]).await;
    if outcome == Outcome::Saved {
        witness::saved(team.association.as_str());
    }
    outcome
}

/// Writes new dates for the teams that are still there. One she takes back at the same time stays away.
pub async fn refresh(teams: &[SavedTeam]) -> Outcome {
    let change = |team: &SavedTeam| Change::PutIf {
        key: team.association.as_str().to_owned(),
        value: to_record(team),
        may: |there, _| !there.is_undefined(),
    };
    write(Store::Saved, teams.iter().map(change).collect()).await
}

pub async fn remove(association: &AssociationId) -> Outcome {
    erase_witnessed(Store::Saved, association.as_str()).await
}

fn to_record(team: &SavedTeam) -> JsValue {
    Writer::new()
        .with("association", team.association.as_str())
        .with("savedAt", team.saved_at_ms)
        .with("refreshedAt", team.refreshed_at_ms)
        .with("edition", team.edition)
        .finish()
}

/// `None` for a record nobody can read any more; it stays where it is.
fn from_record(record: &JsValue) -> Option<SavedTeam> {
    Some(SavedTeam {
        association: AssociationId(text(record, "association")?),
        saved_at_ms: number(record, "savedAt")?,
        refreshed_at_ms: number(record, "refreshedAt")?,
        edition: number(record, "edition")? as u32,
    })
}
