//! A spoken name as words: まつえ市, Matsue-shi Shimane-ken, Minato City, Tokyo.
//!
//! Must not know which words name a place. The surprising rule: hyphens part words too, and whoever looks a name up
//! joins them again, because nobody agrees on where they belong.

use super::fold;
use super::names::Class;
use crate::kana::is_kana;

/// More words than any name has.
const MOST_WORDS: usize = 8;

/// A word of kana or Latin letters, with the kanji that ends it: まつえ市.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) class: Option<Class>,
}

/// `None` where anything but kana, Latin letters and a last kanji like 市 occurs.
pub(super) fn words(plain: &str) -> Option<Vec<Word<'_>>> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, character) in plain.char_indices() {
        let class = Class::of_kanji(character);
        if class.is_some() || fold::is_separator(character) && character != '\'' {
            if at > start {
                words.push(Word { text: &plain[start..at], class });
            } else if class.is_some() {
                return None;
            }
            start = at + character.len_utf8();
        } else if !(is_kana(character) || character.is_ascii_alphabetic() || character == '\'') {
            return None;
        }
    }
    if start < plain.len() {
        words.push(Word { text: &plain[start..], class: None });
    }
    if words.len() > 1 && words.last().is_some_and(|last| last.text == "japan") {
        words.pop();
    }
    (1..=MOST_WORDS).contains(&words.len()).then_some(words)
}

pub(super) fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|word| word.text).collect()
}
