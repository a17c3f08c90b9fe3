//! How writings are read, as the stories themselves say: 島根 is しまね. Each pair once, however many stories bring it.
//!
//! Must not know documents: a reading that one story explains finds the word in all of them.

use super::pattern::{Unit, walk};

#[derive(Default)]
pub(super) struct Readings {
    text: Vec<u16>,
    entries: Vec<Entry>,
    /// Numbers of entries plus one by their hash, for telling what is known; at most half full.
    known: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    reads: u16,
    of: u16,
}

/// Longer ones are no words.
const LONGEST: usize = 64;

/// A single syllable is the reading of too much (つ of 津) to be looked for within a longer word.
const LEAST_WITHIN: usize = 2;

impl Readings {
    pub(super) fn add(&mut self, of: &[u16], reads: &[u16]) {
        if of.is_empty() || reads.is_empty() || of == reads || of.len().max(reads.len()) > LONGEST {
            return;
        }
        if self.known.len() < (self.entries.len() + 1) * 2 {
            self.widen();
        }
        let free = self.place(reads, of);
        if self.known[free] == 0 {
            let start = self.text.len() as u32;
            self.text.extend_from_slice(reads);
            self.text.extend_from_slice(of);
            self.entries.push(Entry { start, reads: reads.len() as u16, of: of.len() as u16 });
            self.known[free] = self.entries.len() as u32;
        }
    }

    fn widen(&mut self) {
        self.known = vec![0; (self.known.len() * 2).max(64)];
        for at in 0..self.entries.len() {
            let (reads, of) = self.texts(self.entries[at]);
            let free = self.place(reads, of);
            self.known[free] = at as u32 + 1;
        }
    }

    /// Where this pair stands, or may stand.
    fn place(&self, reads: &[u16], of: &[u16]) -> usize {
        let hash = reads
            .iter()
            .chain(of)
            .fold(0u32, |hash, code| (hash.rotate_left(5) ^ u32::from(*code)).wrapping_mul(0x9e37_79b1));
        let mask = self.known.len() - 1;
        let mut at = (hash >> 8) as usize & mask;
        while let Some(entry) = self.known[at].checked_sub(1) {
            if self.texts(self.entries[entry as usize]) == (reads, of) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    fn texts(&self, entry: Entry) -> (&[u16], &[u16]) {
        let start = entry.start as usize;
        self.text[start..start + usize::from(entry.reads + entry.of)].split_at(usize::from(entry.reads))
    }

    /// Reading and writing of each.
    pub(super) fn all(&self) -> impl Iterator<Item = (&[u16], &[u16])> {
        self.entries.iter().map(|entry| self.texts(*entry))
    }

    /// The longest reading that a word begins with: how many of its units it takes, and its writing.
    pub(super) fn beginning(&self, word: &[Unit]) -> Option<(usize, &[u16])> {
        let mut longest: Option<(usize, &[u16])> = None;
        for (reads, of) in self.all().filter(|(reads, _)| reads.len() >= LEAST_WITHIN) {
            let (used, length) = walk(word, reads);
            if length == reads.len() && longest.is_none_or(|(other, _)| used > other) {
                longest = Some((used, of));
            }
        }
        longest
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len() * 2 + self.entries.len() * size_of::<Entry>() + self.known.len() * 4
    }
}
