//! A booking while the server is under pressure: work instead of a queue, once, and nothing of it as soon as it is calm.

use std::num::NonZeroU32;

use axum::http::Method;
use domain::api::{BOOKINGS, BookingRequest, Challenge, PROOF_HEADER, Proof, slots_path};
use domain::api::{BookingView, Offer};
use domain::proof::{Progress, Solver};
use server::pressure::{Bearable, LIFE};

use crate::binary::Running;
use crate::bookings::{code, letter, offer, request, send, team};
use crate::server_under_test::{Answer, Server};

const TOKEN: &str = "watch-4711";

/// So many a minute are no crowd.
const CALM: u32 = 4;

async fn server() -> Server {
    let server = Server::start_with(|config| {
        config.bearable =
            Bearable { calm_bookings_of_a_team: NonZeroU32::new(CALM).unwrap(), ..Bearable::everything() };
        config.metrics_token = Some(TOKEN.to_owned());
    });
    server.open("shimane").await
}

/// A crowd that nobody could book for.
async fn crowd(server: &Server, count: u32) {
    for _ in 0..count {
        let headers = [("content-type", "application/json"), ("idempotency-key", "crowd")];
        server.post(BOOKINGS, &headers, r#"{"team":"shimane"}"#).await;
    }
}

async fn prove(server: &Server, key: &str, request: &BookingRequest, proof: &Proof) -> Answer {
    let headers = [("content-type", "application/json"), ("idempotency-key", key), (PROOF_HEADER, &proof.0)];
    server.post(BOOKINGS, &headers, request.to_json()).await
}

fn asked(answer: &Answer) -> Challenge {
    assert_eq!(code(answer), (429, "proof_needed".to_owned()));
    assert_eq!(answer.header("retry-after"), "60");
    Challenge::read(&answer.body).unwrap()
}

fn solve(challenge: &Challenge) -> u32 {
    match Solver::new(challenge).unwrap().step(u32::MAX) {
        Progress::Found(number) => number,
        other => panic!("what the server asks for cannot be done: {other:?}"),
    }
}

fn proof(challenge: &Challenge) -> Proof {
    challenge.solved(solve(challenge))
}

// A program took every time of the week in the minute it was published; her phone came second to all of them.
#[tokio::test]
async fn in_a_crowd_a_booking_costs_work_and_the_same_request_is_booked_once() {
    let server = server().await;
    let offered = offer(&server).await;
    let hers = request(&offered, "k1", &letter());
    crowd(&server, CALM).await;
    let challenge = asked(&send(&server, "k1", &hers).await);
    let first = prove(&server, "k1", &hers, &proof(&challenge)).await;
    assert_eq!(first.status, 201, "{}", first.text());
    // Her answer was lost. She asks again, works again and hears the same.
    let challenge = asked(&prove(&server, "k1", &hers, &proof(&challenge)).await);
    let again = prove(&server, "k1", &hers, &proof(&challenge)).await;
    assert_eq!(BookingView::read(&again.body), BookingView::read(&first.body));
    let text = server.ask(Method::GET, "/metrics", &[("authorization", &format!("Bearer {TOKEN}"))]).await;
    for (work, count) in [("Asked", 1), ("Solved", 2), ("Refused", 1)] {
        let line = format!("tonari_proofs_total{{work=\"{work}\"}} {count}\n");
        assert!(text.text().contains(&line), "{line} is not in\n{}", text.text());
    }
}

#[tokio::test]
async fn what_is_wrong_used_old_or_another_servers_is_asked_for_anew() {
    let server = server().await;
    let offered = offer(&server).await;
    let hers = request(&offered, "k1", &letter());
    crowd(&server, CALM).await;
    let challenge = asked(&send(&server, "k1", &hers).await);
    let number = solve(&challenge);
    let signed_by_us = Challenge { signature: "ab".repeat(32), ..challenge.clone() };
    let for_years = Challenge { salt: challenge.salt.replace('&', "9&"), ..challenge.clone() };
    for wrong in [
        challenge.solved(number ^ 1),
        signed_by_us.solved(number),
        for_years.solved(number),
        Proof(String::new()),
        Proof("é".to_owned()),
    ] {
        let anew = asked(&prove(&server, "k1", &hers, &wrong).await);
        assert_ne!(anew.challenge, challenge.challenge);
    }
    let other = self::server().await;
    crowd(&other, CALM).await;
    let foreign = asked(&send(&other, "k1", &hers).await);
    asked(&prove(&server, "k1", &hers, &proof(&foreign)).await);

    server.pass(LIFE);
    crowd(&server, CALM).await;
    asked(&prove(&server, "k1", &hers, &challenge.solved(number)).await);
    assert_eq!(offer(&server).await.times, offered.times, "nothing was booked");
}

#[tokio::test]
async fn who_is_not_in_the_crowd_is_asked_for_nothing_and_later_nobody_is() {
    let server = server().await.open("gunma").await;
    let offered = offer(&server).await;
    crowd(&server, CALM + 1).await;
    let elsewhere = Offer { team: domain::association::AssociationId("gunma".to_owned()), ..offered.clone() };
    assert_eq!(send(&server, "k1", &request(&elsewhere, "k1", &letter())).await.status, 201);
    asked(&send(&server, "k2", &request(&offered, "k2", &letter())).await);
    // Not a moment after the limit, but when half of it is left.
    server.pass(59);
    asked(&send(&server, "k2", &request(&offered, "k2", &letter())).await);
    server.pass(1);
    assert_eq!(send(&server, "k2", &request(&offered, "k2", &letter())).await.status, 201);
}

#[tokio::test]
async fn the_real_program_asks_over_a_real_connection() {
    let server = Running::start_with(&["--demo", "--calm-bookings-per-minute", "1"]);
    let body = |answer: &str| answer.split_once("\r\n\r\n").unwrap().1.as_bytes().to_vec();
    let get = format!("GET {} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n", slots_path(&team()));
    let offered = Offer::read(&body(&server.say(get.as_bytes()))).unwrap();
    let now = domain::calendar::to_rfc3339(server::service::system_clock()());
    let hers = |key: &str| BookingRequest { made_at: now.clone(), ..request(&offered, key, &letter()) };
    let post = |key: &str, more: &str| {
        let json = hers(key).to_json();
        let length = json.len();
        let request = format!(
            "POST {BOOKINGS} HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Idempotency-Key: {key}\r\nContent-Length: {length}\r\n{more}\r\n{json}"
        );
        server.say(request.as_bytes())
    };
    assert!(post("k1", "").starts_with("HTTP/1.1 201"));
    let answer = post("k1", "");
    assert!(answer.starts_with("HTTP/1.1 429"), "{answer}");
    let proof = proof(&Challenge::read(&body(&answer)).unwrap());
    let answer = post("k1", &format!("{PROOF_HEADER}: {}\r\n", proof.0));
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
}
