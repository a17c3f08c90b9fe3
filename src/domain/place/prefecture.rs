//! The 47 prefectures: names in kanji, kana and Latin letters.

use super::{MunicipalityCode, PrefectureCode};

/// A prefecture. Static: names and capitals change less often than the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefecture {
    pub code: PrefectureCode,
    /// 島根県
    pub name: &'static str,
    /// しまねけん
    pub kana: &'static str,
    /// Shimane
    pub romaji: &'static str,
    /// Municipality (or ward) where the prefectural office stands.
    pub capital: MunicipalityCode,
}

impl Prefecture {
    /// 島根, 東京, 北海道: as on a map tile.
    #[must_use]
    pub fn short(&self) -> &'static str {
        match self.name {
            "北海道" => self.name,
            name => name.trim_end_matches(['県', '府', '都']),
        }
    }
}
