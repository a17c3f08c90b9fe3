//! How much of a shelf this device keeps: all, or what is for some prefectures. She chooses, and nobody is told.
//!
//! What falls out leaves the disk at once: the rest is closed anew under a key of its own and takes the place of bytes and
//! key. The surprising rule: whoever writes looks again afterwards whether she has chosen otherwise meanwhile, here or in
//! another tab; so the last one to write, whoever that is, leaves what she chose last.

use std::borrow::Cow;

use domain::content::{Areas, ShelfName};

use super::{Opened, open};
use crate::idb::Outcome;
use crate::idb::shelf_store::{self, Origin, StoredShelf};
use crate::{lapsing, local, turn};

/// On people's phones, never rename it. Absent: everything.
const CHOSEN: &str = "tn.areas";

/// What this device keeps of a shelf.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// In seconds since 1970.
    pub until: i64,
    /// As large as it is on this device.
    pub bytes: usize,
    pub areas: Areas,
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
    let knows_all = stored.origin.areas().without(in_use.areas()) == Areas::NONE;
    if stored.number == in_use.shelf.number && knows_all {
        return rewrite(name, in_use, &stored).await;
    }
    // Another tab has put there what this page has never seen.
    let theirs = open(&stored).await?;
    rewrite(name, &theirs, &stored).await
}

/// What is there, or what is left of it: the page may have been closed before the disk had her choice.
pub(super) async fn settle(name: ShelfName, opened: &Opened, stored: &StoredShelf) -> Option<Kept> {
    if !loses(opened, chosen()) {
        return Some(Kept { until: stored.until as i64, bytes: opened.size(), areas: opened.areas() });
    }
    rewrite(name, opened, stored).await
}

/// For as long as before.
async fn rewrite(name: ShelfName, from: &Opened, stored: &StoredShelf) -> Option<Kept> {
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
        let (text, origin) = cut(from, areas).await?;
        let kept_areas = origin.areas();
        let closed = lapsing::close(&text).await?;
        let stored = StoredShelf { number: from.shelf.number, closed, origin, until, fetched_at };
        if shelf_store::store(name.code(), &stored).await != Outcome::Saved {
            return None;
        }
        if chosen() == areas {
            return Some(Kept { until: until as i64, bytes: text.len(), areas: kept_areas });
        }
    }
}

/// A shelf of which nothing falls out stays what was signed.
async fn cut(from: &Opened, areas: Areas) -> Option<(Cow<'_, [u8]>, Origin)> {
    turn::next().await;
    if !loses(from, areas) {
        return Some((Cow::Borrowed(&*from.text), from.origin.clone()));
    }
    let part = from.pieces()?.cut(&from.text, areas);
    Some((Cow::Owned(part), Origin::Part(from.areas().and(areas))))
}

/// Where it cannot be told, it does.
fn loses(from: &Opened, areas: Areas) -> bool {
    let may = from.areas().without(areas) != Areas::NONE;
    may && from.pieces().is_none_or(|pieces| pieces.lose(areas))
}
