//! Whose pages may show ours, and who may read what: every address there is, and every kind of answer.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use axum::http::Method;
use domain::api::{BOOKINGS, slots_path};
use domain::association::AssociationId;
use domain::embed::Origin;
use server::store::hosts::Host;

use crate::bookings::team;
use crate::reading::{items, publish};
use crate::server_under_test::{Answer, MONDAY, Server};

pub const OFFICIAL: &str = "https://www.shimane-cgc.or.jp";
pub const BLOG: &str = "https://blog.example.jp:8443";
const METHODS: [Method; 6] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS];

/// What every page of ours says, but for who may frame it.
const OURS: [(&str, &str); 12] = [
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("worker-src", "'self'"),
    ("frame-src", "'none'"),
    ("base-uri", "'self'"),
    ("form-action", "'none'"),
    ("require-trusted-types-for", "'script'"),
    ("trusted-types", "default"),
];

pub async fn allow(server: &Server, association: &str, origin: &str) {
    assert!(server.app.hosts.store.allow(host(association, origin), MONDAY).await.unwrap());
    // The server looks once a second.
    server.pass(2);
}

fn host(association: &str, origin: &str) -> Host {
    Host { association: AssociationId(association.to_owned()), origin: Origin::parse(origin).unwrap() }
}

fn directives(answer: &Answer) -> BTreeMap<&str, &str> {
    let policy = answer.header("content-security-policy").split("; ");
    let pairs: Vec<_> = policy.map(|one| one.split_once(' ').unwrap()).collect();
    let map: BTreeMap<_, _> = pairs.iter().copied().collect();
    assert_eq!(map.len(), pairs.len(), "the first of two directives counts: {pairs:?}");
    map
}

fn ancestors(answer: &Answer) -> BTreeSet<&str> {
    directives(answer)["frame-ancestors"].split(' ').collect()
}

/// Not in a frame; and read by others, or not.
fn assert_refused(answer: &Answer, is_shared: bool, at: &str) {
    assert_eq!(directives(answer)["frame-ancestors"], "'none'", "{at}");
    assert_eq!(answer.header("x-frame-options"), "DENY", "{at}");
    assert_eq!(answer.header("cross-origin-embedder-policy"), "", "{at}");
    let whom = if is_shared { "cross-origin" } else { "same-origin" };
    assert_eq!(answer.header("cross-origin-resource-policy"), whom, "{at}");
    assert_eq!(answer.header("access-control-allow-origin"), if is_shared { "*" } else { "" }, "{at}");
    let never =
        ["access-control-allow-credentials", "access-control-allow-methods", "access-control-allow-headers"];
    assert!(never.iter().all(|name| answer.header(name).is_empty()), "{at}");
}

/// The paths of the description, and whether others may read them.
async fn described(server: &Server) -> Vec<(String, bool)> {
    const SHARED: [&str; 6] = [
        "/api/v1/associations",
        "/api/v1/meta",
        "/api/v1/stories",
        "/api/v1/events",
        "/api/v1/notices",
        "/api/v1/teams/{team}/slots",
    ];
    let description = server.get("/api/openapi.json").await.json();
    let paths: Vec<String> = description["paths"].as_object().unwrap().keys().cloned().collect();
    assert!(
        SHARED.iter().all(|path| paths.iter().any(|other| other == path)) && paths.len() > 14,
        "{paths:?}"
    );
    let filled = |path: &str| path.replace("{team}", "shimane").replace("{token}", "nobody");
    paths.iter().map(|path| (filled(path), SHARED.contains(&path.as_str()))).collect()
}

/// Everything else that is answered.
const REST: [(&str, bool); 49] = [
    ("/", false),
    ("/index.html", false),
    ("/find?pref=32", false),
    ("/saved", false),
    ("/associations/shimane", false),
    ("/associations/nowhere", false),
    ("/book/shimane", false),
    ("/bookings", false),
    ("/bookings/019abf1e", false),
    ("/read", false),
    ("/read/a-case", false),
    ("/read/nothing", false),
    ("/read.html", false),
    ("/events", false),
    ("/notices/a-notice", false),
    ("/reading-list", false),
    ("/form", false),
    ("/form/shimane", false),
    ("/form/nowhere", false),
    ("/form/bookings/nobody", false),
    ("/events.ics", false),
    ("/events/a-seminar.ics", false),
    ("/events/nothing.ics", false),
    ("/feed.atom", false),
    ("/sitemap.xml", false),
    ("/robots.txt", false),
    ("/api/openapi.json", false),
    ("/api/v1/nothing", false),
    ("/nowhere", false),
    ("/missing.js", false),
    ("/embed", false),
    ("/embed/", false),
    ("/embed/elsewhere", false),
    ("/embed/team", false),
    ("/embed/book?team=tokyo", false),
    ("/embed/find?team=nowhere", false),
    ("/embed.html", false),
    ("/embed/find/more?team=shimane", false),
    ("/desk", false),
    ("/desk/", false),
    ("/desk/bookings/AAAA0000", false),
    ("/desk/desk-0f1e2d3c4b5a6978.js", false),
    ("/desk/api/me", false),
    ("/desk/api/invitations/nobody", false),
    ("/desk/api/nothing", false),
    ("/boot.js", true),
    ("/data/places.bin", true),
    ("/words/en.json", true),
    ("/app-1111222233334444.js", true),
];

// One page that could be framed was enough: she pressed what lay under what she saw.
#[tokio::test]
async fn every_answer_but_a_frame_refuses_to_be_framed_and_only_what_is_public_is_read_by_others() {
    let server =
        Server::start_with(|config| config.metrics_token = Some("t".to_owned())).open("shimane").await;
    publish(&server, &items()).await;
    allow(&server, "shimane", BLOG).await;
    let rest = REST.iter().map(|(path, is_shared)| ((*path).to_owned(), *is_shared));
    for (path, is_shared) in described(&server).await.into_iter().chain(rest) {
        for method in METHODS {
            for accept in ["text/html", "*/*"] {
                let headers = [("accept", accept), ("origin", "https://evil.example")];
                let answer = server.ask(method.clone(), &path, &headers).await;
                let reads = [Method::GET, Method::HEAD].contains(&method);
                assert_refused(&answer, is_shared && reads, &format!("{method} {path} {accept}"));
            }
        }
    }
    let large = server.post(BOOKINGS, &[("content-type", "application/json")], vec![b' '; 1 << 20]).await;
    assert_eq!(large.status, 413);
    assert_refused(&large, false, "413");
    for path in ["/embed/find", "/embed/team?team=shimane"] {
        for method in [Method::POST, Method::OPTIONS, Method::DELETE] {
            let answer = server.ask(method, path, &[]).await;
            assert_eq!(answer.status, 405, "{path}");
            assert_refused(&answer, false, path);
        }
    }
}

#[tokio::test]
async fn why_something_public_cannot_be_read_is_public_too() {
    let few = NonZeroU32::new(3).unwrap();
    let server = Server::start_with(|config| config.allowance.reads_per_minute = few).open("shimane").await;
    let path = slots_path(&team());
    let first = server.get(&path).await;
    let tag = [("if-none-match", first.header("etag"))];
    let known = server.ask(Method::GET, &path, &tag).await;
    let unknown = server.get("/api/v1/teams/nowhere/slots").await;
    let refused = server.get(&path).await;
    for (answer, status) in [(first, 200), (known, 304), (unknown, 404), (refused, 429)] {
        assert_eq!(answer.status, status);
        assert_refused(&answer, true, &status.to_string());
        let exposed = answer.header("access-control-expose-headers");
        for name in ["ETag", "Tonari-Signature", "Tonari-Keep-Until", "Retry-After"] {
            assert!(exposed.split(", ").any(|one| one == name), "{status}: {exposed}");
        }
    }
    let refused = server.get("/api/v1/bookings/nobody").await;
    assert_eq!(refused.status, 429);
    assert_refused(&refused, false, "whose address holds a token");
}

#[tokio::test]
async fn a_frame_is_as_strict_as_the_app_but_for_who_may_show_it() {
    let server = Server::start();
    allow(&server, "shimane", BLOG).await;
    let answer = server.get("/embed/team?team=shimane&theme=dark&accent=0a7c86").await;
    assert_eq!(answer.status, 200);
    let mut expected: BTreeMap<&str, &str> = OURS.into();
    expected.remove("worker-src");
    expected.remove("manifest-src");
    let ancestors = format!("'self' {BLOG} {OFFICIAL}");
    expected.insert("frame-ancestors", &ancestors);
    assert_eq!(directives(&answer), expected);
    // To WebKit a frame that its host has sandboxed has no `'self'`; where we know our name, we say it.
    let own = "https://tonari.example.jp";
    let known = Server::start_with(|c| c.public_url = Some(own.parse().unwrap()));
    let answer_there = known.get("/embed/team?team=shimane").await;
    for name in ["script-src", "style-src", "img-src", "connect-src", "base-uri"] {
        assert_eq!(directives(&answer_there)[name], format!("{} {own}", expected[name]), "{name}");
    }
    let page = server.get("/").await;
    assert_eq!(directives(&page), OURS.into_iter().chain([("frame-ancestors", "'none'")]).collect());
    for (name, value) in [
        ("x-frame-options", ""),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("access-control-allow-origin", ""),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-cache"),
        ("set-cookie", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let features = answer.header("permissions-policy");
    assert!(features.split(", ").all(|feature| feature.ends_with("=()")), "{features}");
    let of_page = page.header("permissions-policy");
    assert_eq!(of_page.replace("geolocation=(self)", "geolocation=()"), features, "the same features");
}

// 島根 allowed a fair's page, and on that page stood 群馬's widget, which nobody there had been asked about.
#[tokio::test]
async fn what_one_association_allows_is_not_allowed_for_another() {
    let server = Server::start();
    allow(&server, "shimane", BLOG).await;
    allow(&server, "gunma", "https://fair.example.jp").await;
    let of = async |address: &str| {
        let answer = server.get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        ancestors(&answer).into_iter().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    for view in ["find", "team", "book", "stories", "events"] {
        let shimane = of(&format!("/embed/{view}?team=shimane")).await;
        assert_eq!(shimane, ["'self'", BLOG, OFFICIAL].map(str::to_owned).into(), "{view}");
        let gunma = of(&format!("/embed/{view}?team=gunma&lang=en")).await;
        assert!(
            gunma.contains("https://fair.example.jp")
                && gunma.is_disjoint(&[BLOG, OFFICIAL].map(str::to_owned).into())
        );
    }
    let all = of("/embed/find").await;
    let published = server.app.published();
    let edition = &published.edition.associations;
    let encrypted = edition.iter().filter(|one| one.website.value.starts_with("https://")).count();
    assert_eq!(all.len(), 1 + 2 + encrypted, "ours, two that were allowed, and the official sites");
    assert!(all.iter().all(|one| one == "'self'" || one.starts_with("https://")), "{all:?}");
    assert!(all.iter().map(String::len).sum::<usize>() < 4096, "proxies refuse larger headers");
}

// A host was taken back; whoever had been there before saw the widget on it for another month, out of her cache.
#[tokio::test]
async fn a_host_that_is_taken_back_is_no_host_a_second_later_also_for_who_has_the_page() {
    let server = Server::start();
    allow(&server, "shimane", BLOG).await;
    let address = "/embed/team?team=shimane";
    let before = server.get(address).await;
    let tag = [("if-none-match", before.header("etag"))];
    let same = server.ask(Method::GET, address, &tag).await;
    assert_eq!((same.status.as_u16(), ancestors(&same)), (304, ancestors(&before)));
    assert!(server.app.hosts.store.refuse(host("shimane", BLOG)).await.unwrap());
    server.pass(2);
    let after = server.ask(Method::GET, address, &tag).await;
    assert_eq!((after.status.as_u16(), ancestors(&after)), (200, ["'self'", OFFICIAL].into()));
    assert!(!after.text().contains(BLOG));
}

// The database was away for a minute, and every widget in the country was a blank box.
#[tokio::test]
async fn c19_frames_go_on_while_the_database_cannot_be_asked_and_nobody_is_let_in_by_that() {
    let server = Server::start();
    allow(&server, "shimane", BLOG).await;
    let address = "/embed/team?team=shimane";
    assert!(ancestors(&server.get(address).await).contains(BLOG));
    let spoiler = rusqlite::Connection::open(server.var.path().join("tonari.db")).unwrap();
    spoiler.execute_batch("ALTER TABLE hosts RENAME TO elsewhere").unwrap();
    server.pass(60);
    let answer = server.get(address).await;
    assert_eq!((answer.status.as_u16(), ancestors(&answer)), (200, ["'self'", BLOG, OFFICIAL].into()));
    // One that starts now has never heard of the list.
    let config = crate::server_under_test::config(server.var.path());
    let again = Server::start_with(|c| *c = config);
    assert_eq!(ancestors(&again.get(address).await), ["'self'", OFFICIAL].into());
}
