//! A team's times, a founder's request on every way it can come, and what comes back to her phone.

use domain::api::{BookingRequest, BookingView, Challenge, Refusal};
use domain::booking::letter::Letter;
use domain::calendar::Date;
use domain::outbox::{Answer, Entry, Heard, Key, LONGEST_PAUSE_MS, Status};
use domain::proof::Solution;
use domain::seal;
use domain::slot::{Kind, judge, slots};
use server::command::receive::Saved;
use server::form::filled::Filled;
use server::service::booking::Asked;
use server::service::rules_file;

/// 30 November 2026, nine in the morning in Japan.
const NOW: i64 = 1_795_996_800;

/// A file of times: written again it is the same, and every time in its list is one the judge offers.
pub fn rules(data: &[u8]) {
    let Ok((file, rules)) = rules_file::read(data) else { return };
    let written = serde_json::to_vec(&file).expect("a file of times is plain JSON");
    let (again, same) = rules_file::read(&written).expect("what was read can be read again");
    assert_eq!((&again, &same), (&file, &rules));
    let weekly = file.weekly.iter().map(|line| &line.hours);
    for hours in weekly.chain(file.open.iter().map(|line| &line.hours)) {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        assert!(
            plain(&hours.from) && plain(&hours.to),
            "{} to {} is not as the guide writes it",
            hours.from,
            hours.to
        );
    }
    let first = Date { year: 2026, month: 11, day: 30 };
    for kind in Kind::ALL {
        for slot in slots(&rules, &[], (first, first.plus_days(20)), kind, NOW) {
            assert_eq!(judge(&rules, &[], slot.start, kind, NOW), Ok(slot));
        }
    }
}

/// The body of a request, as the server and as a phone read it.
pub fn booking(data: &[u8]) {
    let asked = Asked::read("key".to_owned(), data);
    let Ok(request) = serde_json::from_slice::<BookingRequest>(data) else {
        assert!(asked.is_err(), "the server takes what is no request");
        return;
    };
    let written = request.to_json();
    assert_eq!(BookingRequest::read(written.as_bytes()).as_ref(), Some(&request));
    if let Ok(asked) = asked {
        let again = Asked::read("key".to_owned(), written.as_bytes());
        let again = again.unwrap_or_else(|code| panic!("{} after it was written again", code.code()));
        assert_eq!(
            (again.wanted, again.made_at, again.sealed),
            (asked.wanted, asked.made_at, asked.sealed.clone())
        );
        let (secret, _) = seal::key_pair(&[7; seal::KEY]);
        assert_eq!(seal::open(&secret, &asked.key, &asked.sealed), None, "nobody closed this");
    }
}

/// What is in the letter: the same before and behind the seal, and written again.
pub fn letter(data: &[u8]) {
    let Ok(letter) = Letter::read(data) else { return };
    let written = letter.to_json();
    assert_eq!(Letter::read(written.as_bytes()).as_ref(), Ok(&letter));
    let Ok(contact) = letter.contact.clone().parse() else { return };
    for line in [contact.name.as_str()].into_iter().chain(contact.mail.as_ref().map(|mail| mail.as_str())) {
        assert!(!line.contains(['\r', '\n']), "{line:?} is two lines");
    }
    let (secret, public) = seal::key_pair(&[7; seal::KEY]);
    let mut sealed =
        seal::seal(&public, "key", written.as_bytes(), [9; seal::KEY]).expect("our own key is one");
    assert_eq!(seal::open(&secret, "key", &sealed), Some(written.into_bytes()));
    let at = data.len() % sealed.len();
    sealed[at] ^= 1;
    assert_eq!(seal::open(&secret, "key", &sealed), None, "byte {at} may be another one");
}

/// The form without the app: every body is read, and what is read is a letter.
pub fn form(data: &[u8]) {
    let filled = Filled::read(data);
    drop((filled.wish(), filled.wrong()));
    let written = filled.letter.to_json();
    assert_eq!(Letter::read(written.as_bytes()).as_ref(), Ok(&filled.letter));
}

/// A request that she saved as a file.
pub fn saved(data: &[u8]) {
    if let Some(saved) = Saved::read(data) {
        same(&saved.key, &saved.body);
        drop(Asked::read(saved.key, saved.body.as_bytes()));
    }
    let Ok(text) = str::from_utf8(data) else { return };
    let (key, body) = text.split_once('\0').unwrap_or(("", text));
    same(key, body);
}

fn same(key: &str, body: &str) {
    let entry = Entry {
        key: Key(key.to_owned()),
        body: body.to_owned(),
        created_at_ms: 0,
        attempts: 0,
        status: Status::Draft,
    };
    let read = Saved::read(entry.to_file().as_bytes()).expect("what a phone saves can be received");
    assert_eq!((&*read.key, &*read.body), (key, body));
}

/// What came back to a phone, whoever it came from: status, type and pause in the first three bytes.
pub fn answer(data: &[u8]) {
    let [status, kind, pause, body @ ..] = data else { return };
    let statuses = [200, 201, 400, 404, 409, 410, 422, 429, 500, 503, 511];
    let types = ["application/json", "application/problem+json; charset=utf-8", "text/html"];
    let pauses = [None, Some("120"), Some("4294967295"), Some("soon")];
    let pick = |byte: u8, of: usize| usize::from(byte) % of;
    let heard = Heard {
        status: statuses[pick(*status, statuses.len())],
        content_type: types[pick(*kind, types.len())],
        retry_after: pauses[pick(*pause, pauses.len())],
        body,
    };
    match heard.meaning() {
        Answer::Taken(receipt) => assert_eq!(receipt.0.as_bytes(), body, "a receipt is what was said"),
        Answer::Later { after_ms: Some(after) } => assert!((0..=LONGEST_PAUSE_MS).contains(&after)),
        _ => {}
    }
    drop((BookingView::read(body), Refusal::read(body), Challenge::read(body)));
    if let Ok(header) = str::from_utf8(body) {
        drop(Solution::read(header));
    }
}
