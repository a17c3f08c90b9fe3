//! What fields and their closed values are called.

use domain::api::desk::facts::Said;
use domain::association::Eligibility;
use domain::profile::{Field, rule};
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, el};

pub fn field_key(field: Field) -> Key {
    match field {
        Field::Phone => Key::FactPhone,
        Field::Hours => Key::FactHours,
        Field::Address => Key::FactAddress,
        Field::Website => Key::FactSite,
        Field::Name => Key::DeskFactsName,
        Field::Eligibility => Key::FactWho,
        Field::Team => Key::FactTeam,
        Field::TeamName => Key::FactTeamName,
        Field::TeamNameEn => Key::DeskFactsTeamNameEn,
        Field::TeamFounded => Key::FactFounded,
    }
}

pub fn rule_key(rule: Eligibility) -> Key {
    match rule {
        Eligibility::Common => Key::EligibilityCommon,
        Eligibility::OfficeInPrinciple => Key::EligibilityOfficeInPrinciple,
        Eligibility::CompanyBusinessInCity => Key::EligibilityCompanyBusinessInCity,
        Eligibility::OfficeAddressOrResidence => Key::EligibilityOfficeAddressOrResidence,
    }
}

pub fn value(field: Field, said: &Said) -> Content {
    match field {
        Field::Eligibility => match rule(&said.value) {
            Some(rule) => say(rule_key(rule)),
            None => said.value.clone().into(),
        },
        Field::Team => say(Key::DeskFactsTeamThere),
        Field::TeamFounded => say_with(Key::FactYear, &[("year", &said.value)]),
        Field::Phone
        | Field::Hours
        | Field::Address
        | Field::Website
        | Field::Name
        | Field::TeamName
        | Field::TeamNameEn => el("span").set("lang", "ja").put(said.value.clone()).into(),
    }
}

/// In a sentence; 要確認 where it is not known.
pub fn value_text(field: Field, said: Option<&Said>) -> String {
    let Some(said) = said else { return plain(Key::FactUnknown) };
    match field {
        Field::Eligibility => {
            rule(&said.value).map_or_else(|| said.value.clone(), |rule| plain(rule_key(rule)))
        }
        Field::Team => plain(Key::DeskFactsTeamThere),
        _ => said.value.clone(),
    }
}

pub fn wrong_key(code: &str) -> Key {
    match code {
        "missing" => Key::DeskFactsWrongMissing,
        "lines" => Key::DeskFactsWrongLines,
        "phone" => Key::DeskFactsWrongPhone,
        "link" => Key::DeskFactsWrongLink,
        "year" => Key::DeskFactsWrongYear,
        "no_choice" => Key::DeskFactsWrongChoice,
        "needed" => Key::DeskFactsWrongNeeded,
        "no_team" => Key::DeskFactsWrongNoTeam,
        "place" => Key::DeskFactsWrongPlace,
        "not_a_day" => Key::DeskFactsWrongDay,
        "ahead" => Key::DeskFactsWrongAhead,
        _ => Key::DeskFactsWrongTooLong,
    }
}
