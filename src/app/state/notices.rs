//! Notices in one line each, for the first screen, as this device heard them last. They go when they are over, with or
//! without a network.

use domain::content::brief::{self, Brief};
use ui::live::Live;

#[derive(Clone, Copy)]
pub struct Notices {
    all: Live<Vec<Brief>>,
    /// Which of them hold now. Screens follow this alone, and it changes only when a notice begins or ends.
    current: Live<String>,
}

impl Notices {
    pub(super) fn kept() -> Self {
        let notices = Self { all: Live::new(Vec::new()), current: Live::new(String::new()) };
        notices.hear();
        notices
    }

    /// For the life of the page.
    pub fn keep(self) {
        browser::notices::watch(move || self.hear());
    }

    /// Those that hold now, and are wanted; follows.
    pub fn shown<T>(self, wanted: impl Fn(&Brief) -> bool, show: impl Fn(&Brief) -> T) -> Vec<T> {
        let current = self.current.get();
        let holds = |one: &&Brief| current.contains(&*one.mark()) && wanted(one);
        self.all.peek(|all| all.iter().filter(holds).map(show).collect())
    }

    fn hear(self) {
        let kept = browser::notices::kept().as_deref().and_then(brief::read).unwrap_or_default();
        let now = browser::clock::now_text();
        let mut marks = String::new();
        for one in kept.iter().filter(|one| one.is_current(&now)) {
            marks.push_str(&one.mark());
        }
        self.all.take_quietly(|all| *all = kept);
        self.current.settle(marks);
    }
}
