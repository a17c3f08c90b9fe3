//! A word as it is looked for in a folded text.
//!
//! Must not know where words come from. The surprising rule: a long vowel is one thing, however it is written (おお, おう,
//! おー), and at the end of a long word it may be missing (サーバー, サーバ: the custom of technical writing, JIS Z 8301).

use super::filter::Pair;
use crate::kana;

/// Whether the vowel of a kana goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Long {
    Never,
    May,
    Must,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) code: u16,
    pub(super) long: Long,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    units: Vec<Unit>,
    /// What may follow a syllable half typed: ふ and its kin after "kaf". Empty: whatever follows.
    ending: Vec<u16>,
    /// A kanji by itself, of a reading like 津 つ: not within 津波.
    alone: bool,
}

/// Words of technical writing lose their last ー after three kana: サーバー, not カレー.
const LONG_WORD: usize = 3;

const LONG_MARK: u16 = 'ー' as u16;

impl Pattern {
    pub(super) fn new(units: Vec<Unit>, ending: Vec<u16>) -> Self {
        Self { units, ending, alone: false }
    }

    pub(super) fn alone(self) -> Self {
        let alone = matches!(self.units.as_slice(), [only] if is_kanji(only.code));
        Self { alone, ..self }
    }

    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    pub(super) fn ending(&self) -> &[u16] {
        &self.ending
    }

    /// What a text has to have if it has this word; nothing of a single character, which is looked for everywhere.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        self.units.windows(2).map(|pair| Pair::of(pair[0].code, pair[1].code)).collect()
    }

    /// The first place at or after `from`.
    pub(super) fn find(&self, text: &[u16], mut from: usize) -> Option<(usize, usize)> {
        let first = self.units.first()?.code;
        loop {
            from += text.get(from..)?.iter().position(|code| *code == first)?;
            if let Some(end) = self.ends(text, from)
                && self.stands_right(text, from, end)
            {
                return Some((from, end));
            }
            from += 1;
        }
    }

    /// Where it ends if the text has it here.
    pub(super) fn ends(&self, text: &[u16], from: usize) -> Option<usize> {
        let (used, length) = walk(&self.units, &text[from..]);
        let end = from + length;
        if used < self.units.len() {
            return None;
        }
        if self.ending.is_empty() {
            return Some(end);
        }
        text.get(end).is_some_and(|code| self.ending.contains(code)).then_some(end + 1)
    }

    fn stands_right(&self, text: &[u16], start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).map(|at| text[at]);
        let within_latin = is_latin(text[start]) && before.is_some_and(is_latin);
        let beside_kanji = || before.into_iter().chain(text.get(end).copied()).any(is_kanji);
        !(within_latin || self.alone && beside_kanji())
    }
}

/// How many units the text begins with, and how much of the text they take.
pub(super) fn walk(units: &[Unit], text: &[u16]) -> (usize, usize) {
    let mut at = 0;
    for (used, unit) in units.iter().enumerate() {
        if text.get(at) != Some(&unit.code) {
            return (used, at);
        }
        let vowels = match unit.long {
            Long::Never => 0,
            Long::May | Long::Must => {
                text[at + 1..].iter().take_while(|code| lengthens(unit.code, **code)).count()
            }
        };
        if unit.long == Long::Must && vowels == 0 {
            return (used, at);
        }
        at += 1 + vowels;
    }
    (units.len(), at)
}

/// Codes as units, long vowels taken together.
pub(super) fn units(codes: &[u16], otherwise: Long) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(codes.len());
    let mut syllables = 0;
    for (at, &code) in codes.iter().enumerate() {
        match units.last_mut() {
            Some(base) if lengthens(base.code, code) => {
                let ends = codes.get(at + 1).is_none_or(|next| !is_kana_code(*next));
                let may_miss = code == LONG_MARK && ends && syllables >= LONG_WORD;
                base.long = if may_miss { Long::May } else { Long::Must };
                syllables += 1;
            }
            _ => {
                units.push(Unit { code, long: otherwise });
                syllables = if is_kana_code(code) { syllables + 1 } else { 0 };
            }
        }
    }
    units
}

/// Nearly no character does, so it is asked first.
#[inline(always)]
pub(super) fn may_lengthen(code: u16) -> bool {
    matches!(code, LONG_MARK | A..=O)
}

/// Whether a kana goes on with this one: おお, おう, えい, ー.
pub(super) fn lengthens(base: u16, code: u16) -> bool {
    let is = |vowel: u8| kana::vowel(base) == vowel;
    match code {
        LONG_MARK => !is(0),
        A => is(b'a'),
        I => is(b'i') || is(b'e'),
        U => is(b'u') || is(b'o'),
        E => is(b'e'),
        O => is(b'o'),
        _ => false,
    }
}

const A: u16 = 'あ' as u16;
const I: u16 = 'い' as u16;
const U: u16 = 'う' as u16;
const E: u16 = 'え' as u16;
const O: u16 = 'お' as u16;

pub(super) fn is_kana_code(code: u16) -> bool {
    char::from_u32(u32::from(code)).is_some_and(kana::is_kana)
}

pub(super) fn is_latin(code: u16) -> bool {
    u8::try_from(code).is_ok_and(|code| code.is_ascii_alphanumeric())
}

fn is_kanji(code: u16) -> bool {
    (0x4e00..=0x9fff).contains(&code)
}
