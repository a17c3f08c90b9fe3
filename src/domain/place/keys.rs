//! Sorted keys in one allocation: everything with this key, everything that starts with it.
//!
//! Must not know how a key is made.

use super::names::Place;

/// How a key stands to the name of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// 松江市, 奥出雲町, 仁多郡奥出雲町.
    Full,
    /// Without its last part: 松江, 奥出雲, 島根.
    Bare,
    /// In today's characters instead of the name's own: 鹿島市 for 鹿嶋市.
    Variant,
}

#[derive(Clone, Copy)]
pub(super) struct Entry {
    start: u32,
    length: u32,
    pub(super) place: Place,
    pub(super) form: Form,
}

#[derive(Default)]
pub(super) struct Keys {
    text: String,
    entries: Vec<Entry>,
}

impl Keys {
    pub(super) fn add(&mut self, key: &str, place: Place, form: Form) {
        if !key.is_empty() {
            let start = self.text.len() as u32;
            self.text.push_str(key);
            self.entries.push(Entry { start, length: key.len() as u32, place, form });
        }
    }

    pub(super) fn sort(&mut self) {
        let Self { text, entries } = self;
        let key = |entry: &Entry| &text[entry.start as usize..(entry.start + entry.length) as usize];
        entries.sort_unstable_by(|one, other| {
            key(one).cmp(key(other)).then_with(|| (one.form, one.place).cmp(&(other.form, other.place)))
        });
    }

    pub(super) fn key(&self, entry: &Entry) -> &str {
        &self.text[entry.start as usize..(entry.start + entry.length) as usize]
    }

    pub(super) fn exactly(&self, key: &str) -> &[Entry] {
        let from = &self.entries[self.entries.partition_point(|entry| self.key(entry) < key)..];
        &from[..from.iter().take_while(|entry| self.key(entry) == key).count()]
    }

    pub(super) fn starting_with(&self, prefix: &str) -> &[Entry] {
        let from = &self.entries[self.entries.partition_point(|entry| self.key(entry) < prefix)..];
        &from[..from.partition_point(|entry| self.key(entry).starts_with(prefix))]
    }
}
