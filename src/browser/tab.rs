//! What lives as long as this tab, and how long nobody has touched it.

use std::cell::Cell;

use gloo_events::EventListener;

pub use crate::local::{keep_in_tab as keep, kept_in_tab as kept};
use crate::{clock, local};

/// A moment, and nothing else.
const TOUCHED: &str = "tn.desk.touched";
const TELL_EVERY_MS: f64 = 5_000.0;

thread_local! {
    static TOUCHED_AT: Cell<f64> = const { Cell::new(0.0) };
    static TOLD_AT: Cell<f64> = const { Cell::new(0.0) };
}

/// A choice of this browser, kept beyond the tab.
#[must_use]
pub fn choice(key: &str) -> Option<String> {
    local::get(key)
}

pub fn choose(key: &str, value: &str) {
    local::set(key, value);
}

/// From now on notes when she touches the page: a key, a finger, the pointer pressed.
pub fn watch_touches() {
    touch();
    let window = crate::window();
    for event in ["keydown", "pointerdown"] {
        EventListener::new(&window, event, |_| touch()).forget();
    }
}

/// She is there, in whichever tab: the others are told now and then.
pub fn touch() {
    let now = clock::now_ms();
    TOUCHED_AT.set(now);
    if now - TOLD_AT.get() > TELL_EVERY_MS {
        TOLD_AT.set(now);
        local::set(TOUCHED, &(now as u64).to_string());
    }
}

/// When she last touched a page of the desk, in milliseconds since 1970.
#[must_use]
pub fn touched_at() -> f64 {
    let elsewhere = local::get(TOUCHED).and_then(|text| text.parse::<u64>().ok()).unwrap_or_default();
    TOUCHED_AT.get().max(elsewhere as f64)
}

/// The browser's way to paper.
pub fn print() {
    // Where there is no printer and no file to print to, the browser says so itself.
    let _ = crate::window().print();
}
