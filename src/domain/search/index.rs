//! All stories as one folded text with a filter for each of them, and what a query finds in it.
//!
//! Must not know the stories' own texts: whoever shows a hit has them, and marks them by the query (`mark`).

use super::filter;
use super::folded::{Folded, Folding};
use super::query::{Query, Word};
use super::readings::Readings;
use super::{Document, Field, Hit, How, Reason};

/// Made once of all stories; [`add`](Self::add) one by one lets a slow phone answer a touch in between.
#[derive(Default)]
pub struct Index {
    folding: Folding,
    /// For the text that is being added, so that its memory is asked for once.
    folded: Folded,
    text: Vec<u16>,
    fields: Vec<Part>,
    documents: Vec<Entry>,
    bits: Vec<u32>,
    readings: Readings,
}

/// Where the text of a field ends; it begins where the one before ends.
struct Part {
    field: Field,
    end: u32,
}

struct Entry {
    first_field: u32,
    first_bits: u32,
    shift: u32,
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
        let Self { folding, folded, text, fields, documents, bits, readings } = self;
        let first_field = fields.len();
        let start = text.len();
        for (field, written) in &document.fields {
            folding.fold(written, folded);
            text.extend_from_slice(&folded.codes);
            fields.push(Part { field: *field, end: text.len() as u32 });
        }
        let first_bits = bits.len();
        let shift = filter::shift(text.len() - start);
        bits.resize(first_bits + filter::words(shift), 0);
        let mut from = start;
        for part in &fields[first_field..] {
            let end = part.end as usize;
            filter::note(&mut bits[first_bits..], shift, &text[from..end]);
            from = end;
        }
        documents.push(Entry { first_field: first_field as u32, first_bits: first_bits as u32, shift });
        for (of, reads) in &document.readings {
            folding.fold(of, folded);
            let of = std::mem::take(&mut folded.codes);
            folding.fold(reads, folded);
            readings.add(&of, &folded.codes);
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
        let found: Vec<Found> =
            (0..self.documents.len()).filter_map(|document| self.judge(document, query)).collect();
        let mut hits: Vec<Hit> = Vec::with_capacity(limit.min(found.len()));
        for at in best_first(&found).into_iter().take(limit) {
            let Found { document, score, reasons } = found[at];
            hits.push(Hit { document, score, reasons: spread(reasons) });
        }
        hits
    }

    /// Bytes of memory it keeps.
    pub fn bytes(&self) -> usize {
        let parts = self.fields.len() * size_of::<Part>() + self.documents.len() * size_of::<Entry>();
        self.text.capacity() * 2 + self.bits.capacity() * 4 + parts + self.readings.bytes()
    }

    fn judge(&self, document: usize, query: &Query) -> Option<Found> {
        let Entry { first_bits, shift, .. } = self.documents[document];
        let bits = &self.bits[first_bits as usize..];
        let may_have = |word: &Word| word.forms.iter().any(|form| filter::may_hold(bits, shift, &form.pairs));
        if !query.words.iter().all(may_have) {
            return None;
        }
        let mut found = Found { document, score: 0, reasons: 0 };
        for word in &query.words {
            let (score, reasons) = self.judge_word(document, word)?;
            found.score += score;
            found.reasons |= reasons;
        }
        Some(found)
    }

    fn judge_word(&self, document: usize, word: &Word) -> Option<(u32, u16)> {
        let Entry { first_field, first_bits, shift } = self.documents[document];
        let bits = &self.bits[first_bits as usize..];
        let end =
            self.documents.get(document + 1).map_or(self.fields.len(), |next| next.first_field as usize);
        let mut best = [0; Field::ALL.len()];
        let mut reasons = 0;
        let mut start = (first_field as usize).checked_sub(1).map_or(0, |before| self.fields[before].end);
        for part in &self.fields[first_field as usize..end] {
            let text = &self.text[start as usize..part.end as usize];
            start = part.end;
            let mut likely = word.forms.iter().filter(|form| filter::may_hold(bits, shift, &form.pairs));
            let how = likely.find(|form| form.pattern.find(text, 0).is_some()).map(|form| form.how);
            if let Some(how) = how {
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
