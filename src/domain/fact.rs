//! A fact: a value with where it was read and how old it is.
//!
//! Nothing about an association is shown without one. Unknown is not a fact with an empty value, it is `None`, and
//! the screen says 要確認 with the way to the official site.

/// A value, where it comes from and what it was true of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fact<T> {
    pub value: T,
    /// Index into `directory::Edition::sources`.
    pub source: SourceId,
    /// The day, month or year the source speaks of; absent where the source has no date.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub as_of: Option<AsOf>,
    /// What has to be said together with the value, in Japanese as published.
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(transparent))]
pub struct SourceId(pub u16);

/// `2026`, `2026-07` or `2026-08-04`: as precise as the source, never more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(transparent))]
pub struct AsOf(pub String);

/// Where facts were read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    pub mark: Mark,
    /// Name of the publication or data set, in Japanese.
    pub title: String,
    #[cfg_attr(feature = "wire", serde(default, skip_serializing_if = "Option::is_none"))]
    pub url: Option<String>,
}

/// How good a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "wire", serde(rename_all = "kebab-case"))]
pub enum Mark {
    /// The association's, the federation's or a ministry's own page (archived copy).
    Official,
    /// The federation's report of 2018.
    Federation,
    /// Japan Post's business postcode data.
    JapanPost,
    /// Two lists that agree on name and address of the site.
    TwoLists,
    /// A newspaper or J-Net21.
    News,
    /// Stated by Tonari's makers, not by an outside publication.
    Project,
}
