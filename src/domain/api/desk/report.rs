//! What the desk's server says of many bookings at once. Nothing in here names anybody.

use serde::{Deserialize, Serialize};

use crate::report::Figures;
use crate::report::few::{Line, Table};

/// Of one team, by the days on which the consultations are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub from: String,
    /// The last day.
    pub to: String,
    /// There is nothing but a demonstration's bookings, and they are what is counted.
    pub fictional: bool,
    pub figures: Figures,
    pub subjects: Subjects,
}

/// What the consultations that took place were about. The last count of each is of those of whom it was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subjects {
    /// In the order of `Industry::ALL`.
    pub industries: Vec<u32>,
    /// In the order of the letter's `Stage::ALL`.
    pub stages: Vec<u32>,
    /// By name, the most frequent first; the last has none.
    pub areas: Vec<(String, u32)>,
}

/// Of all associations that take bookings, in a quarter that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct National {
    pub from: String,
    pub to: String,
    /// First days of the quarters that can be asked for, the latest first.
    pub quarters: Vec<String>,
    pub names: Vec<String>,
    /// A row for each name, a column for each kind.
    pub table: Table,
    /// In the order of `Outcome::ALL`; none where they would betray a hidden count, and so below.
    pub outcomes: Option<Line>,
    /// The quarter's three.
    pub months: Option<Line>,
    /// Of the consultations that took place, as in [`Subjects`].
    pub industries: Option<Line>,
    pub stages: Option<Line>,
    /// Seconds; half were answered sooner, or came in later. None of fewer than five.
    pub response: Option<i64>,
    pub lead: Option<i64>,
}

/// How teams came to be, as far as it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    pub teams: Vec<Founded>,
    /// Associations without a women's team, as far as known.
    pub without: u32,
    /// She is of one of these.
    pub own_is_without: bool,
}

/// One team. What is not published is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founded {
    pub association: String,
    pub name: Option<Said>,
    pub year: Option<Said>,
    pub first: Option<Said>,
    pub listed: Said,
}

/// A fact as it is shown: in its source's words, with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub value: String,
    pub source: String,
    pub url: Option<String>,
    /// The day, month or year the source speaks of.
    pub as_of: Option<String>,
}
