//! The association's own facts, as its desk reads and changes them. What is written is a draft until a lead publishes it.

use serde::{Deserialize, Serialize};

use crate::profile::{Field, Freshness};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Number of the edition that founders' phones take now.
    pub edition: u32,
    /// None where nothing was published here yet.
    pub published_at: Option<String>,
    /// In the order of [`Field::ALL`].
    pub facts: Vec<FactLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactLine {
    pub field: Field,
    /// By which a state of it is told from others; to be said again with every change.
    pub seen: i64,
    /// As founders read it; None is 要確認.
    pub now: Option<Said>,
    pub freshness: Freshness,
    /// What would be published.
    pub draft: Option<Change>,
    /// What was published from here, the newest first.
    pub history: Vec<Change>,
}

/// A value with where it is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub value: String,
    pub source: String,
    pub url: Option<String>,
    /// As precise as its source: `2018-06` is possible.
    pub checked: Option<String>,
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub id: i64,
    /// A colleague's name.
    pub by: String,
    pub at: String,
    pub before: Option<Said>,
    pub after: Option<Said>,
    /// With which it was published.
    pub edition: Option<u32>,
}

/// Something new about a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFact {
    pub seen: i64,
    /// None: it is not known.
    pub value: Option<String>,
    /// They say it themselves; else title and, where there is one, address of what they read.
    pub own: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    pub checked: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// For what needs no words: it still holds, or the last change is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsSeen {
    pub seen: i64,
}

/// Exactly these drafts: whoever publishes has seen them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    pub drafts: Vec<i64>,
}
