//! The edition for hosts of files: whole, without a link into nothing, and with what a server says in headers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tests::plain_host::{leads_to_a_file, lost_links};
use xtask::dist::{Plan, make};

use crate::binary::{run, tonari};
use crate::server_under_test::{Server, fixture_site};

const ORIGIN: &str = "https://soudan.example.jp";

fn collected(base: &str, demo: bool) -> TempDir {
    let (var, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let plan = Plan {
        binary: tonari().to_path_buf(),
        app: fixture_site(),
        var: var.path().to_path_buf(),
        origin: ORIGIN.to_owned(),
        base: base.to_owned(),
        texts: Vec::new(),
        demo,
    };
    make(&plan, out.path()).unwrap();
    out
}

fn text(folder: &TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).unwrap_or_else(|why| panic!("{file}: {why}"))
}

fn json(folder: &TempDir, file: &str) -> Value {
    serde_json::from_str(&text(folder, file)).unwrap()
}

#[test]
fn every_address_on_the_map_is_a_file_and_no_link_leads_into_nothing() {
    for base in ["/", "/soudan/"] {
        let folder = collected(base, true);
        let map = text(&folder, "sitemap.xml");
        let addresses: Vec<&str> =
            map.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect();
        assert!(addresses.len() > 60, "{addresses:?}");
        for address in addresses {
            let path = address.strip_prefix(ORIGIN).unwrap();
            assert!(leads_to_a_file(folder.path(), base, path), "{address}");
        }
        assert_eq!(lost_links(folder.path(), base).unwrap(), Vec::<String>::new());
        for file in [
            "find/index.html",
            "saved/index.html",
            "device/index.html",
            "about/index.html",
            "404.html",
            "events.ics",
            "feed.atom",
            "robots.txt",
            "sw.js",
            "bookings/index.html",
            "reading-list/index.html",
            "data/places.bin",
            "words/en.json",
            "manifest.webmanifest",
            "read/demo-shimane-cafe-saikai/index.html",
        ] {
            assert!(folder.path().join(file).is_file(), "{file}");
        }
    }
}

// The pages were changed after the hashes had been taken, and no phone ever worked offline.
#[test]
fn the_worker_expects_the_bytes_that_lie_there() {
    for base in ["/", "/soudan/"] {
        let folder = collected(base, false);
        let worker = text(&folder, "sw.js");
        let start = worker.find("{\"version\"").unwrap();
        let manifest: Value =
            serde_json::Deserializer::from_str(&worker[start..]).into_iter().next().unwrap().unwrap();
        let mut hashes: BTreeMap<String, Value> = BTreeMap::new();
        for part in ["files", "later"] {
            hashes.extend(manifest[part].as_object().unwrap().clone());
        }
        for page in ["/", "/bookings/", "/reading/", "/files.js"] {
            assert!(hashes.contains_key(page), "{page}");
        }
        for (path, hash) in hashes {
            assert!(!path.contains("embed") && !path.contains("/book-"), "{path} has nothing to do here");
            let file = folder.path().join(path.trim_start_matches('/'));
            let file = if file.is_dir() { file.join("index.html") } else { file };
            let bytes = fs::read(file).unwrap();
            assert_eq!(hash, STANDARD.encode(Sha256::digest(bytes)), "{path}");
        }
    }
}

#[tokio::test]
async fn what_a_server_says_in_headers_lies_beside_the_bytes_or_stands_in_the_page() {
    let folder = collected("/soudan/", true);
    for name in ["associations", "stories", "events", "notices"] {
        let beside = json(&folder, &format!("api/v1/{name}.json"));
        let body = text(&folder, &format!("api/v1/{}", beside["body"].as_str().unwrap()));
        let number = serde_json::from_str::<Value>(&body).unwrap()["number"].to_string();
        assert_eq!(beside["said"]["tonari-edition"], number, "{name}");
        for header in ["tonari-signature", "etag", "date"] {
            assert!(beside["said"][header].as_str().is_some_and(|said| said.len() > 8), "{name}: {header}");
        }
    }
    // Fictional times are a server's: nobody books here.
    assert_eq!(json(&folder, "api/v1/associations.json")["said"]["tonari-bookable"], "");

    let served = Server::start().get("/").await;
    let policy = served.headers["content-security-policy"].to_str().unwrap();
    let (heard, _) = policy.split_once(" frame-ancestors 'none';").unwrap();
    for page in
        ["index.html", "find/index.html", "associations/shimane/index.html", "read/index.html", "404.html"]
    {
        let page = text(&folder, page);
        let (before, after) = page.split_once("http-equiv=\"Content-Security-Policy\"").unwrap();
        assert!(after.contains(heard) && after.contains("require-trusted-types-for"), "{after:.600}");
        assert!(!after.contains("frame-ancestors"), "a page cannot say it");
        assert!(!before.contains("<script"), "nothing may run before it");
    }
    for settings in [".htaccess", "_headers", "nginx.conf"] {
        let settings = text(&folder, settings);
        for (name, value) in &served.headers {
            let passing = ["content-type", "content-length", "cache-control", "etag", "vary"];
            let value = value.to_str().unwrap();
            assert!(
                passing.contains(&name.as_str()) || settings.contains(value),
                "{name}: {value} in {settings}"
            );
        }
        assert!(
            settings.contains("immutable") && !settings.contains("strict-transport-security"),
            "{settings}"
        );
    }
}

#[test]
fn in_a_folder_every_address_begins_with_it() {
    let folder = collected("/soudan/", false);
    let page = text(&folder, "associations/shimane/index.html");
    assert!(
        page.contains("href=\"/soudan/\"")
            && page.contains("https://soudan.example.jp/soudan/associations/shimane")
    );
    assert!(text(&folder, "robots.txt").contains("https://soudan.example.jp/soudan/sitemap.xml"));
    let manifest = json(&folder, "manifest.webmanifest");
    assert_eq!(manifest["start_url"], "/soudan/");
}

#[test]
fn a_folder_that_would_have_to_be_escaped_and_an_edition_without_a_name_are_refused() {
    let site = fixture_site();
    let site = site.to_str().unwrap();
    for (folder, url, why) in [
        ("soudan", Some(ORIGIN), "letters, digits"),
        ("/soudan", Some(ORIGIN), "letters, digits"),
        ("/a b/", Some(ORIGIN), "letters, digits"),
        ("/../", Some(ORIGIN), "letters, digits"),
        ("//", Some(ORIGIN), "letters, digits"),
        ("/soudan/", None, "TONARI_PUBLIC_URL"),
    ] {
        let mut arguments = vec!["serve", "--site", site, "--files", folder];
        arguments.extend(url.iter().flat_map(|url| ["--public-url", *url]));
        let refused = run(&arguments, &[]);
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && words.contains(why), "{folder}: {words}");
    }
}

// The list is for whoever collects: a server that answers says nothing of the kind.
#[tokio::test]
async fn a_server_has_no_list_and_an_old_folder_is_not_written_into() {
    assert_eq!(Server::start().get("/addresses").await.status, 404);
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join("theirs.html"), "theirs").unwrap();
    let plan = Plan {
        binary: Path::new("/nowhere").to_path_buf(),
        app: fixture_site(),
        var: out.path().to_path_buf(),
        origin: ORIGIN.to_owned(),
        base: "/".to_owned(),
        texts: Vec::new(),
        demo: false,
    };
    let refused = make(&plan, out.path()).unwrap_err().to_string();
    assert!(refused.contains("not empty"), "{refused}");
}
