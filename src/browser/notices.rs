//! The shelf of notices, as `boot.js` fetched it while the app was on its way: so the first screen begins with them instead
//! of being pushed down by them. A line there leads to the notice's own page, where the signature is checked.

use gloo_events::EventListener;

use crate::{clock, local};

const KEPT: &str = "tn.notices";
/// Said by `boot.js` when it has heard them.
const HEARD: &str = "tn-notices";
/// They end at a minute.
const EVERY_MS: u32 = 20_000;

/// As this device last heard it.
#[must_use]
pub fn kept() -> Option<Vec<u8>> {
    local::get(KEPT).map(String::into_bytes)
}

/// Whenever something may have begun, ended, or been heard, for the life of the page.
pub fn watch(changed: impl Fn() + Clone + 'static) {
    let heard = changed.clone();
    EventListener::new(&crate::window(), HEARD, move |_| heard()).forget();
    clock::every(EVERY_MS, changed);
}
