//! What Latin letters may mean as kana: Hepburn, 訓令式 and what keyboards take, also in the middle of a syllable.
//!
//! Must not know which words exist. The surprising rule: letters can mean several things (kani is かに or かんい, ti is ち
//! or てぃ), so the answer is a list; what sounds alike is already one in folded text and needs no entry.

use super::pattern::{Long, Unit, units};

/// One meaning.
#[derive(Debug)]
pub(super) struct Meaning {
    pub(super) units: Vec<Unit>,
    /// What may follow if the last syllable is not finished.
    pub(super) ending: Vec<u16>,
}

/// Each n before a vowel doubles them; four are more than a word has.
const MOST_MEANINGS: usize = 16;

/// Consonants, then their kana with a, i, u, e and o, as folding leaves them; others that are meant as well after '/'.
#[rustfmt::skip]
const ROWS: [(&str, &str); 29] = [
    ("", "あ い う え お"), ("k", "か き く け こ"), ("g", "が ぎ ぐ げ ご"), ("s", "さ し す せ そ"), ("z", "ざ じ ず ぜ ぞ"),
    ("t", "た ち/てい つ/とう て と"), ("d", "だ じ/でい ず/どう で ど"), ("n", "な に ぬ ね の"), ("h", "は ひ ふ へ ほ"),
    ("b", "ば び ぶ べ ぼ"), ("p", "ぱ ぴ ぷ ぺ ぽ"), ("m", "ま み む め も"), ("y", "や い ゆ いえ よ"), ("r", "ら り る れ ろ"),
    ("l", "ら り る れ ろ"), ("w", "わ うい う うえ を/うお"), ("f", "ふあ ふい ふ ふえ ふお"), ("v", "ば び ぶ べ ぼ"),
    ("c", "か ち く せ こ"), ("j", "じや じ じゆ じえ じよ"), ("sh", "しや し しゆ しえ しよ"), ("ch", "ちや ち ちゆ ちえ ちよ"),
    ("ts", "つあ つい つ つえ つお"), ("dz", "ざ じ ず ぜ ぞ"), ("th", "てや てい てゆ てえ てよ"), ("dh", "でや でい でゆ でえ でよ"),
    ("kw", "くあ くい く くえ くお"), ("gw", "ぐあ ぐい ぐ ぐえ ぐお"), ("q", "くあ くい く くえ くお"),
];

/// What follows the i of a row: きゃ, きゅ, きょ.
const GLIDES: [&str; 5] = ["や", "い", "ゆ", "え", "よ"];

/// A meaning of the first letters, and what is left of them.
struct Partial<'a> {
    kana: String,
    rest: &'a [u8],
}

/// Nothing where the letters are no romaji.
pub(super) fn meanings(letters: &str) -> Vec<Meaning> {
    let mut open = vec![Partial { kana: String::new(), rest: letters.as_bytes() }];
    let mut found: Vec<Meaning> = Vec::new();
    while let Some(partial) = open.pop() {
        if found.len() + open.len() >= MOST_MEANINGS {
            open.truncate(MOST_MEANINGS - found.len().min(MOST_MEANINGS));
        }
        if partial.rest.is_empty() {
            found.extend(meaning(&partial.kana, Vec::new()));
            continue;
        }
        if let Some(row) = unfinished(partial.rest) {
            found.extend(meaning(&partial.kana, row));
        }
        let next = steps(&partial);
        // The likeliest is looked at first, so it is put on top.
        open.extend(next.into_iter().rev());
        if found.len() >= MOST_MEANINGS {
            break;
        }
    }
    found.truncate(MOST_MEANINGS);
    found
}

/// No word begins with ん, and none is a consonant only.
fn meaning(kana: &str, ending: Vec<u16>) -> Option<Meaning> {
    let codes: Vec<u16> = kana.encode_utf16().collect();
    let begins_well = !kana.is_empty() && !kana.starts_with('ん');
    begins_well.then(|| Meaning { units: units(&codes, Long::May), ending })
}

fn steps<'a>(partial: &Partial<'a>) -> Vec<Partial<'a>> {
    let rest = partial.rest;
    let step = |kana: &str, taken: usize| Partial { kana: partial.kana.clone() + kana, rest: &rest[taken..] };
    match rest {
        [b't', b'c', b'h', ..] => return vec![step("つ", 1)],
        [b'm', b'b' | b'm' | b'p', ..] => return vec![step("ん", 1)],
        [b'n', b'\'', ..] => return vec![step("ん", 2)],
        [b'n', b'n'] => return vec![step("ん", 2)],
        [b'n'] => return vec![step("ん", 1)],
        [b'n', after, ..] if !is_vowel(*after) && *after != b'y' && *after != b'n' => {
            return vec![step("ん", 1)];
        }
        [first, second, ..] if first == second && !is_vowel(*first) && *first != b'n' => {
            return vec![step("つ", 1)];
        }
        // Ohtsu, Kohchi: the h only lengthens.
        [b'h', after, ..] if !is_vowel(*after) && ends_with_o(&partial.kana) => return vec![step("ー", 1)],
        [b'h'] if ends_with_o(&partial.kana) => return vec![step("ー", 1)],
        _ => {}
    }
    let mut next: Vec<Partial<'a>> = Vec::new();
    let consonants = rest.iter().take_while(|letter| !is_vowel(**letter)).count();
    let vowel = rest.get(consonants).and_then(|letter| b"aiueo".iter().position(|vowel| vowel == letter));
    if let Some(vowel) = vowel {
        next.extend(syllables(&rest[..consonants], vowel).iter().map(|kana| step(kana, consonants + 1)));
    }
    if rest[0] == b'n' {
        // かんい, こんな; and shinnkai, as keyboards want it.
        next.push(step("ん", 1));
        if rest.get(1) == Some(&b'n') {
            next.push(step("ん", 2));
        }
    }
    next
}

fn ends_with_o(kana: &str) -> bool {
    let last = kana.chars().next_back();
    last.and_then(crate::kana::syllable).is_some_and(|spelled| spelled.ends_with('o'))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'i' | b'u' | b'e' | b'o')
}

/// The kana these consonants may mean with a vowel.
fn syllables(consonants: &[u8], vowel: usize) -> Vec<String> {
    if let Some(row) = row(consonants) {
        return row.split(' ').nth(vowel).unwrap_or_default().split('/').map(str::to_owned).collect();
    }
    let [before @ .., b'y'] = consonants else { return Vec::new() };
    let Some(row) = row(before) else { return Vec::new() };
    let of_i = row.split(' ').nth(1).unwrap_or_default().split('/');
    of_i.filter_map(|kana| kana.chars().next()).map(|kana| String::from(kana) + GLIDES[vowel]).collect()
}

fn row(consonants: &[u8]) -> Option<&'static str> {
    ROWS.iter().find(|(spelled, _)| spelled.as_bytes() == consonants).map(|(_, row)| *row)
}

/// What consonants at the end may become.
fn unfinished(consonants: &[u8]) -> Option<Vec<u16>> {
    if consonants.iter().copied().any(is_vowel) {
        return None;
    }
    let firsts: Vec<String> = match row(consonants) {
        Some(row) => row.split([' ', '/']).map(str::to_owned).collect(),
        None => syllables(consonants, 0),
    };
    let mut codes: Vec<u16> = firsts.iter().filter_map(|kana| kana.encode_utf16().next()).collect();
    codes.dedup();
    (!codes.is_empty()).then_some(codes)
}
