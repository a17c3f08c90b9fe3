//! What a founder comes for, from beginning to end.

mod accessible;
mod book;
mod find;
mod keep;
mod private;
mod wait;
mod words;

use crate::case::Case;

pub fn cases() -> Vec<Case> {
    [
        find::cases(),
        book::cases(),
        wait::cases(),
        keep::cases(),
        words::cases(),
        accessible::cases(),
        private::cases(),
    ]
    .concat()
}
