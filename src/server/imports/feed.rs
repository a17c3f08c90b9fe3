//! Feeds (RSS, Atom), read by `feed-rs`. An entry is an announcement: its date is the day on which somebody wrote, never the
//! day of the event. So every entry is a draft that waits for a person.

use domain::content::text::is_address;
use feed_rs::model::Entry;
use feed_rs::parser;

use super::found::{Found, One};
use super::{Unreadable, words};

/// Elements inside each other; feeds have a dozen.
const DEEPEST: usize = 100;

/// # Errors
/// What is no feed.
pub fn read(bytes: &[u8]) -> Result<Found, Unreadable> {
    // One kind of element is read by a function that calls itself.
    if !is_counted_in(bytes) || depth(bytes).is_none_or(|depth| depth > DEEPEST) {
        return Err(Unreadable::Broken);
    }
    let feed = parser::parse(bytes).map_err(|_| Unreadable::Neither)?;
    let name = feed.title.map(|title| words::plain(&title.content));
    Ok(Found {
        name: Some(name.unwrap_or_default()),
        events: feed.entries.into_iter().map(one).collect(),
        left_out: Vec::new(),
    })
}

fn one(entry: Entry) -> One {
    let words_of = |text: Option<feed_rs::model::Text>| text.map(|text| words::plain(&text.content));
    let content = entry.content.and_then(|content| content.body).map(|body| words::plain(&body));
    let link =
        entry.links.into_iter().map(|link| link.href).find(|href| is_address(href) && href.len() <= 300);
    One {
        key: entry.id,
        title: words_of(entry.title).unwrap_or_default(),
        text: content.or_else(|| words_of(entry.summary)).unwrap_or_default(),
        link,
        ..One::default()
    }
}

/// In others a `<` may be half of another letter, and nothing could be counted.
fn is_counted_in(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    let named = head
        .split_once("encoding=")
        .and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next().map(str::to_owned));
    named.is_none_or(|name| {
        ["utf-8", "utf8", "us-ascii", "shift_jis", "windows-31j", "euc-jp"].contains(&&*name)
    })
}

/// How deep it nests at most, in one pass; `None` where that is not said plainly. Whatever could hide a tag is passed over
/// to its end, or refused.
fn depth(mut rest: &[u8]) -> Option<usize> {
    let (mut now, mut deepest) = (0_usize, 0);
    while let Some(at) = find(rest, b"<") {
        rest = &rest[at + 1..];
        let length = match rest {
            [b'?', ..] => find(rest, b"?>")?,
            [b'!', b'-', b'-', ..] => find(rest, b"-->")?,
            [b'!', b'[', ..] => find(rest, b"]]>")?,
            // A definition of entities, of which no feed has any.
            [b'!', ..] => return None,
            _ => end_of_tag(rest)?,
        };
        match rest.first() {
            Some(b'/') => now = now.saturating_sub(1),
            Some(b'!' | b'?') => {}
            _ => now += usize::from(length == 0 || rest[length - 1] != b'/'),
        }
        deepest = deepest.max(now);
        rest = &rest[length..];
    }
    Some(deepest)
}

/// A `>` in quotation marks ends nothing.
fn end_of_tag(tag: &[u8]) -> Option<usize> {
    let mut quoted = None;
    tag.iter().position(|byte| {
        match (quoted, byte) {
            (None, b'"' | b'\'') => quoted = Some(*byte),
            (Some(mark), byte) if mark == *byte => quoted = None,
            _ => {}
        }
        quoted.is_none() && *byte == b'>'
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}
