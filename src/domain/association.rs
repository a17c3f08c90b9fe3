//! A credit guarantee corporation (信用保証協会) and, where it has one, its women's support team.
//!
//! Must not know how they are stored or shown. The surprising rule: only id, name and area are certain; everything
//! else is a `Fact` or absent.

use serde::{Deserialize, Serialize};

use crate::fact::Fact;

/// Short Latin name, stable for ever: `shimane`, `yokohama-shi`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AssociationId(pub String);

impl AssociationId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Association {
    pub id: AssociationId,
    pub name: Fact<String>,
    pub area: Area,
    pub website: Fact<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Fact<Office>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Fact<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Fact<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Team>,
}

/// Where an association works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// JIS X 0401 number, 1 to 47.
    Prefecture(u8),
    /// JIS X 0402 number of the whole city (14100 is 横浜市).
    City(u32),
}

/// The head office, as precisely as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// As people write it, with ASCII digits and hyphens.
    pub address: String,
    pub precision: Precision,
    /// Only a code that belongs to the building (大口事業所個別番号). PO-box codes are left out: they are elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// JIS X 0402 number of the municipality or ward it stands in.
    pub municipality: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    Street,
    Town,
    City,
}

/// A consultation team of women staff, as listed by the federation in June 2018.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// The listing itself: that there is such a team.
    pub listed: Fact<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Fact<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<Fact<String>>,
    /// Year of founding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founded: Option<Fact<u16>>,
    /// True for the first such team in the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_in_japan: Option<Fact<bool>>,
}
