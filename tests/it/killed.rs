//! Killed, stopped, interrupted: what was promised stays promised. Time and again at another moment.

use std::collections::HashSet;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tests::dice::Dice;

use crate::binary::{tonari, tonari_on};
use crate::load::{Answer, Crowd, assert_kept, open_times, post, serve};

/// Kills in one run; more by `TONARI_KILLS`.
fn kills() -> usize {
    std::env::var("TONARI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20)
}

/// No new kill after so many minutes, by `TONARI_KILL_MINUTES`.
fn is_over(begun: Instant) -> bool {
    let minutes = std::env::var("TONARI_KILL_MINUTES").ok().and_then(|minutes| minutes.parse::<f64>().ok());
    minutes.is_some_and(|minutes| begun.elapsed().as_secs_f64() > minutes * 60.0)
}

// The machine lost its power in the middle of a campaign; a founder held a number that nobody knew the next morning.
#[test]
fn c09_killed_at_any_moment_under_load_every_promise_is_kept() {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let mut dice = Dice::thrown();
    let mut all = Vec::new();
    let mut unanswered: Vec<(String, String)> = Vec::new();
    let (begun, mut killed) = (Instant::now(), 0);
    while killed < kills() && !is_over(begun) {
        let server = serve(&var);
        for (key, body) in std::mem::take(&mut unanswered) {
            // Whether it arrived before or not: now it is one booking.
            match post(&server.address, &key, &body) {
                Answer::Promised(view) => all.push(*view),
                Answer::Refused(why) => panic!("{key} was sent again and refused: {why}"),
                Answer::None => panic!("{key} was sent again and not answered"),
            }
        }
        let crowd = Crowd::gather(&server, &format!("round{killed}"));
        crowd.wait_for_promises(1 + dice.below(40));
        for _ in 0..dice.below(100_000) {
            std::hint::spin_loop();
        }
        server.signal("KILL");
        let heard = crowd.disperse();
        assert!(heard.refused.is_empty(), "{:?}", heard.refused);
        all.extend(heard.promised);
        unanswered = heard.unanswered;
        drop(server);
        assert_eq!(tonari_on(var.path(), &["check"]).unwrap(), "nothing is wrong\n", "after kill {killed}");
        killed += 1;
    }
    let server = serve(&var);
    assert_kept(&server, &all);
    let numbers: HashSet<&str> = all.iter().map(|view| view.reference.as_str()).collect();
    assert_eq!(numbers.len(), all.len(), "two founders were given one booking");
    // What is lost or double has ended it above.
    println!("\nbench kills {killed}\nbench kills_promises {}\nbench kills_lost 0", all.len());
}

// An update was rolled out at noon: who had just tapped 送信 was told yes by a server that was going down.
#[test]
fn c27_told_to_stop_under_load_it_keeps_its_promises_and_ends_in_time() {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let server = serve(&var);
    let crowd = Crowd::gather(&server, "stopped");
    crowd.wait_for_promises(50);
    let told = Instant::now();
    server.signal("TERM");
    let (code, _) = server.end();
    assert_eq!(code, Some(0));
    assert!(told.elapsed() < Duration::from_secs(10), "it took {:?}", told.elapsed());
    let heard = crowd.disperse();
    assert!(heard.promised.len() >= 50 && heard.refused.is_empty(), "{:?}", heard.refused);
    let server = serve(&var);
    assert_kept(&server, &heard.promised);
    assert_eq!(tonari_on(var.path(), &["check"]).unwrap(), "nothing is wrong\n");
}

const FIRST: &str = include_str!("../../src/server/migrations/sqlite/0001_bookings.sql");

// The new version was killed by an impatient operator while it brought the database up.
#[test]
fn c24_killed_while_it_migrates_the_database_is_of_before_or_after() {
    let whole = {
        let folder = tempfile::tempdir().unwrap();
        of_version_one(folder.path());
        // Building it is no part of the time it takes.
        tonari();
        let started = Instant::now();
        tonari_on(folder.path(), &["bookings", "list"]).unwrap();
        started.elapsed()
    };
    let mut seen = HashSet::new();
    for kill in 0..kills() as u32 {
        let folder = tempfile::tempdir().unwrap();
        of_version_one(folder.path());
        let mut child = Command::new(tonari())
            .args(["bookings", "list"])
            .env("TONARI_VAR", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From the first moment to the last.
        let moment = Instant::now() + whole * kill / kills() as u32;
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        child.wait().unwrap();
        seen.insert(assert_whole(folder.path()));
        // The next start brings it up, and nothing is missing.
        tonari_on(folder.path(), &["bookings", "list"]).unwrap();
        assert_eq!(assert_whole(folder.path()), 14);
    }
    eprintln!("versions seen after a kill: {seen:?}");
}

/// As the first version of the program left it, with rules of a team.
fn of_version_one(var: &std::path::Path) {
    let connection = rusqlite::Connection::open(var.join("tonari.db")).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL;").unwrap();
    connection.execute_batch(FIRST).unwrap();
    connection
        .execute_batch("INSERT INTO rules VALUES ('kochi', '{}', 0, 0); PRAGMA user_version = 1;")
        .unwrap();
    server::service::vault::Vault::load_or_create(&var.join("booking.keys"), 0).unwrap();
}

/// The version it is of, with exactly the tables of that version and its data.
fn assert_whole(var: &std::path::Path) -> u32 {
    let connection = rusqlite::Connection::open(var.join("tonari.db")).unwrap();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
    let version = count("PRAGMA user_version");
    let tables = count(
        "SELECT count(*) FROM sqlite_schema
         WHERE type = 'table' AND name IN ('mails', 'accesses', 'passed', 'contents', 'shelves', 'hosts', 'members', 'passkeys',
                                        'invitations', 'ceremonies', 'sessions', 'journal', 'notes', 'editions', 'facts',
                                        'drafts', 'draft_revisions', 'draft_comments', 'pictures', 'settings', 'calls',
                                        'subjects', 'tallies')",
    );
    let columns = count(
        "SELECT count(*) FROM pragma_table_info('bookings') WHERE name IN ('reason', 'erased_at', 'answer_by', 'assigned')",
    );
    let indexed = count("SELECT count(*) FROM pragma_index_info('bookings_of_team')");
    assert_eq!(count("SELECT count(*) FROM rules"), 1);
    match version {
        1 => assert_eq!((tables, columns, indexed), (0, 0, 2)),
        14 => assert_eq!((tables, columns, indexed), (23, 4, 5)),
        between => panic!("half-way at version {between}"),
    }
    version
}
