//! Turns `i18n/*.json` into one closed `Key` enum and tables of Japanese sentences; the other files travel as they are.
//! There is a sheet of words for everybody and one for each further entry, so that a first visit does not bring those.
//!
//! A key missing in one language or at another place in its file, or a placeholder that one language forgot, stops the build: nobody has to remember
//! to run a check.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[path = "i18n/fingerprint.rs"]
mod fingerprint;

/// The first is the one compiled in.
const LANGUAGES: [&str; 3] = ["ja", "ja_easy", "en"];
/// Who works at the desk reads Japanese or English: no sheet of easy Japanese.
const DESK_LANGUAGES: [&str; 2] = ["ja", "en"];

/// Beginning of the files' names, the name of the sheet in the code, and its languages.
type Sheet = (&'static str, &'static str, &'static [&'static str]);

const FOUNDERS: [Sheet; 4] = [
    ("", "COMMON", &LANGUAGES),
    ("booking_", "BOOKING", &LANGUAGES),
    ("read_", "READING", &LANGUAGES),
    ("frame_", "FRAME", &LANGUAGES),
];
/// The last, and only where they are asked for: the keys before them are the same with and without.
const DESK: [Sheet; 2] = [("desk_", "DESK", &DESK_LANGUAGES), ("desk_texts_", "DESK_TEXTS", &DESK_LANGUAGES)];

type Sentences = serde_json::Map<String, serde_json::Value>;

fn main() {
    let desk = env::var_os("CARGO_FEATURE_DESK").map(|_| DESK);
    let sheets = FOUNDERS.into_iter().chain(desk.into_iter().flatten());
    let sheets = sheets.map(|(prefix, name, languages)| {
        let japanese = read(&format!("{prefix}{}", languages[0]));
        for language in &languages[1..] {
            let file = format!("{prefix}{language}");
            compare(&japanese, &read(&file), &file);
        }
        (name, japanese)
    });
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("keys.rs");
    fs::write(out, generate(&sheets.collect::<Vec<_>>())).expect("OUT_DIR is writable");
}

fn read(file: &str) -> Sentences {
    let path = format!("i18n/{file}.json");
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    match serde_json::from_str(&text) {
        Ok(serde_json::Value::Object(map)) => map,
        Ok(_) => panic!("{path}: not an object of key to sentence"),
        Err(e) => panic!("{path}: {e}"),
    }
}

fn compare(first: &Sentences, other: &Sentences, language: &str) {
    for (key, sentence) in first {
        let Some(translated) = other.get(key) else { panic!("i18n/{language}.json lacks {key}") };
        assert!(
            placeholders(sentence) == placeholders(translated),
            "i18n/{language}.json: {key} has other placeholders than i18n/ja.json"
        );
    }
    if let Some(extra) = other.keys().find(|key| !first.contains_key(*key)) {
        panic!("i18n/{language}.json has {extra}, which i18n/ja.json lacks");
    }
    assert!(
        other.keys().eq(first.keys()),
        "i18n/{language}.json has its keys in another order than i18n/ja.json"
    );
}

fn placeholders(sentence: &serde_json::Value) -> BTreeSet<&str> {
    let text = sentence.as_str().expect("every sentence is a string");
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

fn generate(sheets: &[(&str, Sentences)]) -> String {
    let keys = || sheets.iter().flat_map(|(_, sheet)| sheet.keys());
    let mut code = String::from(
        "/// Every sentence the product can say.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Key {\n",
    );
    for key in keys() {
        let _ = writeln!(code, "    {},", variant(key));
    }
    code.push_str("}\n\n");
    let _ = writeln!(code, "#[cfg(test)]\npub(super) const ALL: [Key; {}] = [", keys().count());
    for key in keys() {
        let _ = writeln!(code, "    Key::{},", variant(key));
    }
    code.push_str("];\n");
    let mut first = 0;
    for (name, sheet) in sheets {
        let fingerprint = fingerprint::fingerprint(sheet.keys().map(String::as_str));
        let _ = writeln!(code, "\npub(super) const {name}_FINGERPRINT: u32 = {fingerprint};");
        let _ = writeln!(code, "pub(super) const {name}_FIRST: usize = {first};");
        first += sheet.len();
        let _ = writeln!(code, "pub(super) static {name}: [&str; {}] = [", sheet.len());
        for sentence in sheet.values() {
            let _ = writeln!(code, "    {:?},", sentence.as_str().expect("checked above"));
        }
        code.push_str("];\n");
    }
    code
}

/// `find.title` → `FindTitle`
fn variant(key: &str) -> String {
    key.split(['.', '_', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}
