//! Whether single letters are commands, and whether the list of them is shown.

use browser::tab;
use ui::live::Live;

const KEY: &str = "tn.desk.letters";

#[derive(Clone, Copy)]
pub struct Shortcuts {
    pub letters: Live<bool>,
    pub shown: Live<bool>,
}

impl Shortcuts {
    #[must_use]
    pub fn kept() -> Self {
        Self { letters: Live::new(tab::choice(KEY).as_deref() != Some("0")), shown: Live::new(false) }
    }

    pub fn use_letters(self, on: bool) {
        tab::choose(KEY, if on { "1" } else { "0" });
        self.letters.set(on);
    }
}
