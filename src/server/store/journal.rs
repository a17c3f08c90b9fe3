//! Who saw or changed what, in one chain: each line holds a hash over itself and the line before, so a line that was
//! changed, taken out or put in later breaks it. Whoever can write every hash anew can still lie, and lines cut off the end
//! are missed only where somebody kept a later hash: the chain shows tampering with rows, not with the whole database.
//!
//! Nothing personal is in it: numbers of rows and codes. It outlives what it is about.

use domain::association::AssociationId;
use sha2::{Digest, Sha256};

use super::{Answering, StoreError};

pub trait Journal: Send + Sync + 'static {
    /// On the disk when it answers. What is shown to somebody is written down before.
    fn append(&self, entry: Entry) -> Answering<'_, ()>;

    /// About one thing, the newest first.
    fn about(&self, about: String) -> Answering<'_, Vec<Line>>;

    /// After this number, the oldest first.
    fn lines(&self, after: i64, most: u32) -> Answering<'_, Vec<Line>>;

    /// The first line that is not what was written; `None` for a whole chain.
    fn broken(&self) -> Answering<'_, Option<i64>>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: i64,
    /// `member:7`, or `cli:hanako`.
    pub who: String,
    /// Whose affair it is; none of the federation's own.
    pub association: Option<AssociationId>,
    /// A code: `signed_in`, `opened` …
    pub what: &'static str,
    /// `booking:12`, or `member:8`: numbers of rows, nothing that somebody is known by.
    pub about: String,
    /// Further codes; mostly empty.
    pub detail: String,
}

/// An entry as it was read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub at: i64,
    pub who: String,
    pub association: Option<String>,
    pub what: String,
    pub about: String,
    pub detail: String,
    pub hash: [u8; 32],
}

/// The end of a chain.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Link {
    pub id: i64,
    pub hash: [u8; 32],
}

impl Entry {
    /// The line that follows the last one.
    pub(super) fn after(&self, last: Link) -> Line {
        let mut line = Line {
            id: last.id + 1,
            at: self.at,
            who: self.who.clone(),
            association: self.association.clone().map(|id| id.0),
            what: self.what.to_owned(),
            about: self.about.clone(),
            detail: self.detail.clone(),
            hash: [0; 32],
        };
        line.hash = line.sealed(&last.hash);
        line
    }
}

impl Line {
    /// Lengths stand before the fields: what moves from one field into its neighbour is another line.
    fn sealed(&self, previous: &[u8; 32]) -> [u8; 32] {
        let (id, at) = (self.id.to_be_bytes(), self.at.to_be_bytes());
        let is_somebodys = [u8::from(self.association.is_some())];
        let association = self.association.as_deref().unwrap_or_default().as_bytes();
        let texts = [&self.who, &self.what, &self.about, &self.detail].map(|text| text.as_bytes());
        let mut hash = Sha256::new_with_prefix(previous);
        for field in [&id[..], &at, &is_somebodys, association].into_iter().chain(texts) {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize().into()
    }

    /// Of a row.
    pub(super) fn hash(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
        let broken = |_| StoreError::Broken("a line of the journal has no hash".to_owned());
        bytes.try_into().map_err(broken)
    }
}

/// Goes along the chain from its beginning; the first line that does not follow from the one before ends it.
pub(super) fn follow(last: &mut Link, line: &Line) -> bool {
    let follows = line.id == last.id + 1 && line.hash == line.sealed(&last.hash);
    *last = Link { id: line.id, hash: line.hash };
    follows
}

/// Lines at a time, where all are read.
pub(super) const CHUNK: u32 = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    // "member:1" about "2" and "member:12" about "" had the same bytes one after the other, and so the same hash.
    #[test]
    fn what_moves_from_one_field_to_the_next_is_another_line() {
        let entry = |who: &str, about: &str, association: Option<&str>| Entry {
            at: 1,
            who: who.to_owned(),
            association: association.map(|id| AssociationId(id.to_owned())),
            what: "opened",
            about: about.to_owned(),
            detail: String::new(),
        };
        let sealed = |entry: Entry| entry.after(Link::default()).hash;
        let all = [
            entry("member:1", "2", None),
            entry("member:12", "", None),
            entry("member:1", "2", Some("")),
            entry("member:1", "2", Some("shimane")),
            Entry { at: 2, ..entry("member:1", "2", None) },
            Entry { detail: "2".to_owned(), ..entry("member:1", "", None) },
        ];
        let hashes: std::collections::BTreeSet<_> = all.iter().cloned().map(sealed).collect();
        assert_eq!(hashes.len(), all.len());
    }
}
