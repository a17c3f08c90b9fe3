//! The four choices that must be known before wasm starts. `public/early.js` reads the same keys, so a key here is a
//! contract: never rename one.

use crate::local;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pref {
    /// `ja`, `ja-easy` or `en`.
    Language,
    /// `system`, `light` or `dark`.
    Theme,
    /// `m`, `l` or `xl`.
    TextSize,
    /// `0` or `1`: neutral title and icon.
    Discreet,
}

impl Pref {
    const fn key(self) -> &'static str {
        match self {
            Self::Language => "tn.lang",
            Self::Theme => "tn.theme",
            Self::TextSize => "tn.text",
            Self::Discreet => "tn.discreet",
        }
    }
}

/// What she chose, if she did.
#[must_use]
pub fn get(pref: Pref) -> Option<String> {
    local::get(pref.key())
}

/// Remembers a choice. Where storage is blocked it holds until the page closes.
pub fn set(pref: Pref, value: &str) {
    local::set(pref.key(), value);
}
