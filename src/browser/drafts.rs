//! What she is writing, closed on this device. The key lies beside it in the small keys, so this does not stop who owns the
//! device; it keeps what she wrote out of backups, searches and other programs' sight, and erasing either half is enough.

use domain::seal::{self, KEY, Random};

use crate::idb::draft_store::{self, StoredDraft};
use crate::{clock, id, local};

const DEVICE_KEY: &str = "tn.draft";
/// This tab is hers who wrote. Says neither what nor to whom, and goes with the tab.
const HERS: &str = "tn.writes";

pub struct Kept {
    pub text: Vec<u8>,
    /// Written or claimed in this tab. In another one it may be somebody else who looks.
    pub hers: bool,
}

/// The draft under this name, if it is not older than a day.
pub async fn open(name: &str) -> Option<Kept> {
    let kept = draft_store::load(name, clock::now_ms()).await.ok()??;
    let (secret, _) = seal::key_pair(&device_key()?);
    let text = seal::open(&secret, name, &kept.sealed)?;
    Some(Kept { text, hers: local::kept_in_tab(HERS).is_some() })
}

/// She says that what was written on this device is hers.
pub fn claim() {
    local::keep_in_tab(HERS, Some("1"));
}

/// False where it could not be written down.
pub async fn keep(name: &str, text: &str) -> bool {
    let closed = || {
        let (_, public) = seal::key_pair(&device_key()?);
        seal::seal(&public, name, text.as_bytes(), random()?)
    };
    let Some(sealed) = closed() else { return false };
    let draft = StoredDraft { key: name.to_owned(), sealed, created_at_ms: clock::now_ms() };
    let saved = draft_store::store(&draft).await == crate::idb::Outcome::Saved;
    if saved {
        claim();
    }
    saved
}

pub async fn erase(name: &str) {
    // What could not be erased is gone after a day.
    let _ = draft_store::erase(name).await;
}

/// Made once; a device that cannot keep it opens no draft after a reload.
fn device_key() -> Option<Random> {
    if let Some(kept) = local::get(DEVICE_KEY).and_then(|text| seal::from_text(&text)) {
        return kept.try_into().ok();
    }
    let key = random()?;
    local::set(DEVICE_KEY, &seal::to_text(&key));
    Some(key)
}

fn random() -> Option<Random> {
    id::random_bytes(KEY).ok()?.try_into().ok()
}
