//! Texts and queries in the one writing in which they are compared, and where in the original each character began.
//!
//! Must not know queries. The surprising rule: folding looks at what stands before a character (々, ゝ, ゔぁ, the comma of
//! 1,000), never at what follows, so the beginning of a text folds the same however it goes on.

use super::old;
use crate::fold::{SEMI_VOICED, VOICED, is_invisible, joined, ordinary};
use crate::kana::{is_kana, large, syllable};

/// A text in UTF-16 codes: half the bytes of what it was for Japanese, and nearly every character is one of them.
#[derive(Default)]
pub(super) struct Folded {
    pub(super) codes: Vec<u16>,
    /// For each code the byte at which its character begins in the original. What joins a character or vanishes belongs
    /// to the character before it.
    pub(super) begins: Vec<u32>,
}

impl Folded {
    /// Where in a text of this length the code at this place ends.
    pub(super) fn end(&self, at: usize, length: usize) -> usize {
        let begin = self.begins[at];
        let next = self.begins[at..].iter().find(|other| **other > begin);
        next.map_or(length, |next| *next as usize)
    }
}

/// What nearly every character of a Japanese text is folded to, by its code: one look for signs, kana and kanji alike, since
/// asking which of them it is costs more than the answer.
#[derive(Debug)]
pub(super) struct Folding {
    table: Vec<u16>,
}

/// The signs of Japanese text, before kana and kanji.
const FIRST: u32 = 0x3000;
const LAST: u32 = '鿿' as u32;

impl Default for Folding {
    fn default() -> Self {
        let mut folding = Self { table: vec![0; (LAST - FIRST + 1) as usize] };
        for (place, code) in folding.table.iter_mut().zip(FIRST..) {
            *place = by_itself(code);
        }
        for (old, today) in old::all() {
            if let Some(place) = folding.table.get_mut(u32::from(old).wrapping_sub(FIRST) as usize) {
                *place = today as u16;
            }
        }
        folding
    }
}

/// 0 for what depends on the characters before it or is several ones.
fn by_itself(code: u32) -> u16 {
    let is_katakana = (u32::from('ァ')..=u32::from('ヶ')).contains(&code);
    match char::from_u32(if is_katakana { code - 0x60 } else { code }) {
        Some('ぁ' | 'ぃ' | 'ぇ' | 'ぉ' | 'ゔ') | None => 0,
        Some(kana @ 'ぁ'..='ゖ') => one_of_its_sound(kana) as u16,
        Some('、'..='〃' | '〈'..='〟' | '・' | 'ー' | '一'..='鿿') => code as u16,
        Some(_) => 0,
    }
}

impl Folding {
    pub(super) fn of(&self, text: &str) -> Folded {
        let mut folded = Folded::default();
        self.fold(text, &mut folded.codes, Some(&mut folded.begins));
        folded
    }

    /// Puts the folded text in the place of what was there.
    pub(super) fn fold(&self, text: &str, codes: &mut Vec<u16>, mut begins: Option<&mut Vec<u32>>) {
        // In Japanese three bytes are one code; where more is needed, it grows.
        codes.resize(text.len() / 2 + 8, 0);
        let mut out = Out { codes, length: 0, after_vu: 0 };
        let mut at = 0;
        loop {
            let run = fold_run(&self.table, &text.as_bytes()[at..], &mut out.codes[out.length..]);
            out.length += run;
            if let Some(begins) = begins.as_deref_mut() {
                begins.extend((0..run).map(|number| (at + number * 3) as u32));
            }
            at += run * 3;
            let Some(character) = text[at..].chars().next() else { break };
            out.take(character);
            if let Some(begins) = begins.as_deref_mut() {
                begins.resize(out.length, at as u32);
            }
            at += character.len_utf8();
        }
        let length = out.length;
        codes.truncate(length);
    }
}

/// Folds what the table has and says how many characters that were, all of three bytes.
fn fold_run(table: &[u16], mut bytes: &[u8], codes: &mut [u16]) -> usize {
    let mut run = 0;
    for place in codes {
        let [first @ 0xe3..=0xe9, second, third, rest @ ..] = bytes else { break };
        let bits = |byte: &u8| usize::from(byte & 0x3f);
        let code = usize::from(first & 0x0f) << 12 | bits(second) << 6 | bits(third);
        let folded = table.get(code.wrapping_sub(FIRST as usize)).copied().unwrap_or(0);
        if folded == 0 {
            break;
        }
        *place = folded;
        bytes = rest;
        run += 1;
    }
    run
}

/// Kana that sound alike are one: small and large, ぢ and じ, ゐ and い; ヶ and ヵ count (3か月).
fn one_of_its_sound(kana: char) -> char {
    match kana {
        'ぢ' => 'じ',
        'づ' => 'ず',
        'ゐ' => 'い',
        'ゑ' => 'え',
        'ゔ' => 'ぶ',
        'ゕ' | 'ゖ' => 'か',
        kana => large(kana),
    }
}

/// What was folded so far. It counts itself, because a vector's own `push` is a call for each character when bytes count
/// more than speed.
struct Out<'a> {
    codes: &'a mut Vec<u16>,
    length: usize,
    /// Where a small vowel would join a ゔ.
    after_vu: usize,
}

impl Out<'_> {
    #[inline(always)]
    fn push_code(&mut self, code: u16) {
        match self.codes.get_mut(self.length) {
            Some(place) => *place = code,
            None => self.codes.push(code),
        }
        self.length += 1;
    }

    fn push(&mut self, character: char) {
        for code in character.encode_utf16(&mut [0; 2]) {
            self.push_code(*code);
        }
    }

    fn last(&self) -> Option<char> {
        char::from_u32(u32::from(*self.codes[..self.length].last()?))
    }

    /// A character that none of the tables above has.
    fn take(&mut self, original: char) {
        let character = ordinary(original);
        match character {
            VOICED | SEMI_VOICED => {
                if let Some(both) = self.last().and_then(|last| joined(last, character)) {
                    self.length -= 1;
                    self.push_kana(both);
                }
            }
            _ if is_invisible(character) => {}
            'ぁ' | 'ぃ' | 'ぇ' | 'ぉ' if self.length > 0 && self.after_vu == self.length => {
                self.length -= 1;
                self.push(of_vu(character));
            }
            'ぁ'..='ゖ' => self.push_kana(character),
            '0'..='9' => self.push_digit(character),
            '々' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' => self.push(repeated(character, self.last())),
            // Typed for ー on keyboards that have none.
            '-' if self.last().is_some_and(is_kana) => self.push('ー'),
            _ if character.is_ascii() => self.push(character),
            _ => self.push_other(character),
        }
    }

    fn push_kana(&mut self, kana: char) {
        self.push(one_of_its_sound(kana));
        if kana == 'ゔ' {
            self.after_vu = self.length;
        }
    }

    /// 1,000 is 1000.
    fn push_digit(&mut self, digit: char) {
        let is_digit = |code: &u16| (u16::from(b'0')..=u16::from(b'9')).contains(code);
        if let [.., before, comma] = &self.codes[..self.length]
            && *comma == u16::from(b',')
            && is_digit(before)
        {
            self.length -= 1;
        }
        self.push(digit);
    }

    fn push_other(&mut self, character: char) {
        let code = u32::from(character);
        let several = SEVERAL.iter().find(|(sign, _)| *sign == character).map(|(_, several)| *several);
        let roman = |first: char| ROMAN.get((code - u32::from(first)) as usize).copied();
        let several = several.or(match character {
            'Ⅰ'..='Ⅹ' => roman('Ⅰ'),
            'ⅰ'..='ⅹ' => roman('ⅰ'),
            '①'..='⑳' => NUMBERS.get((code - u32::from('①')) as usize).copied(),
            _ => None,
        });
        if let Some(several) = several {
            return several.chars().for_each(|character| self.push(character));
        }
        match character {
            // A compatibility character that turned out to be a kanji, or one that has an old form of its own.
            '一'..='鿿' | '\u{f900}'..='\u{faff}' => self.push(old::todays(character)),
            character => self.push(character),
        }
    }
}

/// ヴァイオリン is バイオリン.
fn of_vu(vowel: char) -> char {
    match vowel {
        'ぁ' => 'ば',
        'ぃ' => 'び',
        'ぇ' => 'べ',
        _ => 'ぼ',
    }
}

/// What 々, ゝ and ゞ repeat; themselves where nothing stands before.
fn repeated(mark: char, before: Option<char>) -> char {
    let Some(before) = before else { return mark };
    let is_syllable = syllable(before).is_some();
    let voiced = |base| joined(base, VOICED);
    let plain = || {
        let base = char::from_u32(u32::from(before) - 1);
        base.filter(|base| voiced(*base) == Some(before)).unwrap_or(before)
    };
    match mark {
        '々' if matches!(before, '一'..='鿿') => before,
        'ゝ' | 'ヽ' if is_syllable => plain(),
        'ゞ' | 'ヾ' if is_syllable => voiced(plain()).map_or(before, one_of_its_sound),
        mark => mark,
    }
}

/// Signs that stand for several characters, as far as texts about businesses have them.
const SEVERAL: [(char, &str); 22] = [
    ('㈱', "(株)"),
    ('㈲', "(有)"),
    ('㈹', "(代)"),
    ('㍻', "平成"),
    ('㍼', "昭和"),
    ('㋿', "令和"),
    ('㍿', "株式会社"),
    ('㌔', "きろ"),
    ('㌘', "ぐらむ"),
    ('㌢', "せんち"),
    ('㌫', "ぱあせんと"),
    ('㍉', "みり"),
    ('㍍', "めえとる"),
    ('㎏', "kg"),
    ('㎝', "cm"),
    ('㎞', "km"),
    ('㎡', "m2"),
    ('㎜', "mm"),
    ('№', "no"),
    ('℡', "tel"),
    ('²', "2"),
    ('𠮷', "吉"),
];

const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

const NUMBERS: [&str; 20] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20",
];
