//! The words: typed keys to sentences in three languages.
//!
//! A sentence may hold `{name}` places to fill and `[漢字|かんじ]` readings. Readings become `<ruby>` on the screen and
//! disappear in attributes. The language is ambient, like the document's `lang`: the root sets it and renders anew.
//! Where the words of a language come from is `spoken`'s business.

use std::borrow::Cow;

use crate::node::{Content, el};

mod fingerprint;
mod spoken;
use spoken::sentence;
pub use spoken::{BOOKING, FRAME, READING, files, language, learn, open, speak};

mod keys {
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}
pub use keys::Key;

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Japanese,
    /// やさしい日本語: short sentences, readings over kanji.
    Easy,
    English,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Japanese, Self::Easy, Self::English];

    /// As kept in the preferences.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::Easy => "ja-easy",
            Self::English => "en",
        }
    }

    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// Its own name, so that it can be found by whoever reads no other.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Japanese => "日本語",
            Self::Easy => "やさしい日本語",
            Self::English => "English",
        }
    }

    /// For the `lang` attribute.
    #[must_use]
    pub fn html(self) -> &'static str {
        match self {
            Self::Japanese | Self::Easy => "ja",
            Self::English => "en",
        }
    }
}

/// Values for the `{name}` places of a sentence.
pub type Places<'a> = [(&'static str, &'a str)];

fn filled(key: Key, places: &Places<'_>) -> Cow<'static, str> {
    let template = sentence(key);
    if places.is_empty() {
        return Cow::Borrowed(template);
    }
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        if let Some((_, value)) = places.iter().find(|(place, _)| *place == name) {
            text.push_str(value);
        }
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The sentence for the screen, with readings as `<ruby>`.
#[must_use]
pub fn say(key: Key) -> Content {
    ruby(filled(key, &[]))
}

/// The same with its places filled; values may hold readings too.
#[must_use]
pub fn say_with(key: Key, places: &Places<'_>) -> Content {
    ruby(filled(key, places))
}

/// The sentence for an attribute or a title: no readings.
#[must_use]
pub fn plain(key: Key) -> String {
    without_readings(sentence(key))
}

#[must_use]
pub fn plain_with(key: Key, places: &Places<'_>) -> String {
    without_readings(&filled(key, places))
}

/// A proper name with its reading, where this language shows readings: `[松江市|まつえし]`.
#[must_use]
pub fn with_reading(name: &str, kana: &str) -> String {
    match language() {
        Lang::Easy if !kana.is_empty() => format!("[{name}|{kana}]"),
        Lang::Easy | Lang::Japanese | Lang::English => name.to_owned(),
    }
}

/// Any text with `[漢字|かんじ]` readings, as content.
#[must_use]
pub fn ruby(text: impl Into<Cow<'static, str>>) -> Content {
    let text = text.into();
    if !text.contains('[') {
        return Content::Text(text);
    }
    let pieces = parts(&text).into_iter().map(|part| match part {
        Part::Plain(words) => Content::Text(words.to_owned().into()),
        Part::Read(words, kana) => el("ruby")
            .put(words.to_owned())
            .put(el("rp").put("（"))
            .put(el("rt").put(kana.to_owned()))
            .put(el("rp").put("）"))
            .into(),
    });
    Content::Many(pieces.collect())
}

#[must_use]
pub fn without_readings(text: &str) -> String {
    parts(text)
        .into_iter()
        .map(|part| match part {
            Part::Plain(words) | Part::Read(words, _) => words,
        })
        .collect()
}

enum Part<'a> {
    Plain(&'a str),
    Read(&'a str, &'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((inside, after)) = after.split_once(']') else { break };
        found.push(Part::Plain(before));
        match inside.split_once('|') {
            Some((words, kana)) => found.push(Part::Read(words, kana)),
            None => found.push(Part::Plain(inside)),
        }
        rest = after;
    }
    found.push(Part::Plain(rest));
    found
}

#[cfg(feature = "desk")]
pub use spoken::{DESK, DESK_TEXTS};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_vanish_in_attributes_and_places_are_filled_before() {
        assert_eq!(without_readings("[近|ちか]くの[協会|きょうかい]。"), "近くの協会。");
        assert_eq!(without_readings("[ただの括弧]"), "ただの括弧");
    }

    /// The words of an entry in both files, and which keys it may say.
    fn entry(own: &'static spoken::Words, files: [&[u8]; 2], keys: std::ops::Range<usize>) {
        open(own);
        assert!(learn(Lang::English, include_bytes!("i18n/en.json")) && !speak(Lang::English), "half of it");
        assert!(learn(Lang::Easy, include_bytes!("i18n/ja_easy.json")));
        assert!(learn(Lang::Easy, files[0]) && learn(Lang::English, files[1]));
        let common = 0..keys::BOOKING_FIRST;
        for lang in Lang::ALL {
            assert!(speak(lang));
            for key in common.clone().chain(keys.clone()).map(|at| keys::ALL[at]) {
                let sentence = sentence(key);
                assert!(!sentence.trim().is_empty(), "{key:?} is empty in {lang:?}");
                assert!(lang == Lang::Easy || !sentence.contains('|'), "{key:?} has a reading in {lang:?}");
                let (open, close) = (sentence.matches('[').count(), sentence.matches(']').count());
                assert_eq!(open, close, "{key:?} in {lang:?} has an open reading");
            }
        }
        assert!(speak(Lang::Japanese));
    }

    #[test]
    fn every_sentence_says_something_and_only_easy_japanese_has_readings() {
        let booking: [&[u8]; 2] =
            [include_bytes!("i18n/booking_ja_easy.json"), include_bytes!("i18n/booking_en.json")];
        let reading: [&[u8]; 2] =
            [include_bytes!("i18n/read_ja_easy.json"), include_bytes!("i18n/read_en.json")];
        entry(&BOOKING, booking, keys::BOOKING_FIRST..keys::READING_FIRST);
        entry(&READING, reading, keys::READING_FIRST..keys::FRAME_FIRST);
        let frame: [&[u8]; 2] =
            [include_bytes!("i18n/frame_ja_easy.json"), include_bytes!("i18n/frame_en.json")];
        let past_frame = keys::FRAME_FIRST + keys::FRAME.len();
        entry(&FRAME, frame, keys::FRAME_FIRST..past_frame);
    }

    #[cfg(feature = "desk")]
    #[test]
    fn the_desk_says_everything_in_japanese_and_english_and_has_no_easy_japanese() {
        open(&DESK);
        open(&DESK_TEXTS);
        assert!(learn(Lang::English, include_bytes!("i18n/en.json")));
        assert!(learn(Lang::English, include_bytes!("i18n/desk_en.json")) && !speak(Lang::English));
        assert!(learn(Lang::English, include_bytes!("i18n/desk_texts_en.json")));
        assert!(learn(Lang::Easy, include_bytes!("i18n/ja_easy.json")) && !speak(Lang::Easy));
        for lang in [Lang::Japanese, Lang::English] {
            assert!(speak(lang));
            for key in &keys::ALL[keys::DESK_FIRST..] {
                let sentence = sentence(*key);
                assert!(!sentence.trim().is_empty() && !sentence.contains('['), "{key:?} in {lang:?}");
            }
        }
        assert!(speak(Lang::Japanese));
    }
}
