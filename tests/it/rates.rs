//! What one place may ask for, over the router and over real connections.

use std::num::NonZeroU32;

use axum::http::Method;
use server::limit::Allowance;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use crate::binary::Running;
use crate::server_under_test::{Answer, Server};

const CANCEL: &str = "/api/v1/bookings/nobody/cancel";
const FORWARDED: &str = "x-forwarded-for";

fn few(proxies: u8) -> Server {
    let few = NonZeroU32::new(3).unwrap();
    let allowance = Allowance { reads_per_minute: few, changes_per_minute: few, proxies };
    Server::start_with(|config| config.allowance = allowance)
}

fn refused(answer: &Answer) -> bool {
    if answer.status != 429 {
        return false;
    }
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["code"], "too_many_requests");
    let seconds: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=21).contains(&seconds), "{seconds}");
    true
}

async fn cancel(server: &Server, forwarded: &str) -> bool {
    !refused(&server.ask(Method::POST, CANCEL, &[(FORWARDED, forwarded)]).await)
}

// A spammer wrote another address into each request; every limit began anew with it.
#[tokio::test]
async fn e11_a_header_that_anybody_can_write_gives_nobody_more() {
    let server = few(0);
    for number in 0..3 {
        assert!(cancel(&server, &format!("203.0.113.{number}")).await);
    }
    assert!(!cancel(&server, "203.0.113.99").await);
    let server = few(1);
    for number in 0..3 {
        assert!(cancel(&server, &format!("203.0.113.{number}, 198.51.100.7")).await);
    }
    assert!(!cancel(&server, "203.0.113.99, 198.51.100.7").await, "the proxy saw the same address");
    assert!(cancel(&server, "203.0.113.99, 198.51.100.8").await, "and this is somebody else");
}

// Who floods one thing may still read where to call.
#[tokio::test]
async fn what_helps_her_on_is_not_taken_away() {
    let server = few(0);
    while cancel(&server, "").await {}
    for path in ["/", "/book/shimane", "/healthz", "/readyz", "/data/places.bin"] {
        assert_eq!(server.get(path).await.status, 200, "{path}");
    }
    for _ in 0..3 {
        assert_eq!(server.get("/api/v1/associations").await.status, 200);
    }
    assert!(refused(&server.get("/api/v1/associations").await));
    assert!(refused(&server.get("/api/v1/bookings/nobody").await), "all that reads is counted together");
}

#[tokio::test]
async fn the_connection_says_who_asks() {
    let server = Running::start_with(&["--changes-per-minute", "2"]);
    let mut heard = Vec::new();
    for from in ["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.2"] {
        heard.push(status(&server.address, from).await);
    }
    assert_eq!(heard, ["404", "404", "429", "404"]);
}

async fn status(address: &str, from: &str) -> String {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    let mut stream = socket.connect(address.parse().unwrap()).await.unwrap();
    let request =
        format!("POST {CANCEL} HTTP/1.1\r\nHost: tonari\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}
