//! Booking without the app: what a browser without JavaScript is given, and what it sends.

use std::num::NonZeroU32;

use domain::booking::Status;
use domain::booking::letter::Letter;

use server::pressure::Bearable;

use crate::bookings::{CANARY, letter, offer, team};
use crate::server_under_test::{Answer, MONDAY, Server};

const FORM: &str = "/form/shimane";
const PAGE: [(&str, &str); 2] =
    [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];

/// The fields of a page as its browser would send them back, with what she changed.
async fn fields(server: &Server, hers: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = server.get(FORM).await;
    assert_eq!(page.status, 200);
    let mut all = Vec::new();
    take_stamp(&mut all, &page);
    all.extend(hers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

/// What a page carries without her seeing it.
fn take_stamp(fields: &mut Vec<(String, String)>, page: &Answer) {
    for name in ["key", "made_at", "mark", "website"] {
        let value = format!("name=\"{name}\" value=\"");
        let rest = page.text().split_once(&value).unwrap().1;
        set(fields, name, rest.split_once('"').unwrap().0);
    }
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(other, _)| other != name);
    fields.push((name.to_owned(), value.to_owned()));
}

async fn send(server: &Server, fields: &[(String, String)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    server.post(FORM, &PAGE, body).await
}

async fn first_time(server: &Server) -> String {
    let time = &offer(server).await.times[0];
    format!("{} {}", time.start, time.kinds[0].code())
}

fn hers(wish: &str) -> [(&str, &str); 5] {
    [("wish", wish), ("name", CANARY), ("mail", "hana@example.jp"), ("channels", "mail"), ("consent", "yes")]
}

// Her company's phone runs no JavaScript; she was told to call, during office hours, from the office.
#[tokio::test]
async fn h12_she_books_looks_and_cancels_with_html_alone() {
    let server = Server::start().open("shimane").await;
    assert!(server.get("/form").await.text().contains("href=\"/form/shimane\""));
    let page = server.get(FORM).await;
    assert!(!page.text().contains("<script"));
    assert!(page.header("content-security-policy").contains("form-action 'self'"));
    assert_eq!(page.header("cache-control"), "no-store");

    let wish = first_time(&server).await;
    let sent = fields(&server, &hers(&wish)).await;
    server.pass(60);
    let booked = send(&server, &sent).await;
    assert_eq!(booked.status, 303, "{}", booked.text());
    // Her thumb tapped twice.
    assert_eq!(send(&server, &sent).await.header("location"), booked.header("location"));
    let place = booked.header("location").to_owned();
    let seen = server.get(&place).await;
    assert!(seen.text().contains("ご予約が確定しました"), "{}", seen.text());
    assert!(!seen.text().contains(CANARY), "whoever finds the address learns no name");

    let token = place.rsplit('/').next().unwrap();
    assert_eq!(server.bookings.find(token).await.unwrap().status, Status::Confirmed);
    assert_eq!(kept(&server).await.contact.name, CANARY);

    let cancelled = server.post(&place, &PAGE, "").await;
    assert_eq!((cancelled.status.as_u16(), cancelled.header("location")), (303, place.as_str()));
    assert!(server.get(&place).await.text().contains("ご予約を取り消しました"));
    assert_eq!(first_time(&server).await, wish, "the time is free again");
}

async fn kept(server: &Server) -> Letter {
    let bookings = server.bookings.store.of_team(team(), MONDAY, MONDAY + 90 * 86_400).await.unwrap();
    server.bookings.open_letter(&bookings[0].reference, "hanako").await.unwrap().1
}

// One field was wrong, and the page came back empty.
#[tokio::test]
async fn whatever_is_wrong_she_loses_nothing() {
    let server = Server::start().open("shimane").await;
    let wish = first_time(&server).await;
    let mut sent = fields(&server, &hers(&wish)).await;
    server.pass(60);
    set(&mut sent, "mail", "hana@");
    set(&mut sent, "note", "<script>alert(1)</script>\"'&\r\n二行目");
    sent.retain(|(name, _)| name != "consent");
    let page = send(&server, &sent).await;
    assert_eq!(page.status, 422);
    for words in
        ["メールアドレスを確かめてください", "同意すると、送れます", "href=\"#mail\"", CANARY, "hana@\""]
    {
        assert!(page.text().contains(words), "{words} is not in {}", page.text());
    }
    assert!(page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;\n二行目"));
    assert!(page.text().contains(&format!("value=\"{wish}\" selected")));

    // Somebody else was faster.
    set(&mut sent, "mail", "hana@example.jp");
    set(&mut sent, "consent", "yes");
    let faster = fields(&server, &hers(&wish)).await;
    server.pass(60);
    assert_eq!(send(&server, &faster).await.status, 303);
    let page = send(&server, &sent).await;
    assert_eq!(page.status, 409);
    assert!(page.text().contains("ほかの方の予約が入りました") && page.text().contains(CANARY));
    take_stamp(&mut sent, &page);
    set(&mut sent, "wish", &first_time(&server).await);
    let booked = send(&server, &sent).await;
    assert_eq!(booked.status, 303, "{}", booked.text());
    // Back in the history, another time, sent again: two bookings only if she says so.
    set(&mut sent, "wish", &first_time(&server).await);
    let page = send(&server, &sent).await;
    assert!(page.status == 422 && page.text().contains("もう届いています"));
}

// A program filled in every field it found within the second; a woman whose browser did the same was thrown out with it.
#[tokio::test]
async fn e13_who_looks_like_a_program_books_nothing_and_loses_nothing() {
    let server = Server::start().open("shimane").await;
    let wish = first_time(&server).await;
    let mut sent = fields(&server, &hers(&wish)).await;
    let hurried = send(&server, &sent).await;
    assert!(hurried.status == 422 && hurried.text().contains("もう一度送ってください"));
    server.pass(5);
    set(&mut sent, "website", "http://buy.example");
    let trapped = send(&server, &sent).await;
    assert!(trapped.status == 422 && trapped.text().contains(CANARY));
    assert!(!trapped.text().contains("tn-visually-hidden"), "now she sees the field and can empty it");
    let mut forged = sent.clone();
    set(&mut forged, "website", "");
    set(&mut forged, "key", "another");
    assert_eq!(send(&server, &forged).await.status, 422);
    assert_eq!(first_time(&server).await, wish, "nothing was booked");
    set(&mut sent, "website", "");
    assert_eq!(send(&server, &sent).await.status, 303);
}

#[tokio::test]
async fn e05_a_foreign_page_can_send_nothing() {
    let server = Server::start().open("shimane").await;
    let wish = first_time(&server).await;
    let sent = fields(&server, &hers(&wish)).await;
    server.pass(60);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&sent).finish();
    let headers = [PAGE[0], ("sec-fetch-site", "cross-site")];
    assert_eq!(server.post(FORM, &headers, body).await.status, 403);
    assert_eq!(server.post("/form/bookings/x", &headers, "").await.status, 403);
    assert_eq!(first_time(&server).await, wish);
}

#[tokio::test]
async fn what_is_not_there_says_so_in_words() {
    let server = Server::start().open("shimane").await;
    for path in ["/form/tokyo", "/form/nobody", "/form/kochi", "/form/bookings/nobody"] {
        let page = server.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.text().contains("href=\"/#associations\""), "{path}");
    }
    let long = server.post(FORM, &PAGE, "n".repeat(40_000)).await;
    assert_eq!(long.status, 413);
    let page = server.get(FORM).await;
    assert!(page.text().contains("<optgroup label=\"12月"), "{}", page.text());
}

// In the minute the times were published her old phone, which runs no script, was asked for work it could not do.
#[tokio::test]
async fn in_a_crowd_who_has_no_script_says_yes_once_more_and_is_booked_once() {
    let calm = Bearable { calm_bookings_per_minute: NonZeroU32::MIN, ..Bearable::everything() };
    let server = Server::start_with(|config| config.bearable = calm).open("shimane").await;
    let wish = first_time(&server).await;
    let mut sent = fields(&server, &hers(&wish)).await;
    let other = fields(&server, &hers("")).await;
    server.pass(60);
    for _ in 0..2 {
        crate::bookings::send(
            &server,
            "crowd",
            &crate::bookings::request(&offer(&server).await, "x", &letter()),
        )
        .await;
    }
    let question = send(&server, &sent).await;
    assert_eq!(question.status, 429);
    assert!(
        question.text().contains("混み合っています") && question.text().contains(CANARY),
        "{}",
        question.text()
    );
    take_stamp(&mut sent, &question);
    server.pass(2);
    assert_ne!(send(&server, &sent).await.status, 303, "a program would be as fast");
    server.pass(3);
    let booked = send(&server, &sent).await;
    assert_eq!(booked.status, 303, "{}", booked.text());
    assert_eq!(send(&server, &sent).await.header("location"), booked.header("location"));
    // Her yes is not good for another page.
    let stolen: Vec<_> =
        sent.iter().filter(|(name, _)| name == "mark" || name == "made_at").cloned().collect();
    let mut other = other;
    for (name, value) in stolen {
        set(&mut other, &name, &value);
    }
    set(&mut other, "wish", &first_time(&server).await);
    assert_eq!(send(&server, &other).await.status, 422);
}
