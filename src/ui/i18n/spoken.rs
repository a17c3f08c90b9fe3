//! The words at hand. Japanese is compiled in; those of another language are a file, learnt when she first asks for it,
//! so that a first visit does not pay for them. Must not know how a file is fetched.

use std::cell::Cell;

use super::fingerprint::fingerprint;
use super::{Key, Lang, keys};

/// All sentences of a sheet in the order of `Key`. They stay as long as the page, like the screens made of them.
type Sentences = &'static [&'static str];

/// By language.
type Sheet = [Option<Sentences>; Lang::ALL.len()];

thread_local! {
    static LANGUAGE: Cell<Lang> = const { Cell::new(Lang::Japanese) };
    static COMMON: Cell<Sheet> = const { Cell::new([Some(&keys::COMMON), None, None]) };
    /// Empty where nobody books, so that the first screen does not carry it.
    static BOOKING: Cell<Sheet> = const { Cell::new([None; Lang::ALL.len()]) };
}

/// From now on the words of booking are needed, too; to be called before anything is said.
pub fn open_booking() {
    BOOKING.set([Some(&keys::BOOKING), None, None]);
}

fn books() -> bool {
    BOOKING.get()[Lang::Japanese as usize].is_some()
}

#[must_use]
pub fn language() -> Lang {
    LANGUAGE.get()
}

/// The files with the words of a language that are needed here; none for Japanese, it is always at hand.
#[must_use]
pub fn files(lang: Lang) -> &'static [&'static str] {
    let all: &[&str] = match lang {
        Lang::Japanese => &[],
        Lang::Easy => &["/words/ja_easy.json", "/words/booking_ja_easy.json"],
        Lang::English => &["/words/en.json", "/words/booking_en.json"],
    };
    if books() { all } else { all.get(..1).unwrap_or_default() }
}

/// From now on everything is said in this language; false, and all stays as it is, where its words are not at hand.
pub fn speak(lang: Lang) -> bool {
    let known = COMMON.get()[lang as usize].is_some() && (!books() || BOOKING.get()[lang as usize].is_some());
    if known {
        LANGUAGE.set(lang);
    }
    known
}

/// Takes in the words of a language; false where the file is not of this build.
pub fn learn(lang: Lang, file: &[u8]) -> bool {
    let Some(texts) = domain::json::texts(file) else { return false };
    let sheet = match fingerprint(texts.iter().map(|(key, _)| key.as_str())) {
        keys::COMMON_FINGERPRINT => &COMMON,
        keys::BOOKING_FINGERPRINT => &BOOKING,
        _ => return false,
    };
    let sentences: Vec<&'static str> = texts.into_iter().map(|(_, text)| &*text.leak()).collect();
    let mut known = sheet.get();
    known[lang as usize] = Some(sentences.leak());
    sheet.set(known);
    true
}

pub(super) fn sentence(key: Key) -> &'static str {
    let at = key as usize;
    let (sheet, at) = match at.checked_sub(keys::COMMON.len()) {
        None => (&COMMON, at),
        Some(at) => (&BOOKING, at),
    };
    let sentences = sheet.get()[language() as usize];
    sentences.expect("only a language at hand is spoken")[at]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_spoken_once_its_words_are_learnt_and_not_before() {
        assert!(!speak(Lang::English));
        assert_eq!(sentence(Key::BannerReload), "再読み込み");
        assert!(learn(Lang::English, include_bytes!("en.json")) && speak(Lang::English));
        assert_eq!((language(), sentence(Key::BannerReload)), (Lang::English, "Reload"));
        assert!(learn(Lang::Easy, include_bytes!("ja_easy.json")) && speak(Lang::Easy));
        assert!(speak(Lang::Japanese));
    }

    #[test]
    fn words_of_another_build_are_not_taken() {
        let ours = include_str!("en.json");
        for other in
            ["", "{}", &ours.replace("banner.reload", "banner.again"), &ours.replace('}', ",\"a\":\"b\"}")]
        {
            assert!(!learn(Lang::English, other.as_bytes()), "{other}");
        }
    }
}
