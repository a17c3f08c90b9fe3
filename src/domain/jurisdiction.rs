//! Who may guarantee her: home and place of business → the associations in charge, each with the rule that says so.
//!
//! Must not know distance: the nearest team may belong to an association that cannot guarantee her. The surprising
//! rule: in 横浜, 川崎, 名古屋 and 岐阜 two associations are in charge, and how they divide cases is unknown, so both
//! are named. What an association asks for is data of the edition (`Association::eligibility`, with its source);
//! where its own page was not read the common rule is assumed and the answer is not `confirmed`.

use crate::association::{Area, Association, AssociationId, Eligibility};
use crate::directory::Edition;
use crate::place::{Candidate, MunicipalityCode};

/// What she is, or will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    SoleProprietor,
    Company,
    /// Not yet started.
    Planned,
}

/// Which of her places the question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    Home,
    Business,
}

/// One association in charge and the rule that makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InCharge {
    pub association: AssociationId,
    pub rule: RuleId,
    /// False where the association's own page was not read and the common rule is assumed: show 要確認.
    pub confirmed: bool,
    /// Set when only the prefecture is known: the city association is in charge if her place lies in this city.
    pub only_if_in: Option<MunicipalityCode>,
}

/// All associations that may guarantee her at this place, the prefecture's first. Never empty: an edition covers
/// every prefecture (`Edition::parse`).
#[must_use]
pub fn in_charge(edition: &Edition, place: Candidate, who: Who, basis: Basis) -> Vec<InCharge> {
    let answer = |association: &Association, only_if_in| {
        let read = association.eligibility.as_ref().map(|fact| fact.value);
        InCharge {
            association: association.id.clone(),
            rule: rule(read.unwrap_or(Eligibility::Common), who, basis),
            confirmed: read.is_some(),
            only_if_in,
        }
    };
    let prefecture = Area::Prefecture(place.prefecture.number());
    let of_prefecture = edition.associations.iter().filter(|a| a.area == prefecture).map(|a| answer(a, None));
    let of_city = edition.associations.iter().filter_map(|association| {
        let Area::City(number) = association.area else { return None };
        let city = MunicipalityCode::new(number)?;
        match place.municipality {
            Some(municipality) => whole_city(municipality).eq(&city).then(|| answer(association, None)),
            None => city.prefecture().eq(&place.prefecture).then(|| answer(association, Some(city))),
        }
    });
    of_prefecture.chain(of_city).collect()
}

/// The city a ward belongs to, for the cities with an association of their own; any other municipality is itself.
/// Written out because ward numbers do not say where a city ends: 14131 is 川崎's, 14151 is 相模原's.
#[must_use]
pub fn whole_city(municipality: MunicipalityCode) -> MunicipalityCode {
    let city = match municipality.number() {
        14101..=14118 => 14100,
        14131..=14137 => 14130,
        23101..=23116 => 23100,
        itself => itself,
    };
    MunicipalityCode::new(city).unwrap_or(municipality)
}

/// Which rule speaks for this person at this kind of place.
fn rule(eligibility: Eligibility, who: Who, basis: Basis) -> RuleId {
    match (eligibility, who, basis) {
        (Eligibility::OfficeInPrinciple, _, _) => RuleId::OfficeInPrinciple,
        (Eligibility::OfficeAddressOrResidence, _, _) => RuleId::OfficeAddressOrResidence,
        (Eligibility::CompanyBusinessInCity, Who::Company, _) => RuleId::CompanyBusinessInCity,
        (_, Who::SoleProprietor, Basis::Home) => RuleId::SoleByHome,
        (_, Who::SoleProprietor, Basis::Business) => RuleId::SoleByBusiness,
        (_, Who::Company, Basis::Home) => RuleId::CompanyHomeAsOffice,
        (_, Who::Company, Basis::Business) => RuleId::CompanyByBusiness,
        (_, Who::Planned, Basis::Home) => RuleId::PlannedByHome,
        (_, Who::Planned, Basis::Business) => RuleId::PlannedByBusiness,
    }
}

/// Names a rule; the sentence is in the i18n files under `rule.<id>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleId {
    SoleByHome,
    SoleByBusiness,
    CompanyByBusiness,
    /// A company has no home; if its head office is registered and active there, that place counts.
    CompanyHomeAsOffice,
    PlannedByHome,
    PlannedByBusiness,
    /// Own wording: 秋田 asks for an office, shop or factory in the prefecture "in principle".
    OfficeInPrinciple,
    /// Own wording: 川崎市 takes a company that carries on business in the city.
    CompanyBusinessInCity,
    /// Own wording: 埼玉 takes an office, shop, factory, address or residence in the prefecture.
    OfficeAddressOrResidence,
}

impl RuleId {
    /// All of them, so that whoever has sentences for rules can prove to have every one.
    pub const ALL: [Self; 9] = [
        Self::SoleByHome,
        Self::SoleByBusiness,
        Self::CompanyByBusiness,
        Self::CompanyHomeAsOffice,
        Self::PlannedByHome,
        Self::PlannedByBusiness,
        Self::OfficeInPrinciple,
        Self::CompanyBusinessInCity,
        Self::OfficeAddressOrResidence,
    ];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::place::PrefectureCode;

    const WHO: [Who; 3] = [Who::SoleProprietor, Who::Company, Who::Planned];
    const BASIS: [Basis; 2] = [Basis::Home, Basis::Business];

    fn edition() -> Edition {
        Edition::parse(include_bytes!("../../public/data/directory.json")).unwrap()
    }

    fn at(code: u32) -> Candidate {
        let municipality = MunicipalityCode::new(code).unwrap();
        Candidate { prefecture: municipality.prefecture(), municipality: Some(municipality) }
    }

    fn ids(answers: &[InCharge]) -> Vec<&str> {
        answers.iter().map(|a| a.association.as_str()).collect()
    }

    #[test]
    fn a_shop_in_a_city_with_its_own_association_has_two_to_ask() {
        let edition = edition();
        let ask = |code| in_charge(&edition, at(code), Who::SoleProprietor, Basis::Business);
        for (code, expected) in [
            (14101, vec!["kanagawa", "yokohama-shi"]),
            (14118, vec!["kanagawa", "yokohama-shi"]),
            (14100, vec!["kanagawa", "yokohama-shi"]),
            (14131, vec!["kanagawa", "kawasaki-shi"]),
            (14137, vec!["kanagawa", "kawasaki-shi"]),
            (14151, vec!["kanagawa"]),
            (23105, vec!["aichi", "nagoya-shi"]),
            (23201, vec!["aichi"]),
            (21201, vec!["gifu", "gifu-shi"]),
            (21202, vec!["gifu"]),
            (32201, vec!["shimane"]),
        ] {
            assert_eq!(ids(&ask(code)), expected, "{code}");
        }
    }

    #[test]
    fn a_prefecture_alone_names_its_cities_as_a_condition() {
        let edition = edition();
        let place = Candidate { prefecture: PrefectureCode::new(14).unwrap(), municipality: None };
        let answers = in_charge(&edition, place, Who::Planned, Basis::Home);
        let only_if: Vec<_> = answers.iter().map(|a| a.only_if_in.map(MunicipalityCode::number)).collect();
        assert_eq!(ids(&answers), ["kanagawa", "yokohama-shi", "kawasaki-shi"]);
        assert_eq!(only_if, [None, Some(14100), Some(14130)]);
    }

    #[test]
    fn an_association_with_its_own_wording_is_traced_to_it() {
        let edition = edition();
        let rule = |code, id: &str, who, basis| {
            let answers = in_charge(&edition, at(code), who, basis);
            answers.iter().find(|a| a.association.as_str() == id).map(|a| (a.rule, a.confirmed)).unwrap()
        };
        use {Basis::*, RuleId::*, Who::*};
        assert_eq!(rule(5201, "akita", SoleProprietor, Home), (OfficeInPrinciple, true));
        assert_eq!(rule(11103, "saitama", Company, Home), (OfficeAddressOrResidence, true));
        assert_eq!(rule(14131, "kawasaki-shi", Company, Business), (CompanyBusinessInCity, true));
        assert_eq!(rule(14131, "kawasaki-shi", SoleProprietor, Home), (SoleByHome, true));
        assert_eq!(rule(14131, "kanagawa", Company, Business), (CompanyByBusiness, true));
        assert_eq!(rule(14101, "yokohama-shi", Company, Business), (CompanyByBusiness, false));
        assert_eq!(rule(13101, "tokyo", Planned, Home), (PlannedByHome, false));
    }

    #[test]
    fn the_wards_of_the_four_cities_are_those_of_the_tables() {
        let bytes = include_bytes!("../../public/data/places.bin").to_vec();
        let gazetteer = crate::place::gazetteer::Gazetteer::open(bytes).unwrap();
        let cities = [14100, 14130, 23100, 21201].map(|city| MunicipalityCode::new(city).unwrap());
        for municipality in
            PrefectureCode::all().flat_map(|p| gazetteer.municipalities_of(p).collect::<Vec<_>>())
        {
            let city = gazetteer.city_of(municipality).filter(|city| cities.contains(city));
            assert_eq!(whole_city(municipality), city.unwrap_or(municipality), "{municipality}");
        }
    }

    /// Every code that could be a municipality, so that no table has to be right for this to hold.
    #[test]
    fn every_place_and_person_gets_an_answer_with_a_rule_and_no_rule_is_dead() {
        let edition = edition();
        let mut used = BTreeSet::new();
        for code in (1000..48_000).filter(|code| MunicipalityCode::new(*code).is_some()) {
            for (who, basis) in WHO.into_iter().flat_map(|w| BASIS.map(|b| (w, b))) {
                let answers = in_charge(&edition, at(code), who, basis);
                assert!(answers.iter().any(|a| a.only_if_in.is_none()), "{code} {who:?} {basis:?}");
                let home = edition.association(&answers[0].association).unwrap();
                assert_eq!(home.area, Area::Prefecture((code / 1000) as u8), "the prefecture's comes first");
                used.extend(answers.iter().map(|a| a.rule));
            }
        }
        assert_eq!(used, BTreeSet::from(RuleId::ALL));
    }
}
