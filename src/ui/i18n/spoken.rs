//! The words at hand. Japanese is compiled in; those of another language are a file, learnt when she first asks for it,
//! so that a first visit does not pay for them. Must not know how a file is fetched.

use std::cell::Cell;

use super::fingerprint::fingerprint;
use super::{Key, Lang, keys};

/// All sentences of a sheet in the order of `Key`. They stay as long as the page, like the screens made of them.
type Sentences = &'static [&'static str];

/// By language.
type Sheet = [Option<Sentences>; Lang::ALL.len()];

/// The words that an entry has beside everybody's.
pub struct Own {
    /// The place of its first key.
    first: usize,
    fingerprint: u32,
    japanese: Sentences,
    /// Easy Japanese and English.
    files: [&'static str; 2],
}

pub static BOOKING: Own = Own {
    first: keys::BOOKING_FIRST,
    fingerprint: keys::BOOKING_FINGERPRINT,
    japanese: &keys::BOOKING,
    files: ["/words/booking_ja_easy.json", "/words/booking_en.json"],
};

pub static READING: Own = Own {
    first: keys::READING_FIRST,
    fingerprint: keys::READING_FINGERPRINT,
    japanese: &keys::READING,
    files: ["/words/read_ja_easy.json", "/words/read_en.json"],
};

thread_local! {
    static LANGUAGE: Cell<Lang> = const { Cell::new(Lang::Japanese) };
    static COMMON: Cell<Sheet> = const { Cell::new([Some(&keys::COMMON), None, None]) };
    /// Set by an entry that has some, so that the first screen does not carry them.
    static OWN: Cell<Option<(&'static Own, Sheet)>> = const { Cell::new(None) };
}

/// From now on these are needed, too; to be called before anything is said.
pub fn open(own: &'static Own) {
    OWN.set(Some((own, [Some(own.japanese), None, None])));
}

#[must_use]
pub fn language() -> Lang {
    LANGUAGE.get()
}

/// The files with the words of a language that are needed here; none for Japanese, it is always at hand.
#[must_use]
pub fn files(lang: Lang) -> Vec<&'static str> {
    let (common, own) = match lang {
        Lang::Japanese => return Vec::new(),
        Lang::Easy => ("/words/ja_easy.json", 0),
        Lang::English => ("/words/en.json", 1),
    };
    let mut files = vec![common];
    files.extend(OWN.get().map(|(sheet, _)| sheet.files[own]));
    files
}

/// From now on everything is said in this language; false, and all stays as it is, where its words are not at hand.
pub fn speak(lang: Lang) -> bool {
    let at = lang as usize;
    let known = COMMON.get()[at].is_some() && OWN.get().is_none_or(|(_, sheet)| sheet[at].is_some());
    if known {
        LANGUAGE.set(lang);
    }
    known
}

/// Takes in the words of a language; false where the file is not of this build.
pub fn learn(lang: Lang, file: &[u8]) -> bool {
    let Some(texts) = domain::json::texts(file) else { return false };
    let print = fingerprint(texts.iter().map(|(key, _)| key.as_str()));
    let own = OWN.get().filter(|(own, _)| own.fingerprint == print);
    if own.is_none() && print != keys::COMMON_FINGERPRINT {
        return false;
    }
    let sentences: Vec<&'static str> = texts.into_iter().map(|(_, text)| &*text.leak()).collect();
    let (at, sentences) = (lang as usize, Some(&*sentences.leak()));
    if let Some((own, mut sheet)) = own {
        sheet[at] = sentences;
        OWN.set(Some((own, sheet)));
    } else {
        let mut sheet = COMMON.get();
        sheet[at] = sentences;
        COMMON.set(sheet);
    }
    true
}

pub(super) fn sentence(key: Key) -> &'static str {
    let (lang, at) = (language() as usize, key as usize);
    let (sheet, at) = if at < keys::BOOKING_FIRST {
        (COMMON.get(), at)
    } else {
        let (own, sheet) = OWN.get().expect("an entry says only what it opened");
        (sheet, at - own.first)
    };
    sheet[lang].expect("only a language at hand is spoken")[at]
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
