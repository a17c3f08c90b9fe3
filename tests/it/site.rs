//! The built app as it reaches a phone: pages, files, encodings, tags, and the worker's manifest.

use std::io::Read;

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::server_under_test::{Answer, Server};

const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[tokio::test]
async fn the_first_page_lists_all_associations_and_carries_the_key() {
    let server = Server::start();
    let page = server.get("/").await;
    assert_eq!(page.text().matches("class=\"tn-plain__item\"").count(), 51);
    assert!(page.text().contains("<section id=\"associations\""));
    assert!(!page.text().contains("__TONARI_EDITION_KEY__") && !page.text().contains("tonari:associations"));
}

#[tokio::test]
async fn the_apps_own_addresses_are_the_page_and_others_say_404() {
    let server = Server::start();
    let page = server.get("/").await.body;
    for path in ["/find", "/find?pref=32", "/saved", "/device", "/about", "/saved/"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status.as_u16(), &answer.body), (200, &page), "{path}");
    }
    for path in ["/associations/yokohama-shi", "/associations/shimane/"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.body != page), (200, true), "{path}");
        assert!(answer.text().contains("信用保証協会") && answer.text().contains("要確認"), "{path}");
    }
    let book = server.get("/bookings").await.body;
    assert_ne!(book, page);
    for path in ["/book/shimane", "/book/shimane?step=check", "/bookings/019abf1e", "/bookings/"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status.as_u16(), &answer.body), (200, &book), "{path}");
        assert!(!answer.text().contains("__TONARI_EDITION_KEY__"));
    }
    for path in [
        "/book/tokyo",
        "/book/nowhere",
        "/book",
        "/bookings/a/b",
        "/nowhere",
        "/associations/nowhere",
        "/associations/",
        "/find/more",
        "/6900887",
    ] {
        let answer = server.ask(Method::GET, path, &[HTML]).await;
        assert_eq!((answer.status.as_u16(), &answer.body), (404, &page), "{path}");
        assert_eq!((answer.header("cache-control"), answer.header("etag")), ("no-store", ""), "{path}");
        let part = server.get(path).await;
        assert_eq!((part.status.as_u16(), part.text()), (404, "not found\n"), "{path} asked for by a script");
    }
}

// HTML in place of a script is how a service worker or a module dies.
#[tokio::test]
async fn b08_a_missing_file_is_never_html() {
    let server = Server::start();
    for path in
        ["/missing.js", "/data/missing.bin", "/app-0000000000000000_bg.wasm", "/../Cargo.toml", "/.env"]
    {
        let answer = server.ask(Method::GET, path, &[HTML]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "text/plain; charset=utf-8"),
            "{path}"
        );
    }
    let worker = server.ask(Method::GET, "/sw.js", &[HTML]).await;
    assert_eq!(
        (worker.status.as_u16(), worker.header("content-type")),
        (200, "text/javascript; charset=utf-8")
    );
    assert_eq!(worker.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn the_workers_manifest_hashes_exactly_what_a_screen_shows() {
    let server = Server::start();
    let worker = server.get("/sw.js").await;
    let literal = worker.text().lines().find_map(|line| line.strip_prefix("const MANIFEST = ")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(literal.strip_suffix(';').unwrap()).unwrap();
    let files = manifest["files"].as_object().unwrap();
    let paths: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "/",
            "/app-8f2c4e1a9b3d7f60.js",
            "/app-8f2c4e1a9b3d7f60_bg.wasm",
            "/boot.js",
            "/data/places.bin",
            "/early.js",
            "/manifest.webmanifest",
            "/tonari-0a1b2c3d4e5f6071.css",
        ]
    );
    let later = manifest["later"].as_object().unwrap();
    assert_eq!(
        later.keys().collect::<Vec<_>>(),
        [
            "/book-0123456789abcdef.js",
            "/book-0123456789abcdef_bg.wasm",
            "/bookings",
            "/read-fedcba9876543210.js",
            "/read-fedcba9876543210_bg.wasm",
            "/read.html",
            "/words/en.json",
        ],
        "kept by those who ask for it"
    );
    for (path, hash) in files.iter().chain(later) {
        let served = server.get(path).await;
        assert_eq!(hash, &STANDARD.encode(Sha256::digest(&served.body)), "{path}");
    }
    let meta = server.get("/api/v1/meta").await.json();
    assert_eq!(meta["version"], manifest["version"]);
}

#[tokio::test]
async fn hashed_names_are_kept_for_ever_and_others_asked_for_each_time() {
    let server = Server::start();
    for path in ["/app-8f2c4e1a9b3d7f60.js", "/tonari-0a1b2c3d4e5f6071.css", "/app-1111222233334444.js"] {
        assert!(server.get(path).await.header("cache-control").contains("immutable"), "{path}");
    }
    for path in ["/", "/sw.js", "/boot.js", "/early.js", "/data/places.bin", "/api/v1/associations"] {
        let answer = server.get(path).await;
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert!(answer.header("etag").starts_with('"'), "{path}");
    }
}

// A tab opened before an update loads something late; without its own build's file it would show a blank page.
#[tokio::test]
async fn b07_a_file_of_an_earlier_build_is_still_there_but_only_under_its_hash() {
    let server = Server::start();
    assert!(server.get("/app-1111222233334444.js").await.text().contains("yesterday"));
    assert!(
        server.get("/boot.js").await.text().contains("import("),
        "boot.js comes from the build that runs"
    );
}

#[tokio::test]
async fn what_a_phone_has_is_not_sent_again() {
    let server = Server::start();
    for path in
        ["/", "/find", "/sw.js", "/app-8f2c4e1a9b3d7f60.js", "/data/places.bin", "/api/v1/associations"]
    {
        let first = server.ask(Method::GET, path, &[("accept-encoding", "br")]).await;
        let tag = first.header("etag").to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let headers = [("accept-encoding", "br"), ("if-none-match", known.as_str())];
            let again = server.ask(Method::GET, path, &headers).await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{path} {known}");
            assert_eq!(again.header("etag"), tag, "{path}");
            assert_eq!(again.header("cache-control"), first.header("cache-control"), "{path}");
        }
        let other = [("accept-encoding", "gzip"), ("if-none-match", tag.as_str())];
        assert_eq!(
            server.ask(Method::GET, path, &other).await.status,
            200,
            "each encoding has its own tag: {path}"
        );
    }
}

#[tokio::test]
async fn every_encoding_unpacks_to_the_same_bytes() {
    let server = Server::start();
    for path in ["/", "/app-8f2c4e1a9b3d7f60.js", "/app-8f2c4e1a9b3d7f60_bg.wasm", "/api/v1/associations"] {
        let plain = server.get(path).await;
        let brotli = server.ask(Method::GET, path, &[("accept-encoding", "gzip, br")]).await;
        let gzip = server.ask(Method::GET, path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(
            (plain.header("content-encoding"), plain.header("vary")),
            ("", "accept-encoding"),
            "{path}"
        );
        assert_eq!(
            (brotli.header("content-encoding"), gzip.header("content-encoding")),
            ("br", "gzip"),
            "{path}"
        );
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&brotli.body[..], 4096).read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == plain.body, "{path}");
        unpacked.clear();
        flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == plain.body, "{path}");
        assert!(brotli.body.len() < plain.body.len() && length(&brotli) == brotli.body.len(), "{path}");
    }
    let picture = server.ask(Method::GET, "/icon-512.png", &[("accept-encoding", "br")]).await;
    assert_eq!((picture.header("content-encoding"), picture.header("vary")), ("", ""), "already compressed");
}

fn length(answer: &Answer) -> usize {
    answer.header("content-length").parse().unwrap()
}

#[tokio::test]
async fn a_second_start_takes_the_compressed_files_from_its_folder() {
    let server = Server::start();
    let folder = server.var.path().join("compressed");
    let names = || std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect::<Vec<_>>();
    assert!(names().len() >= 8, "{:?}", names());
    std::fs::write(folder.join("left-over.br"), b"of a build long gone").unwrap();
    let page = server.ask(Method::GET, "/", &[("accept-encoding", "br")]).await;

    let again = Server::start_with(|config| config.var = server.var.path().to_path_buf());
    assert_eq!(again.ask(Method::GET, "/", &[("accept-encoding", "br")]).await.body, page.body);
    assert!(!folder.join("left-over.br").exists());
}
