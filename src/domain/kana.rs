//! What every reader of Japanese knows about a single kana. Hiragana only: `fold` makes them of all others.

/// Hepburn syllables from ぁ (U+3041) to ゖ (U+3096); っ is written by what follows it.
#[rustfmt::skip]
const SYLLABLES: [&str; 0x56] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o",
    "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go",
    "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
    "ta", "da", "chi", "ji", "", "tsu", "zu", "te", "de", "to", "do",
    "na", "ni", "nu", "ne", "no",
    "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be", "pe", "ho", "bo", "po",
    "ma", "mi", "mu", "me", "mo",
    "ya", "ya", "yu", "yu", "yo", "yo",
    "ra", "ri", "ru", "re", "ro",
    "wa", "wa", "wi", "we", "wo", "n", "vu", "ka", "ke",
];

pub(crate) fn is_kana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ' | 'ー')
}

/// The Hepburn of one kana.
pub(crate) fn syllable(kana: char) -> Option<&'static str> {
    SYLLABLES.get((u32::from(kana)).checked_sub(0x3041)? as usize).copied()
}

/// The vowel of one kana as a letter; 0 for ん and what is no kana.
pub(crate) fn vowel(code: u16) -> u8 {
    usize::from(code).checked_sub(0x3041).and_then(|at| VOWELS.get(at)).copied().unwrap_or(0)
}

const VOWELS: [u8; 0x56] = {
    let mut vowels = [0; 0x56];
    let mut at = 0;
    while at < vowels.len() {
        if let Some(last @ (b'a' | b'i' | b'u' | b'e' | b'o')) = SYLLABLES[at].as_bytes().last() {
            vowels[at] = *last;
        }
        at += 1;
    }
    vowels
};

/// ぁ as あ, っ as つ: many keyboards and old texts have no small ones.
pub(crate) const fn large(kana: char) -> char {
    match kana {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' => 'え',
        'ぉ' => 'お',
        'っ' => 'つ',
        'ゃ' => 'や',
        'ゅ' => 'ゆ',
        'ょ' => 'よ',
        'ゎ' => 'わ',
        character => character,
    }
}
