//! The stories every store must live through, on a real file, and what is SQLite's own.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::thread;

use super::{SqliteStore, log};
use crate::store::conformance::{at, request, rules};
use crate::store::journal::Journal;
use crate::store::journal_conformance::entry;
use crate::store::keeping::Keeping;
use crate::store::moving::{HELD_UNTIL, TABLES};
use crate::store::stories::all_stories;
use crate::store::{
    BookingStore, StoreError, board_conformance, conformance, content_conformance, drafts_conformance,
    facts_conformance, hosts_conformance, journal_conformance, keeping_conformance, mail_conformance,
    pictures_conformance, random_conformance, recorded_conformance, report_conformance, settings_conformance,
    staff_conformance, waiting_conformance,
};

macro_rules! stories {
    ($suite:ident: $($story:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $story() {
                let folder = tempfile::tempdir().unwrap();
                let store = SqliteStore::open(&folder.path().join("tonari.db")).unwrap();
                $suite::$story(Arc::new(store)).await;
            }
        )*
    };
}

all_stories!(stories);

// The program was downgraded; it must not write into a file it does not understand.
#[test]
fn c14_a_file_of_a_newer_version_or_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tonari.db");
    drop(SqliteStore::open(&file).unwrap());
    drop(SqliteStore::open(&file).unwrap());
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let refused = SqliteStore::open(&file).err().unwrap().to_string();
    assert!(refused.contains("version 99"), "{refused}");
    std::fs::write(&file, "not a database, but long enough to be looked at as one".repeat(100)).unwrap();
    assert!(SqliteStore::open(&file).is_err());
}

// Ten times as many came as the disk could take. Everybody waited for everybody else, and nobody was told anything.
#[tokio::test]
async fn g02_whom_the_disk_has_no_time_for_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tonari.db");
    let store = SqliteStore::open(&file).unwrap();
    let somebody = rusqlite::Connection::open(&file).unwrap();
    somebody.execute_batch("BEGIN IMMEDIATE").unwrap();
    let crowd = (0..3_000).map(|n| store.book(request(n, &rules(720, 200), &[at(600)])));
    let (mut refused, mut waiting) = (0, Vec::new());
    for mut one in crowd {
        match one.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Err(StoreError::Busy)) => refused += 1,
            Poll::Ready(other) => panic!("the disk was not free, but: {other:?}"),
            Poll::Pending => waiting.push(one),
        }
    }
    assert!((1_900..=2_000).contains(&refused), "{refused} were turned away");
    somebody.execute_batch("ROLLBACK").unwrap();
    for one in waiting {
        one.await.unwrap();
    }
    assert!(store.book(request(3_000, &rules(720, 200), &[at(660)])).await.is_ok());
}

// A row was mended by hand one night; the time it freed was booked twice a week later.
#[tokio::test]
async fn a_check_names_each_contradiction() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tonari.db");
    let store = SqliteStore::open(&file).unwrap();
    for (n, minute) in [(1, 600), (2, 660)] {
        store.book(request(n, &rules(720, 1), &[at(minute)])).await.unwrap();
    }
    for _ in 0..5 {
        store.append(entry("member:1", "opened", "AAAA0000")).await.unwrap();
    }
    assert_eq!(store.findings().await.unwrap(), Vec::<String>::new());
    let spoiler = rusqlite::Connection::open(&file).unwrap();
    for (spoil, mend, expected) in [
        ("DELETE FROM held WHERE booking = 1 AND quarter % 4 = 1", "", "holds 3 of its 4 quarters"),
        ("DELETE FROM held WHERE booking = 1", "", "holds 0 of its 4 quarters"),
        (
            "UPDATE held SET place = 7 WHERE booking = 2",
            "UPDATE held SET place = 0 WHERE booking = 2",
            "of place 7",
        ),
        (
            "UPDATE bookings SET status = 'cancelled' WHERE id = 2",
            "UPDATE bookings SET status = 'confirmed' WHERE id = 2",
            "which does not take place",
        ),
        (
            "UPDATE bookings SET start = start - 900 WHERE id = 2",
            "UPDATE bookings SET start = start + 900 WHERE id = 2",
            "overlap: bookings 1 and 2",
        ),
        (
            "UPDATE answers SET booking = 1 WHERE key = 'key-2'",
            "UPDATE answers SET booking = 2 WHERE key = 'key-2'",
            "another one's by its key",
        ),
        (
            "INSERT INTO hosts (association, origin, added_at) VALUES ('shimane', 'https://*', 0)",
            "DELETE FROM hosts",
            "hosts: a host of shimane is no origin",
        ),
        (
            "UPDATE journal SET who = 'member:2' WHERE id = 3",
            "UPDATE journal SET who = 'member:1' WHERE id = 3",
            "journal: line 3 is not what was written",
        ),
        ("DELETE FROM journal WHERE id = 4", "DELETE FROM journal", "journal: line 5 is not"),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM answers WHERE key = 'key-1'; DELETE FROM mails WHERE booking = 2; INSERT INTO mails (booking, event, sequence, due_at, attempt_at) VALUES (9, 'x', 0, 0, 0)",
            "DELETE FROM mails WHERE booking = 9",
            "foreign keys: mails row",
        ),
    ] {
        spoiler.execute_batch(spoil).unwrap();
        let found = store.findings().await.unwrap().join("\n");
        assert!(found.contains(expected), "{spoil}: {found}");
        spoiler.execute_batch(mend).unwrap();
    }
}

// A column was added a year later, and the next move left it behind without a word.
#[test]
fn every_table_and_column_is_carried_along_when_a_database_moves() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tonari.db");
    drop(SqliteStore::open(&file).unwrap());
    let connection = rusqlite::Connection::open(&file).unwrap();
    let names = |sql: &str| -> BTreeSet<String> {
        let mut select = connection.prepare(sql).unwrap();
        select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    // What is held is counted from the bookings again; what lets somebody in for a while only is left behind.
    let kept = names(
        "SELECT name FROM sqlite_schema WHERE type = 'table'
         AND name NOT IN ('held', 'ceremonies', 'invitations', 'sessions')",
    );
    assert_eq!(kept, TABLES.iter().map(|table| table.name.to_owned()).collect());
    for table in &TABLES {
        let kept = names(&format!("SELECT name FROM pragma_table_info('{}')", table.name));
        let carried = table.columns.iter().map(|column| column.name.to_owned());
        assert_eq!(kept, carried.filter(|name| name != HELD_UNTIL).collect(), "{}", table.name);
    }
}

// Two hours of founders and open desks: somebody always read, so the log never began anew, and took 600 MB of the disk.
#[tokio::test]
async fn the_log_stays_short_though_somebody_always_reads() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tonari.db");
    let store = SqliteStore::open(&file).unwrap();
    let write = |sql| store.writer.write(move |connection| Ok(connection.execute_batch(sql)?));
    write("CREATE TABLE junk (bytes BLOB)").await.unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let reading = thread::spawn({
        let (file, over) = (file.clone(), Arc::clone(&over));
        // The next has begun to read before the one before ends.
        move || {
            let pair = [(); 2].map(|()| rusqlite::Connection::open(&file).unwrap());
            let begin = |reader: &rusqlite::Connection| {
                reader.execute_batch("BEGIN; SELECT count(*) FROM bookings").unwrap();
            };
            begin(&pair[0]);
            for turn in 1.. {
                begin(&pair[turn % 2]);
                pair[(turn + 1) % 2].execute_batch("COMMIT").unwrap();
                if over.load(Ordering::Relaxed) {
                    break;
                }
            }
        }
    });
    let mut longest = 0;
    for _ in 0..MEGABYTES {
        write("INSERT INTO junk VALUES (randomblob(1 << 20))").await.unwrap();
        longest = longest.max(std::fs::metadata(folder.path().join("tonari.db-wal")).unwrap().len());
    }
    over.store(true, Ordering::Relaxed);
    reading.join().unwrap();
    assert!(longest < 2 * log::LONG, "{longest} bytes");
}

/// Written in all; a log that never begins anew holds each of them.
const MEGABYTES: u64 = 5 * (log::LONG >> 20);
