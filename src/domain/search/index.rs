//! All stories as one folded text with a filter for each of them, and what a query finds in it.
//!
//! Must not know the stories' own texts: whoever shows a hit has them, and marks them by the query (`mark`).

use std::sync::Arc;

use super::filter;
use super::folded::Folding;
use super::query::{Form, Query, Word};
use super::readings::Readings;
use super::{Document, Field, Hit, How, Reason};

/// Made once of all stories; [`add`](Self::add) one by one lets a slow phone answer a touch in between.
#[derive(Default)]
pub struct Index {
    folding: Arc<Folding>,
    documents: Vec<Entry>,
    readings: Readings,
    /// For the document that is being added, so that what stays is exactly as long as it has to be.
    field: Vec<u16>,
    text: Vec<u16>,
}

/// Each has memory of its own: one long text for all would be copied whenever it grows.
struct Entry {
    text: Vec<u16>,
    fields: Vec<Part>,
    bits: Vec<u32>,
    shift: u32,
}

/// Where the text of a field ends; it begins where the one before ends.
struct Part {
    field: Field,
    end: u32,
}

/// What is known of a document that has all words.
struct Found {
    document: usize,
    score: u32,
    /// One bit for each field and way of finding.
    reasons: u16,
}

impl Index {
    pub fn build<'a>(documents: impl IntoIterator<Item = Document<'a>>) -> Self {
        let mut index = Self::default();
        for document in documents {
            index.add(&document);
        }
        index
    }

    pub fn add(&mut self, document: &Document<'_>) {
        let Self { folding, field, text, .. } = self;
        let mut fields = Vec::with_capacity(document.fields.len());
        text.clear();
        for (kind, written) in &document.fields {
            folding.fold(written, field, None);
            text.extend_from_slice(field);
            fields.push(Part { field: *kind, end: text.len() as u32 });
        }
        let shift = filter::shift(text.len());
        let mut bits = vec![0; filter::words(shift)];
        let mut from = 0;
        for part in &fields {
            let end = part.end as usize;
            filter::note(&mut bits, shift, &text[from..end]);
            from = end;
        }
        self.documents.push(Entry { text: text.clone(), fields, bits, shift });
        for (of, reads) in &document.readings {
            folding.fold(of, field, None);
            folding.fold(reads, text, None);
            self.readings.add(field, text);
        }
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// What she typed, read with the readings of these documents.
    pub fn query(&self, typed: &str) -> Query {
        Query::read(typed, &self.folding, &self.readings)
    }

    /// The documents that have all words, best first. Of equals the one that came first: bring them newest first.
    pub fn search(&self, query: &Query, limit: usize) -> Vec<Hit> {
        if query.is_empty() {
            return Vec::new();
        }
        let judged =
            self.documents.iter().enumerate().filter_map(|(document, entry)| entry.judge(document, query));
        let found: Vec<Found> = judged.collect();
        let mut hits: Vec<Hit> = Vec::with_capacity(limit.min(found.len()));
        for at in best_first(&found).into_iter().take(limit) {
            let Found { document, score, reasons } = found[at];
            hits.push(Hit { document, score, reasons: spread(reasons) });
        }
        hits
    }

    /// Bytes of memory it keeps.
    pub fn bytes(&self) -> usize {
        let own = |entry: &Entry| {
            entry.text.capacity() * 2 + entry.bits.len() * 4 + entry.fields.len() * size_of::<Part>()
        };
        let all: usize = self.documents.iter().map(own).sum();
        all + self.documents.capacity() * size_of::<Entry>() + self.readings.bytes()
    }
}

impl Entry {
    fn judge(&self, document: usize, query: &Query) -> Option<Found> {
        let may_have = |word: &Word| word.forms.iter().any(|form| self.may_have(form));
        if !query.words.iter().all(may_have) {
            return None;
        }
        let mut found = Found { document, score: 0, reasons: 0 };
        for word in &query.words {
            let (score, reasons) = self.judge_word(word)?;
            found.score += score;
            found.reasons |= reasons;
        }
        Some(found)
    }

    fn may_have(&self, form: &Form) -> bool {
        filter::may_hold(&self.bits, self.shift, &form.pairs)
    }

    fn judge_word(&self, word: &Word) -> Option<(u32, u16)> {
        let mut best = [0; Field::ALL.len()];
        let mut reasons = 0;
        let mut start = 0;
        for part in &self.fields {
            let text = &self.text[start..part.end as usize];
            start = part.end as usize;
            let has = |form: &&Form| self.may_have(form) && form.pattern.find(text, 0).is_some();
            if let Some(how) = word.forms.iter().find(has).map(|form| form.how) {
                let score = &mut best[part.field as usize];
                *score = (part.field.weight() * how.weight()).max(*score);
                reasons |= bit(part.field, how);
            }
        }
        (reasons != 0).then(|| (best.iter().sum(), reasons))
    }
}

fn bit(field: Field, how: How) -> u16 {
    1 << (field as usize * How::ALL.len() + how as usize)
}

fn spread(reasons: u16) -> Vec<Reason> {
    let all = Field::ALL.into_iter().flat_map(|field| How::ALL.map(|how| Reason { field, how }));
    all.filter(|reason| reasons & bit(reason.field, reason.how) != 0).collect()
}

/// Places in `found` by score: counted into their places, which keeps the order of equals and is no library's sort.
fn best_first(found: &[Found]) -> Vec<usize> {
    let highest = found.iter().map(|found| found.score).max().unwrap_or(0) as usize;
    let mut starts = vec![0; highest + 2];
    for found in found {
        starts[highest - found.score as usize + 1] += 1;
    }
    for score in 1..starts.len() {
        starts[score] += starts[score - 1];
    }
    let mut order = vec![0; found.len()];
    for (at, found) in found.iter().enumerate() {
        let next = &mut starts[highest - found.score as usize];
        order[*next] = at;
        *next += 1;
    }
    order
}
