//! Why an association is in charge, one sentence a rule.

use domain::jurisdiction::{InCharge, RuleId};
use leptos::prelude::*;
use ui::i18n::{Key, say, say_with};

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
pub fn reason(in_charge: &InCharge, place: &str) -> AnyView {
    let confirmed = in_charge.confirmed;
    view! {
        <p data-testid="reason">
            {say_with(sentence(in_charge.rule), &[("place", place)])}
            {(!confirmed).then(|| view! { <span class="tn-card__check">{say(Key::RuleAssumed)}</span> })}
        </p>
    }
    .into_any()
}
