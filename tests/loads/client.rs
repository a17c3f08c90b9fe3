//! A founder's phone as far as the wire sees it: it sends, hears, and comes again when it was told to.

use std::thread;
use std::time::Duration;

use domain::api::{BOOKINGS, BookingView};
use tests::crowd::speak;

pub struct Reply {
    pub status: u16,
    /// Seconds after which to come again, where it was said.
    pub again: Option<u64>,
    pub body: String,
}

/// `None` where the connection was refused or broke off: nobody knows.
pub fn book(address: &str, key: &str, body: &str, from: Option<&str>) -> Option<Reply> {
    reply(&speak(address, &booking(key, body, from)).ok()?)
}

pub fn booking(key: &str, body: &str, from: Option<&str>) -> String {
    let from = from.map(|from| format!("X-Forwarded-For: {from}\r\n")).unwrap_or_default();
    format!(
        "POST {BOOKINGS} HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\nContent-Type: application/json\r\n\
         {from}Idempotency-Key: {key}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Where a server gave up on a request, and cannot say when to come again.
const A_MOMENT: Duration = Duration::from_secs(1);

/// The answer to a request, however often it has to come again for it, as a phone or a desk does: a busy server says when.
pub fn patiently(address: &str, request: &str) -> Reply {
    loop {
        let said = speak(address, request).unwrap();
        let reply = reply(&said).unwrap_or_else(|| panic!("half an answer: {said}"));
        match reply.pause() {
            Some(pause) => thread::sleep(pause),
            None if reply.status == 503 => thread::sleep(A_MOMENT),
            None => return reply,
        }
    }
}

pub fn reply(text: &str) -> Option<Reply> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let number = |wanted: &str| {
        head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(wanted).then(|| value.trim().parse().ok()).flatten()
        })
    };
    // Half an answer is none.
    let is_whole = number("content-length").is_none_or(|length: u64| length == body.len() as u64);
    is_whole.then(|| Reply { status, again: number("retry-after"), body: body.to_owned() })
}

impl Reply {
    pub fn promised(&self) -> Option<BookingView> {
        (self.status == 201).then(|| BookingView::read(self.body.as_bytes())).flatten()
    }

    /// Turned away for now, in the way that was agreed on.
    pub fn pause(&self) -> Option<Duration> {
        let told = matches!(self.status, 429 | 503).then_some(self.again)?;
        told.map(Duration::from_secs)
    }
}
