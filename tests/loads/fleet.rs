//! Three servers behind one address, with one PostgreSQL: as many founders as there are times, a server killed in the middle and
//! started again. Each time is sold once, and whoever asks once more, another server, is answered as before.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use cluster::Cluster;
use domain::api::{BookingView, Offer};
use tempfile::TempDir;
use tests::binary::{Running, tonari};
use tests::crowd::{offer, serve_under, speak, wish_for};

use crate::balancer::Balancer;
use crate::bell::{BEGINNINGS, times};
use crate::client::book;
use crate::figures::{tell, tell_times};

const SERVERS: usize = 3;
const HANDS: usize = 96;
/// Of so many founders one asks a second time.
const DOUBTS_OF: usize = 20;
const READING: Duration = Duration::from_secs(5);
const DATABASE: &str = "TONARI_DATABASE_URL";

struct Fleet {
    address: String,
    letters: Vec<(String, String)>,
    next: AtomicUsize,
    broken: AtomicUsize,
    repeated: AtomicUsize,
    promised: Mutex<Vec<(BookingView, Duration)>>,
}

pub fn run(founders: usize) {
    let cluster = Cluster::start().unwrap_or_else(|why| panic!("{why}"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = cluster.url(&runtime.block_on(cluster.database()));
    let places = founders.div_ceil(BEGINNINGS).clamp(1, 200);
    let folders: Vec<Arc<TempDir>> = (0..SERVERS).map(|_| Arc::new(tempfile::tempdir().unwrap())).collect();
    open_times(folders[0].path(), &database, &times(places));
    let mut servers: Vec<Running> = folders.iter().map(|var| begin(&folders[0], var, &database)).collect();
    let offer = offer(&servers[0]);
    let balancer = Balancer::before(servers.iter().map(|server| server.address.clone()).collect());
    let founders = BEGINNINGS * places;
    let fleet = Fleet {
        address: balancer.address.clone(),
        letters: (0..founders).map(|nth| letter(&offer, nth)).collect(),
        next: AtomicUsize::new(0),
        broken: AtomicUsize::new(0),
        repeated: AtomicUsize::new(0),
        promised: Mutex::default(),
    };
    let begun = Instant::now();
    thread::scope(|scope| {
        (0..HANDS).for_each(|_| drop(scope.spawn(|| fleet.be_hands(begun))));
        fleet.wait_for(founders / 3);
        servers[1].signal("KILL");
        fleet.wait_for(founders / 2);
        servers[1] = begin(&folders[0], &folders[1], &database);
        balancer.lead(1, &servers[1].address);
    });
    report(fleet, begun.elapsed(), &servers[2]);
    assert_eq!(on(&["check"], folders[0].path(), &database), "nothing is wrong\n");
    tell("fleet_reads_one", reads(&servers[..1]));
    tell("fleet_reads_three", reads(&servers));
}

fn report(fleet: Fleet, took: Duration, server: &Running) {
    let (mut views, mut waits): (Vec<BookingView>, Vec<Duration>) =
        fleet.promised.into_inner().unwrap().into_iter().unzip();
    tests::crowd::assert_kept(server, &views);
    tell("fleet_founders", views.len() as f64);
    views.sort_by(|one, other| one.reference.cmp(&other.reference));
    views.dedup_by(|one, other| one.reference == other.reference);
    tell("fleet_left", (fleet.letters.len() - views.len()) as f64);
    tell("fleet_repeated", fleet.repeated.into_inner() as f64);
    tell("fleet_broken", fleet.broken.into_inner() as f64);
    tell("fleet_seconds", took.as_secs_f64());
    tell_times("fleet_answer", &mut waits);
}

/// Each has a time of its own: as many places as founders, in turns.
fn letter(offer: &Offer, nth: usize) -> (String, String) {
    let key = format!("fleet-{nth}");
    let body = wish_for(offer, &key, &offer.times[nth % offer.times.len()]);
    (key, body)
}

/// Several servers for one address share their keys.
fn begin(first: &Arc<TempDir>, var: &Arc<TempDir>, database: &str) -> Running {
    for key in ["booking.keys", "edition.key"] {
        let (from, to) = (first.path().join(key), var.path().join(key));
        if from.is_file() && !to.exists() {
            std::fs::copy(from, to).unwrap();
        }
    }
    serve_under(var, &[(DATABASE, database)])
}

fn open_times(var: &Path, database: &str, times: &str) {
    let file = var.join("times.json");
    std::fs::write(&file, times).unwrap();
    on(&["slots", "import", "shimane", file.to_str().unwrap()], var, database);
}

/// A command of an operator's.
fn on(arguments: &[&str], var: &Path, database: &str) -> String {
    let mut command = Command::new(tonari());
    command.args(arguments).env("TONARI_VAR", var).env(DATABASE, database).env("USER", "hanako");
    let done = command.output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

impl Fleet {
    /// Leaves the processors to the others meanwhile.
    fn wait_for(&self, begun: usize) {
        while self.next.load(Ordering::Relaxed) < begun {
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn be_hands(&self, begun: Instant) {
        loop {
            let nth = self.next.fetch_add(1, Ordering::Relaxed);
            let Some((key, body)) = self.letters.get(nth) else { return };
            let asked = Instant::now();
            let view = self.promise(key, body, begun);
            let wait = asked.elapsed();
            if nth.is_multiple_of(DOUBTS_OF) {
                // The next connection is another server's.
                let again = self.promise(key, body, begun);
                assert_eq!(view.reference, again.reference, "{key} was asked for twice");
                self.repeated.fetch_add(1, Ordering::Relaxed);
            }
            self.promised.lock().unwrap().push((view, wait));
        }
    }

    fn promise(&self, key: &str, body: &str, begun: Instant) -> BookingView {
        loop {
            assert!(begun.elapsed() < Duration::from_secs(300), "{key} is not served");
            let Some(reply) = book(&self.address, key, body, None) else {
                self.broken.fetch_add(1, Ordering::Relaxed);
                continue;
            };
            if let Some(view) = reply.promised() {
                return view;
            }
            let pause = reply.pause().unwrap_or_else(|| panic!("{key}: {} {}", reply.status, reply.body));
            thread::sleep(pause);
        }
    }
}

/// Free times read in a second, by as many as can.
fn reads(servers: &[Running]) -> f64 {
    let (done, begun) = (AtomicUsize::new(0), Instant::now());
    let ask = "GET /api/v1/teams/shimane/slots HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\n\r\n";
    thread::scope(|scope| {
        for hand in 0..HANDS {
            let done = &done;
            scope.spawn(move || {
                let server = &servers[hand % servers.len()];
                while begun.elapsed() < READING {
                    let answer = speak(&server.address, ask).unwrap_or_default();
                    done.fetch_add(usize::from(answer.starts_with("HTTP/1.1 200")), Ordering::Relaxed);
                }
            });
        }
    });
    done.into_inner() as f64 / begun.elapsed().as_secs_f64()
}
