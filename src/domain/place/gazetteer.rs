//! The tables on the phone: postal codes and municipalities, opened without parsing.
//!
//! The bytes come from `public/data/places.bin`; nothing is decoded before it is asked for.

use super::names::{Building, Names, Place};
use super::postal::{self, Written};
use super::reading::Reading;
use super::tables::{Row, Tables};
use super::{
    Answer, Candidate, Kind, MunicipalityCode, PostalCode, PrefectureCode, Unresolved, romaji, suggestion,
};
use crate::geo::LatLon;
use std::sync::OnceLock;

/// Opened tables. Cheap to open: checks header and checksum and remembers where the columns start.
pub struct Gazetteer {
    tables: Tables,
    names: OnceLock<Names>,
}

/// The bytes are not a table of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the place tables are damaged or of another version")]
pub struct Damaged;

/// A city, town, village or ward as the tables know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    pub code: MunicipalityCode,
    /// Without prefecture, wards with their city, towns with their county: 松江市, 名古屋市中村区, 仁多郡奥出雲町.
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
    /// [`Damaged`] where the header, a length or the checksum does not fit.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Damaged> {
        let tables = Tables::open(bytes).ok_or(Damaged)?;
        Ok(Self { tables, names: OnceLock::new() })
    }

    /// Builds the index of names now instead of on the first name: for batches.
    pub fn warm(&self) {
        self.names();
    }

    /// The same in short pieces, one for each time `next` is called, for a phone that has other things to do in between.
    pub fn warm_in_pieces(&self) -> impl Iterator<Item = ()> + '_ {
        let mut building = None;
        std::iter::from_fn(move || {
            if self.names.get().is_some() {
                return None; // whole, or she typed faster
            }
            let mut half = building.take().unwrap_or_else(|| Building::begin(&self.tables));
            if half.step(&self.tables) {
                building = Some(half);
            } else {
                self.whole(Some(half));
            }
            Some(())
        })
    }

    fn names(&self) -> &Names {
        self.whole(None)
    }

    fn whole(&self, begun: Option<Building>) -> &Names {
        self.names.get_or_init(|| {
            let mut building = begun.unwrap_or_else(|| Building::begin(&self.tables));
            while building.step(&self.tables) {}
            building.finish()
        })
    }

    /// Also the designated cities as a whole (14100 is 横浜市), which are no rows of their own.
    #[must_use]
    pub fn municipality(&self, code: MunicipalityCode) -> Option<Municipality> {
        match self.tables.row(code) {
            Some(row) => Some(self.of_row(row)),
            None => self.whole_city(code),
        }
    }

    fn of_row(&self, row: Row) -> Municipality {
        let (kanji, kana) = (self.tables.kanji(row), self.tables.kana(row));
        let romaji = match self.names().groups.of(row) {
            None => romaji::part(kanji, kana),
            Some((group, split)) => {
                let own = romaji::part(&kanji[split.kanji..], &kana[split.kana..]);
                format!("{} {own}", romaji::part(&group.kanji, &group.kana))
            }
        };
        Municipality {
            code: self.tables.code(row),
            name: kanji.to_owned(),
            kana: kana.to_owned(),
            romaji,
            point: self.tables.point(row),
        }
    }

    fn whole_city(&self, code: MunicipalityCode) -> Option<Municipality> {
        let city = self.names().groups.city(code)?;
        let points: Vec<LatLon> = city.rows.iter().filter_map(|row| self.tables.point(*row)).collect();
        let mean = |of: fn(&LatLon) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
        Some(Municipality {
            code,
            name: city.kanji.clone(),
            kana: city.kana.clone(),
            romaji: romaji::part(&city.kanji, &city.kana),
            point: (!points.is_empty())
                .then(|| LatLon { lat: mean(|point| point.lat), lon: mean(|point| point.lon) }),
        })
    }

    /// Every municipality and ward of a prefecture, by code.
    pub fn municipalities_of(
        &self,
        prefecture: PrefectureCode,
    ) -> impl Iterator<Item = MunicipalityCode> + '_ {
        let first = u32::from(prefecture.number()) * 1000;
        self.tables.rows_between(first..first + 1000).map(|row| self.tables.code(row))
    }

    /// The designated city that a ward belongs to (14101 → 14100); the wards of Tokyo are their own.
    #[must_use]
    pub fn city_of(&self, ward: MunicipalityCode) -> Option<MunicipalityCode> {
        let (group, _) = self.names().groups.of(self.tables.row(ward)?)?;
        group.is_city().then_some(group.code)
    }

    /// The wards of a designated city; empty for every other code.
    #[must_use]
    pub fn wards_of(&self, city: MunicipalityCode) -> Vec<MunicipalityCode> {
        let rows = self.names().groups.city(city).map(|group| group.rows.as_slice()).unwrap_or_default();
        rows.iter().map(|row| self.tables.code(*row)).collect()
    }

    /// What a finished input means: postal code in any writing, or a name in kanji, kana or Latin letters.
    ///
    /// # Errors
    /// [`Unresolved`] says why there is no answer.
    pub fn resolve(&self, input: &str) -> Result<Answer, Unresolved> {
        match postal::read(input) {
            Written::Complete(code) => self.postal_code(code),
            Written::Partial { .. } | Written::TooLong => Err(Unresolved::PostalCodeLength),
            Written::No if input.trim().is_empty() => Err(Unresolved::Empty),
            Written::No => {
                let found = self.reading().name(input).ok_or(Unresolved::UnknownName)?;
                Ok(self.answer(&found.places, found.whole))
            }
        }
    }

    /// Every municipality of a postal code. Where its first five digits are not in use but its first three are, the
    /// municipality of its neighbours, uncertain.
    ///
    /// # Errors
    /// [`Unresolved::UnknownPostalCode`] where the first three digits are not in use.
    pub fn postal_code(&self, code: PostalCode) -> Result<Answer, Unresolved> {
        let number = code.number();
        let area = (number / 10_000) as u16;
        if self.tables.areas().binary_search(&area).is_err() {
            return Err(Unresolved::UnknownPostalCode);
        }
        let first = self.tables.row_of(number).ok_or(Unresolved::UnknownPostalCode)?;
        let alternates = self.tables.alternates();
        let more =
            alternates.binary_search_by_key(&number, |(code, _)| *code).map(|at| alternates[at].1.as_slice());
        let rows = std::iter::once(&first).chain(more.unwrap_or_default());
        let candidates = rows.map(|row| candidate(self.tables.code(*row))).collect();
        Ok(Answer { kind: Kind::PostalCode, candidates, certain: self.tables.block_in_use(number / 100) })
    }

    /// Best matches of an unfinished input, best first, at most `limit`.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        match postal::read(typed) {
            Written::Complete(code) => self.postal_suggestion(code).into_iter().take(limit).collect(),
            Written::TooLong => Vec::new(),
            Written::Partial { digits, length } => {
                let rows = suggestion::by_digits(&self.tables, digits, length, limit);
                rows.into_iter().map(|row| self.suggestion(Place::Municipality(row))).collect()
            }
            Written::No => {
                let places = self.reading().beginning(typed, limit);
                places.into_iter().map(|place| self.suggestion(place)).collect()
            }
        }
    }

    fn postal_suggestion(&self, code: PostalCode) -> Option<Suggestion> {
        let answer = self.postal_code(code).ok()?;
        Some(Suggestion { answer, label: format!("〒{code}"), reading: String::new() })
    }

    fn suggestion(&self, place: Place) -> Suggestion {
        let (kanji, kana) = self.names().shown(&self.tables, place);
        Suggestion { answer: self.answer(&[place], true), label: kanji.to_owned(), reading: kana.to_owned() }
    }

    fn reading(&self) -> Reading<'_> {
        Reading { tables: &self.tables, names: self.names() }
    }

    fn answer(&self, places: &[Place], certain: bool) -> Answer {
        let kind = match places.first() {
            Some(Place::Prefecture(_)) => Kind::Prefecture,
            Some(Place::City(_)) => Kind::City,
            Some(Place::County(_)) => Kind::County,
            Some(Place::Municipality(_)) | None => Kind::Municipality,
        };
        let candidates =
            places.iter().flat_map(|place| self.names().candidates(&self.tables, *place)).collect();
        Answer { kind, candidates, certain }
    }
}

fn candidate(code: MunicipalityCode) -> Candidate {
    Candidate { prefecture: code.prefecture(), municipality: Some(code) }
}
