//! Every route, every method: the security headers are there, and no cache keeps what it must not.

use axum::http::Method;

use crate::server_under_test::Server;

const PATHS: [&str; 17] = [
    "/",
    "/find?pref=32",
    "/associations/shimane",
    "/associations/nowhere",
    "/no/such/page",
    "/boot.js",
    "/sw.js",
    "/data/places.bin",
    "/icon-512.png",
    "/app-8f2c4e1a9b3d7f60_bg.wasm",
    "/missing.js",
    "/api/v1/associations",
    "/api/v1/meta",
    "/api/v1/nothing",
    "/api/openapi.json",
    "/healthz",
    "/readyz",
];

#[tokio::test]
async fn every_answer_to_every_method_carries_the_security_headers() {
    let server = Server::start();
    for path in PATHS {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::DELETE, Method::OPTIONS] {
            let answer = server.ask(method.clone(), path, &[("accept", "text/html")]).await;
            let csp = answer.header("content-security-policy");
            assert!(
                csp.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"),
                "{method} {path}"
            );
            assert!(
                csp.contains("frame-ancestors 'none'; require-trusted-types-for 'script'"),
                "{method} {path}"
            );
            assert!(!csp.contains("unsafe-inline") && !csp.contains("'unsafe-eval'"), "{method} {path}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cross-origin-opener-policy", "same-origin"),
            ] {
                assert_eq!(answer.header(name), value, "{name} of {method} {path}");
            }
            assert!(
                answer.header("permissions-policy").starts_with("geolocation=(self), "),
                "{method} {path}"
            );
            assert_eq!(answer.header("strict-transport-security"), "", "no HSTS over http");
            assert_eq!(answer.header("set-cookie"), "", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn hsts_is_sent_where_people_come_over_https() {
    let server = Server::start_with(|c| c.public_url = Some("https://tonari.example.jp".parse().unwrap()));
    assert!(server.get("/").await.header("strict-transport-security").contains("max-age=63072000"));
}

#[tokio::test]
async fn a_wrong_method_is_told_which_ones_are_right() {
    let server = Server::start();
    for path in PATHS.iter().filter(|path| !path.starts_with("/api/v1/nothing")) {
        let answer = server.ask(Method::POST, path, &[]).await;
        assert_eq!(answer.status, 405, "{path}");
        assert_eq!(answer.header("allow").replace(' ', ""), "GET,HEAD", "{path}");
    }
    let refused = server.ask(Method::DELETE, "/api/v1/meta", &[]).await;
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.json()["code"], "method_not_allowed");
}

#[tokio::test]
async fn head_says_what_get_would_and_sends_nothing() {
    let server = Server::start();
    for path in PATHS {
        let get = server.ask(Method::GET, path, &[]).await;
        let head = server.ask(Method::HEAD, path, &[]).await;
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-type", "etag", "cache-control", "content-length"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
}
