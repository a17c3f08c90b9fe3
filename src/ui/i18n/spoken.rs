//! The words at hand. Japanese is compiled in; those of another language are a file, learnt when she first asks for it,
//! so that a first visit does not pay for them. Must not know how a file is fetched.

use std::cell::Cell;

use super::fingerprint::fingerprint;
use super::{Key, Lang, keys};

/// All sentences of a language in the order of `Key`. They stay as long as the page, like the screens made of them.
type Sentences = &'static [&'static str];

thread_local! {
    static LANGUAGE: Cell<Lang> = const { Cell::new(Lang::Japanese) };
    static KNOWN: Cell<[Option<Sentences>; Lang::ALL.len()]> = const { Cell::new([Some(&keys::JAPANESE), None, None]) };
}

#[must_use]
pub fn language() -> Lang {
    LANGUAGE.get()
}

/// From now on everything is said in this language; false, and all stays as it is, where its words are not at hand.
pub fn speak(lang: Lang) -> bool {
    let known = KNOWN.get()[lang as usize].is_some();
    if known {
        LANGUAGE.set(lang);
    }
    known
}

/// Takes in the words of a language; false where the file is not that of this build.
pub fn learn(lang: Lang, file: &[u8]) -> bool {
    let Some(texts) = domain::json::texts(file) else { return false };
    if fingerprint(texts.iter().map(|(key, _)| key.as_str())) != keys::FINGERPRINT {
        return false;
    }
    let sentences: Vec<&'static str> = texts.into_iter().map(|(_, text)| &*text.leak()).collect();
    let mut known = KNOWN.get();
    known[lang as usize] = Some(sentences.leak());
    KNOWN.set(known);
    true
}

pub(super) fn sentence(key: Key) -> &'static str {
    let sentences = KNOWN.get()[language() as usize];
    sentences.expect("only a language at hand is spoken")[key as usize]
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
