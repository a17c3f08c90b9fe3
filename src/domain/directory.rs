//! The directory: all associations with all facts, as one edition.
//!
//! The app carries the edition it was built with; the server may publish newer ones. The newer number wins, and an
//! edition with a lower number is refused even when its signature is good: it would bring back facts that were
//! corrected.

use serde::{Deserialize, Serialize};

use crate::association::{Association, AssociationId};
use crate::fact::{Source, SourceId};

/// One edition of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Rises by one with every publication.
    pub number: u32,
    /// RFC 3339 date of publication.
    pub issued: String,
    pub sources: Vec<Source>,
    pub associations: Vec<Association>,
}

impl Edition {
    #[must_use]
    pub fn association(&self, id: &AssociationId) -> Option<&Association> {
        self.associations.iter().find(|a| &a.id == id)
    }

    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(usize::from(id.0))
    }
}
