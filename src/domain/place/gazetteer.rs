//! The tables on the phone: postal codes and municipalities, opened without parsing.
//!
//! The bytes come from `public/data/places.bin`; nothing is decoded before it is asked for.

use super::{Answer, MunicipalityCode, Unresolved};
use crate::geo::LatLon;

/// Opened tables. Cheap to open: checks the header and remembers where the columns start.
pub struct Gazetteer {
    _bytes: Vec<u8>,
}

/// The bytes are not a table of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the place tables are damaged or of another version")]
pub struct Damaged;

/// A city, town, village or ward as the tables know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    pub code: MunicipalityCode,
    /// Without prefecture, wards with their city: 松江市, 名古屋市中村区.
    pub name: String,
    /// The same in hiragana.
    pub kana: String,
    /// Hepburn without macrons, for screens in English: Nagoya-shi Nakamura-ku.
    pub romaji: String,
    /// A representative point (median of its town points, rounded to 0.01°); absent for the few without one.
    pub point: Option<LatLon>,
}

/// One line under the field while she types.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What choosing it answers.
    pub answer: Answer,
    /// As shown: 松江市, 島根県, 〒690-0887.
    pub label: String,
    /// In hiragana; empty for postal codes.
    pub reading: String,
}

impl Gazetteer {
    /// # Errors
    /// [`Damaged`] where the header or a length does not fit.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Damaged> {
        Ok(Self { _bytes: bytes })
    }

    #[must_use]
    pub fn municipality(&self, _code: MunicipalityCode) -> Option<Municipality> {
        None
    }

    /// What a finished input means: postal code in any writing, or a name in kanji, kana or Latin letters.
    ///
    /// # Errors
    /// [`Unresolved`] says why there is no answer.
    pub fn resolve(&self, _input: &str) -> Result<Answer, Unresolved> {
        Err(Unresolved::UnknownName)
    }

    /// Best matches of an unfinished input, best first, at most `limit`.
    #[must_use]
    pub fn suggest(&self, _typed: &str, _limit: usize) -> Vec<Suggestion> {
        Vec::new()
    }
}
