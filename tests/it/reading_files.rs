//! `tonari publish` and `tonari withdraw`, by the real program on the folder of a running server.

use std::fs;

use serde_json::json;

use crate::binary::{Running, tonari_on};
use crate::reading::items;

fn stories(server: &Running) -> String {
    server.say(b"GET /api/v1/stories HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\n\r\n")
}

#[test]
fn a_published_file_is_read_from_the_running_server_and_taken_back_again() {
    let server = Running::start();
    let var = server.var.path();
    // What comes with the program is there from the start.
    assert!(stories(&server).contains("guide-which-association"));
    assert!(!stories(&server).contains("a-case"));

    let file = var.join("news.json");
    fs::write(&file, items().to_string()).unwrap();
    let file = file.to_str().unwrap();
    let said = tonari_on(var, &["publish", "--dry-run", file]).unwrap();
    assert!(said.contains("3 items can be published"), "{said}");
    let said = tonari_on(var, &["publish", file]).unwrap();
    assert!(said.contains("3 new, 0 changed, 0 as before"), "{said}");
    assert!(tonari_on(var, &["publish", file]).unwrap().contains("0 new, 0 changed, 3 as before"));
    until_there(&server, true);

    assert_eq!(tonari_on(var, &["withdraw", "a-case"]).unwrap(), "a-case: withdrawn\n");
    assert_eq!(tonari_on(var, &["withdraw", "a-case"]).unwrap(), "a-case: was withdrawn before\n");
    until_there(&server, false);
    for wrong in ["nobody", "No id"] {
        let line = tonari_on(var, &["withdraw", wrong]).unwrap_err();
        assert!(line.starts_with("tonari: ") && line.lines().count() == 1, "{line}");
    }
}

/// The server looks once a second, and only when it is asked.
fn until_there(server: &Running, wanted: bool) {
    let begun = std::time::Instant::now();
    while stories(server).contains("a-case") != wanted {
        assert!(begun.elapsed() < tests::patience::PATIENCE, "the server did not hear of it");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

// One of forty items had a date that does not exist; thirty-nine were published, and nobody knew which.
#[test]
fn a_file_with_anything_wrong_is_named_in_one_line_and_publishes_nothing() {
    let server = Running::start();
    let var = server.var.path();
    let before = stories(&server);
    let before = before.split("tonari-edition").nth(1).map(|rest| rest[..6].to_owned());
    let file = var.join("wrong.json");
    let mut missing = items();
    missing["items"][0]["association"] = json!("atlantis");
    let mut typing = items();
    typing["items"][0]["lifes"] = json!([]);
    let mut date = items();
    date["items"][2]["to"] = json!("2026-02-30T00:00");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let huge = format!("{{\"items\":[],\"pad\":\"{}\"}}", "x".repeat(33 << 20));
    for (text, expected) in [
        (missing.to_string(), "items[0].association is not one of the directory"),
        (typing.to_string(), "items[0].lifes is no field"),
        (date.to_string(), "items[2].to is not a time in Japan"),
        (json!({ "items": [] }).to_string(), "items is empty"),
        ("{\"items\":".to_owned(), "not JSON"),
        ("\u{0}\u{1}".to_owned(), "not JSON"),
        (deep, "not JSON"),
        (huge, "is larger than 32 MB"),
    ] {
        fs::write(&file, text).unwrap();
        let line = tonari_on(var, &["publish", file.to_str().unwrap()]).unwrap_err();
        assert!(line.contains(expected) && line.contains("wrong.json"), "{line}");
        assert_eq!(line.lines().count(), 1, "{line}");
    }
    assert!(tonari_on(var, &["publish", "nowhere.json"]).unwrap_err().contains("cannot be read"));
    let after = stories(&server);
    assert_eq!(after.split("tonari-edition").nth(1).map(|rest| rest[..6].to_owned()), before);
}
