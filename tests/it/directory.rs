//! The signed directory: what is published, and that a phone can check it with the key in its page.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::directory::Edition;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

use crate::server_under_test::{Answer, Server, app, config};

const BUNDLED: &[u8] = include_bytes!("../../public/data/directory.json");

pub fn bundled() -> Edition {
    Edition::parse(BUNDLED).unwrap()
}

/// As a phone does it: the raw point from the meta tag, r‖s from the header, the exact bytes of the body.
pub fn verifies(page: &Answer, answer: &Answer, body: &[u8]) -> bool {
    let (_, key) = page.text().split_once("<meta name=\"tonari-edition-key\" content=\"").unwrap();
    let (key, _) = key.split_once('"').unwrap();
    let key = VerifyingKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(key).unwrap()).unwrap();
    let signature = URL_SAFE_NO_PAD.decode(answer.header("tonari-signature")).unwrap();
    assert_eq!(signature.len(), 64, "r‖s, as WebCrypto wants it");
    key.verify(body, &Signature::from_slice(&signature).unwrap()).is_ok()
}

// A team opened its first times; phones that had the newest edition went on showing only the telephone.
#[tokio::test]
async fn the_teams_that_take_bookings_are_told_also_to_who_has_the_edition() {
    let server = Server::start();
    let first = server.get("/api/v1/associations").await;
    assert_eq!(first.header("tonari-bookable"), "");
    let server = server.open("shimane").await.open("akita").await;
    let tag = [("if-none-match", first.header("etag"))];
    let again = server.ask(Method::GET, "/api/v1/associations", &tag).await;
    assert_eq!((again.status.as_u16(), again.header("tonari-bookable")), (304, "akita shimane"));
}

#[tokio::test]
async fn the_directory_verifies_with_the_key_in_the_page_and_a_changed_one_does_not() {
    let server = Server::start();
    let page = server.get("/").await;
    let answer = server.get("/api/v1/associations").await;
    assert_eq!(answer.header("tonari-edition"), "1");
    assert_eq!(Edition::parse(&answer.body).unwrap(), bundled());
    assert!(verifies(&page, &answer, &answer.body));
    let mut changed = answer.body.clone();
    let last = changed.len() - 3;
    changed[last] ^= 1;
    assert!(!verifies(&page, &answer, &changed));
}

#[tokio::test]
async fn a_304_still_says_which_edition_and_signature_it_confirms() {
    let server = Server::start();
    let first = server.get("/api/v1/associations").await;
    let known = [("if-none-match", first.header("etag"))];
    let again = server.ask(Method::GET, "/api/v1/associations", &known).await;
    assert_eq!(again.status, 304);
    for name in ["tonari-edition", "tonari-signature"] {
        assert_eq!(again.header(name), first.header(name));
    }
}

#[tokio::test]
async fn the_key_stays_and_belongs_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let server = Server::start();
    let key = server.var.path().join("edition.key");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let first = server.get("/api/v1/associations").await;
    let again = Server::start_with(|config| config.var = server.var.path().to_path_buf());
    let second = again.get("/api/v1/associations").await;
    assert_eq!(first.header("tonari-signature"), second.header("tonari-signature"));
    assert!(verifies(&again.get("/").await, &first, &first.body));
}

#[tokio::test]
async fn a_newer_edition_in_the_folder_is_published_and_an_older_one_is_not() {
    for (number, expected) in [(7, "7"), (1, "1"), (0, "1")] {
        let server = Server::start_with(|config| {
            let edition = Edition { number, ..bundled() };
            std::fs::write(config.var.join("edition.json"), serde_json::to_vec(&edition).unwrap()).unwrap();
        });
        let answer = server.get("/api/v1/associations").await;
        assert_eq!(answer.header("tonari-edition"), expected);
        assert_eq!(server.get("/api/v1/meta").await.json()["edition"].to_string(), expected);
        assert!(verifies(&server.get("/").await, &answer, &answer.body));
    }
}

#[test]
fn a_broken_edition_or_key_keeps_the_server_from_starting() {
    let refused = |name: &str, content: &[u8]| {
        let var = tempfile::tempdir().unwrap();
        std::fs::write(var.path().join(name), content).unwrap();
        std::process::Command::new("chmod").arg("600").arg(var.path().join(name)).status().unwrap();
        let why = app(&config(var.path())).err().unwrap().to_string();
        assert!(why.contains(name) && !why.contains('\n'), "{why}");
        why
    };
    assert!(refused("edition.json", b"{\"number\":9").contains("not the JSON of an edition"));
    let mut partial = Edition { number: 9, ..bundled() };
    partial.associations.pop();
    assert!(refused("edition.json", &serde_json::to_vec(&partial).unwrap()).contains("prefecture 47"));
    assert!(refused("edition.key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n").contains("not a P-256 key"));
}

#[tokio::test]
async fn unknown_resources_of_the_api_are_problems_with_a_code() {
    let server = Server::start();
    for path in ["/api", "/api/", "/api/v1/nothing", "/api/v2/associations"] {
        let answer = server.ask(Method::GET, path, &[("accept", "text/html")]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "application/problem+json"),
            "{path}"
        );
        assert_eq!(answer.json()["code"], "not_found", "{path}");
    }
}

#[tokio::test]
async fn the_api_describes_itself_with_every_route_and_every_reference_resolved() {
    let server = Server::start();
    let description = server.get("/api/openapi.json").await.json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"), "{}", description["openapi"]);
    let paths = description["paths"].as_object().unwrap();
    for path in ["/api/v1/associations", "/api/v1/meta", "/healthz", "/readyz"] {
        assert!(paths[path]["get"]["responses"]["200"].is_object(), "{path}");
        assert_eq!(server.get(path).await.status, 200, "{path}");
    }
    assert!(paths["/api/v1/bookings"]["post"]["responses"]["429"].is_object(), "what is limited says so");
    let text = description.to_string();
    let references: Vec<&str> =
        text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    assert!(references.len() > 10);
    for reference in references {
        assert!(description.pointer(reference).is_some(), "{reference}");
    }
}
