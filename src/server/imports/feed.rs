//! Feeds (RSS, Atom), read by `feed-rs`. An entry is an announcement: its date is the day on which somebody wrote, never the
//! day of the event. So every entry is a draft that waits for a person.

use std::borrow::Cow;

use domain::content::text::is_address;
use encoding_rs::{Encoding, UTF_8};
use feed_rs::model::Entry;
use feed_rs::parser;

use super::found::{Found, One};
use super::{Unreadable, words};

/// Elements inside each other; feeds have a dozen.
const DEEPEST: usize = 100;

/// # Errors
/// What is no feed.
pub fn read(bytes: &[u8]) -> Result<Found, Unreadable> {
    let text = decoded(bytes).ok_or(Unreadable::Broken)?;
    // One kind of element is read by a function that calls itself.
    if depth(text.as_bytes()).is_none_or(|depth| depth > DEEPEST) {
        return Err(Unreadable::Broken);
    }
    let feed = parser::parse(text.as_bytes()).map_err(|_| Unreadable::Neither)?;
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

/// Without its declaration, in the encoding of which it speaks: the parser changes its own only as long as the declaration
/// lies in its first few bytes, and panics after them. `None` where nobody knows that encoding.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let declares =
        bytes.strip_prefix(b"<?xml").filter(|rest| rest.first().is_some_and(u8::is_ascii_whitespace));
    let Some(rest) = declares else { return Some(UTF_8.decode_without_bom_handling(bytes).0) };
    let end = find(rest, b"?>")?;
    let encoding = named(&rest[..end]).map_or(Some(UTF_8), Encoding::for_label_no_replacement)?;
    Some(encoding.decode_without_bom_handling(&rest[end + 2..]).0)
}

/// The encoding a declaration names, if it names any.
fn named(declaration: &[u8]) -> Option<&[u8]> {
    let at = find(declaration, b"encoding")?;
    let rest = declaration[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    rest.split(|byte| byte == quote).next()
}

/// How deep it nests at most, in one pass; `None` where that is not said plainly. Whatever could hide a tag is passed over
/// to its end, or refused.
fn depth(mut rest: &[u8]) -> Option<usize> {
    let (mut now, mut deepest) = (0_usize, 0);
    while let Some(at) = find(rest, b"<") {
        rest = &rest[at + 1..];
        let length = match rest {
            // A second declaration, in the middle of it all.
            [b'?', b'x', b'm', b'l', b'?' | b' ' | b'\t' | b'\r' | b'\n', ..] => return None,
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
