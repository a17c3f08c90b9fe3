//! The types of what is read. They exist only whole: [`super::read`] makes them.

use crate::association::AssociationId;
use crate::calendar::{Date, JstTime};
use crate::place::{MunicipalityCode, PrefectureCode};

use super::area::AreaCode;
use super::codes::{EventSort, Industry, Life, Scheme, Severity, Stage};
use super::picture::Picture;
#[cfg(feature = "wire")]
use super::wire;

/// One thing that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(tag = "kind", rename_all = "lowercase"))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Item {
    /// Of a founder, published by an association with her recorded consent.
    Story(Article),
    /// Good practice that one association shares with the others.
    Case(Article),
    /// An answer to a founder's first questions.
    Guide(Article),
    Event(Event),
    Notice(Notice),
}

/// Which of the three kinds of texts an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Genre {
    Story,
    Case,
    Guide,
}

/// `a-z`, `0-9` and hyphens, 3 to 60 of them: part of addresses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(transparent))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemId(String);

impl ItemId {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (3..=60).contains(&text.len()) && text.bytes().all(known);
        (fits && !text.starts_with('-') && !text.ends_with('-')).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What every item has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Head {
    pub id: ItemId,
    #[cfg_attr(feature = "wire", serde(flatten))]
    pub texts: Texts,
    /// Whose it is; absent: the federation's, or that of those who make Tonari.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub association: Option<AssociationId>,
    /// How names and hard words are read.
    pub readings: Vec<Reading>,
    pub sources: Vec<Cited>,
    /// The day of publication, as in `2026-11-25`.
    #[cfg_attr(feature = "wire", serde(serialize_with = "wire::day"))]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub published: Date,
    /// The last day on which it is shown.
    #[cfg_attr(
        feature = "wire",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "wire::maybe_day")
    )]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub expires: Option<Date>,
    /// Invented; it says so wherever it is shown.
    pub fictional: bool,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub picture: Option<Picture>,
}

/// The same in several languages; Japanese is always there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Texts {
    pub ja: Text,
    /// やさしい日本語, with furigana.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub easy: Option<Text>,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub en: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Text {
    pub title: String,
    pub summary: String,
    /// In the small Markdown of [`super::text`].
    pub body: String,
}

/// 島根 reads しまね.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reading {
    pub of: String,
    /// In hiragana.
    pub reads: String,
}

/// Where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cited {
    pub title: String,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub url: Option<String>,
    /// `2018`, `2018-06` or `2018-06-30`.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub as_of: Option<String>,
}

/// A story, a case or a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Article {
    #[cfg_attr(feature = "wire", serde(flatten))]
    pub head: Head,
    #[cfg_attr(feature = "wire", serde(flatten))]
    pub topics: Topics,
    /// The day on which the founder's consent was recorded.
    #[cfg_attr(
        feature = "wire",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "wire::maybe_day")
    )]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub consent: Option<Date>,
    /// Of the guides among each other.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub order: Option<u16>,
}

/// By what she chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Topics {
    pub industries: Vec<Industry>,
    pub stages: Vec<Stage>,
    /// None: it is for everywhere.
    pub areas: Vec<AreaCode>,
    pub schemes: Vec<Scheme>,
    pub lives: Vec<Life>,
}

/// A seminar, a fair, a school, a day of consultations, a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    #[cfg_attr(feature = "wire", serde(flatten))]
    pub head: Head,
    pub sort: EventSort,
    /// RFC 3339, UTC.
    #[cfg_attr(feature = "wire", serde(serialize_with = "wire::moment"))]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub starts: i64,
    /// RFC 3339, UTC.
    #[cfg_attr(feature = "wire", serde(serialize_with = "wire::moment"))]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub ends: i64,
    /// Until when one can ask to take part.
    #[cfg_attr(
        feature = "wire",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "wire::maybe_moment")
    )]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub deadline: Option<i64>,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub place: Option<Place>,
    pub online: bool,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub capacity: Option<u32>,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub cost: Option<String>,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub link: Option<String>,
}

/// Where an event takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Place {
    pub name: String,
    pub address: String,
    #[cfg_attr(feature = "wire", serde(serialize_with = "wire::municipality"))]
    #[cfg_attr(feature = "schema", schema(value_type = u32))]
    pub municipality: MunicipalityCode,
}

/// Of a crisis desk and the like: for an area, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notice {
    #[cfg_attr(feature = "wire", serde(flatten))]
    pub head: Head,
    /// None: everywhere.
    pub areas: Vec<AreaCode>,
    /// RFC 3339, UTC.
    #[cfg_attr(feature = "wire", serde(serialize_with = "wire::moment"))]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub from: i64,
    /// RFC 3339, UTC; from then on it is not shown, on no phone.
    #[cfg_attr(feature = "wire", serde(serialize_with = "wire::moment"))]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub to: i64,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub phone: Option<String>,
    pub severity: Severity,
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub link: Option<String>,
}

impl Item {
    #[must_use]
    pub const fn head(&self) -> &Head {
        match self {
            Self::Story(article) | Self::Case(article) | Self::Guide(article) => &article.head,
            Self::Event(event) => &event.head,
            Self::Notice(notice) => &notice.head,
        }
    }

    /// A story, a case or a guide.
    #[must_use]
    pub const fn article(&self) -> Option<(Genre, &Article)> {
        match self {
            Self::Story(article) => Some((Genre::Story, article)),
            Self::Case(article) => Some((Genre::Case, article)),
            Self::Guide(article) => Some((Genre::Guide, article)),
            Self::Event(_) | Self::Notice(_) => None,
        }
    }

    /// Whether it may be shown at this moment.
    #[must_use]
    pub fn is_current(&self, now: i64) -> bool {
        let today = JstTime::from_unix_seconds(now).date;
        let lasts = self.head().expires.is_none_or(|last| today <= last);
        lasts
            && match self {
                Self::Notice(notice) => notice.from <= now && now < notice.to,
                Self::Event(event) => now < event.ends,
                Self::Story(_) | Self::Case(_) | Self::Guide(_) => true,
            }
    }
}

impl Notice {
    /// Whether it is for this prefecture, or for one of its places.
    #[must_use]
    pub fn concerns(&self, prefecture: PrefectureCode) -> bool {
        self.areas.is_empty() || self.areas.iter().any(|area| area.prefecture() == prefecture)
    }
}
