//! What others wrote, on its way into a mail: whatever it is, the mail has one sender, one recipient, our headers and our
//! parts (RFC 5322).

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use domain::association::{Association, AssociationId};
use domain::booking::Status;
use domain::booking::contact::Mail;
use domain::booking::letter::Language;
use domain::directory::Edition;
use domain::mail_text::Own;
use domain::slot::Kind;
use mail_parser::{Message, MessageParser, MimeHeaders};
use server::mail::{Origin, Telling, compose};
use server::store::Booking;
use server::store::mail::News;

/// 2026-12-01, ten o'clock in Japan.
const START: i64 = 1_796_086_800;
const DAY: i64 = 86_400;
/// Between fields; nobody can type it, and line ends and zero bytes are left for the fields.
const BETWEEN: char = '\u{1e}';

const NEWS: [News; 9] = [
    News::Received,
    News::Confirmed,
    News::Moved,
    News::Declined,
    News::Cancelled,
    News::Waiting,
    News::Offered,
    News::NoneFree,
    News::Reminder,
];
const LANGUAGES: [Language; 3] = [Language::Japanese, Language::Easy, Language::English];
/// Each once, in a mail with and without an entry for a calendar.
const HEADERS: [&str; 9] = [
    "Auto-Submitted",
    "Content-Transfer-Encoding",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
];

static EDITION: LazyLock<Edition> = LazyLock::new(|| {
    Edition::parse(include_bytes!("../../public/data/directory.json")).expect("it is published")
});

/// A byte for what is told and how, then her address and what a team writes.
pub fn mail(data: &[u8]) {
    let Some((&how, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let mut fields = text.split(BETWEEN).map(str::to_owned);
    let mut next = || fields.next().unwrap_or_default();
    let Ok(to) = Mail::parse(&next()) else { return };
    let (reason, room, name) = (next(), next(), next());
    let own = Own { greeting: next(), closing: next() };
    let booking = booking(how);
    let told = Telling {
        news: NEWS[usize::from(how) % NEWS.len()],
        booking: &booking,
        to: &to,
        language: LANGUAGES[usize::from(how >> 4) % LANGUAGES.len()],
        discreet: how & 8 != 0,
        team: Some(&team(&booking.team, name)),
        token: "token",
        reason: Some(&reason),
        own: &own,
        room: Some(&room),
        now: START - 5 * DAY,
    };
    let origin = Origin::new(None, SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), None);
    let Ok(message) = compose(&told, &origin) else { return };
    assert_eq!(message.envelope().to().len(), 1, "recipients of {to:?}");
    let bytes = message.formatted();
    let read = MessageParser::default().parse(&bytes).expect("a mail can be read");
    hold_ours(&read, &origin);
}

fn booking(how: u8) -> Booking {
    Booking {
        id: 1,
        reference: "7K3M9QF2".to_owned(),
        team: AssociationId("shimane".to_owned()),
        start: START,
        length: 60,
        kind: Kind::ALL[usize::from(how) % Kind::ALL.len()],
        place: 0,
        status: Status::Confirmed,
        sequence: 3,
        deadline: 1440,
        answer_by: Some(START - DAY),
        fictional: how & 4 != 0,
    }
}

/// One that calls itself something else than it does.
fn team(id: &AssociationId, name: String) -> Association {
    let mut team = EDITION.association(id).expect("it is in the directory").clone();
    if let Some(called) = team.team.as_mut().and_then(|team| team.name.as_mut()) {
        called.value.clone_from(&name);
    }
    team.name.value = name;
    team
}

fn hold_ours(read: &Message<'_>, origin: &Origin) {
    let mut names: Vec<&str> = read.headers().iter().map(|header| header.name()).collect();
    names.sort_unstable();
    assert!(names.iter().all(|name| HEADERS.contains(name)), "{names:?}");
    assert!(names.windows(2).all(|two| two[0] != two[1]), "{names:?}");
    let from: Vec<_> =
        read.from().expect("a sender").iter().filter_map(|one| one.address.as_deref()).collect();
    assert_eq!(from, [origin.from.as_str()]);
    assert_eq!(read.to().expect("a recipient").iter().count(), 1);
    assert_eq!(read.text_body_count(), 1);
    assert!(read.attachment_count() <= 1, "{} parts of its own", read.attachment_count());
    if let Some(entry) = read.attachment(0) {
        assert_eq!(entry.attachment_name(), Some(server::ics::FILE_NAME));
        let lines = entry.text_contents().expect("an entry is text").replace("\r\n ", "");
        let count = |name: &str| lines.split("\r\n").filter(|line| line.starts_with(name)).count();
        for name in ["ATTENDEE", "ORGANIZER", "BEGIN:VEVENT", "BEGIN:VCALENDAR", "SUMMARY"] {
            assert_eq!(count(name), 1, "{name} in {lines}");
        }
    }
}
