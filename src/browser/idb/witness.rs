//! Remembers outside IndexedDB what was saved, so that a loss can be *said*: Chromium has replaced a damaged database
//! by an empty one without any error.
//!
//! It holds short ids of associations and the random keys of requests, nothing about her. It lives in localStorage and
//! dies with it when the browser forgets the whole site; then nobody can know.
//!
//! A word is `shimane` for a saved team, `unsent:KEY` for a request the server has not taken, `sent:KEY` for one it has:
//! losing the first kind of request means asking again, losing the second must *not* lead to asking again.

use web_sys::IdbDatabase;

use super::event::{StorageEvent, tell};
use super::migrations::Store;
use super::{connection, transaction};
use crate::{BrowserError, local};

const KEY: &str = "tn.witness";

pub(super) const UNSENT: &str = "unsent:";
pub(super) const SENT: &str = "sent:";

/// Called after every write that succeeded. A word about a key replaces an earlier one.
pub(super) fn saved(word: &str) {
    let mut words = remembered();
    if !words.iter().any(|known| known == word) {
        words.retain(|known| key_of(known) != key_of(word));
        words.push(word.to_owned());
        remember(&words);
    }
}

/// The word that was forgotten, if there was one.
pub(super) fn removed(key: &str) -> Option<String> {
    let mut words = remembered();
    let at = words.iter().position(|known| key_of(known) == key)?;
    let word = words.remove(at);
    remember(&words);
    Some(word)
}

/// Compares with what is there. Called whenever a connection was opened or mended.
pub(super) async fn check() {
    if !connection::is_open() {
        return;
    }
    let Ok(database) = connection::database().await else { return };
    let before = remembered();
    let Ok((teams, requests)) = present(&database).await else { return };
    // What she took back while we were reading is not missing.
    let after = remembered();
    let is_there = |word: &String| teams.contains(word) || requests.iter().any(|key| key == key_of(word));
    let mut missing: Vec<String> =
        before.into_iter().filter(|word| after.contains(word) && !is_there(word)).collect();
    // Saved before the witness existed, or while localStorage was blocked. (The outbox does so when it is read.)
    for id in &teams {
        saved(id);
    }
    let unsent = take(&mut missing, UNSENT);
    let sent = take(&mut missing, SENT);
    let count = missing.len() as u32;
    if count > 0 || !unsent.is_empty() || !sent.is_empty() {
        tell(StorageEvent::Lost { count, ids: missing, unsent, sent });
    }
}

/// How many requests the server has not taken, without asking the database.
#[must_use]
pub fn unsent() -> usize {
    remembered().iter().filter(|word| word.starts_with(UNSENT)).count()
}

/// She has read it: what is missing is forgotten, what is there stays witnessed.
pub async fn acknowledge_loss() {
    let Ok(database) = connection::database().await else { return };
    if let Ok((teams, requests)) = present(&database).await {
        let mut words = remembered();
        words.retain(|word| teams.contains(word) || requests.iter().any(|key| key == key_of(word)));
        remember(&words);
    }
}

/// The keys of what is on the disk: teams, requests. Teams are read last: `check` witnesses them anew, and must not do so
/// for one that was taken back while it waited for something else.
async fn present(database: &IdbDatabase) -> Result<(Vec<String>, Vec<String>), BrowserError> {
    let requests = transaction::keys(database, Store::Outbox).await?;
    Ok((transaction::keys(database, Store::Saved).await?, requests))
}

/// Takes the words of this kind out, without their mark.
fn take(words: &mut Vec<String>, mark: &str) -> Vec<String> {
    let taken = words.iter().filter_map(|word| word.strip_prefix(mark)).map(str::to_owned).collect();
    words.retain(|word| !word.starts_with(mark));
    taken
}

fn key_of(word: &str) -> &str {
    word.split_once(':').map_or(word, |(_, key)| key)
}

/// Words have no spaces, so no format is needed.
fn remembered() -> Vec<String> {
    local::get(KEY).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn remember(words: &[String]) {
    if words.is_empty() {
        local::remove(KEY);
    } else {
        local::set(KEY, &words.join(" "));
    }
}
