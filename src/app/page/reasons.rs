//! Why an association is in charge, one sentence a rule.

use domain::jurisdiction::{InCharge, RuleId};
use ui::i18n::{Key, say, say_with};
use ui::node::{El, el};

/// Every rule has its sentence; the compiler sees to it.
fn sentence(rule: RuleId) -> Key {
    match rule {
        RuleId::SoleByHome => Key::RuleSoleByHome,
        RuleId::SoleByBusiness => Key::RuleSoleByBusiness,
        RuleId::CompanyByBusiness => Key::RuleCompanyByBusiness,
        RuleId::CompanyHomeAsOffice => Key::RuleCompanyHomeAsOffice,
        RuleId::PlannedByHome => Key::RulePlannedByHome,
        RuleId::PlannedByBusiness => Key::RulePlannedByBusiness,
        RuleId::OfficeInPrinciple => Key::RuleOfficeInPrinciple,
        RuleId::CompanyBusinessInCity => Key::RuleCompanyBusinessInCity,
        RuleId::OfficeAddressOrResidence => Key::RuleOfficeAddressOrResidence,
    }
}

/// `place` is the area of the association: 島根県, 名古屋市.
pub fn reason(in_charge: &InCharge, place: &str) -> El {
    let check = (!in_charge.confirmed).then(|| el("span").class("tn-card__check").put(say(Key::RuleAssumed)));
    el("p")
        .set("data-testid", "reason")
        .put(say_with(sentence(in_charge.rule), &[("place", place)]))
        .put(check)
}
