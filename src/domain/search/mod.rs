//! Finds stories by what she types: 島根, しまね, ｼﾏﾈ, shimane. On her device, offline, and nobody learns what she looks for.
//!
//! Must not know what a story is: it gets texts by field and gives back their numbers, and filters are its caller's.
//! The surprising rule: there are no words in Japanese text, so a query matches anywhere inside of it; only Latin
//! letters and digits match from the beginning of their word.
//!
//! No posting lists. A small filter of neighbouring characters says for each document whether it can hold a word at all,
//! and the few that can are read through: as quick as lists at this size, built in one pass, smaller than the text.

mod filter;
mod folded;
mod index;
mod mark;
mod old;
mod pattern;
#[cfg(test)]
mod properties;
mod query;
mod readings;
mod romaji;
#[cfg(test)]
mod tests;

pub use index::Index;
pub use mark::{Snippet, highlight, snippet};
pub use query::Query;

/// One story as it comes in. Markup is taken off before: what is searched is what is read.
pub struct Document<'a> {
    pub fields: Vec<(Field, &'a str)>,
    /// Writing and its reading in kana: (島根, しまね). A reading holds for all documents, not only for its own.
    pub readings: Vec<(&'a str, &'a str)>,
}

/// Where a word was found, most telling first. A document may have a field several times, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Title,
    Summary,
    /// What it is filed under, in words: 飲食, 創業関連保証.
    Label,
    Body,
}

impl Field {
    const ALL: [Self; 4] = [Self::Title, Self::Summary, Self::Label, Self::Body];

    fn weight(self) -> u32 {
        match self {
            Self::Title => 60,
            Self::Summary => 24,
            Self::Label => 18,
            Self::Body => 8,
        }
    }
}

/// By which writing a word was found, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// As she typed it, whatever the width, the kana and the age of the characters.
    Written,
    /// She typed how it is read, in kana or Latin letters, and the text has it in kanji.
    Reading,
    /// She typed Latin letters, and the text has it in kana.
    Romaji,
}

impl How {
    const ALL: [Self; 3] = [Self::Written, Self::Reading, Self::Romaji];

    fn weight(self) -> u32 {
        match self {
            Self::Written => 4,
            Self::Reading => 3,
            Self::Romaji => 2,
        }
    }
}

/// A document that has all words of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the order in which the documents came.
    pub document: usize,
    pub score: u32,
    /// Never empty; most telling first.
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    pub field: Field,
    pub how: How,
}
