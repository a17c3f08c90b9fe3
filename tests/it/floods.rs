//! More than anybody needs to say: bodies without end, nested without end, packed without end, and another protocol.

use std::fmt::Write as _;
use std::io::{Read, Write};

use axum::http::Method;
use domain::api::BOOKINGS;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::binary::Running;
use crate::server_under_test::Server;

const MEGABYTE: usize = 1024 * 1024;

/// Ten megabytes that weigh ten kilobytes.
fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&vec![b' '; 10 * MEGABYTE]).unwrap();
    packed.finish().unwrap()
}

fn keys(how_many: usize) -> Vec<u8> {
    let mut json = "{".to_owned();
    for key in 0..how_many {
        write!(json, "\"{key}\":0,").unwrap();
    }
    (json + "\"last\":0}").into_bytes()
}

fn floods() -> [(&'static str, Vec<u8>); 6] {
    [
        ("10 MB", vec![b' '; 10 * MEGABYTE]),
        ("10,000 deep", "[".repeat(10_000).into_bytes()),
        ("10,000 deep in a field", format!("{{\"team\":{}", "{\"a\":".repeat(5_000)).into_bytes()),
        ("a million keys", keys(1_000_000)),
        ("as many keys as fit", keys(3_000)),
        ("a bomb", bomb()),
    ]
}

// One request with a body of a gigabyte, and the machine with everybody's bookings was gone.
#[tokio::test]
async fn c29_a_body_that_is_too_much_is_refused_whatever_it_is() {
    let server = Server::start().open("shimane").await;
    let json = [("content-type", "application/json"), ("idempotency-key", "k1")];
    let packed = [json[0], json[1], ("content-encoding", "gzip")];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for (name, flood) in floods() {
        let headers: &[_] = if name == "a bomb" { &packed } else { &json };
        for path in [BOOKINGS, "/api/v1/bookings/nobody/move"] {
            let answer = server.post(path, headers, flood.clone()).await;
            assert!(matches!(answer.status.as_u16(), 400 | 413), "{name} to {path}: {}", answer.status);
        }
        let answer = server.post("/form/shimane", &form, flood).await;
        assert!(answer.status.is_client_error(), "{name} to the form: {}", answer.status);
    }
    assert_eq!(server.ask(Method::GET, "/healthz", &[]).await.status, 200);
}

#[test]
fn c29_the_server_grows_no_heavier_by_what_it_refuses() {
    let server = Running::start();
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    let before = server.peak_memory();
    let flood = vec![b' '; 10 * MEGABYTE];
    for encoding in ["Content-Length: 10485760", "Transfer-Encoding: chunked"].repeat(5) {
        let head = format!(
            "POST {BOOKINGS} HTTP/1.1\r\nHost: tonari\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n\
             Connection: close\r\n{encoding}\r\n\r\n"
        );
        let mut stream = server.connect();
        stream.write_all(head.as_bytes()).unwrap();
        if encoding.starts_with("Transfer") {
            stream.write_all(b"A00000\r\n").unwrap();
        }
        // It may hang up as soon as it has seen enough.
        let _ = stream.write_all(&flood);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{encoding}: {answer}");
    }
    let grown = server.peak_memory() - before;
    assert!(grown < 8 * MEGABYTE, "{grown} bytes more after a hundred megabytes were sent");
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
}

// Rapid reset: streams opened and cancelled a million times a second. Who speaks no HTTP/2 has none to reset.
#[test]
fn c30_http_2_is_not_spoken_whoever_begins_with_it() {
    let server = Running::start();
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    let answer = server.say(&[&preface[..], &settings].concat());
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5"),
        "{answer}"
    );
    // Asked for politely, it stays with what it speaks.
    let upgrade = "GET /healthz HTTP/1.1\r\nHost: tonari\r\nConnection: close, Upgrade, HTTP2-Settings\r\n\
                   Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
    assert!(server.say(upgrade.as_bytes()).starts_with("HTTP/1.1 200"));
}
