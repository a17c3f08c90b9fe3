//! Places in words of the current language, with readings where it shows them.

use domain::place::prefecture::Prefecture;
use domain::place::{Candidate, PrefectureCode};
use ui::i18n::{Lang, language, with_reading};

use super::places::Places;

/// 島根県, or Shimane.
#[must_use]
pub fn prefecture_name(code: PrefectureCode) -> String {
    let prefecture = Prefecture::of(code);
    match language() {
        Lang::English => prefecture.romaji.to_owned(),
        Lang::Japanese | Lang::Easy => with_reading(prefecture.name, prefecture.kana),
    }
}

/// The municipality where there is one and the tables are here, else the prefecture.
#[must_use]
pub fn candidate_name(places: Places, candidate: Candidate) -> String {
    let known = candidate.municipality.and_then(|code| {
        places.gazetteer.with(|tables| tables.as_ref().and_then(|tables| tables.municipality(code)))
    });
    match (known, language()) {
        (Some(municipality), Lang::English) => municipality.romaji,
        (Some(municipality), Lang::Japanese | Lang::Easy) => {
            with_reading(&municipality.name, &municipality.kana)
        }
        (None, _) => prefecture_name(candidate.prefecture),
    }
}
