//! Every text she or a team can write, in every place where it comes out again.

use std::collections::BTreeSet;

use domain::api::BookingView;
use mail_parser::MessageParser;
use scraper::{Html, Selector};
use tests::evil::EVIL;
use tests::smtp::MailServer;

use crate::binary::tonari_on;
use crate::bookings::{letter, offer, request, send, team};
use crate::mails::{HANA, deliver, delivery};
use crate::server_under_test::Server;
use crate::team::TIMES;

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];
const FIELDS: [&str; 11] =
    ["wish", "name", "phone", "mail", "hours", "note", "website", "key", "made_at", "mark", "stage"];

/// Names of elements and of their attributes.
pub fn kinds(page: &Html) -> BTreeSet<String> {
    let every = Selector::parse("*").unwrap();
    let names = page.select(&every).flat_map(|element| {
        let element = element.value();
        let attributes = element.attrs().map(|(name, _)| format!("{} {name}", element.name()));
        attributes.chain([element.name().to_owned()]).collect::<Vec<_>>()
    });
    names.collect()
}

async fn form(server: &Server, text: &str) -> Html {
    let fields = FIELDS.iter().map(|name| (*name, text));
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let page = server.post("/form/shimane", &FORM, body).await;
    assert_eq!(page.status, 422, "{text:?}");
    Html::parse_document(page.text())
}

// A name with a quotation mark in it closed the attribute, and the rest of it was a program.
#[tokio::test]
async fn e01_what_she_types_comes_back_as_text_and_as_nothing_else() {
    let server = Server::start().open("shimane").await;
    let mut known = kinds(&form(&server, "はな").await);
    known.extend(kinds(&Html::parse_document(server.get("/form/shimane").await.text())));
    let (name, note) = (Selector::parse("#name").unwrap(), Selector::parse("#note").unwrap());
    for text in EVIL {
        let page = form(&server, text).await;
        let foreign: Vec<String> = kinds(&page).difference(&known).cloned().collect();
        assert!(foreign.is_empty(), "{text:?} brought {foreign:?}");
        // What no page can say is not compared: a zero, and line ends that browsers read as one.
        if text.contains(['\0', '\r']) {
            continue;
        }
        let named = page.select(&name).next().unwrap().attr("value").unwrap().to_owned();
        let noted: String = page.select(&note).next().unwrap().text().collect();
        assert_eq!((named.as_str(), noted.as_str()), (text, text));
    }
}

// A line end in a reason ended the mail; what followed was the next one.
#[tokio::test]
async fn e03_nothing_anybody_writes_is_a_header_a_part_or_an_entry_of_its_own() {
    let server = Server::start();
    server.bookings.import(&team(), TIMES.as_bytes()).await.unwrap();
    let mails = MailServer::start().await.unwrap();
    let smtp = delivery(&server, &mails.url());
    for (n, text) in EVIL.iter().enumerate() {
        let key = format!("evil-{n}");
        let mut hers = letter();
        hers.contact.mail = HANA.to_owned();
        hers.contact.note = (*text).to_owned();
        hers.contact.safety.hours = (*text).to_owned();
        hers.contact.name = format!("は{text}");
        hers.contact.safety.channels = vec![domain::booking::contact::Channel::Mail];
        let answer = send(&server, &key, &request(&offer(&server).await, &key, &hers)).await;
        assert_eq!(answer.status, 201, "{text:?}: {}", answer.text());
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        let reference = answer.json()["reference"].as_str().unwrap().to_owned();

        let calendar = server.get(&format!("/api/v1/bookings/{token}/calendar.ics")).await;
        let entry = calcard::icalendar::ICalendar::parse(calendar.text()).unwrap();
        assert_eq!(entry.components.len(), 3, "{text:?}: {}", calendar.text());
        deliver(&smtp).await;
        let kept = server.bookings.open_letter(&reference, "hanako").await.unwrap().1;
        assert_eq!(kept.contact.note, *text, "kept as she wrote it");

        // The team's own words are as bad as hers; it cannot give none.
        let reason = format!("理由{text}");
        server.bookings.decline(&reference, &reason, "cli:hanako").await.unwrap();
        let seen = server.get(&format!("/api/v1/bookings/{token}")).await;
        let seen = seen.json()["reason"].as_str().unwrap().to_owned();
        assert!(
            seen.starts_with("理由") && !seen.contains(|c: char| c.is_control() && c != '\n'),
            "{seen:?}"
        );
        deliver(&smtp).await;
    }
    let all = mails.received();
    assert_eq!(all.len(), EVIL.len() * 2, "received and declined");
    for mail in &all {
        assert_eq!(mail.to, [format!("<{HANA}>")], "{}", mail.data);
        let read = MessageParser::default().parse(mail.data.as_bytes()).unwrap();
        assert_eq!(read.attachment_count(), 1, "{}", mail.data);
        assert!(read.bcc().is_none() && read.cc().is_none(), "{}", mail.data);
        let names: BTreeSet<&str> = read.headers().iter().map(|header| header.name()).collect();
        assert_eq!(names.len(), read.headers().len(), "a header twice: {}", mail.data);
        let entry = read.attachment(0).unwrap();
        let entry = String::from_utf8(entry.contents().to_vec()).unwrap();
        assert_eq!(entry.matches("BEGIN:VEVENT").count(), 1, "{entry}");
    }
}

// The lines of a note moved the cursor up, and the colleague at the terminal dialled a number that was not hers.
#[tokio::test]
async fn what_she_wrote_is_read_in_a_terminal_line_by_line() {
    let server = Server::start();
    server.bookings.import(&team(), TIMES.as_bytes()).await.unwrap();
    let fields = shown(&server, "calm", "はな").await;
    for (n, text) in EVIL.iter().enumerate() {
        assert_eq!(shown(&server, &format!("shown-{n}"), text).await, fields, "{text:?}");
    }
}

/// The names of the fields that `bookings show` prints of such a letter, one a line.
async fn shown(server: &Server, key: &str, text: &str) -> Vec<String> {
    let mut hers = letter();
    hers.contact.name = format!("は{text}").chars().take(60).collect();
    hers.contact.note = text.to_owned();
    let answer = send(server, key, &request(&offer(server).await, key, &hers)).await;
    let booked = BookingView::read(&answer.body).unwrap();
    let shown = tonari_on(server.var.path(), &["bookings", "show", &booked.reference]).unwrap();
    let commands = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    assert!(!shown.contains(commands), "{shown:?}");
    // Every line end there is, not only ours.
    let lines = shown.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    lines.skip(1).map(|line| line.split(':').next().unwrap().to_owned()).collect()
}
