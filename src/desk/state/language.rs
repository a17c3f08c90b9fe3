//! Japanese, which is compiled in, or English, which is fetched when she chooses it. Who reads easy Japanese in the founder's
//! app of this browser reads Japanese here.

use browser::prefs::{self, Pref};
use browser::{http, spawn_local};
use ui::i18n::{self, Lang};
use ui::live::Live;

pub const ALL: [Lang; 2] = [Lang::Japanese, Lang::English];

#[derive(Clone, Copy)]
pub struct Language {
    /// The one that is spoken.
    pub spoken: Live<Lang>,
    /// The words of the one she chose could not be had.
    pub missing: Live<bool>,
}

#[must_use]
pub fn wanted() -> Lang {
    let kept = prefs::get(Pref::Language);
    ALL.into_iter().find(|lang| kept.as_deref() == Some(lang.tag())).unwrap_or(Lang::Japanese)
}

/// The words of the desk's own build: another build's would not be taken.
async fn learnt(lang: Lang) -> bool {
    for file in i18n::files(lang) {
        let words = http::bytes(&["/desk", file].concat()).await;
        if !words.is_ok_and(|words| i18n::learn(lang, &words)) {
            return false;
        }
    }
    true
}

/// Begins in the language she chose, or in Japanese where its words cannot be had.
pub async fn speak_at_start() {
    let lang = wanted();
    if lang != Lang::Japanese && learnt(lang).await {
        i18n::speak(lang);
    }
    mark_document();
}

fn mark_document() {
    browser::document::set_root_attribute("lang", Some(i18n::language().html()));
}

impl Language {
    #[must_use]
    pub fn here() -> Self {
        let spoken = i18n::language();
        Self { spoken: Live::new(spoken), missing: Live::new(spoken != wanted()) }
    }

    pub fn choose(self, lang: Lang) {
        prefs::set(Pref::Language, lang.tag());
        spawn_local(async move {
            let known = i18n::speak(lang) || learnt(lang).await;
            // She may have chosen again while we waited.
            if wanted() == lang {
                self.missing.settle(!(known && i18n::speak(lang)));
                mark_document();
                self.spoken.set(i18n::language());
            }
        });
    }
}
