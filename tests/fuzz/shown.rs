//! What reaches a person's screen or calendar holds nothing but what we meant to put there.

use calcard::icalendar::{ICalendar, ICalendarComponentType};
use domain::content::Event;
use domain::content::text;
use server::ics::events::{About, Listed, calendar};
use server::site::reading::text::body;

/// Elements of a text, and those of its charts.
const TAGS: [&str; 21] = [
    "div",
    "p",
    "h2",
    "blockquote",
    "ol",
    "ul",
    "li",
    "strong",
    "a",
    "ruby",
    "rp",
    "rt",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "svg",
    "rect",
    "br",
    "em",
];

/// A text as HTML: every `<` begins a tag of ours, and every link leads to a page.
///
/// # Panics
/// Where it does not.
pub fn as_page(words: &str) {
    let html = body(words).into_string();
    for (at, _) in html.match_indices('<') {
        let tag = html[at + 1..].trim_start_matches('/');
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(TAGS.contains(&&*name), "<{name} came out of {words:?}");
        let end = tag.find('>').expect("a tag of ours ends");
        assert!(!tag[..end].contains(" on"), "{} came out of {words:?}", &tag[..end]);
    }
    for (at, href) in html.match_indices("href=\"") {
        let address = &html[at + href.len()..];
        let address = &address[..address.find('"').expect("an attribute of ours ends")];
        assert!(text::is_address(&address.replace("&amp;", "&")), "{address} came out of {words:?}");
    }
}

/// An event as an entry of a calendar, by the letter of RFC 5545: one entry, whatever its words say.
///
/// # Panics
/// Where it is not.
pub fn as_entry(event: &Event) {
    let about = About { name: "創業", host: "tonari.example", sequence: 1, fictional: "架空" };
    let listed = Listed { event, page: "https://tonari.example/events/a".to_owned(), sort: "seminar" };
    let ics = calendar(&about, &[listed]);
    for line in ics.strip_suffix("\r\n").expect("a calendar ends its last line").split("\r\n") {
        assert!(line.len() <= 75, "{line:?} is longer than 75 octets");
        assert!(!line.contains(char::is_control), "{line:?} holds what ends a line for somebody");
    }
    let read = ICalendar::parse(&ics).expect("a calendar of ours is one");
    let entries = read.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent);
    assert_eq!(entries.count(), 1, "{ics}");
}
