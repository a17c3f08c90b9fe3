//! What mail servers do, and what people write, cannot harm a booking or reach anybody else.

use domain::api::{BOOKINGS, BookingView, WishedTime};
use tests::smtp::{MailServer, Mood};

use crate::bookings::{code, offer, request, send};
use crate::mails::{HANA, HOUR, book, by_mail, deliver, delivery, ids, news};
use crate::server_under_test::Server;

// The mail server was down for an hour, and with it went the booking.
#[tokio::test]
async fn c21_a_booking_stands_whatever_the_mail_server_does_and_its_mail_goes_once() {
    let moods = [
        Mood::Says { to: "EHLO", line: "421 too busy" },
        Mood::Says { to: "RCPT", line: "451 try again later" },
        Mood::Says { to: "RCPT", line: "550 <hana@example.jp> relaying denied" },
        Mood::Says { to: "DATA", line: "554 no" },
        Mood::Silent,
    ];
    for mood in moods {
        let (server, mails) = (Server::start().open("shimane").await, MailServer::start().await.unwrap());
        let delivery = delivery(&server, &mails.url());
        mails.be(mood);
        let booked = book(&server, "k1", &by_mail()).await;
        deliver(&delivery).await;
        assert_eq!((mails.received().len(), mails.connections()), (0, 1), "{mood:?}");
        // Not again at once.
        deliver(&delivery).await;
        assert_eq!(mails.connections(), 1, "{mood:?}");
        mails.be(Mood::Takes);
        for _ in 0..3 {
            server.pass(HOUR);
            deliver(&delivery).await;
        }
        assert_eq!(news(&mails.received()), ["confirmed"], "{mood:?}");
        assert_eq!(mails.received()[0].to, [format!("<{HANA}>")]);
        let seen = server.get(&format!("{BOOKINGS}/{}", booked.token)).await;
        assert_eq!(BookingView::read(&seen.body).unwrap().status, booked.status);
    }
}

#[tokio::test]
async fn c21_a_mail_that_cannot_be_sent_for_three_days_is_given_up() {
    let (server, mails) = (Server::start().open("shimane").await, MailServer::start().await.unwrap());
    // Nobody listens there any more.
    let nobody = MailServer::start().await.unwrap().url();
    let (down, up) = (delivery(&server, &nobody), delivery(&server, &mails.url()));
    let mut far = request(&offer(&server).await, "k1", &by_mail());
    let last = offer(&server).await.times.pop().unwrap();
    far.wishes = vec![WishedTime { start: last.start, kind: last.kinds[0] }];
    assert_eq!(send(&server, "k1", &far).await.status, 201);
    for _ in 0..3 * 24 {
        deliver(&down).await;
        server.pass(HOUR);
    }
    deliver(&down).await;
    server.pass(HOUR);
    deliver(&up).await;
    assert!(mails.received().is_empty(), "{:?}", news(&mails.received()));
}

// Somebody on the way took the offer of encryption out of the greeting.
#[tokio::test]
async fn a_mail_server_that_should_encrypt_and_does_not_is_told_nothing() {
    let (server, mails) = (Server::start().open("shimane").await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &format!("{}?tls=required", mails.url()));
    book(&server, "k1", &by_mail()).await;
    deliver(&delivery).await;
    assert_eq!((mails.connections(), mails.received()), (1, Vec::new()));
}

// The server had the mail, and the connection died before it said so.
#[tokio::test]
async fn c22_a_mail_of_unknown_fate_comes_at_most_twice_and_under_one_id() {
    let (server, mails) = (Server::start().open("shimane").await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &mails.url());
    mails.be(Mood::HangsUpAfterData);
    book(&server, "k1", &by_mail()).await;
    deliver(&delivery).await;
    mails.be(Mood::Takes);
    for _ in 0..3 {
        server.pass(60);
        deliver(&delivery).await;
    }
    let ids = ids(&mails.received());
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn e03_nothing_she_writes_becomes_a_header_or_a_second_recipient() {
    let (server, mails) = (Server::start().open("shimane").await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &mails.url());
    for address in [
        "hana@example.jp\r\nBcc: eve@example.com",
        "hana@example.jp\nRCPT TO:<eve@example.com>",
        "hana@example.jp, eve@example.com",
        "hana@example.jp>,<eve@example.com",
        "\"hana\r\nBcc: eve@example.com\"@example.jp",
        "hana@example.jp\0eve@example.com",
        "hana@example.jp\u{2028}Bcc:eve@example.com",
    ] {
        let mut hostile = by_mail();
        hostile.contact.mail = address.to_owned();
        let asked = request(&offer(&server).await, "hostile", &hostile);
        let answer = send(&server, "hostile", &asked).await;
        assert_eq!(code(&answer), (422, "invalid".to_owned()), "{address:?}");
    }
    for text in [
        "a\r\nBcc: eve@example.com",
        "a\n.\nMAIL FROM:<eve@example.com>",
        "=?utf-8?q?=0ABcc:eve?=",
        "\u{202e}\0",
    ] {
        let mut hostile = by_mail();
        hostile.contact.name = text.to_owned();
        hostile.contact.note = text.to_owned();
        hostile.contact.safety.hours = text.to_owned();
        let key = format!("n{}", text.len());
        book(&server, &key, &hostile).await;
    }
    deliver(&delivery).await;
    let received = mails.received();
    assert_eq!(received.len(), 4);
    for mail in received {
        assert_eq!(mail.to, [format!("<{HANA}>")]);
        assert!(!mail.data.contains("eve@"), "{}", mail.data);
        let (head, _) = mail.data.split_once("\r\n\r\n").unwrap();
        let names = head
            .split("\r\n")
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(':').next().unwrap());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
        );
    }
}
