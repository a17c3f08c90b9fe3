//! Whether everything in a published file was understood. Reading passes over members it does not know, so that phones
//! read what newer servers write; whoever publishes wants to hear of a typing error instead.

use domain::content::File;
use serde_json::Value;

/// The way to the first member that means nothing.
///
/// # Panics
/// Never for bytes the file was read from.
#[must_use]
pub fn not_understood(bytes: &[u8], file: &File) -> Option<String> {
    let given: Value = serde_json::from_slice(bytes).expect("it was read");
    let items = serde_json::to_value(&file.items).expect("items are plain JSON");
    let known = serde_json::json!({ "items": items, "anchor": null });
    stranger(&given, &known, "")
}

fn stranger(given: &Value, known: &Value, path: &str) -> Option<String> {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => given.iter().find_map(|(name, value)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match known.get(name) {
                Some(known) => stranger(value, known, &path),
                // Left out is what says nothing.
                None if value.is_null() => None,
                None => Some(path),
            }
        }),
        (Value::Array(given), Value::Array(known)) => {
            let mut pairs = given.iter().zip(known).enumerate();
            pairs.find_map(|(at, (given, known))| stranger(given, known, &format!("{path}[{at}]")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    // 「lifes」 was passed over, and for a year nobody found the story under 子育て.
    #[test]
    fn a_member_that_means_nothing_is_named() {
        let good = json!({ "items": [{
            "kind": "case", "id": "a-case", "published": "2026-11-25", "fictional": false,
            "ja": { "title": "題", "summary": "要約", "body": "本文" }, "sources": [{ "title": "報告", "as_of": null }],
            "industries": [], "stages": [], "areas": [], "schemes": [], "lives": []
        }] });
        let named = |file: &Value| {
            let bytes = file.to_string().into_bytes();
            not_understood(&bytes, &File::read(&bytes).unwrap())
        };
        assert_eq!(named(&good), None);
        for (pointer, name, path) in [
            ("/items/0", "lifes", "items[0].lifes"),
            ("/items/0/sources/0", "adress", "items[0].sources[0].adress"),
            ("/items/0/ja", "subtitle", "items[0].ja.subtitle"),
            ("", "version", "version"),
        ] {
            let mut file = good.clone();
            file.pointer_mut(pointer).unwrap()[name] = json!([1]);
            assert_eq!(named(&file).as_deref(), Some(path));
        }
    }
}
