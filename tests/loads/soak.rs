//! Coming and going for as long as one likes: founders book, look and cancel, desks are opened and closed. What the server
//! holds, in memory, files and the log of its database, is the same at the end as after the beginning.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use domain::api::BOOKINGS;
use tests::binary::{Running, fixture_site};
use tests::crowd::{ROOM, offer, open_times, wish_with};
use tests::letters::letter;

use crate::client::{booking, patiently};
use crate::desks::{Desk, seats};
use crate::figures::tell;

const FOUNDERS: usize = 8;
const DESKS: usize = 4;
/// Characters of a note.
const NOTE: usize = 2_000;
const LOOK: Duration = Duration::from_secs(1);

#[derive(Clone, Copy)]
struct Held {
    memory: usize,
    files: usize,
    log: u64,
}

pub fn run(minutes: f64) {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let desk = fixture_site().join("../desk");
    let server =
        Running::start_on(Arc::clone(&var), &[&ROOM[..], &["--desk", desk.to_str().unwrap()]].concat());
    let tokens = seats(&server, &["shimane"], DESKS).remove(0);
    let (over, done) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut held = Vec::new();
    thread::scope(|scope| {
        for number in 0..FOUNDERS {
            let (server, over, done) = (&server, &over, &done);
            scope.spawn(move || come_and_go(server, number, over, done));
        }
        for token in &tokens {
            let (server, over) = (&server, &over);
            scope.spawn(move || sit_and_leave(server, token, over));
        }
        let until = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
        while Instant::now() < until && !over.load(Ordering::Relaxed) {
            thread::sleep(LOOK);
            held.push(look(&server));
        }
        over.store(true, Ordering::Relaxed);
    });
    report(&held, done.into_inner());
}

fn look(server: &Running) -> Held {
    let log = std::fs::metadata(server.var.path().join("tonari.db-wal")).map_or(0, |log| log.len());
    Held { memory: server.memory(), files: server.open_files(), log }
}

fn report(held: &[Held], done: usize) {
    // The first fifth is warming up: caches fill, threads start.
    let fifth = (held.len() / 5).max(1);
    let mean = |part: &[Held], of: fn(&Held) -> f64| part.iter().map(of).sum::<f64>() / part.len() as f64;
    let (early, late) = (&held[fifth..(2 * fifth).min(held.len())], &held[held.len() - fifth..]);
    let memory = |held: &Held| held.memory as f64 / 1e6;
    tell("soak_bookings", done as f64);
    tell("soak_memory_early_mb", mean(early, memory));
    tell("soak_memory_late_mb", mean(late, memory));
    tell("soak_memory_by_early", mean(late, memory) / mean(early, memory));
    tell("soak_files_by_early", mean(late, |held| held.files as f64) / mean(early, |held| held.files as f64));
    tell("soak_log_mb", held.iter().map(|held| held.log).max().unwrap_or_default() as f64 / 1e6);
}

/// Whoever cannot go on ends the run for all: otherwise it would be known only hours later.
struct OrNobody<'a>(&'a AtomicBool);

impl Drop for OrNobody<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn come_and_go(server: &Running, number: usize, over: &AtomicBool, done: &AtomicUsize) {
    let _all = OrNobody(over);
    let offer = offer(server);
    // As long as it may be: the writer's cache of 64 MB is full when the first fifth is over, and not only after hours.
    let mut letter = letter();
    letter.contact.note = "あ".repeat(NOTE);
    let mut turn = 0;
    while !over.load(Ordering::Relaxed) {
        let key = format!("soak-{number}-{turn}");
        let time = &offer.times[(turn * FOUNDERS + number) * 31 % offer.times.len()];
        let wish = booking(&key, &wish_with(&offer, &key, time, &letter), None);
        let reply = patiently(&server.address, &wish);
        let view = reply.promised().unwrap_or_else(|| panic!("{}: {}", reply.status, reply.body));
        let its = |method: &str, path: &str| {
            format!(
                "{method} {BOOKINGS}/{}{path} HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                view.token
            )
        };
        for request in [its("GET", ""), its("POST", "/cancel")] {
            let reply = patiently(&server.address, &request);
            assert_eq!(reply.status, 200, "{}", reply.body);
        }
        done.fetch_add(1, Ordering::Relaxed);
        turn += 1;
    }
}

fn sit_and_leave(server: &Running, token: &str, over: &AtomicBool) {
    let _all = OrNobody(over);
    while !over.load(Ordering::Relaxed) {
        let desk = Desk::open(&server.address, token);
        thread::sleep(Duration::from_secs(3));
        desk.close();
    }
}
