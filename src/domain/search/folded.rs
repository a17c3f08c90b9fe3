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

/// A kanji is mostly no old form: one bit answers that before any table is asked.
pub(super) struct Folding {
    is_old: Vec<u32>,
}

const FIRST_KANJI: u32 = '一' as u32;
const KANJI: u32 = '鿿' as u32 + 1 - FIRST_KANJI;

impl Default for Folding {
    fn default() -> Self {
        let mut is_old = vec![0; KANJI.div_ceil(32) as usize];
        for at in old::all().map(|character| u32::from(character).wrapping_sub(FIRST_KANJI)) {
            if at < KANJI {
                is_old[(at / 32) as usize] |= 1 << (at % 32);
            }
        }
        Self { is_old }
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
        while let Some((character, length)) = character_at(text, at) {
            match self.at_once(character) {
                0 => out.take(character),
                code => out.push_code(code),
            }
            if let Some(begins) = begins.as_deref_mut() {
                begins.resize(out.length, at as u32);
            }
            at += length;
        }
        let length = out.length;
        codes.truncate(length);
    }

    /// Nearly every character of a text; 0 for those that need a closer look.
    fn at_once(&self, character: char) -> u16 {
        let code = u32::from(character);
        if let Some(kana) = KANA.get(code.wrapping_sub(FIRST_KANA) as usize) {
            return *kana;
        }
        let at = code.wrapping_sub(FIRST_KANJI);
        let is_old = || self.is_old[(at / 32) as usize] >> (at % 32) & 1 == 1;
        if at < KANJI && !is_old() { code as u16 } else { 0 }
    }
}

/// The character that begins at this byte, and its bytes: what `chars` does, without a call for each of them.
fn character_at(text: &str, at: usize) -> Option<(char, usize)> {
    if let [first @ 0xe3..=0xe9, second, third, ..] = text.as_bytes().get(at..)? {
        let bits = |byte: &u8| u32::from(byte & 0x3f);
        let code = u32::from(first & 0x0f) << 12 | bits(second) << 6 | bits(third);
        return Some((char::from_u32(code)?, 3));
    }
    let character = text[at..].chars().next()?;
    Some((character, character.len_utf8()))
}

const FIRST_KANA: u32 = 0x3000;

/// The signs of Japanese text, hiragana and katakana as they are compared.
const KANA: [u16; 0x100] = {
    let mut kana = [0; 0x100];
    let mut at = 0;
    while at < kana.len() {
        let code = FIRST_KANA + at as u32;
        let is_katakana = 'ァ' as u32 <= code && code <= 'ヶ' as u32;
        if let Some(character) = char::from_u32(if is_katakana { code - 0x60 } else { code }) {
            kana[at] = match character {
                // What depends on the character before it.
                'ぁ' | 'ぃ' | 'ぇ' | 'ぉ' | 'ゔ' => 0,
                'ぁ'..='ゖ' => one_of_its_sound(character) as u16,
                '、'..='〃' | '〈'..='〟' | '・' | 'ー' => character as u16,
                _ => 0,
            };
        }
        at += 1;
    }
    kana
};

/// Kana that sound alike are one: small and large, ぢ and じ, ゐ and い; ヶ and ヵ count (3か月).
const fn one_of_its_sound(kana: char) -> char {
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
        let may_be_old = matches!(character, '一'..='鿿' | '\u{f900}'..='\u{faff}');
        let todays = if may_be_old { old::todays(character) } else { None };
        self.push(todays.unwrap_or(character));
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
        '々' if u32::from(before).wrapping_sub(FIRST_KANJI) < KANJI => before,
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
