//! The Japanese words of the app, for pages that are made here: the same files, so that the page and the app that takes its
//! place say the same.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static WORDS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let files = [include_str!("../../ui/i18n/ja.json"), include_str!("../../ui/i18n/read_ja.json")];
    let sheets = files.map(serde_json::from_str::<BTreeMap<String, String>>);
    sheets.into_iter().flat_map(|sheet| sheet.expect("the words are tested with the app")).collect()
});

/// # Panics
/// For a key the app does not have; tests draw every page.
#[must_use]
pub fn word(key: &str) -> &'static str {
    WORDS.get(key).unwrap_or_else(|| panic!("there is no word {key}"))
}

/// With its only place filled.
#[must_use]
pub fn filled(key: &str, place: &str, value: &str) -> String {
    word(key).replace(&format!("{{{place}}}"), value)
}
