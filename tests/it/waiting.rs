//! The waiting list of a full day, over the wire and in her mailbox.

use domain::api::{BOOKINGS, BookingRequest, BookingView, FullDay, WishedDay};
use domain::booking::Status;
use domain::slot::Kind;
use server::store::Opening;
use tests::smtp::MailServer;

use crate::bookings::{code, letter, offer, request, send, team};
use crate::mails::{HOUR, book, by_mail, deliver, delivery, news};
use crate::server_under_test::{Answer, Server};

/// Thursdays, one hour, one place.
const TIMES: &str = r#"{
    "weekly": [{ "day": "thu", "from": "14:00", "to": "15:00", "length": 60, "every": 60, "places": 1,
                 "kinds": ["visit"] }],
    "lead_hours": 1, "horizon_days": 9, "cap": null, "deadline_hours": 1, "by_hand": false
}"#;
const THURSDAY: &str = "2026-12-03";

async fn server() -> Server {
    let server = Server::start();
    let rules = serde_json::from_str(TIMES).unwrap();
    let opening = Opening { rules, fictional: false };
    server.bookings.store.put_rules(team(), opening, (server.bookings.clock)()).await.unwrap();
    server
}

async fn wait(server: &Server, key: &str) -> BookingView {
    let day = Some(WishedDay { date: THURSDAY.to_owned(), kind: Kind::Visit });
    let made = BookingRequest { day, ..request(&offer(server).await, key, &by_mail()) };
    let answer = send(server, key, &made).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    BookingView::read(&answer.body).unwrap()
}

async fn act(server: &Server, view: &BookingView, act: &str) -> Answer {
    server.post(&format!("{BOOKINGS}/{}/{act}", view.token), &[], "").await
}

async fn seen(server: &Server, view: &BookingView) -> BookingView {
    BookingView::read(&server.get(&format!("{BOOKINGS}/{}", view.token)).await.body).unwrap()
}

// The one hour of the week was taken. She asked every day whether somebody had cancelled, and was never the first to see it.
#[tokio::test]
async fn a_full_day_can_be_waited_for_and_the_time_is_kept_until_she_answers() {
    let (server, mails) = (server().await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &mails.url());
    let other = book(&server, "other", &letter()).await;
    let offered = offer(&server).await;
    let full = FullDay { date: THURSDAY.to_owned(), kinds: vec![Kind::Visit] };
    assert_eq!((offered.times.len(), offered.full), (0, vec![full]), "only this Thursday is near enough");

    let hers = wait(&server, "hers").await;
    assert_eq!((hers.status, hers.length, hers.rank), (Status::Waiting, 1440, None));
    assert_eq!(wait(&server, "hers").await, hers, "sent twice, she waits once");
    assert_eq!(
        server.bookings.import(&team(), TIMES.as_bytes()).await.unwrap(),
        [],
        "a day is not out of hours"
    );
    let calendar = server.get(&format!("{BOOKINGS}/{}/calendar.ics", hers.token)).await;
    let wrong_state = (409, "wrong_state".to_owned());
    assert_eq!(code(&calendar), wrong_state);
    assert_eq!(code(&act(&server, &hers, "accept").await), wrong_state);
    assert_eq!(act(&server, &other, "cancel").await.status, 200);

    let kept = seen(&server, &hers).await;
    assert_eq!((kept.status, kept.start.as_str()), (Status::Offered, other.start.as_str()));
    assert!(kept.answer_until.is_some());
    assert!(offer(&server).await.times.is_empty(), "it is hers until she answers");
    deliver(&delivery).await;
    let accepted = act(&server, &hers, "accept").await;
    let accepted = BookingView::read(&accepted.body).unwrap();
    assert_eq!((accepted.status, accepted.answer_until), (Status::Confirmed, None));
    assert_eq!(act(&server, &hers, "accept").await.status, 200, "twice is once");
    assert_eq!(code(&act(&server, &hers, "pass").await), wrong_state);
    deliver(&delivery).await;
    let received = mails.received();
    assert_eq!(news(&received), ["offered", "confirmed"], "what was overtaken is not told");
    let told = &received[0].data;
    assert!(!told.contains("text/calendar"), "{told}");
}

// At eleven at night her phone lit up on the table, and who was not to know it knew.
#[tokio::test]
async fn at_night_nobody_is_told_and_in_the_morning_the_two_hours_begin() {
    let (server, mails) = (server().await, MailServer::start().await.unwrap());
    let delivery = delivery(&server, &mails.url());
    let other = book(&server, "other", &letter()).await;
    let hers = wait(&server, "hers").await;
    let next = wait(&server, "next").await;
    deliver(&delivery).await;
    // It is nine in the morning; twelve and a half hours on it is night.
    server.pass(12 * HOUR + HOUR / 2);
    act(&server, &other, "cancel").await;
    deliver(&delivery).await;
    assert_eq!(news(&mails.received()), ["waiting", "waiting"]);
    server.pass(10 * HOUR + HOUR / 2);
    deliver(&delivery).await;
    assert_eq!(news(&mails.received()), ["waiting", "waiting", "offered"], "at eight");
    server.pass(2 * HOUR);
    assert_eq!(server.bookings.sweep().await.unwrap(), 1);
    deliver(&delivery).await;
    assert_eq!(seen(&server, &hers).await.status, Status::Waiting);
    assert_eq!(seen(&server, &next).await.status, Status::Offered);
    assert_eq!(news(&mails.received()).len(), 4, "who did not answer waits on and is not told so");
}

// Times and a day in one request: whichever we took, it might have been the other one.
#[tokio::test]
async fn a_day_that_cannot_be_waited_for_is_refused() {
    let server = server().await;
    let offered = offer(&server).await;
    let asked = request(&offered, "both", &letter());
    let day = |date: &str| Some(WishedDay { date: date.to_owned(), kind: Kind::Visit });
    for (key, wishes, day, expected) in [
        ("both", asked.wishes.clone(), day(THURSDAY), (400, "malformed")),
        ("no-day", Vec::new(), day("2026-02-30"), (400, "malformed")),
        ("friday", Vec::new(), day("2026-12-04"), (409, "slot_taken")),
        ("next-year", Vec::new(), day("2027-12-02"), (409, "slot_taken")),
    ] {
        let made = BookingRequest { wishes, day, ..request(&offered, key, &letter()) };
        let answer = send(&server, key, &made).await;
        assert_eq!(code(&answer), (expected.0, expected.1.to_owned()), "{key}");
    }
}
