//! At the bell: as many founders as there are times, all of them at once. Whose time went to another takes one of those that
//! she is offered instead, until she has one.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use domain::api::{BookingView, Offer, Refusal};
use domain::calendar::{Date, JstTime};
use server::service::system_clock;
use tests::crowd::{offer, open_times_of, serve, wish_for};
use tests::dice::Dice;

use crate::client::book;
use crate::figures::{tell, tell_times};
use crate::kept::assert_kept;

/// Founders whose connection is open at the same moment; each of the others is at the door as soon as one is served.
const AT_ONCE: usize = 1_000;
/// Days with forty-eight beginnings each.
const DAYS: usize = 6;
pub const BEGINNINGS: usize = DAYS * 48;
/// Whoever has none by then will not get one.
const LIMIT: Duration = Duration::from_secs(300);

struct Bell {
    address: String,
    offer: Offer,
    prepared: Vec<(String, String)>,
    next: AtomicUsize,
    busy: AtomicUsize,
    others: AtomicUsize,
    broken: AtomicUsize,
    gone: AtomicUsize,
    promised: Mutex<Vec<(BookingView, Duration)>>,
}

pub fn run(founders: usize) {
    let var = Arc::new(tempfile::tempdir().unwrap());
    let places = founders.div_ceil(BEGINNINGS).clamp(1, 200);
    open_times_of(var.path(), "shimane", &times(places));
    let server = serve(&var);
    let offer = offer(&server);
    assert_eq!(offer.times.len(), BEGINNINGS);
    let founders = BEGINNINGS * places;
    eprintln!("{founders} founders write their letters");
    let bell = Bell {
        address: server.address.clone(),
        prepared: prepare(&offer, founders),
        offer,
        next: AtomicUsize::new(0),
        busy: AtomicUsize::new(0),
        others: AtomicUsize::new(0),
        broken: AtomicUsize::new(0),
        gone: AtomicUsize::new(0),
        promised: Mutex::default(),
    };
    let rings = Barrier::new(AT_ONCE + 1);
    let took = thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            let founder = thread::Builder::new().stack_size(256 * 1024);
            founder
                .spawn_scoped(scope, || {
                    rings.wait();
                    bell.come(Instant::now());
                })
                .unwrap();
        }
        rings.wait();
        Instant::now()
    })
    .elapsed();
    let (views, mut waits): (Vec<BookingView>, Vec<Duration>) =
        bell.promised.into_inner().unwrap().into_iter().unzip();
    let numbers: HashSet<&str> = views.iter().map(|view| view.reference.as_str()).collect();
    tell("bell_founders", founders as f64);
    tell("bell_sold", numbers.len() as f64);
    tell("bell_left", (founders - assert_kept(var.path(), &views)) as f64);
    tell("bell_seconds", took.as_secs_f64());
    tell("bell_busy", bell.busy.into_inner() as f64);
    tell("bell_others", bell.others.into_inner() as f64);
    tell("bell_gone", bell.gone.into_inner() as f64);
    tell("bell_broken", bell.broken.into_inner() as f64);
    tell_times("bell_wait", &mut waits);
    assert_eq!(numbers.len(), founders, "each has one, and no two the same");
}

/// One-off days, so that neither a weekday nor a holiday makes it another run.
pub fn times(places: usize) -> String {
    let today = JstTime::from_unix_seconds((system_clock())()).date;
    let day = |after: i64| -> Date { today.plus_days(7 + after) };
    let open: Vec<String> = (0..DAYS as i64)
        .map(|after| {
            format!(
                r#"{{ "date": "{}", "from": "08:00", "to": "20:00", "length": 15, "every": 15, "places": {places}, "kinds": ["visit"] }}"#,
                day(after).to_text()
            )
        })
        .collect();
    format!(
        r#"{{ "weekly": [], "open": [{}], "lead_hours": 24, "horizon_days": 60, "cap": null, "deadline_hours": 0, "by_hand": false }}"#,
        open.join(",")
    )
}

/// Closed before the bell, as phones do it.
fn prepare(offer: &Offer, founders: usize) -> Vec<(String, String)> {
    let threads = thread::available_parallelism().map_or(2, Into::into);
    let of = |begin: usize| {
        let each = move |nth: usize| {
            let key = format!("bell-{nth}");
            // Some times are liked better than others: a few of each hundred come too late for theirs.
            let time = Dice::new(nth as u64 + 1).below(offer.times.len());
            let body = wish_for(offer, &key, &offer.times[time]);
            (key, body)
        };
        (begin..founders).step_by(threads).map(each).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|begin| scope.spawn(move || of(begin))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

impl Bell {
    /// One founder after the other, until all have been.
    fn come(&self, rung: Instant) {
        loop {
            let nth = self.next.fetch_add(1, Ordering::Relaxed);
            let Some((key, body)) = self.prepared.get(nth) else { return };
            let view = self.book(nth, key.clone(), body.clone(), rung);
            let wait = rung.elapsed();
            self.promised.lock().unwrap().push((view, wait));
        }
    }

    fn book(&self, nth: usize, mut key: String, mut body: String, rung: Instant) -> BookingView {
        let mut dice = Dice::new(nth as u64 ^ 0xbe11);
        let mut tries = 0;
        loop {
            assert!(rung.elapsed() < LIMIT, "she stands there for {LIMIT:?} and has no time");
            let Some(reply) = book(&self.address, &key, &body, None) else {
                // Nobody knows: the same again, under the same key.
                self.broken.fetch_add(1, Ordering::Relaxed);
                continue;
            };
            if let Some(view) = reply.promised() {
                return view;
            }
            if let Some(pause) = reply.pause() {
                self.busy.fetch_add(1, Ordering::Relaxed);
                thread::sleep(pause);
                continue;
            }
            if reply.status >= 500 {
                self.others.fetch_add(1, Ordering::Relaxed);
            }
            let near = Refusal::read(reply.body.as_bytes()).map(|refusal| refusal.alternatives);
            let near = near.filter(|near| !near.is_empty());
            let times = near.unwrap_or_else(|| self.offer.times.clone());
            tries += 1;
            self.gone.fetch_add(1, Ordering::Relaxed);
            key = format!("bell-{nth}-{tries}");
            body = wish_for(&self.offer, &key, &times[dice.below(times.len())]);
        }
    }
}
