//! Published events as a calendar to subscribe to, or one of them to take (RFC 5545). Nobody is asked and nobody answers:
//! there is no organizer and no attendee, or calendars would offer to reply.

use domain::calendar::{JstTime, to_rfc3339};
use domain::content::Event;
use domain::content::text::plain;

use super::PRODID;
use super::line::Lines;

/// Of the whole calendar.
pub struct About<'a> {
    pub name: &'a str,
    /// Of the unique ids.
    pub host: &'a str,
    /// Rises with every change of the shelf, so for each of its events, too.
    pub sequence: u32,
    /// What an event is marked with that is invented.
    pub fictional: &'a str,
}

/// One event with what is not in it: its page, and the word for its kind.
pub struct Listed<'a> {
    pub event: &'a Event,
    pub page: String,
    pub sort: &'a str,
}

/// How often programs look for news: twice a day is enough for what is planned weeks ahead.
const REFRESH: &str = "PT12H";

#[must_use]
pub fn calendar(about: &About<'_>, events: &[Listed<'_>]) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", PRODID);
    lines.plain("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", about.name);
    lines.plain("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.plain("X-PUBLISHED-TTL", REFRESH);
    for one in events {
        entry(&mut lines, about, one);
    }
    lines.plain("END", "VCALENDAR");
    lines.into_string()
}

fn entry(lines: &mut Lines, about: &About<'_>, Listed { event, page, sort }: &Listed<'_>) {
    let text = &event.head.texts.ja;
    let mark = if event.head.fictional { format!("【{}】", about.fictional) } else { String::new() };
    let published = JstTime { date: event.head.published, minute: 0 }.unix_seconds();
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", &format!("{}@{}", event.head.id.as_str(), about.host));
    // The same bytes for the same shelf, so that a program sees by the tag that nothing is new.
    lines.plain("DTSTAMP", &utc(published));
    lines.plain("SEQUENCE", &about.sequence.to_string());
    lines.plain("DTSTART", &utc(event.starts));
    lines.plain("DTEND", &utc(event.ends));
    lines.text("SUMMARY", &format!("{mark}{}", text.title));
    lines.text("CATEGORIES", sort);
    if let Some(place) = &event.place {
        lines.text("LOCATION", &format!("{} {}", place.name, place.address));
    }
    lines.plain("URL", page);
    lines.text("DESCRIPTION", &format!("{}\n\n{}\n\n{page}", text.summary, plain(&text.body)));
    lines.plain("STATUS", "CONFIRMED");
    lines.plain("TRANSP", "TRANSPARENT");
    lines.plain("END", "VEVENT");
}

fn utc(seconds: i64) -> String {
    to_rfc3339(seconds).replace(['-', ':'], "")
}
