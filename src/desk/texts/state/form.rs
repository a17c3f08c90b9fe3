//! What stands in the form, and under which names the drafts of this tab keep it.

use domain::api::desk::publish::{DraftRecord, Written};
use domain::content::draft::{Consent, Kind};
use serde::{Deserialize, Serialize};

/// As it stands in the form; so the drafts of the tab keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// None of what the server has not heard of yet.
    pub id: Option<i64>,
    pub kind: Kind,
    pub written: Written,
    pub consent: Option<Consent>,
    /// Begun from a template for a crisis.
    pub from_template: bool,
    /// The revision it began with.
    pub(super) seen: u32,
    /// What she typed before, while she looks at what a colleague saved.
    pub(super) aside: Option<(Written, Option<Consent>)>,
}

/// Of what is typed about a text, beside its form.
#[must_use]
pub fn words_draft(what: &str, id: i64) -> String {
    ["text-", what, ":", &id.to_string()].concat()
}

pub(super) const CRISIS: &str = "text:crisis";

pub(super) fn draft_of(id: Option<i64>, kind: Kind) -> String {
    ["text:", &id.map_or_else(|| kind.code().to_owned(), |id| id.to_string())].concat()
}

impl Form {
    pub(super) fn blank(kind: Kind) -> Self {
        Self {
            id: None,
            kind,
            written: Written::default(),
            consent: None,
            from_template: false,
            seen: 0,
            aside: None,
        }
    }

    pub(super) fn of(record: &DraftRecord) -> Self {
        Self {
            id: Some(record.card.id),
            kind: record.card.kind,
            written: record.written.clone(),
            consent: record.consent,
            from_template: false,
            seen: record.card.revision,
            aside: None,
        }
    }

    #[must_use]
    pub fn has_aside(&self) -> bool {
        self.aside.is_some()
    }

    pub(super) fn draft(&self) -> String {
        if self.from_template { CRISIS.to_owned() } else { draft_of(self.id, self.kind) }
    }
}
