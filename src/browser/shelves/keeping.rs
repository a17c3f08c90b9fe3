//! How much of a shelf this device keeps: all, or what is for some prefectures. She chooses, and nobody is told.
//!
//! What falls out leaves the disk at once: the rest is closed anew under a key of its own and takes the place of bytes and
//! key. The surprising rule: whoever writes looks again afterwards whether she has chosen otherwise meanwhile, here or in
//! another tab; so the last one to write, whoever that is, leaves what she chose last.

use domain::content::{Areas, ShelfName};

use super::{Opened, load};
use crate::idb::Outcome;
use crate::idb::shelf_store::{self, Origin, StoredShelf};
use crate::{lapsing, local};

/// On people's phones, never rename it. Absent: everything.
const CHOSEN: &str = "tn.areas";

/// What this device keeps of a shelf.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// In seconds since 1970.
    pub until: i64,
    /// As large as it is on this device.
    pub bytes: usize,
}

/// The areas whose texts she wants on this device.
#[must_use]
pub fn chosen() -> Areas {
    local::get(CHOSEN).and_then(|list| Areas::parse(&list)).unwrap_or(Areas::ALL)
}

/// Remembers her choice, on this device only; [`apply`] makes it true of what lies on the disk.
pub fn choose(areas: Areas) {
    if areas == Areas::ALL {
        local::remove(CHOSEN);
    } else {
        local::set(CHOSEN, &areas.to_text());
    }
}

/// Takes off the disk what she does not want there, and puts there what she wants and is in use.
pub async fn apply(name: ShelfName, in_use: &Opened) -> Option<Kept> {
    let stored = shelf_store::load(name.code()).await.ok()??;
    let knows_all = stored.origin.areas().without(in_use.areas()).is_empty();
    if stored.number == in_use.shelf.number && knows_all {
        return rewrite(name, in_use, &stored).await;
    }
    // Another tab has put there what this page has never seen. Reading it takes out what has to go.
    load(name).await?.kept
}

/// What is left of it with her choice, for as long as before.
pub(super) async fn rewrite(name: ShelfName, from: &Opened, stored: &StoredShelf) -> Option<Kept> {
    let kept = keep(name, from, stored.until, stored.fetched_at).await;
    if kept.is_none() {
        // Rather nothing than what she took out.
        let _ = shelf_store::forget(name.code()).await;
    }
    kept
}

/// What could not be kept is still good for this visit.
pub(super) async fn keep(name: ShelfName, from: &Opened, until: f64, fetched_at: f64) -> Option<Kept> {
    loop {
        let areas = chosen();
        // A shelf of which nothing falls out stays what was signed.
        let (part, origin) = if loses(from, areas) {
            let part = from.pieces()?.cut(&from.text, areas);
            (Some(part), Origin::Part(from.areas().and(areas)))
        } else {
            (None, from.origin.clone())
        };
        let text = part.as_ref().unwrap_or(&from.text);
        let closed = lapsing::close(text).await?;
        let stored = StoredShelf { number: from.shelf.number, closed, origin, until, fetched_at };
        if shelf_store::store(name.code(), &stored).await != Outcome::Saved {
            return None;
        }
        if chosen() == areas {
            return Some(Kept { until: until as i64, bytes: text.len() });
        }
    }
}

/// Where it cannot be told, it does.
pub(super) fn loses(from: &Opened, areas: Areas) -> bool {
    let may = !from.areas().without(areas).is_empty();
    may && from.pieces().is_none_or(|pieces| pieces.lose(areas))
}
