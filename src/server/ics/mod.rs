//! One consultation as a calendar entry (RFC 5545), asked for, taken back or handed out (RFC 5546).
//!
//! Her family may share the calendar, so what she wrote is never in it, and no link that opens her booking. When she
//! asked to be discreet, the entry says that there is something, when, how, and under which number.

pub mod entry;
pub mod events;
mod line;

use domain::booking::Status;
use domain::calendar::to_rfc3339;

use crate::store::Booking;
use line::{Lines, mailto};

/// What the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method<'a> {
    /// A file she takes herself.
    Publish,
    /// By mail, to this address: put it in, or change what is there.
    Request { to: &'a str },
    /// By mail, to this address: take it out.
    Cancel { to: &'a str },
}

/// What is said beside the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub location: Option<String>,
    pub description: String,
}

/// Names that stay the same for the life of a booking.
#[derive(Clone, Debug)]
pub struct Sender<'a> {
    /// Of the unique id. A calendar knows an entry by it, also after a move.
    pub host: &'a str,
    pub mail: &'a str,
}

/// Says nothing to whoever sees the list of downloads.
pub const FILE_NAME: &str = "event.ics";

const PRODID: &str = "-//Tonari//Tonari 1//JA";

impl Method<'_> {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request { .. } => "REQUEST",
            Self::Cancel { .. } => "CANCEL",
        }
    }
}

/// The whole file; `now` is when it was made.
#[must_use]
pub fn file(method: Method<'_>, booking: &Booking, words: &Words, sender: &Sender<'_>, now: i64) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", PRODID);
    lines.plain("METHOD", method.name());
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", &format!("{}@{}", booking.reference, sender.host));
    lines.plain("DTSTAMP", &utc(now));
    lines.plain("SEQUENCE", &booking.sequence.to_string());
    lines.plain("DTSTART", &utc(booking.start));
    lines.plain("DTEND", &utc(booking.start + i64::from(booking.length) * 60));
    lines.plain("STATUS", status(booking.status));
    lines.text("SUMMARY", &words.title);
    if let Some(location) = &words.location {
        lines.text("LOCATION", location);
    }
    lines.text("DESCRIPTION", &words.description);
    // The mails are ours to send: neither her calendar's server nor anybody else's shall invite or answer once more.
    lines.plain("ORGANIZER;SCHEDULE-AGENT=CLIENT", &mailto(sender.mail));
    match method {
        Method::Publish => {}
        Method::Request { to } | Method::Cancel { to } => {
            lines.plain("ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE;SCHEDULE-AGENT=CLIENT", &mailto(to));
        }
    }
    if !matches!(method, Method::Cancel { .. }) && booking.status.holds_place() {
        lines.plain("BEGIN", "VALARM");
        lines.plain("ACTION", "DISPLAY");
        lines.text("DESCRIPTION", &words.title);
        lines.plain("TRIGGER", "-P1D");
        lines.plain("END", "VALARM");
    }
    lines.plain("END", "VEVENT");
    lines.plain("END", "VCALENDAR");
    lines.into_string()
}

/// UTC needs no description of a zone.
fn utc(seconds: i64) -> String {
    to_rfc3339(seconds).replace(['-', ':'], "")
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Draft | Status::Queued | Status::Sending => "TENTATIVE",
        Status::Pending | Status::Waiting | Status::Offered => "TENTATIVE",
        Status::Confirmed | Status::Moved | Status::Attended | Status::Absent => "CONFIRMED",
        Status::Declined | Status::Cancelled | Status::Expired => "CANCELLED",
    }
}

#[cfg(test)]
mod tests;
