//! What time it is, for whatever ends: a notice that is over goes from the screen, also without a network.

use ui::live::Live;

/// Often enough for notices, which end at a minute.
const EVERY_MS: u32 = 20_000;

/// Seconds since 1970.
#[derive(Clone, Copy)]
pub struct Now(Live<i64>);

impl Now {
    pub(super) fn new() -> Self {
        Self(Live::new(seconds()))
    }

    /// For the life of the page.
    pub fn keep(self) {
        browser::clock::every(EVERY_MS, move || self.0.set(seconds()));
    }

    /// Follows.
    pub fn get(self) -> i64 {
        self.0.get()
    }
}

fn seconds() -> i64 {
    (browser::clock::now_ms() / 1000.0) as i64
}
