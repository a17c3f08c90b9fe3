//! The directory: all associations with all facts, as one edition.
//!
//! The app carries the edition it was built with; the server may publish newer ones. The newer number wins, and an
//! edition with a lower number is refused even when its signature is good: it would bring back facts that were
//! corrected.

mod read;

use crate::association::{Area, Association, AssociationId};
use crate::fact::{Source, SourceId};
use crate::json::{self, Json, Malformed, Misread};

/// One edition of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Edition {
    /// Rises by one with every publication.
    pub number: u32,
    /// RFC 3339 date of publication.
    pub issued: String,
    pub sources: Vec<Source>,
    pub associations: Vec<Association>,
}

/// Why a file or an answer is not an edition that may be shown.
#[derive(Debug, thiserror::Error)]
pub enum BadEdition {
    #[error("not the JSON of an edition: {0}")]
    Json(#[from] Malformed),
    #[error("not the JSON of an edition: {0}")]
    Shape(#[from] Misread),
    #[error("{0} cites source {1}, which is not in the list")]
    UnknownSource(String, u16),
    #[error("{0} is listed twice")]
    Twice(String),
    #[error("{0} has a website that is not http or https")]
    Website(String),
    #[error("no association covers prefecture {0:02}")]
    Uncovered(u8),
}

impl Edition {
    /// Reads an edition and checks what every reader relies on: all prefectures covered, ids unique, sources there.
    ///
    /// # Errors
    /// [`BadEdition`] names the first thing that is wrong.
    pub fn parse(document: &[u8]) -> Result<Self, BadEdition> {
        let edition = json::read(&Json::parse(document)?, read::edition)?;
        for (at, association) in edition.associations.iter().enumerate() {
            let id = association.id.as_str();
            if edition.associations[..at].iter().any(|earlier| earlier.id == association.id) {
                return Err(BadEdition::Twice(id.to_owned()));
            }
            // It becomes a link on every page: a `javascript:` address must not get that far.
            if !["https://", "http://"].iter().any(|scheme| association.website.value.starts_with(scheme)) {
                return Err(BadEdition::Website(id.to_owned()));
            }
            if let Some(bad) = association.cited().into_iter().find(|s| edition.source(*s).is_none()) {
                return Err(BadEdition::UnknownSource(id.to_owned(), bad.0));
            }
        }
        let covered = |number| edition.associations.iter().any(|a| a.area == Area::Prefecture(number));
        match (1..=47).find(|number| !covered(*number)) {
            Some(number) => Err(BadEdition::Uncovered(number)),
            None => Ok(edition),
        }
    }

    #[must_use]
    pub fn association(&self, id: &AssociationId) -> Option<&Association> {
        self.associations.iter().find(|a| &a.id == id)
    }

    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(usize::from(id.0))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::association::{Eligibility, Precision};
    use crate::fact::Mark;

    const BUNDLED: &[u8] = include_bytes!("../../public/data/directory.json");

    fn bundled() -> Edition {
        Edition::parse(BUNDLED).unwrap()
    }

    #[test]
    fn the_bundled_edition_lists_47_prefectures_and_four_cities() {
        let edition = bundled();
        assert_eq!((edition.number, edition.associations.len()), (1, 51));
        let mut cities: Vec<u32> = edition
            .associations
            .iter()
            .filter_map(|a| match a.area {
                Area::City(code) => Some(code),
                Area::Prefecture(_) => None,
            })
            .collect();
        cities.sort_unstable();
        assert_eq!(cities, [14100, 14130, 21201, 23100]);
    }

    #[test]
    fn ten_associations_are_listed_with_a_team_and_only_as_of_june_2018() {
        let edition = bundled();
        let teams: Vec<_> =
            edition.associations.iter().filter_map(|a| Some((a.id.as_str(), a.team.as_ref()?))).collect();
        let ids: Vec<_> = teams.iter().map(|(id, _)| *id).collect();
        let expected = [
            "akita",
            "gunma",
            "saitama",
            "ishikawa",
            "fukui",
            "yamanashi",
            "gifu",
            "aichi",
            "shimane",
            "kochi",
        ];
        assert_eq!(ids, expected, "岐阜 is the prefecture's team");
        for (id, team) in teams {
            assert_eq!(team.listed.as_of.as_ref().map(|a| a.0.as_str()), Some("2018-06"), "{id}");
            assert!(team.listed.note.as_deref().is_some_and(|n| n.contains("要確認")), "{id}");
        }
    }

    // A PO-box code lies at a post office; drawn on a map it sends her to the wrong building.
    #[test]
    fn no_office_carries_a_po_box_code() {
        let po_boxes = [
            "060-8670", "320-8618", "420-8710", "651-0195", "630-8668", "700-8732", "753-8654", "760-8661",
            "790-8651", "840-8689",
        ];
        let text = std::str::from_utf8(BUNDLED).unwrap();
        assert!(po_boxes.iter().all(|code| !text.contains(code)));
    }

    #[test]
    fn phones_are_shown_with_their_note_and_hours_only_where_read() {
        let edition = bundled();
        let with = |f: fn(&Association) -> bool| -> Vec<_> {
            edition.associations.iter().filter(|a| f(a)).map(|a| a.id.as_str()).collect()
        };
        assert_eq!(with(|a| a.phone.is_some()), ["ishikawa", "shimane"]);
        assert_eq!(with(|a| a.hours.is_some()), ["shimane"]);
        assert_eq!(with(|a| !a.branches.is_empty()), ["saitama", "aichi", "osaka", "yamaguchi"]);
        assert_eq!(
            with(|a| a.office.as_ref().is_some_and(|o| o.value.precision == Precision::Town)),
            ["gunma"]
        );
        assert_eq!(
            with(|a| a.office.as_ref().is_some_and(|o| o.value.precision == Precision::City)),
            ["fukui"]
        );
        assert_eq!(with(|a| a.office.is_some()).len(), 25);
        assert!(edition.associations.iter().flat_map(|a| &a.phone).all(|p| p.note.is_some()));
    }

    #[test]
    fn every_office_stands_in_a_municipality_that_exists_and_that_its_address_names() {
        let bytes = include_bytes!("../../public/data/places.bin").to_vec();
        let gazetteer = crate::place::gazetteer::Gazetteer::open(bytes).unwrap();
        let edition = bundled();
        let heads = edition.associations.iter().flat_map(|a| &a.office).map(|fact| &fact.value);
        let branches = edition.associations.iter().flat_map(|a| &a.branches).map(|fact| &fact.value.office);
        for office in heads.chain(branches) {
            let code = crate::place::MunicipalityCode::new(office.municipality).unwrap();
            let municipality = gazetteer.municipality(code).unwrap();
            assert!(office.address.contains(&municipality.name), "{} {}", office.address, municipality.name);
            assert!(municipality.point.is_some(), "{}", municipality.name);
        }
    }

    #[test]
    fn every_source_is_used_and_rules_come_from_official_pages() {
        let edition = bundled();
        let cited: BTreeSet<_> = edition.associations.iter().flat_map(Association::cited).collect();
        assert_eq!(cited.len(), edition.sources.len());
        let rules: Vec<_> = edition.associations.iter().filter_map(|a| a.eligibility.as_ref()).collect();
        assert_eq!(rules.len(), 10);
        assert!(rules.iter().all(|r| edition.source(r.source).unwrap().mark == Mark::Official));
        assert!(rules.iter().any(|r| r.value == Eligibility::CompanyBusinessInCity));
    }

    #[test]
    fn an_edition_that_cites_nothing_or_forgets_a_prefecture_is_refused() {
        let mut edition = bundled();
        edition.associations[3].website.source = SourceId(999);
        let json = serde_json::to_vec(&edition).unwrap();
        assert!(matches!(Edition::parse(&json), Err(BadEdition::UnknownSource(id, 999)) if id == "miyagi"));
        let mut edition = bundled();
        edition.associations[0].website.value = "javascript:alert(1)".to_owned();
        let json = serde_json::to_vec(&edition).unwrap();
        assert!(matches!(Edition::parse(&json), Err(BadEdition::Website(id)) if id == "hokkaido"));
        let mut edition = bundled();
        edition.associations.retain(|a| a.id.as_str() != "okinawa");
        let json = serde_json::to_vec(&edition).unwrap();
        assert!(matches!(Edition::parse(&json), Err(BadEdition::Uncovered(47))));
        assert!(matches!(Edition::parse(b"{\"number\":2}"), Err(BadEdition::Shape(_))));
    }
}
