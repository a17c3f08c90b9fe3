//! Copies of a database that is in use, and their way back.

use std::path::Path;
use std::sync::Arc;

use crate::binary::tonari_on;
use crate::bookings::{letter, offer, request, send};
use crate::load::{Crowd, assert_kept, open_times, serve};
use crate::server_under_test::Server;

fn log_of(var: &Path) -> u64 {
    std::fs::metadata(var.join("tonari.db-wal")).map_or(0, |log| log.len())
}

// A report ran over lunch and held the database open; the log grew, and who booked meanwhile was told "busy".
#[test]
fn c13_a_long_reader_and_a_backup_cost_nobody_her_booking() {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let server = serve(&var);
    let reader = rusqlite::Connection::open(var.path().join("tonari.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM bookings;").unwrap();
    let crowd = Crowd::gather(&server, "reader");
    crowd.wait_for_promises(100);
    let file = var.path().join("copy.db");
    tonari_on(var.path(), &["backup", file.to_str().unwrap()]).unwrap();
    crowd.wait_for_promises(200);
    reader.execute_batch("COMMIT").unwrap();
    let heard = crowd.disperse();
    assert!(heard.refused.is_empty() && heard.unanswered.is_empty(), "{:?}", heard.refused);
    assert_kept(&server, &heard.promised);
    // Nobody reads from before any more: the log begins anew instead of growing on.
    let grown = log_of(var.path());
    let crowd = Crowd::gather(&server, "after");
    crowd.wait_for_promises(300);
    drop(crowd.disperse());
    assert!(log_of(var.path()) <= grown + (5 << 20), "{} grew to {}", grown, log_of(var.path()));
}

// The disk died a week after the last test of a backup, and the backup was of a moment that never was.
#[test]
fn c23_a_backup_taken_under_load_holds_every_promise_of_before() {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let server = serve(&var);
    let crowd = Crowd::gather(&server, "backup");
    crowd.wait_for_promises(50);
    let before = crowd.promised_so_far();
    let file = var.path().join("copy.db");
    let file = file.to_str().unwrap();
    let line = tonari_on(var.path(), &["backup", file]).unwrap();
    crowd.wait_for_promises(before.len() + 20);
    drop(crowd.disperse());
    assert_eq!(line.split_once("  ").map(|(sum, name)| (sum.len(), name)), Some((64, &*format!("{file}\n"))));
    assert!(tonari_on(var.path(), &["backup", file]).unwrap_err().contains("exists already"));

    let other = Arc::new(tempfile::tempdir().unwrap());
    let restore = |args: &[&str]| tonari_on(other.path(), &[&["restore", file], args].concat());
    assert!(restore(&[]).unwrap_err().contains("booking.keys is missing"), "the keys come first");
    std::fs::copy(var.path().join("booking.keys"), other.path().join("booking.keys")).unwrap();
    assert!(restore(&[]).unwrap().ends_with("nothing is wrong\n"));
    assert!(restore(&[]).unwrap_err().contains("--force"));
    let restored = serve(&other);
    assert_kept(&restored, &before);
    let refused = restore(&["--force"]).unwrap_err();
    assert!(refused.contains("stop it first"), "{refused}");
    restored.signal("TERM");
    restored.end();
    assert!(restore(&["--force"]).unwrap().contains("tonari.db.before-"));
}

#[test]
fn what_is_no_backup_replaces_nothing() {
    let var = tempfile::tempdir().unwrap();
    open_times(var.path());
    let bad = var.path().join("bad.db");
    let restore = || tonari_on(var.path(), &["restore", bad.to_str().unwrap(), "--force"]).unwrap_err();
    assert!(restore().contains("No such file"));
    std::fs::write(&bad, "Dear diary, ".repeat(1000)).unwrap();
    assert!(restore().contains("is no database of Tonari"));
    std::fs::write(&bad, "").unwrap();
    assert!(restore().contains("is no database of Tonari"));
    // Torn in the middle of its way here.
    let good = var.path().join("good.db");
    tonari_on(var.path(), &["backup", good.to_str().unwrap()]).unwrap();
    let bytes = std::fs::read(&good).unwrap();
    std::fs::write(&bad, &bytes[..bytes.len() / 2]).unwrap();
    assert!(restore().starts_with("tonari: nothing was restored"));
    assert_eq!(tonari_on(var.path(), &["check"]).unwrap(), "nothing is wrong\n");
    assert!(tonari_on(var.path(), &["slots", "show", "shimane"]).unwrap().contains("T08:00"));
    let left = std::fs::read_dir(var.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().contains("restoring")).collect();
    assert!(left.is_empty(), "{left:?}");
}

// One setting was changed and the other was not; half of the bookings were in each database for a week.
#[tokio::test]
async fn a_database_moves_whole_and_only_into_an_empty_one() {
    let server = Server::start().open("shimane").await;
    let booked = send(&server, "k1", &request(&offer(&server).await, "k1", &letter())).await;
    let reference = booked.json()["reference"].as_str().unwrap().to_owned();
    let var = server.var.path().to_path_buf();
    let to = format!("sqlite:{}", var.join("other.db").display());
    let moved = tonari_on(&var, &["move-database", "--to", &to]).unwrap();
    for line in ["rules 1\n", "bookings 1\n", "answers 1\n", "nothing is wrong\n", "everything is in "] {
        assert!(moved.contains(line), "{moved}");
    }
    let list = ["bookings", "list", "shimane", "--from", "2026-11-30", "--database-url", &to];
    assert!(tonari_on(&var, &list).unwrap().starts_with(&reference));
    let again = tonari_on(&var, &["move-database", "--to", &to]).unwrap_err();
    assert!(again.contains("table rules already; it has to be empty"), "{again}");
    let itself = format!("sqlite:{}", var.join("tonari.db").display());
    assert!(tonari_on(&var, &["move-database", "--to", &itself]).unwrap_err().contains("another database"));
}
