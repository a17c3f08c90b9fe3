//! What stands somewhere else already: in a calendar, in a feed, in a file. Nothing of it is published by itself; somebody sees
//! what was found, and what she wants becomes drafts.

use serde::{Deserialize, Serialize};

use super::FieldProblem;
use crate::content::draft::Kind;

/// Where a team keeps its events, and what was there at the last look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    pub addresses: Vec<Remembered>,
    /// So many are remembered, and no more.
    pub most: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    pub address: String,
    /// Of its events, by code.
    pub sort: String,
    pub at: String,
    pub result: LastLook,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastLook {
    Found {
        events: u32,
        left_out: u32,
    },
    /// By a code.
    Refused(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookAt {
    pub address: String,
    /// A calendar does not say of which sort its events are.
    pub sort: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    pub address: String,
    pub sort: String,
    /// Of what was found.
    pub keys: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forget {
    pub address: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// It was not asked again: that was less than an hour ago, or nothing has changed since.
    pub as_before: bool,
    pub events: Vec<Found>,
    pub left_out: Vec<LeftOut>,
    /// Drafts that came of this request.
    pub begun: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The same for the same event, whenever it is looked at.
    pub key: String,
    pub title: String,
    pub starts: Option<String>,
    pub ends: Option<String>,
    pub place: Option<String>,
    /// What somebody has to add, by codes.
    pub lacks: Vec<String>,
    /// It is one already.
    pub draft: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub title: String,
    /// By a code.
    pub why: String,
}

/// What a file says, item by item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    pub items: Vec<FileItem>,
    /// Drafts that came of this request.
    pub begun: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileItem {
    pub kind: Option<Kind>,
    pub title: String,
    /// The first thing that is wrong with it, at its field. Then it becomes nothing.
    pub wrong: Option<FieldProblem>,
    /// It is one already.
    pub draft: Option<i64>,
}
