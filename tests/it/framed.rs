//! The page of a frame: what it says without its app, and what it is told; and the script that makes frames.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use scraper::{Html, Selector};
use sha2::{Digest, Sha384};

use crate::framing::{BLOG, OFFICIAL, allow};
use crate::server_under_test::{Answer, Server, fixture_site};

fn texts(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).map(|one| one.text().collect()).collect()
}

fn hosts(answer: &Answer) -> Vec<String> {
    let page = Html::parse_document(answer.text());
    let meta = Selector::parse("meta[name=tonari-hosts]").unwrap();
    let content = page.select(&meta).next().unwrap().attr("content").unwrap();
    content.split(' ').map(str::to_owned).collect()
}

// Her browser had no WebAssembly; the box on the association's page stayed white.
#[tokio::test]
async fn a_frame_says_how_to_reach_the_association_before_its_app() {
    let server = Server::start();
    for (query, language, heading, whole) in [
        ("", "ja", "島根県信用保証協会 エスポワール", "となりの画面で開く"),
        ("&lang=ja-easy", "ja", "島根県信用保証協会 エスポワール", "となりの画面で開く"),
        ("&lang=tlh", "ja", "島根県信用保証協会 エスポワール", "となりの画面で開く"),
        ("&lang=en", "en", "島根県信用保証協会", "Open in Tonari"),
    ] {
        let answer = server.get(&format!("/embed/book?team=shimane{query}")).await;
        assert!(!answer.text().contains("__TONARI") && !answer.text().contains("<!--"), "{query}");
        let page = Html::parse_document(answer.text());
        assert_eq!(page.root_element().attr("lang"), Some(language), "{query}");
        assert!(texts(&page, "h1")[0].starts_with(heading), "{:?}", texts(&page, "h1"));
        assert_eq!(texts(&page, "a[href='/book/shimane']"), [whole]);
        assert_eq!(texts(&page, "a[href='/form/shimane']").len(), 1);
        assert_eq!(texts(&page, &format!("a[href^='{OFFICIAL}']")).len(), 1);
        let links = Selector::parse("main a:not([href^='tel:'])").unwrap();
        for link in page.select(&links) {
            assert_eq!((link.attr("target"), link.attr("rel")), (Some("_blank"), Some("noopener")));
        }
    }
    let unknown = server.get("/embed/team?team=tokyo").await;
    let page = Html::parse_document(unknown.text());
    assert!(unknown.text().contains("要確認"), "no number is guessed");
    assert!(texts(&page, "a[href^='tel:'], a[href^='/form']").is_empty());
    let nobody = server.get("/embed/events?lang=en").await;
    let page = Html::parse_document(nobody.text());
    assert_eq!(texts(&page, "h1"), ["Events"]);
    assert_eq!(
        (texts(&page, "a[href='/events']").len(), texts(&page, "a[href='/#associations']").len()),
        (1, 1)
    );
}

#[tokio::test]
async fn a_frame_is_told_who_may_show_it_and_where_it_is_itself() {
    let server = Server::start();
    allow(&server, "shimane", BLOG).await;
    let ask = async |server: &Server, headers: &[(&str, &str)]| {
        hosts(&server.ask(Method::GET, "/embed/team?team=shimane", headers).await)
    };
    let said = ask(&server, &[("host", "localhost:8123")]).await;
    assert_eq!(said, ["http://localhost:8123", BLOG, OFFICIAL]);
    // Whoever writes the request by hand gets no other host in.
    for evil in ["evil.example", "evil.example\" x=\"", "localhost:1 https://evil.example"] {
        let told = ask(&server, &[("host", evil)]).await;
        assert!(told.iter().all(|host| !host.contains("evil")), "{told:?}");
    }
    let public = Server::start_with(|c| c.public_url = Some("https://tonari.example.jp".parse().unwrap()));
    for host in ["tonari.example.jp", "localhost:8123"] {
        assert_eq!(ask(&public, &[("host", host)]).await, ["https://tonari.example.jp", OFFICIAL]);
    }
}

#[tokio::test]
async fn what_is_no_frame_is_not_found_and_a_build_without_one_has_none() {
    let server = Server::start();
    for path in
        ["/embed.html", "/embed/elsewhere", "/embed/book", "/embed/book?team=tokyo", "/embed/team?team=x"]
    {
        let answer = server.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (404, "not found\n"), "{path}");
    }
    let site = tempfile::tempdir().unwrap();
    let copied = ["index.html", "sw.js", "boot.js"];
    for name in copied {
        fs::copy(fixture_site().join(name), site.path().join(name)).unwrap();
    }
    let server = Server::start_with(|config| config.site = site.path().to_path_buf());
    assert!(server.app.site.loader().is_none());
    for path in ["/embed/find", "/embed/team?team=shimane", "/embed.js", "/embed.1.js"] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
    let page = server.ask(Method::GET, "/embed/find", &[("accept", "text/html")]).await;
    assert_eq!((page.status.as_u16(), page.header("x-frame-options")), (404, "DENY"));
}

// A host's page named the script by its hash; an update changed a comment in it, and the widget was gone everywhere.
#[tokio::test]
async fn the_loader_has_a_name_that_stays_and_one_that_never_changes() {
    let server = Server::start();
    let (evergreen, first) = (server.get("/embed.js").await, server.get("/embed.1.js").await);
    assert_eq!(evergreen.body, first.body);
    assert_eq!(evergreen.header("cache-control"), "public, max-age=600, stale-while-revalidate=86400");
    assert_eq!(first.header("cache-control"), "public, max-age=31536000, immutable");
    for answer in [&evergreen, &first] {
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "*",
            "integrity is checked on what may be read"
        );
        assert!(answer.header("etag").starts_with('"'));
    }
    let loader = server.app.site.loader().unwrap();
    assert_eq!(loader.version, 1);
    assert_eq!(loader.integrity, integrity(&first.body));
    let tag = [("if-none-match", evergreen.header("etag"))];
    assert_eq!(server.ask(Method::GET, "/embed.js", &tag).await.status, 304);
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Versions that were published, by what pages of others have in them. Never changed: a change is a new version.
const PUBLISHED: [(&str, &str); 1] =
    [("embed.1.js", "sha384-4uXGRchpEMJZRlyNbPiQErGF+f/njmv6UleT4Ms0t3g8ip8euVaOYKv9xEPpjmPo")];

#[test]
fn a_published_version_of_the_loader_never_changes() {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
    let names = fs::read_dir(&public).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = names.filter(|name| name.starts_with("embed.")).collect();
    let recorded: BTreeSet<String> = PUBLISHED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(there, recorded, "write a new version down when it is published; take none away");
    for (name, expected) in PUBLISHED {
        assert_eq!(integrity(&fs::read(public.join(name)).unwrap()), expected, "{name}");
    }
}
