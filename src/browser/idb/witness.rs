//! Remembers outside IndexedDB what was saved, so that a loss can be *said*: Chromium has replaced a damaged database
//! by an empty one without any error.
//!
//! It holds short ids of associations, nothing about her. It lives in localStorage and dies with it when the browser
//! forgets the whole site; then nobody can know.

use super::event::{StorageEvent, tell};
use super::{connection, saved_store};
use crate::local;

const KEY: &str = "tn.witness";

/// Called after every write that succeeded.
pub(super) fn saved(id: &str) {
    let mut ids = remembered();
    if !ids.iter().any(|known| known == id) {
        ids.push(id.to_owned());
        remember(&ids);
    }
}

pub(super) fn removed(id: &str) {
    let mut ids = remembered();
    ids.retain(|known| known != id);
    remember(&ids);
}

/// Compares with what is there. Called whenever a connection was opened or mended.
pub(super) async fn check() {
    if !connection::is_open() {
        return;
    }
    let Ok(database) = connection::database().await else { return };
    let before = remembered();
    let Ok(present) = saved_store::present(&database).await else { return };
    // What she took back while we were reading is not missing.
    let after = remembered();
    let missing: Vec<String> =
        before.into_iter().filter(|id| after.contains(id) && !present.contains(id)).collect();
    // Saved before the witness existed, or while localStorage was blocked.
    for id in &present {
        saved(id);
    }
    if let Ok(count) = u32::try_from(missing.len())
        && count > 0
    {
        tell(StorageEvent::Lost { count, ids: missing });
    }
}

/// She has read it: what is missing is forgotten, what is there stays witnessed.
pub async fn acknowledge_loss() {
    let Ok(database) = connection::database().await else { return };
    if let Ok(present) = saved_store::present(&database).await {
        remember(&present);
    }
}

/// Ids have no spaces, so no format is needed.
fn remembered() -> Vec<String> {
    local::get(KEY).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn remember(ids: &[String]) {
    if ids.is_empty() {
        local::remove(KEY);
    } else {
        local::set(KEY, &ids.join(" "));
    }
}
