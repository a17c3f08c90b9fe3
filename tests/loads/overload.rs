//! A flood from a hundred addresses beside founders who come at a steady pace from addresses of their own. The flood is told to
//! come again later, and how much later; the founders are served as if there were none, and nothing promised is lost.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use domain::api::{BookingView, Offer};
use tests::binary::Running;
use tests::crowd::{offer, open_times, wish};

use crate::client::{Reply, book};
use crate::figures::{tell, tell_times};
use crate::kept::assert_kept;

const RUDE: usize = 48;
const ADDRESSES: usize = 100;
/// Founders, each of them once in this time: fifty a second, three times what a whole city's bookings were at their worst.
const FOUNDERS: usize = 16;
const PACE: Duration = Duration::from_millis(320);
/// Letters that the flood sends again and again.
const LETTERS: usize = 400;

struct Load {
    address: String,
    offer: Offer,
    letters: Vec<(String, String)>,
    over: AtomicBool,
    offered: AtomicUsize,
    told: AtomicUsize,
    untold: AtomicUsize,
    unanswered: AtomicUsize,
    promised: Mutex<Vec<(BookingView, Duration)>>,
}

pub fn run(minutes: f64) {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    // Addresses count as they do behind a proxy; only what a whole crowd asks for is not work here.
    let room = ["--proxies=1", "--calm-bookings-per-minute=1000000", "--calm-bookings-of-a-team=1000000"];
    let server = Running::start_on(Arc::clone(&var), &room);
    let offer = offer(&server);
    let letter = |nth: usize| {
        let key = format!("flood-{nth}");
        let body = wish(&offer, &key, nth);
        (key, body)
    };
    let load = Load {
        address: server.address.clone(),
        letters: (0..LETTERS).map(letter).collect(),
        offer: offer.clone(),
        over: AtomicBool::new(false),
        offered: AtomicUsize::new(0),
        told: AtomicUsize::new(0),
        untold: AtomicUsize::new(0),
        unanswered: AtomicUsize::new(0),
        promised: Mutex::default(),
    };
    let begun = Instant::now();
    thread::scope(|scope| {
        (0..RUDE).for_each(|number| {
            drop(scope.spawn({
                let load = &load;
                move || load.flood(number)
            }))
        });
        (0..FOUNDERS).for_each(|number| {
            drop(scope.spawn({
                let load = &load;
                move || load.found(number)
            }))
        });
        thread::sleep(Duration::from_secs_f64(minutes * 60.0));
        load.over.store(true, Ordering::Relaxed);
    });
    report(load, begun.elapsed(), &server);
}

fn report(load: Load, took: Duration, server: &Running) {
    let (views, mut waits): (Vec<BookingView>, Vec<Duration>) =
        load.promised.into_inner().unwrap().into_iter().unzip();
    let offered = load.offered.into_inner() as f64;
    tell("overload_offered_per_second", offered / took.as_secs_f64());
    tell("overload_accepted_per_second", views.len() as f64 / took.as_secs_f64());
    tell("overload_times", offered / views.len() as f64);
    tell("overload_told", load.told.into_inner() as f64);
    tell("overload_untold", load.untold.into_inner() as f64);
    tell("overload_unanswered", load.unanswered.into_inner() as f64);
    tell_times("overload_accepted", &mut waits);
    tell("overload_memory_mb", server.peak_memory() as f64 / 1e6);
    assert_kept(server.var.path(), &views);
    tell("overload_lost", 0.0);
}

impl Load {
    fn flood(&self, number: usize) {
        let mut turn = number;
        while !self.over.load(Ordering::Relaxed) {
            let (key, body) = &self.letters[turn % LETTERS];
            self.ask(key, body, &format!("198.51.100.{}", turn % ADDRESSES));
            turn += RUDE;
        }
    }

    fn found(&self, number: usize) {
        let mut turn = 0;
        while !self.over.load(Ordering::Relaxed) {
            let nth = turn * FOUNDERS + number;
            let key = format!("founder-{nth}");
            let body = wish(&self.offer, &key, LETTERS + nth);
            let begun = Instant::now();
            let from = format!("10.{}.{}.{}", nth >> 16 & 255, nth >> 8 & 255, nth & 255);
            while let Some(reply) = self.ask(&key, &body, &from) {
                let Some(pause) = reply.pause() else { break };
                thread::sleep(pause);
            }
            thread::sleep(PACE.saturating_sub(begun.elapsed()));
            turn += 1;
        }
    }

    fn ask(&self, key: &str, body: &str, from: &str) -> Option<Reply> {
        let asked = Instant::now();
        self.offered.fetch_add(1, Ordering::Relaxed);
        let Some(reply) = book(&self.address, key, body, Some(from)) else {
            self.unanswered.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        if let Some(view) = reply.promised() {
            self.promised.lock().unwrap().push((view, asked.elapsed()));
        } else if reply.pause().is_some() {
            self.told.fetch_add(1, Ordering::Relaxed);
        } else if reply.status != 409 {
            // Neither served nor told when to come again.
            self.untold.fetch_add(1, Ordering::Relaxed);
        }
        Some(reply)
    }
}
