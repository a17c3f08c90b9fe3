//! The words at hand. Japanese is compiled in; those of another language are a file, learnt when she first asks for it,
//! so that a first visit does not pay for them. Must not know how a file is fetched.

use std::cell::{Cell, RefCell};

use super::fingerprint::fingerprint;
use super::{Key, Lang, keys};

/// All sentences of a sheet in the order of `Key`. They stay as long as the page, like the screens made of them.
type Sentences = &'static [&'static str];

/// The words that everybody needs, or that an entry has beside those.
pub struct Words {
    /// The place of its first key.
    first: usize,
    fingerprint: u32,
    japanese: Sentences,
    /// Easy Japanese and English.
    files: [&'static str; 2],
}

static COMMON: Words = Words {
    first: keys::COMMON_FIRST,
    fingerprint: keys::COMMON_FINGERPRINT,
    japanese: &keys::COMMON,
    files: ["/words/ja_easy.json", "/words/en.json"],
};

pub static BOOKING: Words = Words {
    first: keys::BOOKING_FIRST,
    fingerprint: keys::BOOKING_FINGERPRINT,
    japanese: &keys::BOOKING,
    files: ["/words/booking_ja_easy.json", "/words/booking_en.json"],
};

pub static READING: Words = Words {
    first: keys::READING_FIRST,
    fingerprint: keys::READING_FINGERPRINT,
    japanese: &keys::READING,
    files: ["/words/read_ja_easy.json", "/words/read_en.json"],
};

pub static FRAME: Words = Words {
    first: keys::FRAME_FIRST,
    fingerprint: keys::FRAME_FINGERPRINT,
    japanese: &keys::FRAME,
    files: ["/words/frame_ja_easy.json", "/words/frame_en.json"],
};

/// Words in use, and those of another language as far as they are learnt.
struct Sheet {
    words: &'static Words,
    learnt: [Option<Sentences>; 2],
}

thread_local! {
    static LANGUAGE: Cell<Lang> = const { Cell::new(Lang::Japanese) };
    /// Everybody's first; an entry opens more, so that the first screen does not carry them.
    static SHEETS: RefCell<Vec<Sheet>> = RefCell::new(vec![Sheet { words: &COMMON, learnt: [None; 2] }]);
}

/// From now on these are needed, too; to be called before anything is said.
pub fn open(words: &'static Words) {
    SHEETS.with_borrow_mut(|sheets| sheets.push(Sheet { words, learnt: [None; 2] }));
}

#[must_use]
pub fn language() -> Lang {
    LANGUAGE.get()
}

/// The place of a language that has to be learnt; `None` for Japanese, it is always at hand.
fn foreign(lang: Lang) -> Option<usize> {
    (lang as usize).checked_sub(1)
}

/// The files with the words of a language that are needed here; none for Japanese.
#[must_use]
pub fn files(lang: Lang) -> Vec<&'static str> {
    let Some(at) = foreign(lang) else { return Vec::new() };
    SHEETS.with_borrow(|sheets| sheets.iter().map(|sheet| sheet.words.files[at]).collect())
}

/// From now on everything is said in this language; false, and all stays as it is, where its words are not at hand.
pub fn speak(lang: Lang) -> bool {
    let known = foreign(lang)
        .is_none_or(|at| SHEETS.with_borrow(|sheets| sheets.iter().all(|sheet| sheet.learnt[at].is_some())));
    if known {
        LANGUAGE.set(lang);
    }
    known
}

/// Takes in the words of a language; false where the file is not of this build.
pub fn learn(lang: Lang, file: &[u8]) -> bool {
    let (Some(texts), Some(at)) = (domain::json::texts(file), foreign(lang)) else { return false };
    let print = fingerprint(texts.iter().map(|(key, _)| key.as_str()));
    SHEETS.with_borrow_mut(|sheets| {
        let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.words.fingerprint == print) else {
            return false;
        };
        let sentences: Vec<&'static str> = texts.into_iter().map(|(_, text)| &*text.leak()).collect();
        sheet.learnt[at] = Some(sentences.leak());
        true
    })
}

pub(super) fn sentence(key: Key) -> &'static str {
    let at = key as usize;
    SHEETS.with_borrow(|sheets| {
        let has = |sheet: &&Sheet| {
            at.checked_sub(sheet.words.first).is_some_and(|at| at < sheet.words.japanese.len())
        };
        let sheet = sheets.iter().find(has).expect("an entry says only what it opened");
        let sentences = match foreign(language()) {
            Some(lang) => sheet.learnt[lang].expect("only a language at hand is spoken"),
            None => sheet.words.japanese,
        };
        sentences[at - sheet.words.first]
    })
}

/// The teams' own. There is no easy Japanese of them, so that it is never learnt and never spoken there.
#[cfg(feature = "desk")]
pub static DESK: Words = Words {
    first: keys::DESK_FIRST,
    fingerprint: keys::DESK_FINGERPRINT,
    japanese: &keys::DESK,
    files: ["", "/words/desk_en.json"],
};

/// What only the screens for texts say.
#[cfg(feature = "desk")]
pub static DESK_TEXTS: Words = Words {
    first: keys::DESK_TEXTS_FIRST,
    fingerprint: keys::DESK_TEXTS_FINGERPRINT,
    japanese: &keys::DESK_TEXTS,
    files: ["", "/words/desk_texts_en.json"],
};

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
