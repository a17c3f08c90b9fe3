//! What it costs to wait, by how many come: each rate for some seconds, each request due at its own moment whether the one before
//! was answered or not. Waiting is counted from when it was due; so a server that falls behind cannot hide it.

use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use domain::api::BookingView;
use tests::crowd::{offer, open_times, serve, speak, wish};

use crate::client::book;
use crate::figures::tell;
use crate::kept::assert_kept;

const SECONDS: usize = 6;
/// As many can be waiting for an answer at once.
const HANDS: usize = 128;
const SLOTS: [usize; 6] = [250, 500, 1_000, 2_000, 4_000, 8_000];
const BOOKINGS: [usize; 6] = [100, 200, 400, 800, 1_600, 3_200];

enum Came {
    Served,
    /// Asked to come again, and when.
    Told,
    Lost,
}

pub fn run() {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let server = serve(&var);
    let slots = "GET /api/v1/teams/shimane/slots HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\n\r\n";
    for rate in SLOTS {
        measure("slots", rate, |_| match speak(&server.address, slots) {
            Ok(text) if text.starts_with("HTTP/1.1 200") => Came::Served,
            Ok(text) if ["HTTP/1.1 429", "HTTP/1.1 503"].iter().any(|told| text.starts_with(told)) => {
                Came::Told
            }
            _ => Came::Lost,
        });
    }
    let offer = offer(&server);
    let promised = Mutex::new(Vec::<BookingView>::new());
    for rate in BOOKINGS {
        let letters = closed(rate, |key, nth| wish(&offer, key, nth));
        measure("bookings", rate, |nth| {
            let (key, body) = &letters[nth];
            match book(&server.address, key, body, None) {
                Some(reply) if reply.pause().is_some() => Came::Told,
                Some(reply) => reply.promised().map_or(Came::Lost, |view| {
                    promised.lock().unwrap().push(view);
                    Came::Served
                }),
                None => Came::Lost,
            }
        });
    }
    is_kept(var.path(), promised.into_inner().unwrap());
}

fn is_kept(var: &Path, promised: Vec<BookingView>) {
    assert_kept(var, &promised);
    tell("curves_promised", promised.len() as f64);
    tell("curves_lost", 0.0);
}

/// Letters of one rate, by all processors: a phone closes one.
fn closed(rate: usize, wish: impl Fn(&str, usize) -> String + Sync) -> Vec<(String, String)> {
    let threads = thread::available_parallelism().map_or(2, Into::into);
    let all = Mutex::new(vec![(String::new(), String::new()); rate * SECONDS]);
    thread::scope(|scope| {
        for begin in 0..threads {
            let (all, wish) = (&all, &wish);
            scope.spawn(move || {
                for nth in (begin..rate * SECONDS).step_by(threads) {
                    let key = format!("curve-{rate}-{nth}");
                    let body = wish(&key, rate + nth);
                    all.lock().unwrap()[nth] = (key, body);
                }
            });
        }
    });
    all.into_inner().unwrap()
}

fn measure(what: &str, rate: usize, ask: impl Fn(usize) -> Came + Sync) {
    let (next, told, lost) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let waits = Mutex::new(Vec::new());
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..HANDS {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= rate * SECONDS {
                        return;
                    }
                    let due = Duration::from_secs_f64(nth as f64 / rate as f64);
                    thread::sleep(due.saturating_sub(begun.elapsed()));
                    match ask(nth) {
                        Came::Served => waits.lock().unwrap().push(begun.elapsed() - due),
                        Came::Told => drop(told.fetch_add(1, Ordering::Relaxed)),
                        Came::Lost => drop(lost.fetch_add(1, Ordering::Relaxed)),
                    }
                }
            });
        }
    });
    let took = begun.elapsed().as_secs_f64();
    let mut waits = waits.into_inner().unwrap();
    waits.sort_unstable();
    let at = |percent: usize| {
        waits
            .get((waits.len() * percent / 100).min(waits.len().saturating_sub(1)))
            .map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
    };
    println!(
        "curve {what} {rate} {:.1} {} {} {:.2} {:.2}",
        waits.len() as f64 / took,
        told.into_inner(),
        lost.into_inner(),
        at(50),
        at(99)
    );
}
