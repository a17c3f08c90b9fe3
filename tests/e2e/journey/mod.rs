//! What a founder comes for, from beginning to end.

pub mod accessible;
mod aloud;
mod book;
mod erase;
mod files;
mod find;
mod keep;
mod kept_times;
mod later;
mod leave;
mod placing;
mod private;
mod read;
mod read_away;
mod reflow;
mod spoken;
mod wait;
mod wishes;
mod words;
mod written;

use crate::case::Case;

pub fn cases() -> Vec<Case> {
    [
        find::cases(),
        files::cases(),
        book::cases(),
        wait::cases(),
        read::cases(),
        read_away::cases(),
        erase::cases(),
        keep::cases(),
        kept_times::cases(),
        later::cases(),
        leave::cases(),
        words::cases(),
        accessible::cases(),
        reflow::cases(),
        spoken::cases(),
        aloud::cases(),
        wishes::cases(),
        placing::cases(),
        private::cases(),
        written::cases(),
    ]
    .concat()
}
