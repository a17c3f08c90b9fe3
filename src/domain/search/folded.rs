//! Texts and queries in the one writing in which they are compared, and where in the original each character began.
//!
//! Must not know queries. The surprising rule: folding looks at what stands before a character (々, ゝ, ゔぁ, the comma of
//! 1,000), never at what follows, so the beginning of a text folds the same however it goes on.

use super::old;
use crate::fold::{Plain, voiced};
use crate::kana::{is_kana, large, syllable};

/// UTF-16 codes: half the bytes of what they were for Japanese, and nearly every character is one of them.
#[derive(Default)]
pub(super) struct Folded {
    pub(super) codes: Vec<u16>,
    /// For each code the byte at which its character begins in the original.
    pub(super) begins: Vec<u32>,
}

impl Folded {
    /// Where in a text of this length the code at this place ends.
    pub(super) fn end(&self, at: usize, length: usize) -> usize {
        let begin = self.begins[at];
        let next = self.begins[at..].iter().find(|other| **other > begin);
        next.map_or(length, |next| *next as usize)
    }

    fn push(&mut self, character: char, at: usize) {
        let mut codes = [0; 2];
        for code in character.encode_utf16(&mut codes) {
            self.codes.push(*code);
            self.begins.push(at as u32);
        }
    }

    fn push_all(&mut self, text: &str, at: usize) {
        text.chars().for_each(|character| self.push(character, at));
    }

    fn last(&self) -> Option<char> {
        char::from_u32(u32::from(*self.codes.last()?))
    }
}

/// A kanji is mostly no old form: one bit answers that before any table is asked.
pub(super) struct Folding {
    is_old: Vec<u32>,
}

const KANJI: std::ops::RangeInclusive<char> = '一'..='鿿';

impl Default for Folding {
    fn default() -> Self {
        let first = u32::from(*KANJI.start());
        let mut is_old = vec![0; ((u32::from(*KANJI.end()) - first) / 32 + 1) as usize];
        for character in old::all().filter(|character| KANJI.contains(character)) {
            let at = u32::from(character) - first;
            is_old[(at / 32) as usize] |= 1 << (at % 32);
        }
        Self { is_old }
    }
}

impl Folding {
    pub(super) fn of(&self, text: &str) -> Folded {
        let mut folded = Folded::default();
        self.fold(text, &mut folded);
        folded
    }

    /// The same into memory that is there.
    pub(super) fn fold(&self, text: &str, folded: &mut Folded) {
        folded.codes.clear();
        folded.begins.clear();
        let mut after_vu = false;
        for (character, at) in Plain::of(text) {
            let vu = std::mem::replace(&mut after_vu, character == 'ゔ');
            match character {
                'ぁ' | 'ぃ' | 'ぇ' | 'ぉ' if vu => replace_vu(folded, character),
                'ぁ'..='ゖ' => folded.push(one_of_its_sound(character), at),
                _ if KANJI.contains(&character) => folded.push(self.todays(character), at),
                '0'..='9' => push_digit(folded, character, at),
                '々' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' => {
                    folded.push(repeated(character, folded.last()), at);
                }
                // Typed for ー on keyboards that have none.
                '-' if folded.last().is_some_and(is_kana) => folded.push('ー', at),
                _ if character.is_ascii() => folded.push(character, at),
                _ => push_other(folded, character, at),
            }
        }
    }

    fn todays(&self, kanji: char) -> char {
        let at = u32::from(kanji) - u32::from(*KANJI.start());
        let is_old = self.is_old[(at / 32) as usize] >> (at % 32) & 1 == 1;
        if is_old { old::todays(kanji).unwrap_or(kanji) } else { kanji }
    }
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

/// ヴァイオリン is バイオリン.
fn replace_vu(folded: &mut Folded, vowel: char) {
    let joined = match vowel {
        'ぁ' => 'ば',
        'ぃ' => 'び',
        'ぇ' => 'べ',
        _ => 'ぼ',
    };
    if let Some(last) = folded.codes.last_mut() {
        *last = joined as u16;
    }
}

/// What 々, ゝ and ゞ repeat; themselves where nothing stands before.
fn repeated(mark: char, before: Option<char>) -> char {
    let Some(before) = before else { return mark };
    let is_syllable = syllable(before).is_some();
    let plain = || {
        let base = char::from_u32(u32::from(before) - 1);
        base.filter(|base| voiced(*base) == Some(before)).unwrap_or(before)
    };
    match mark {
        '々' if KANJI.contains(&before) => before,
        'ゝ' | 'ヽ' if is_syllable => plain(),
        'ゞ' | 'ヾ' if is_syllable => voiced(plain()).map_or(before, one_of_its_sound),
        mark => mark,
    }
}

/// 1,000 is 1000.
fn push_digit(folded: &mut Folded, digit: char, at: usize) {
    let is_digit = |code: &u16| (u16::from(b'0')..=u16::from(b'9')).contains(code);
    if let [.., before, comma] = folded.codes.as_slice()
        && *comma == u16::from(b',')
        && is_digit(before)
    {
        folded.codes.pop();
        folded.begins.pop();
    }
    folded.push(digit, at);
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

fn push_other(folded: &mut Folded, character: char, at: usize) {
    if let Some((_, several)) = SEVERAL.iter().find(|(sign, _)| *sign == character) {
        return folded.push_all(several, at);
    }
    let code = u32::from(character);
    let roman = |first: char| ROMAN.get((code - u32::from(first)) as usize);
    match character {
        '①'..='⑨' => folded.push((b'1' + (code - u32::from('①')) as u8) as char, at),
        '⑩'..='⑲' => {
            folded.push('1', at);
            folded.push((b'0' + (code - u32::from('⑩')) as u8) as char, at);
        }
        '⑳' => folded.push_all("20", at),
        'Ⅰ'..='Ⅹ' => folded.push_all(roman('Ⅰ').unwrap_or(&""), at),
        'ⅰ'..='ⅹ' => folded.push_all(roman('ⅰ').unwrap_or(&""), at),
        '\u{f900}'..='\u{faff}' => folded.push(old::todays(character).unwrap_or(character), at),
        character => folded.push(character, at),
    }
}
