//! What was typed, as the words to look for and the ways in which each may be written.
//!
//! Must not know documents. The surprising rule: a word of kana or Latin letters is also every writing that the stories
//! say is read like that; so the rest of the search knows nothing of readings.

use std::sync::Arc;

use super::How;
use super::filter::Pair;
use super::folded::Folding;
use super::pattern::{Long, Pattern, Unit, is_kana_code, is_latin, units};
use super::readings::Readings;
use super::romaji::{self, Meaning};

/// Enough for a sentence; what is pasted beyond that is not looked for.
const MOST_CHARACTERS: usize = 120;
const MOST_WORDS: usize = 8;

/// Fewer letters mean too much: "ai" is meant in Latin letters and is in every あいだ.
const LEAST_LETTERS: usize = 3;

/// A beginning of one syllable is the beginning of too many readings; a whole reading it may be.
const LEAST_BEGINNING: usize = 2;

/// What she looks for. It knows the readings of the index that made it.
#[derive(Clone, Debug)]
pub struct Query {
    pub(super) words: Vec<Word>,
    /// For the texts in which its words are marked.
    pub(super) folding: Arc<Folding>,
}

#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Surest first.
    pub(super) forms: Vec<Form>,
}

#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) how: How,
    pub(super) pattern: Pattern,
    pub(super) pairs: Vec<Pair>,
}

impl Query {
    pub(super) fn read(typed: &str, folding: &Arc<Folding>, readings: &Readings) -> Self {
        let start: String = typed.chars().take(MOST_CHARACTERS).collect();
        let mut codes = folding.of(&start).codes;
        part_at_quotes(&mut codes);
        let words = codes.split(|code| !is_of_a_word(*code)).map(without_leading_marks);
        let words = words.filter(|word| !word.is_empty()).take(MOST_WORDS);
        let words = words.map(|word| Word::read(word, readings)).collect();
        Self { words, folding: Arc::clone(folding) }
    }

    /// Nothing but spaces and signs: it finds nothing, and nothing is not an answer to it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl Word {
    fn read(codes: &[u16], readings: &Readings) -> Self {
        let written = Pattern::new(units(codes, Long::Never), Vec::new());
        let mut word = Self { forms: Vec::new() };
        let is_romaji = codes.iter().all(|code| is_latin(*code) || *code == APOSTROPHE);
        let meanings =
            if is_romaji { romaji::meanings(&String::from_utf16_lossy(codes)) } else { Vec::new() };
        let spoken: Vec<Pattern> = meanings.into_iter().map(Meaning::into_pattern).collect();
        if codes.iter().any(|code| is_kana_code(*code)) {
            word.add_writings(&written, readings);
        }
        for pattern in &spoken {
            word.add_writings(pattern, readings);
        }
        word.forms.insert(0, Form::new(How::Written, written));
        if codes.len() >= LEAST_LETTERS {
            for pattern in spoken {
                word.add(How::Romaji, pattern);
            }
        }
        word
    }

    /// What is read like this as a whole or begins so, and the word with each part of it that is a reading written out.
    fn add_writings(&mut self, spoken: &Pattern, readings: &Readings) {
        for (reads, of) in readings.all() {
            let Some(end) = spoken.ends(reads, 0) else { continue };
            if end == reads.len() || spoken.units().len() >= LEAST_BEGINNING {
                self.add(How::Reading, Pattern::new(units(of, Long::Never), Vec::new()).alone());
            }
        }
        if let Some(pattern) = written_out(spoken, readings) {
            self.add(How::Reading, pattern);
        }
    }

    fn add(&mut self, how: How, pattern: Pattern) {
        if self.forms.iter().all(|form| form.pattern != pattern) {
            self.forms.push(Form::new(how, pattern));
        }
    }
}

impl Form {
    fn new(how: How, pattern: Pattern) -> Self {
        Self { how, pairs: pattern.pairs(), pattern }
    }
}

impl Meaning {
    fn into_pattern(self) -> Pattern {
        Pattern::new(self.units, self.ending)
    }
}

/// しまね県 as 島根県.
fn written_out(spoken: &Pattern, readings: &Readings) -> Option<Pattern> {
    let mut rest = spoken.units();
    let mut out: Vec<Unit> = Vec::with_capacity(rest.len());
    let mut is_other = false;
    while let [first, after @ ..] = rest {
        match readings.beginning(rest) {
            Some((used, of)) => {
                out.extend(units(of, Long::Never));
                rest = &rest[used..];
                is_other = true;
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    is_other.then(|| Pattern::new(out, spoken.ending().to_vec()))
}

const APOSTROPHE: u16 = '\'' as u16;

/// An apostrophe belongs to its word between letters only (kan'i, don't).
fn part_at_quotes(codes: &mut [u16]) {
    for at in 0..codes.len() {
        let before = at.checked_sub(1).map(|before| codes[before]);
        let is_within = before.is_some_and(is_latin) && codes.get(at + 1).copied().is_some_and(is_latin);
        if codes[at] == APOSTROPHE && !is_within {
            codes[at] = u16::from(b' ');
        }
    }
}

/// Letters, digits, kana, kanji and the signs that belong to them; everything else stands between words.
fn is_of_a_word(code: u16) -> bool {
    match code {
        0..=0x7f => is_latin(code) || code == APOSTROPHE,
        0x80..=0xbf | 0x2000..=0x206f | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x3030 | 0x30fb => false,
        _ => true,
    }
}

/// ー and 々 say nothing without what stood before them.
fn without_leading_marks(word: &[u16]) -> &[u16] {
    let marks = "ー々ゝゞヽヾ";
    let is_mark = |code: &&u16| marks.encode_utf16().any(|mark| mark == **code);
    &word[word.iter().take_while(is_mark).count()..]
}
