//! Mails from the booking to a mail server, in a real conversation with one.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::api::{BOOKINGS, BookingView, Offer, WishedTime};
use domain::association::AssociationId;
use domain::booking::contact::{Channel, Safety};
use domain::booking::letter::Letter;
use domain::booking::{Event, Status};
use domain::calendar::{from_rfc3339, to_rfc3339};
use mail_parser::{Message, MessageParser, MimeHeaders};
use server::mail::{Post, SmtpUrl};
use server::service::delivery::Delivery;
use server::service::demo;
use server::service::vault::hash;
use tests::patience::until;
use tests::smtp::{MailServer, Received};
use tokio::sync::watch;

use crate::binary::Running;
use crate::bookings::{CANARY, code, letter, offer, request, send};
use crate::server_under_test::{MONDAY, Server};

pub const HOUR: i64 = 3600;
pub const HANA: &str = "hana@example.jp";

/// Long enough for this machine talking to itself, short enough for one that says nothing.
const LIMIT: Duration = Duration::from_secs(2);

pub fn by_mail() -> Letter {
    let mut letter = letter();
    letter.contact.mail = HANA.to_owned();
    letter
}

pub fn delivery(server: &Server, to: &str) -> Arc<Delivery> {
    let post = Post::to_server(&SmtpUrl::parse(to).unwrap(), &server.app.origin.host, LIMIT).unwrap();
    Arc::new(Delivery {
        bookings: server.bookings.clone(),
        published: {
            let app = Arc::clone(&server.app);
            Box::new(move || app.published())
        },
        origin: server.app.origin.clone(),
        post,
    })
}

fn public(config: &mut server::config::Config) {
    config.public_url = Some("https://tonari.example.jp".parse().unwrap());
}

pub async fn deliver(delivery: &Arc<Delivery>) {
    delivery.round(&watch::channel(false).1).await.unwrap();
}

pub async fn book(server: &Server, key: &str, letter: &Letter) -> BookingView {
    let answer = send(server, key, &request(&offer(server).await, key, letter)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    BookingView::read(&answer.body).unwrap()
}

fn read(mail: &Received) -> Message<'_> {
    MessageParser::default().parse(mail.data.as_bytes()).unwrap()
}

pub fn ids(mails: &[Received]) -> Vec<String> {
    mails.iter().map(|mail| read(mail).message_id().unwrap().to_owned()).collect()
}

/// Of the mails so far: the kind of news, from the id.
pub fn news(mails: &[Received]) -> Vec<String> {
    let kind = |id: &String| id.split(['.', '@']).nth(2).unwrap().to_owned();
    ids(mails).iter().map(kind).collect()
}

// She sent it three times from a train, and three mails came.
#[tokio::test]
async fn whatever_happens_to_a_booking_is_one_mail_and_a_retried_request_is_none() {
    let (server, mails) =
        (Server::start_with(public).open("shimane").await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &mails.url());
    let offered = offer(&server).await;
    let asked = request(&offered, "k1", &by_mail());
    for _ in 0..3 {
        send(&server, "k1", &asked).await;
        deliver(&delivery).await;
    }
    let booked = BookingView::read(&send(&server, "k1", &asked).await.body).unwrap();
    let path = format!("{BOOKINGS}/{}", booked.token);
    let later = offered.times.iter().find(|time| time.start.starts_with("2026-12-07")).unwrap();
    let later = WishedTime { start: later.start.clone(), kind: later.kinds[0] };
    for _ in 0..2 {
        server.post(&format!("{path}/move"), &[("content-type", "application/json")], later.to_json()).await;
        deliver(&delivery).await;
    }
    for _ in 0..2 {
        server.post(&format!("{path}/cancel"), &[], "").await;
        deliver(&delivery).await;
    }
    server.pass(30 * 24 * HOUR);
    deliver(&delivery).await;
    let received = mails.received();
    assert_eq!(news(&received), ["confirmed", "moved", "cancelled"]);
    assert!(received.iter().all(|mail| mail.to == [format!("<{HANA}>")]));
    let reference = &booked.reference;
    assert_eq!(ids(&received)[0], format!("{reference}.0.confirmed@tonari.example.jp"));

    let first = read(&received[0]);
    assert_eq!(first.subject(), Some("【架空の例】相談のご予約が確定しました"));
    assert_eq!(first.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    let text = first.body_text(0).unwrap();
    assert!(text.starts_with("架空の例です。"), "{text}");
    let link = format!("https://tonari.example.jp/bookings/{}", booked.token);
    let spoken = format!("{}-{}", &reference[..4], &reference[4..]);
    for part in ["（日本時間）", "島根県信用保証協会 エスポワール", "0852-21-0561（要確認）", &link, &spoken]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let methods = received.iter().map(|mail| {
        let mail = read(mail);
        let entry = mail.attachment(0).unwrap();
        let method = entry.content_type().unwrap().attribute("method").unwrap().to_owned();
        assert!(entry.text_contents().unwrap().contains(&format!("METHOD:{method}\r\n")));
        method
    });
    assert_eq!(methods.collect::<Vec<_>>(), ["REQUEST", "REQUEST", "CANCEL"]);
    for mail in &received {
        let mail = read(mail);
        let entry = mail.attachment(0).unwrap().text_contents().unwrap().to_owned();
        for all in [mail.body_text(0).unwrap().as_ref(), &entry] {
            assert!(!all.contains(CANARY) && !all.contains("090"), "{all}");
        }
    }
}

#[tokio::test]
async fn a_request_is_received_then_confirmed_or_declined_and_remembered_the_day_before() {
    let (server, mails) = (Server::start_with(public), MailServer::start().await.unwrap());
    let teams = ["akita", "gunma", "shimane"].map(|id| AssociationId(id.to_owned()));
    // The third of the demonstration confirms by hand.
    demo::open(&server.bookings, teams.to_vec()).await.unwrap();
    let delivery = delivery(&server, &mails.url());
    let first = book(&server, "k1", &by_mail()).await;
    let second = book(&server, "k2", &by_mail()).await;
    deliver(&delivery).await;
    server.bookings.store.happen(hash(&first.token), Event::Confirm, MONDAY).await.unwrap();
    server.bookings.decline(&second.reference, "この週は満席です。", "cli:hanako").await.unwrap();
    deliver(&delivery).await;
    assert_eq!(news(&mails.received())[..2], ["received", "received"]);
    let mut then = news(&mails.received())[2..].to_vec();
    then.sort();
    assert_eq!(then, ["confirmed", "declined"]);
    let told = mails.received()[2..]
        .iter()
        .filter(|mail| read(mail).body_text(0).unwrap().contains("担当者より：この週は満席です。"))
        .count();
    assert_eq!(told, 1);
    // Ten o'clock of the day before in Japan is one in the morning of the same day in UTC.
    let start = from_rfc3339(&first.start).unwrap();
    let ten = (start + 9 * HOUR).div_euclid(24 * HOUR) * 24 * HOUR - 24 * HOUR + HOUR;
    server.pass(ten - MONDAY - 1);
    deliver(&delivery).await;
    assert_eq!(mails.received().len(), 4);
    server.pass(1);
    deliver(&delivery).await;
    let received = mails.received();
    assert_eq!(news(&received[4..]), ["reminder"]);
    let reminder = read(&received[4]);
    assert_eq!(reminder.subject(), Some("【架空の例】相談の日が近づきました"));
    assert_eq!(reminder.attachment_count(), 0);
}

// What happened while no mail could go is told as it is now, not as it was.
#[tokio::test]
async fn news_that_was_overtaken_before_it_was_told_is_not_told() {
    let (server, mails) = (Server::start().open("shimane").await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &mails.url());
    let booked = book(&server, "k1", &by_mail()).await;
    server.post(&format!("{BOOKINGS}/{}/cancel", booked.token), &[], "").await;
    deliver(&delivery).await;
    assert_eq!(news(&mails.received()), ["cancelled"]);
}

// He read her mail before she did.
#[tokio::test]
async fn f08_without_an_address_or_where_mail_is_not_safe_no_mail_goes() {
    let (server, mails) = (Server::start().open("shimane").await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &mails.url());
    book(&server, "k1", &letter()).await;
    let mut by_phone = by_mail();
    by_phone.contact.safety = Safety { channels: vec![Channel::Phone], ..Safety::default() };
    book(&server, "k2", &by_phone).await;
    deliver(&delivery).await;
    server.pass(HOUR);
    deliver(&delivery).await;
    assert_eq!(mails.connections(), 0);
    let mut both = by_mail();
    both.contact.safety.channels = vec![Channel::Phone, Channel::Mail];
    book(&server, "k3", &both).await;
    deliver(&delivery).await;
    assert_eq!(mails.received().len(), 1);
}

#[tokio::test]
async fn d14_a_booking_is_a_file_for_her_calendar_without_who_she_is() {
    let server = Server::start_with(public).open("shimane").await;
    let mut discreet = by_mail();
    discreet.contact.safety.discreet = true;
    for (key, letter, title) in
        [("k1", by_mail(), "【架空の例】女性チーム相談"), ("k2", discreet, "【架空の例】予定")]
    {
        let booked = book(&server, key, &letter).await;
        let answer = server.get(&format!("{BOOKINGS}/{}/calendar.ics", booked.token)).await;
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"event.ics\"");
        let file = answer.text().replace("\r\n ", "");
        for line in [
            format!("SUMMARY:{title}"),
            format!("UID:{}@tonari.example.jp", booked.reference),
            "METHOD:PUBLISH".to_owned(),
        ] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line} is not in {file}");
        }
        let spoken = format!("{}-{}", &booked.reference[..4], &booked.reference[4..]);
        assert!(file.contains(&spoken));
        for secret in [CANARY, HANA, "090", &booked.token, "ATTENDEE"] {
            assert!(!file.contains(secret), "{secret} is in {file}");
        }
    }
    let nobody = server.get(&format!("{BOOKINGS}/nobody/calendar.ics")).await;
    assert_eq!(code(&nobody), (404, "not_found".to_owned()));
}

// An embedded start has no mail server; its mails must not be lost, nor lie open.
#[tokio::test]
async fn the_real_server_without_a_mail_server_writes_into_its_folder_for_its_owner_only() {
    let server = Running::start_with(&["--demo"]);
    let offered = body(&server.get("/api/v1/teams/shimane/slots"));
    let offered = Offer::read(offered.as_bytes()).unwrap();
    let mut asked = request(&offered, "k1", &by_mail());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    asked.made_at = to_rfc3339(now as i64);
    let json = asked.to_json();
    let head = format!(
        "POST {BOOKINGS} HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Idempotency-Key: k1\r\nContent-Length: {}\r\n\r\n",
        json.len()
    );
    let booked = body(&server.say((head + &json).as_bytes()));
    let booked = BookingView::read(booked.as_bytes()).unwrap();
    let folder = server.var.path().join("mail");
    let file = folder.join(format!("{}.{}.eml", booked.reference, news_of(&booked)));
    let text = until("the mail", async || Ok(std::fs::read_to_string(&file).ok())).await.unwrap();
    assert!(text.contains(HANA), "{text}");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(&folder)), (0o600, 0o700));
    server.signal("TERM");
    let (code, log) = server.end();
    assert_eq!(code, Some(0));
    for secret in [HANA, CANARY, &booked.token, &booked.reference] {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
}

fn body(answer: &str) -> String {
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

fn news_of(booked: &BookingView) -> String {
    let news = if booked.status == Status::Pending { "received" } else { "confirmed" };
    format!("{}.{news}", booked.sequence)
}
