//! WebKit's storage process dies while she saves: the notorious fault of iPhones, produced for real.

use crate::case::Case;

pub fn cases() -> Vec<Case> {
    Vec::new()
}
