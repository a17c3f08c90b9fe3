//! The language she reads. Japanese is at hand; the words of another are fetched, and until they are here nothing is said
//! in it. Her choice is kept at once, so that the next start tries again what this one could not get.

use browser::prefs::{self, Pref};
use browser::{http, spawn_local};
use ui::i18n::{self, Lang};

use super::device::{Device, chosen};

/// A start waits this long for words before it goes on in Japanese; on the device they are there in milliseconds.
const START_LIMIT_MS: u32 = 5_000;

/// What she chose, on this visit or an earlier one.
#[must_use]
pub fn wanted() -> Lang {
    chosen(Pref::Language, &Lang::ALL, Lang::tag, Lang::Japanese)
}

/// For a start in another language than Japanese: speaks it as soon as its words are here. When they cannot be had,
/// Japanese stays.
pub async fn speak_at_start(lang: Lang) {
    if learnt(lang, START_LIMIT_MS).await {
        i18n::speak(lang);
    } else {
        mark_document(Lang::Japanese);
    }
}

async fn learnt(lang: Lang, limit_ms: u32) -> bool {
    for file in i18n::files(lang) {
        let words = http::bytes_within(file, limit_ms).await;
        if !words.is_ok_and(|words| i18n::learn(lang, &words)) {
            return false;
        }
    }
    true
}

fn mark_document(lang: Lang) {
    browser::document::set_root_attribute("lang", Some(lang.html()));
}

impl Device {
    pub fn choose_language(self, lang: Lang) {
        prefs::set(Pref::Language, lang.tag());
        self.words_missing.settle(false);
        if i18n::speak(lang) {
            self.now_spoken();
            return;
        }
        spawn_local(async move {
            let learnt = learnt(lang, http::LIMIT_MS).await;
            // She may have chosen again while we waited.
            if wanted() == lang {
                self.words_missing.settle(!(learnt && i18n::speak(lang)));
                self.now_spoken();
            }
        });
    }

    /// Tells the screens; after a failure, too, so that the choice shown is the language spoken.
    fn now_spoken(self) {
        let lang = i18n::language();
        mark_document(lang);
        self.lang.set(lang);
    }

    /// Asks for the words in use once more when the service worker has become ready: only what it has seen pass is there
    /// without a network.
    pub(super) fn keep_words(self) {
        spawn_local(async move {
            for file in i18n::files(i18n::language()) {
                // Without them the next start says so.
                let _ = http::bytes_within(file, http::LIMIT_MS).await;
            }
        });
    }
}
