//! JSON as the phone reads it: into a small tree, by hand.
//!
//! Code generated for each type (serde's) weighed more on the phone than all rules together, and the phone reads one
//! document and lists of words. Must not know what they say: that is `directory::read` and `ui::i18n`. The surprising rule: stricter than
//! the standard. A name that occurs twice in an object is refused instead of guessing which one was meant, and numbers
//! other than whole ones from 0 to 2³²-1 are checked but not kept, because no field has any.

mod node;
mod write;

use std::ops::Range;

pub use node::Misread;
pub(crate) use node::{Node, read};
pub(crate) use write::Writer;

/// Deeper than any document of ours, so that a file of brackets cannot use up the stack.
const MOST_NESTED: u8 = 16;

#[derive(Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// `None`: a number no field can hold.
    Number(Option<u32>),
    Text(String),
    List(Vec<Json>),
    /// In the order of the file.
    Object(Vec<(String, Json)>),
}

/// The bytes are not JSON; counted is the byte where reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {0} cannot be read")]
pub struct Malformed(pub usize);

impl Json {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader { bytes, at: 0 };
        let value = reader.value(MOST_NESTED);
        reader.skip_space();
        match value {
            Some(value) if reader.at == bytes.len() => Ok(value),
            _ => Err(Malformed(reader.at)),
        }
    }
}

/// An object whose members are all texts, in the order of the file.
#[must_use]
pub fn texts(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let Ok(Json::Object(members)) = Json::parse(bytes) else { return None };
    let text = |(name, value)| match value {
        Json::Text(text) => Some((name, text)),
        _ => None,
    };
    members.into_iter().map(text).collect()
}

/// Where the elements of a list lie that is a member of the outermost object.
pub(crate) fn elements(bytes: &[u8], list: &str) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader { bytes, at: 0 };
    reader.took(b'{').then_some(())?;
    loop {
        reader.skip_space();
        let is_it = reader.text()? == list;
        reader.took(b':').then_some(())?;
        if is_it {
            return reader.places();
        }
        reader.value(MOST_NESTED)?;
        reader.took(b',').then_some(())?;
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Each method answers `None` where the text is not what it has to be.
impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Whether the next mark is this one; if so it is behind us.
    fn took(&mut self, mark: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(mark);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, nested: u8) -> Option<Json> {
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(nested.checked_sub(1)?),
            b'[' => self.list(nested.checked_sub(1)?),
            b'"' => self.text().map(Json::Text),
            b't' => self.word(b"true", Json::Bool(true)),
            b'f' => self.word(b"false", Json::Bool(false)),
            b'n' => self.word(b"null", Json::Null),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &[u8], value: Json) -> Option<Json> {
        let is_it = self.bytes.get(self.at..)?.starts_with(word);
        self.at += word.len();
        is_it.then_some(value)
    }

    fn list(&mut self, nested: u8) -> Option<Json> {
        self.at += 1;
        let mut items = Vec::new();
        if self.took(b']') {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(nested)?);
            if self.took(b']') {
                return Some(Json::List(items));
            }
            self.took(b',').then_some(())?;
        }
    }

    /// As [`Self::list`], but from where to where instead of what.
    fn places(&mut self) -> Option<Vec<Range<usize>>> {
        self.took(b'[').then_some(())?;
        let mut places = Vec::new();
        if self.took(b']') {
            return Some(places);
        }
        loop {
            self.skip_space();
            let start = self.at;
            self.value(MOST_NESTED)?;
            places.push(start..self.at);
            if self.took(b']') {
                return Some(places);
            }
            self.took(b',').then_some(())?;
        }
    }

    fn object(&mut self, nested: u8) -> Option<Json> {
        self.at += 1;
        let mut members: Vec<(String, Json)> = Vec::new();
        if self.took(b'}') {
            return Some(Json::Object(members));
        }
        loop {
            self.skip_space();
            let name = self.text()?;
            let is_new = members.iter().all(|(other, _)| *other != name);
            (is_new && self.took(b':')).then_some(())?;
            members.push((name, self.value(nested)?));
            if self.took(b'}') {
                return Some(Json::Object(members));
            }
            self.took(b',').then_some(())?;
        }
    }

    fn text(&mut self) -> Option<String> {
        (self.next()? == b'"').then_some(())?;
        let mut text = Vec::new();
        loop {
            match self.next()? {
                b'"' => return String::from_utf8(text).ok(),
                b'\\' => {
                    let character = self.escaped()?;
                    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=0x1f => return None,
                byte => text.push(byte),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            mark @ (b'"' | b'\\' | b'/') => char::from(mark),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => match self.unit()? {
                // Half of a pair: the other half has to follow.
                high @ 0xd800..=0xdbff => {
                    (self.next()? == b'\\' && self.next()? == b'u').then_some(())?;
                    let low = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x1_0000 + ((high - 0xd800) << 10 | low))?
                }
                unit => char::from_u32(unit)?,
            },
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |unit, _| Some(unit << 4 | char::from(self.next()?).to_digit(16)?))
    }

    fn number(&mut self) -> Option<Json> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let start = self.at;
        let mut whole = self.digits()?;
        if self.bytes[start] == b'0' && self.at > start + 1 {
            return None;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
            whole = None;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
            whole = None;
        }
        Some(Json::Number(whole.filter(|_| !negative)))
    }

    /// At least one; the inner `None` is a number too large.
    fn digits(&mut self) -> Option<Option<u32>> {
        let start = self.at;
        let mut number = Some(0u32);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.and_then(|n| n.checked_mul(10)?.checked_add(u32::from(digit - b'0')));
            self.at += 1;
        }
        (self.at > start).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// What serde_json read, as far as this reader keeps it.
    fn kept(value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(bool) => Json::Bool(*bool),
            Value::Number(number) => Json::Number(number.as_u64().and_then(|n| u32::try_from(n).ok())),
            Value::String(text) => Json::Text(text.clone()),
            Value::Array(items) => Json::List(items.iter().map(kept).collect()),
            Value::Object(members) => {
                Json::Object(members.iter().map(|(name, value)| (name.clone(), kept(value))).collect())
            }
        }
    }

    /// serde_json keeps members in the order of their names.
    fn in_order(json: Json) -> Json {
        match json {
            Json::List(items) => Json::List(items.into_iter().map(in_order).collect()),
            Json::Object(members) => {
                let mut members: Vec<_> =
                    members.into_iter().map(|(name, value)| (name, in_order(value))).collect();
                members.sort_by(|one, other| one.0.cmp(&other.0));
                Json::Object(members)
            }
            plain => plain,
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u32>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn what_the_standard_forbids_is_refused() {
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "-",
            "+1",
            ".5",
            "1.",
            "1e",
            "1e+",
            "nul",
            "True",
            "'a'",
            "\"a",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "1 2",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\":1,\"a\":2}",
            "\u{feff}1",
            "[1]]",
        ] {
            assert!(Json::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Json::parse(b"\"\xff\"").is_err());
        assert!(Json::parse("[".repeat(1_000_000).as_bytes()).is_err());
        assert_eq!(Json::parse(br#""\ud83d\ude00\u3042\/""#), Ok(Json::Text("😀あ/".to_owned())));
        assert_eq!(Json::parse(b" [0 , -0, 4294967296] ").ok(), {
            let numbers = [Some(0), None, None];
            Some(Json::List(numbers.into_iter().map(Json::Number).collect()))
        });
    }

    proptest! {
        #[test]
        fn whatever_serde_json_writes_is_read_as_serde_json_reads_it(value in value(), pretty in any::<bool>()) {
            let write = if pretty { serde_json::to_string_pretty } else { serde_json::to_string };
            let text = write(&value).unwrap();
            let theirs = kept(&serde_json::from_str(&text).unwrap());
            prop_assert_eq!(in_order(Json::parse(text.as_bytes()).unwrap()), in_order(theirs));
        }

        #[test]
        fn noise_is_never_accepted_where_serde_json_refuses_it(text in "[\\[\\]{}:,\"\\\\0-9eEu.+a-fn \u{1}-]{0,24}") {
            if let Ok(ours) = Json::parse(text.as_bytes()) {
                let theirs = serde_json::from_str::<Value>(&text);
                // Only a number beyond all floats is a matter of taste.
                prop_assert!(theirs.is_err_and(|e| e.to_string().contains("out of range"))
                    || in_order(ours) == in_order(kept(&serde_json::from_str(&text).unwrap())));
            }
        }
    }
}
