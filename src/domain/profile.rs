//! What an association's own desk says about it: which fields it may edit, and what it can say about one.
//!
//! Two look-alikes: *unknown* is something the desk says (nobody knows it, so founders read 要確認); *saying nothing* leaves
//! what the file of the edition has. An unknown number is never guessed, and a known one always has a source and a day.

mod check;
mod compose;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::association::{Association, AssociationId, Eligibility};
use crate::calendar::Date;
use crate::closed::closed;
use crate::fact::{AsOf, Fact, SourceId};

pub use check::{Wrong, check};
pub use compose::{compose, own_title};

closed! {
    /// What a desk may edit, in the order in which it is shown.
    Field {
        Phone = "phone",
        Hours = "hours",
        Address = "address",
        Website = "website",
        Name = "name",
        /// One of the four readings of `association::Eligibility`.
        Eligibility = "eligibility",
        /// That there is a women's team: `yes`. Before its other fields, which need one.
        Team = "team",
        TeamName = "team-name",
        TeamNameEn = "team-name-en",
        TeamFounded = "team-founded",
    }
}

/// Under which heading it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Contact,
    Association,
    Team,
}

impl Field {
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::Phone | Self::Hours | Self::Address | Self::Website => Group::Contact,
            Self::Name | Self::Eligibility => Group::Association,
            Self::Team | Self::TeamName | Self::TeamNameEn | Self::TeamFounded => Group::Team,
        }
    }

    /// Without it there is no association, or a team that is booked would vanish: that is the operators' to decide.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Name | Self::Website | Self::Team)
    }

    /// Whether the question arises: a team's name needs a team.
    #[must_use]
    pub const fn is_asked_of(self, association: &Association) -> bool {
        match self {
            Self::TeamName | Self::TeamNameEn | Self::TeamFounded => association.team.is_some(),
            _ => true,
        }
    }
}

/// What a desk says about a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Given {
    /// Looked for on this day, and not known.
    Unknown {
        checked: String,
    },
    Known(Statement),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// As people write it; of closed fields a code.
    pub value: String,
    pub basis: Basis,
    /// The day on which it was so.
    pub checked: String,
    /// What founders are told with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Of an address: the municipality it stands in, worked out by whoever has the tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<u32>,
}

/// By what it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Basis {
    /// They say it themselves.
    Own,
    Read {
        title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
}

impl Given {
    #[must_use]
    pub fn checked(&self) -> &str {
        match self {
            Self::Unknown { checked } | Self::Known(Statement { checked, .. }) => checked,
        }
    }
}

/// What one desk has published about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    pub association: AssociationId,
    pub field: Field,
    pub given: Given,
}

/// A field as an edition has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub value: String,
    pub source: SourceId,
    pub as_of: Option<AsOf>,
    pub note: Option<String>,
}

/// `None` is 要確認.
#[must_use]
pub fn known(association: &Association, field: Field) -> Option<Known> {
    fn of<T>(fact: &Fact<T>, value: impl Fn(&T) -> String) -> Known {
        let Fact { source, as_of, note, .. } = fact;
        Known { value: value(&fact.value), source: *source, as_of: as_of.clone(), note: note.clone() }
    }
    let text = |fact: &Fact<String>| of(fact, String::clone);
    let team = association.team.as_ref();
    match field {
        Field::Phone => association.phone.as_ref().map(text),
        Field::Hours => association.hours.as_ref().map(text),
        Field::Address => association.office.as_ref().map(|fact| of(fact, |office| office.address.clone())),
        Field::Website => Some(text(&association.website)),
        Field::Name => Some(text(&association.name)),
        Field::Eligibility => {
            association.eligibility.as_ref().map(|fact| of(fact, |rule| rule_code(*rule).to_owned()))
        }
        Field::Team => team.map(|team| of(&team.listed, |_| YES.to_owned())),
        Field::TeamName => team?.name.as_ref().map(text),
        Field::TeamNameEn => team?.name_en.as_ref().map(text),
        Field::TeamFounded => team?.founded.as_ref().map(|fact| of(fact, u16::to_string)),
    }
}

/// Of a field that is only there or not.
pub const YES: &str = "yes";

/// Rules by which an association guarantees; codes as in an edition.
pub const RULES: [Eligibility; 4] = [
    Eligibility::Common,
    Eligibility::OfficeInPrinciple,
    Eligibility::CompanyBusinessInCity,
    Eligibility::OfficeAddressOrResidence,
];

#[must_use]
pub const fn rule_code(rule: Eligibility) -> &'static str {
    match rule {
        Eligibility::Common => "common",
        Eligibility::OfficeInPrinciple => "office-in-principle",
        Eligibility::CompanyBusinessInCity => "company-business-in-city",
        Eligibility::OfficeAddressOrResidence => "office-address-or-residence",
    }
}

#[must_use]
pub fn rule(code: &str) -> Option<Eligibility> {
    RULES.into_iter().find(|one| rule_code(*one) == code)
}

/// Whether it is time to look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    Fresh,
    /// Checked more than a year ago, or nobody knows when.
    Stale,
    Unknown,
}

/// A month or a year counts to its last day: nothing is called old that may be younger.
#[must_use]
pub fn freshness(known: Option<&Known>, today: Date) -> Freshness {
    let Some(known) = known else { return Freshness::Unknown };
    match known.as_of.as_ref().map(|as_of| years_later(&last_day(as_of))) {
        Some(Some(until)) if today.to_text() <= until => Freshness::Fresh,
        _ => Freshness::Stale,
    }
}

/// Days as texts of the same length are in order as texts.
fn last_day(as_of: &AsOf) -> String {
    as_of.0.clone()
        + if as_of.0.len() == 4 {
            "-12-31"
        } else if as_of.0.len() == 7 {
            "-31"
        } else {
            ""
        }
}

fn first_day(as_of: &AsOf) -> String {
    as_of.0.clone()
        + if as_of.0.len() == 4 {
            "-01-01"
        } else if as_of.0.len() == 7 {
            "-01"
        } else {
            ""
        }
}

fn years_later(day: &str) -> Option<String> {
    let (year, rest) = day.split_once('-')?;
    let year: u16 = year.parse().ok()?;
    Some(format!("{:04}-{rest}", year + 1))
}
