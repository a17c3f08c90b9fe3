//! The words of the app, for pages that are made here: the same files, so that the page and the app that takes its place
//! say the same. Pages are Japanese, but for frames: their host may be an English page.

use std::collections::BTreeMap;
use std::sync::LazyLock;

type Sheet = LazyLock<BTreeMap<String, String>>;

static JAPANESE: Sheet = Sheet::new(|| {
    read([
        include_str!("../../ui/i18n/ja.json"),
        include_str!("../../ui/i18n/read_ja.json"),
        include_str!("../../ui/i18n/frame_ja.json"),
    ])
});
static ENGLISH: Sheet = Sheet::new(|| {
    read([
        include_str!("../../ui/i18n/en.json"),
        include_str!("../../ui/i18n/read_en.json"),
        include_str!("../../ui/i18n/frame_en.json"),
    ])
});

/// A language that is written here. Easy Japanese is the app's: it needs ruby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    Japanese,
    English,
}

impl Tongue {
    /// As a host asks for it; what is not known is Japanese.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        if tag == Self::English.tag() { Self::English } else { Self::Japanese }
    }

    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
        }
    }

    /// # Panics
    /// For a key the app does not have; tests draw every page.
    #[must_use]
    pub fn word(self, key: &str) -> &'static str {
        let sheet: &'static BTreeMap<String, String> = match self {
            Self::Japanese => &JAPANESE,
            Self::English => &ENGLISH,
        };
        sheet.get(key).unwrap_or_else(|| panic!("there is no word {key}"))
    }

    /// With its only place filled.
    #[must_use]
    pub fn filled(self, key: &str, place: &str, value: &str) -> String {
        self.word(key).replace(&format!("{{{place}}}"), value)
    }
}

/// In Japanese.
#[must_use]
pub fn word(key: &str) -> &'static str {
    Tongue::Japanese.word(key)
}

/// In Japanese, with its only place filled.
#[must_use]
pub fn filled(key: &str, place: &str, value: &str) -> String {
    Tongue::Japanese.filled(key, place, value)
}

fn read(sheets: [&str; 3]) -> BTreeMap<String, String> {
    let sheets = sheets.map(serde_json::from_str::<BTreeMap<String, String>>);
    sheets.into_iter().flat_map(|sheet| sheet.expect("the words are tested with the app")).collect()
}
