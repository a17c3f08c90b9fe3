//! Booking through the router: what a phone sends, and everything that can be wrong with it.

use domain::api::{BOOKINGS, BookingRequest, BookingView, Offer, Refusal, WishedTime, slots_path};
use domain::association::AssociationId;
use domain::booking::Status;
use domain::booking::letter::Letter;

use domain::slot::Kind;
pub use tests::letters::{CANARY, letter, request};

use crate::server_under_test::{Answer, MONDAY, Server};

pub const DAY: i64 = 86_400;

pub fn team() -> AssociationId {
    AssociationId("shimane".to_owned())
}

pub async fn offer(server: &Server) -> Offer {
    Offer::read(&server.get(&slots_path(&team())).await.body).unwrap()
}

pub async fn send(server: &Server, key: &str, request: &BookingRequest) -> Answer {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    server.post(BOOKINGS, &headers, request.to_json()).await
}

pub fn code(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    (answer.status.as_u16(), answer.json()["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn she_books_looks_moves_and_cancels() {
    let server = Server::start().open("shimane").await;
    let offered = offer(&server).await;
    assert!(offered.fictional && !offered.times.is_empty());
    let answer = send(&server, "k1", &request(&offered, "k1", &letter())).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let booked = BookingView::read(&answer.body).unwrap();
    assert_eq!((booked.status, booked.rank, booked.fictional), (Status::Confirmed, Some(0), true));
    assert_eq!(booked.start, offered.times[0].start);

    let path = format!("{BOOKINGS}/{}", booked.token);
    let seen = BookingView::read(&server.get(&path).await.body).unwrap();
    assert_eq!(seen, BookingView { rank: None, ..booked.clone() });

    let later = WishedTime { start: offered.times[2].start.clone(), kind: offered.times[2].kinds[0] };
    let json = [("content-type", "application/json")];
    let moved = server.post(&format!("{path}/move"), &json, later.to_json()).await;
    let moved = BookingView::read(&moved.body).unwrap();
    assert_eq!((moved.status, moved.sequence, &moved.start), (Status::Moved, 1, &later.start));
    assert_eq!(offer(&server).await.times[0], offered.times[0], "the first time is free again");

    for _ in 0..2 {
        let cancelled = server.post(&format!("{path}/cancel"), &[], "").await;
        let cancelled = BookingView::read(&cancelled.body).unwrap();
        assert_eq!((cancelled.status, cancelled.sequence), (Status::Cancelled, 2));
    }
    let again = server.post(&format!("{path}/move"), &json, later.to_json()).await;
    assert_eq!(code(&again), (409, "wrong_state".to_owned()));
    assert_eq!(code(&server.get(&format!("{BOOKINGS}/nobody")).await), (404, "not_found".to_owned()));
}

// Two founders wanted the same hour; the second one was told "error" and left.
#[tokio::test]
async fn whoever_comes_second_is_shown_the_nearest_times() {
    let server = Server::start().open("shimane").await;
    let offered = offer(&server).await;
    send(&server, "k1", &request(&offered, "k1", &letter())).await;
    let second = send(&server, "k2", &request(&offered, "k2", &letter())).await;
    assert_eq!(code(&second), (409, "slot_taken".to_owned()));
    let near = Refusal::read(&second.body).unwrap().alternatives;
    assert_eq!(near.len(), 3);
    assert_eq!(near[0].start, offered.times[1].start);
    // Wishes are tried in her order.
    let mut wishes = request(&offered, "k3", &letter());
    wishes.wishes.push(WishedTime { start: near[0].start.clone(), kind: near[0].kinds[0] });
    let third = BookingView::read(&send(&server, "k3", &wishes).await.body).unwrap();
    assert_eq!((third.rank, third.start), (Some(1), near[0].start.clone()));
}

#[tokio::test]
async fn c05_a_key_that_is_none_is_refused() {
    let server = Server::start().open("shimane").await;
    let body = request(&offer(&server).await, "k1", &letter()).to_json();
    let json = ("content-type", "application/json");
    let missing = server.post(BOOKINGS, &[json], body.clone()).await;
    assert_eq!(code(&missing), (400, "key_missing".to_owned()));
    for bad in ["", "\"\"", " ", "a b", "k\u{e9}", &"k".repeat(256)] {
        let answer = server.post(BOOKINGS, &[json, ("idempotency-key", bad)], body.clone()).await;
        assert_eq!(code(&answer), (400, "key_invalid".to_owned()), "{bad:?}");
    }
    let twice = [json, ("idempotency-key", "k1"), ("idempotency-key", "k2")];
    assert_eq!(code(&server.post(BOOKINGS, &twice, body).await), (400, "key_invalid".to_owned()));
}

// Her phone lay in a drawer for four weeks and then sent the request again.
#[tokio::test]
async fn c06_a_key_is_answered_after_29_days_as_on_the_first() {
    let server = Server::start().open("shimane").await;
    let request = request(&offer(&server).await, "k1", &letter());
    let first = send(&server, "k1", &request).await;
    server.pass(29 * DAY);
    let again = send(&server, "k1", &request).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    let mut other = request;
    other.wishes[0].kind = Kind::Phone;
    assert_eq!(code(&send(&server, "k1", &other).await), (422, "key_reused".to_owned()));
}

#[tokio::test]
async fn c07_a_request_older_than_30_days_is_refused_in_words() {
    let server = Server::start().open("shimane").await;
    let request = request(&offer(&server).await, "k1", &letter());
    server.pass(30 * DAY + 1);
    assert_eq!(code(&send(&server, "k1", &request).await), (410, "too_old".to_owned()));
    assert!(server.bookings.store.taken(team(), 0, i64::MAX).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_with_its_reason() {
    let server = Server::start().open("shimane").await;
    let offered = offer(&server).await;
    let good = request(&offered, "k1", &letter());
    let change = |change: fn(&mut BookingRequest)| {
        let mut request = good.clone();
        change(&mut request);
        request
    };
    for (request, status, wanted) in [
        (change(|r| r.team = AssociationId("nowhere".to_owned())), 404, "not_found"),
        (change(|r| r.wishes.clear()), 400, "malformed"),
        (change(|r| r.wishes = vec![r.wishes[0].clone(); 4]), 400, "malformed"),
        (change(|r| r.wishes[0].start = "soon".to_owned()), 400, "malformed"),
        (change(|r| r.sealed = "AAAA".to_owned()), 422, "not_for_us"),
        (change(|r| r.key_id = "other".to_owned()), 422, "not_for_us"),
    ] {
        assert_eq!(code(&send(&server, "k1", &request).await), (status, wanted.to_owned()));
    }
    // Closed for another request.
    assert_eq!(code(&send(&server, "k2", &good).await), (422, "not_for_us".to_owned()));
    let empty = request(&offered, "k3", &Letter::default());
    let answer = send(&server, "k3", &empty).await;
    assert_eq!(code(&answer), (422, "invalid".to_owned()));
    let fields: Vec<String> =
        Refusal::read(&answer.body).unwrap().fields.into_iter().map(|(f, _)| f).collect();
    assert_eq!(fields, ["name", "phone", "consent"]);
    let headers = [("content-type", "text/plain"), ("idempotency-key", "k1")];
    let text = server.post(BOOKINGS, &headers, good.to_json()).await;
    assert_eq!(code(&text), (415, "unsupported_media_type".to_owned()));
    let headers = [("content-type", "application/json"), ("idempotency-key", "k1")];
    let large = server.post(BOOKINGS, &headers, vec![b' '; 33 * 1024]).await;
    assert_eq!(code(&large), (413, "too_large".to_owned()));
    assert!(server.bookings.store.taken(team(), 0, i64::MAX).await.unwrap().is_empty());
}

#[tokio::test]
async fn her_deadline_is_told_beforehand_and_holds() {
    let server = Server::start().open("shimane").await;
    let offered = offer(&server).await;
    let booked = send(&server, "k1", &request(&offered, "k1", &letter())).await;
    let booked = BookingView::read(&booked.body).unwrap();
    let until = domain::calendar::from_rfc3339(&booked.change_until).unwrap();
    server.pass(until - MONDAY + 1);
    let cancel = format!("{BOOKINGS}/{}/cancel", booked.token);
    assert_eq!(code(&server.post(&cancel, &[], "").await), (409, "too_late".to_owned()));
}

// A backup of the database was found on a train.
#[tokio::test]
async fn f13_who_has_the_database_cannot_read_who_she_is() {
    let server = Server::start().open("shimane").await;
    let answer = send(&server, "k1", &request(&offer(&server).await, "k1", &letter())).await;
    let token = BookingView::read(&answer.body).unwrap().token;
    for file in ["tonari.db", "tonari.db-wal"] {
        let bytes = std::fs::read(server.var.path().join(file)).unwrap();
        for secret in [CANARY, "canary-4711", "090-1234-5678", "09012345678", &token] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} in {file}");
        }
    }
}

#[tokio::test]
async fn slots_are_asked_by_days_and_kind_and_know_when_nothing_changed() {
    let server = Server::start().open("shimane").await;
    let all = server.get("/api/v1/teams/shimane/slots?from=2026-12-01&to=2026-12-31").await;
    let phone = server.get("/api/v1/teams/shimane/slots?from=2026-12-01&to=2026-12-31&kind=phone").await;
    let (all_read, phone) = (Offer::read(&all.body).unwrap(), Offer::read(&phone.body).unwrap());
    assert!(phone.times.iter().all(|time| time.kinds == [Kind::Phone]));
    assert!(all_read.times.iter().any(|time| time.kinds.len() == 3));
    assert!(
        all_read.times.iter().all(|time| !time.start.starts_with("2026-12-29")),
        "closed at the year's end"
    );
    let tag = [("if-none-match", all.header("etag"))];
    let path = "/api/v1/teams/shimane/slots?from=2026-12-01&to=2026-12-31";
    assert_eq!(server.ask(axum::http::Method::GET, path, &tag).await.status, 304);
    for bad in
        ["from=2026-12-32", "kind=walk", "from=2026-12-01&to=2027-03-01", "from=2026-12-02&to=2026-12-01"]
    {
        let answer = server.get(&format!("/api/v1/teams/shimane/slots?{bad}")).await;
        assert_eq!(code(&answer), (400, "malformed".to_owned()), "{bad}");
    }
    assert_eq!(code(&server.get("/api/v1/teams/tokyo/slots").await), (404, "not_found".to_owned()));
}
