//! A credit guarantee corporation (信用保証協会) and, where it has one, its women's support team.
//!
//! Must not know how they are stored or shown. The surprising rule: only id, name and area are certain; everything
//! else is a `Fact` or absent.

use crate::fact::{Fact, SourceId};

/// Short Latin name, stable for ever: `shimane`, `yokohama-shi`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(transparent))]
pub struct AssociationId(pub String);

impl AssociationId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Association {
    pub id: AssociationId,
    pub name: Fact<String>,
    pub area: Area,
    pub website: Fact<String>,
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub office: Option<Fact<Office>>,
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub phone: Option<Fact<String>>,
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub hours: Option<Fact<String>>,
    /// Offices beside the head office, as far as known; there may be others.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub branches: Vec<Fact<Branch>>,
    /// Whom it may guarantee, in its own words; absent where its page was not read.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub eligibility: Option<Fact<Eligibility>>,
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub team: Option<Team>,
    /// What else its pages or the news say to a founder, one sentence each, in Japanese as published.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub remarks: Vec<Fact<String>>,
}

impl Association {
    /// The sources of all its facts.
    #[must_use]
    pub fn cited(&self) -> Vec<SourceId> {
        fn of<T>(fact: &Option<Fact<T>>) -> Option<SourceId> {
            fact.as_ref().map(|f| f.source)
        }
        let mut cited = vec![self.name.source, self.website.source];
        cited.extend(of(&self.office));
        cited.extend(of(&self.phone));
        cited.extend(of(&self.hours));
        cited.extend(of(&self.eligibility));
        cited.extend(self.branches.iter().map(|f| f.source));
        cited.extend(self.remarks.iter().map(|f| f.source));
        if let Some(team) = &self.team {
            cited.push(team.listed.source);
            cited.extend(of(&team.name));
            cited.extend(of(&team.name_en));
            cited.extend(of(&team.founded));
            cited.extend(of(&team.first_in_japan));
        }
        cited
    }
}

/// Where an association works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(rename_all = "kebab-case"))]
pub enum Area {
    /// JIS X 0401 number, 1 to 47.
    Prefecture(u8),
    /// JIS X 0402 number of the whole city (14100 is 横浜市).
    City(u32),
}

/// Whom an association may guarantee. Mere registration without activity or residence never counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(rename_all = "kebab-case"))]
pub enum Eligibility {
    /// A company by head office or place of business, a sole proprietor by residence or place of business.
    Common,
    /// 秋田: in principle an office, shop or factory in the prefecture.
    OfficeInPrinciple,
    /// 川崎市: a person by residence or place of business, a company by carrying on business in the city.
    CompanyBusinessInCity,
    /// 埼玉: office, shop or factory, address or residence, whoever asks.
    OfficeAddressOrResidence,
}

/// A branch and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Branch {
    pub name: String,
    pub office: Office,
}

/// An office, as precisely as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Office {
    /// As people write it, with ASCII digits and hyphens.
    pub address: String,
    pub precision: Precision,
    /// Only a code that belongs to the building (大口事業所個別番号). PO-box codes are left out: they are elsewhere.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub postcode: Option<String>,
    /// JIS X 0402 number of the municipality or ward it stands in.
    pub municipality: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(rename_all = "kebab-case"))]
pub enum Precision {
    Street,
    Town,
    City,
}

/// A consultation team of women staff, as listed by the federation in June 2018.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Team {
    /// The listing itself: that there is such a team.
    pub listed: Fact<bool>,
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub name: Option<Fact<String>>,
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub name_en: Option<Fact<String>>,
    /// Year of founding.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub founded: Option<Fact<u16>>,
    /// True for the first such team in the country.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub first_in_japan: Option<Fact<bool>>,
}
