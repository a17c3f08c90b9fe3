//! What a founder can name as *where*, and how far the tables can follow her.
//!
//! Must not know associations: who is in charge of a place is `jurisdiction`. The surprising rule: a question may
//! have several right answers (three postal codes lie in two prefectures, 府中市 exists twice), so every answer is a
//! list and a choice is the founder's, never ours.

pub mod code;
mod fold;
pub mod gazetteer;
mod groups;
mod keys;
mod names;
mod postal;
pub mod prefecture;
mod reading;
mod romaji;
mod sound;
mod suggestion;
mod tables;
#[cfg(test)]
mod tests;
mod words;

pub use code::{MunicipalityCode, PostalCode, PrefectureCode};

/// One place the input may mean. Without a municipality it is the prefecture as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Candidate {
    pub prefecture: PrefectureCode,
    pub municipality: Option<MunicipalityCode>,
}

/// How the input was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    PostalCode,
    Municipality,
    /// A 郡: its towns and villages are the candidates.
    County,
    /// A designated city as a whole (横浜市): its wards are not asked for, the code is the city's own.
    City,
    Prefecture,
    Coordinates,
}

/// What the tables make of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub kind: Kind,
    /// Never empty. More than one: she has to choose.
    pub candidates: Vec<Candidate>,
    /// False where the tables know that the postal code is not in use: ask 「〇〇市でよろしいですか」.
    pub certain: bool,
}

/// Why an input has no answer. Each has its own sentence and its own way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Nothing but spaces.
    Empty,
    /// Looks like a postal code, with fewer or more than seven digits.
    PostalCodeLength,
    /// Seven digits that no part of Japan uses.
    UnknownPostalCode,
    /// No place of this name in the tables.
    UnknownName,
    /// A position outside Japan.
    OutsideJapan,
}
