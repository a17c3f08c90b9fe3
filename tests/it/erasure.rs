//! What she may ask: to see everything that is kept, and that it goes; and what goes by itself.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::{BOOKINGS, BookingRequest, BookingView, Offer, slots_path};
use domain::association::AssociationId;
use domain::seal;
use serde_json::Value;

use crate::binary::tonari_on;
use crate::bookings::{letter, request, send};
use crate::server_under_test::Server;

const DAY: i64 = 86_400;

/// Everything by which she could be found again.
struct Traces {
    view: BookingView,
    key: String,
    sealed: Vec<u8>,
}

async fn book(server: &Server, key: &str) -> Traces {
    let team = AssociationId("shimane".to_owned());
    let offer = Offer::read(&server.get(&slots_path(&team)).await.body).unwrap();
    // Closed with randomness of its own: two letters closed alike share their bytes.
    let mut random = [0; 32];
    random[..key.len().min(32)].copy_from_slice(&key.as_bytes()[..key.len().min(32)]);
    let public = URL_SAFE_NO_PAD.decode(&offer.seal.public).unwrap();
    let sealed = seal::seal(&public, key, letter().to_json().as_bytes(), random).unwrap();
    let request =
        BookingRequest { sealed: URL_SAFE_NO_PAD.encode(&sealed), ..request(&offer, key, &letter()) };
    let answer = send(server, key, &request).await;
    let view = BookingView::read(&answer.body).unwrap();
    Traces { view, key: key.to_owned(), sealed }
}

/// Whether anything of her is in the file, or in its log, or in anything that lies beside them.
fn is_there(var: &Path, traces: &Traces) -> bool {
    let token = server::service::vault::hash(&traces.view.token);
    // Ciphertext in overflow pages is cut anywhere; forty bytes of its middle are in one piece.
    let wanted: [&[u8]; 5] = [
        traces.view.reference.as_bytes(),
        traces.key.as_bytes(),
        &token,
        &traces.sealed[..40],
        &traces.sealed[traces.sealed.len() / 2..][..40],
    ];
    ["tonari.db", "tonari.db-wal", "tonari.db-journal"].iter().any(|name| {
        let bytes = std::fs::read(var.join(name)).unwrap_or_default();
        wanted.iter().any(|wanted| bytes.windows(wanted.len()).any(|part| part == *wanted))
    })
}

// She left him, and asked that nothing be left here. The row was gone; its bytes were still in the file.
#[tokio::test]
async fn f11_of_who_was_erased_no_byte_is_left() {
    let server = Server::start().open("shimane").await;
    let mut founders = Vec::new();
    for n in 0..60 {
        founders.push(book(&server, &format!("0190-key-of-founder-{n:03}")).await);
    }
    assert!(founders.iter().all(|traces| is_there(server.var.path(), traces)));
    for traces in founders.iter().step_by(2) {
        let (_, is_scrubbed) = server.bookings.erase(&traces.view.reference, "hanako").await.unwrap();
        assert!(is_scrubbed);
    }
    for (n, traces) in founders.iter().enumerate() {
        assert_eq!(is_there(server.var.path(), traces), n % 2 == 1, "founder {n}");
    }
    let erased = &founders[0].view;
    assert_eq!(server.get(&format!("{BOOKINGS}/{}", erased.token)).await.status, 404);
    assert_eq!(tonari_on(server.var.path(), &["check"]).unwrap(), "nothing is wrong\n");
}

// The backup of Monday was put back on Friday, and with it everybody who had been erased on Wednesday.
#[tokio::test]
async fn f11_a_backup_of_before_is_brought_up_to_what_was_erased() {
    let server = Server::start().open("shimane").await;
    let (hers, other) = (book(&server, "key-of-hers").await, book(&server, "key-of-another").await);
    let var = server.var.path().to_path_buf();
    let copy = var.join("copy.db");
    let copy = copy.to_str().unwrap();
    tonari_on(&var, &["backup", copy]).unwrap();
    let said = tonari_on(&var, &["erase", &hers.view.reference]).unwrap();
    assert!(said.contains("is erased"), "{said}");
    assert!(tonari_on(&var, &["disclose", &hers.view.reference]).unwrap_err().contains("no booking has"));
    let left: Vec<_> =
        std::fs::read_to_string(var.join("erased.list")).unwrap().lines().map(str::len).collect();
    assert_eq!(left, [20 + 1 + 64]);

    let elsewhere = tempfile::tempdir().unwrap();
    for file in ["booking.keys", "erased.list"] {
        std::fs::copy(var.join(file), elsewhere.path().join(file)).unwrap();
    }
    let said = tonari_on(elsewhere.path(), &["restore", copy]).unwrap();
    assert!(said.contains("1 bookings that were erased since then are erased again"), "{said}");
    assert!(!is_there(elsewhere.path(), &hers) && is_there(elsewhere.path(), &other));
}

#[tokio::test]
async fn f12_on_the_day_it_goes_by_itself_and_not_a_day_before() {
    let server = Server::start().open("shimane").await;
    let traces = book(&server, "key-of-hers").await;
    server.pass(36 * DAY);
    let early = server.bookings.retain(Some(6), false, "timer").await.unwrap();
    assert_eq!((early.erased.len(), early.answers), (0, 1), "the key went, she stays");
    assert!(is_there(server.var.path(), &traces));
    server.pass(160 * DAY);
    let rehearsed = server.bookings.retain(Some(6), true, "timer").await.unwrap();
    assert_eq!(rehearsed.erased.len(), 1);
    assert!(is_there(server.var.path(), &traces), "a rehearsal erases nothing");
    let done = server.bookings.retain(Some(6), false, "timer").await.unwrap();
    assert!(done.scrubbed && done.erased.len() == 1);
    assert!(!is_there(server.var.path(), &traces));
    assert!(server.bookings.retain(Some(6), false, "timer").await.unwrap().erased.is_empty());
    assert!(
        tonari_on(server.var.path(), &["retention", "--months", "6"])
            .unwrap()
            .starts_with("0 bookings erased")
    );
}

// She asked what was known about her; the answer was a printout of a screen.
#[tokio::test]
async fn f10_one_command_tells_everything_that_is_kept_and_who_looked() {
    let server = Server::start().open("shimane").await;
    let traces = book(&server, "key-of-hers").await;
    let number = &traces.view.reference;
    tonari_on(server.var.path(), &["bookings", "show", number]).unwrap();
    let told: Value =
        serde_json::from_str(&tonari_on(server.var.path(), &["disclose", number]).unwrap()).unwrap();
    assert_eq!(told["letter"]["phone"], "090-1234-5678");
    assert_eq!(told["idempotency_key"], "key-of-hers");
    assert_eq!(told["mails"][0]["event"], "confirmed");
    let looks: Vec<(&str, &str)> = told["accesses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["who"].as_str().unwrap(), one["what"].as_str().unwrap()))
        .collect();
    assert_eq!(looks, [("cli:hanako", "letter"), ("cli:hanako", "disclosure")]);
}

// The key was changed after a colleague had left; the letters of before could not be read by anybody.
#[tokio::test]
async fn f14_a_new_key_leaves_old_letters_readable_and_a_lost_one_is_named() {
    let server = Server::start().open("shimane").await;
    let traces = book(&server, "key-of-hers").await;
    let var = server.var.path();
    let old = server.bookings.vault.public().id;
    assert!(tonari_on(var, &["keys", "rotate"]).unwrap().contains("newest key"));
    let list = tonari_on(var, &["keys", "list"]).unwrap();
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines.len() == 2 && lines[0].starts_with(&old) && lines[0].ends_with("1 letters"), "{list}");
    assert!(tonari_on(var, &["keys", "prune", &old]).unwrap_err().contains("1 letters can only be opened"));
    assert!(tonari_on(var, &["bookings", "show", &traces.view.reference]).unwrap().contains("phone: 090"));
    // Somebody put the keys of another machine there.
    let keys = std::fs::read_to_string(var.join("booking.keys")).unwrap();
    let lines: Vec<&str> = keys.lines().collect();
    let without = format!("{}\n{}\n", lines[0], lines[2]);
    std::fs::write(var.join("booking.keys"), without).unwrap();
    let found = tonari_on(var, &["check"]).unwrap_err();
    assert_eq!(found, format!("keys: {old} is missing, 1 letters cannot be opened\ntonari: 1 finding\n"));
    let refused = tonari_on(var, &["bookings", "show", &traces.view.reference]).unwrap_err();
    assert!(refused.contains("the key is not in booking.keys"), "{refused}");
}
