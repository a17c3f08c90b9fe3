//! What whoever watches the server is told, and what nobody is.

use axum::http::Method;

use crate::bookings::{CANARY, letter, offer, request, send};
use crate::server_under_test::{Answer, Server};

const TOKEN: &str = "watch-4711";

async fn metrics(server: &Server, token: &str) -> Answer {
    server.ask(Method::GET, "/metrics", &[("authorization", &format!("Bearer {token}"))]).await
}

#[tokio::test]
async fn only_who_has_the_token_learns_that_there_are_numbers() {
    let server = Server::start();
    assert_eq!(metrics(&server, "").await.status, 404, "nobody set one");
    let server = Server::start_with(|config| config.metrics_token = Some(TOKEN.to_owned()));
    for wrong in ["", "watch-4712", "watch-47111"] {
        assert_eq!(metrics(&server, wrong).await.status, 404, "{wrong}");
    }
    assert_eq!(server.get("/metrics").await.status, 404);
    assert_eq!(metrics(&server, TOKEN).await.status, 200);
}

// Mails had not gone out for a day, and nobody knew before a founder called.
#[tokio::test]
async fn a_sending_that_stands_still_is_seen_and_nobody_in_it() {
    let server = Server::start_with(|config| config.metrics_token = Some(TOKEN.to_owned()));
    let server = server.open("shimane").await;
    let offered = offer(&server).await;
    let booked = send(&server, "k1", &request(&offered, "k1", &letter())).await;
    let token = booked.json()["token"].as_str().unwrap().to_owned();
    for path in [format!("/bookings/{token}"), format!("/{CANARY}"), format!("/api/v1/bookings/{token}")] {
        server.get(&path.replace(' ', "%20")).await;
    }
    server.ask(Method::from_bytes(b"INVENTED").unwrap(), "/", &[]).await;
    server.pass(86_400);
    let text = metrics(&server, TOKEN).await;
    let text = text.text();
    for line in [
        "tonari_requests_total{method=\"POST\",route=\"/api/v1/bookings\",status=\"201\"} 1",
        "tonari_requests_total{method=\"GET\",route=\"/api/v1/bookings/{token}\",status=\"200\"} 1",
        "tonari_requests_total{method=\"other\",route=\"refused\",status=\"405\"} 1",
        "tonari_request_seconds_count{route=\"/api/v1/bookings\"} 1",
        "tonari_mails_overdue 1",
        "tonari_mail_oldest_seconds 86400",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    for secret in [&token, "canary", "shimane", "INVENTED"] {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
}
