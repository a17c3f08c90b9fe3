//! The server was away; ten thousand phones have a request in their outbox and try again at the pauses that the real rule gives
//! them. Of twenty phones one loses its first answer on its way, and sends the same once more.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use domain::api::{BookingView, Offer};
use domain::outbox::backoff_ms;
use tests::crowd::{offer, open_times, serve, wish};
use tests::dice::Dice;

use crate::client::book;
use crate::figures::{tell, tell_times};
use crate::kept::assert_kept;

const HANDS: usize = 128;
const LOST_OF: usize = 20;

/// When, which phone, and how often it has tried.
type Due = Reverse<(Duration, usize, u32)>;

struct Phones {
    address: String,
    letters: Vec<(String, String)>,
    due: Mutex<(BinaryHeap<Due>, Dice)>,
    /// Whose first answer does not arrive.
    loses: Vec<AtomicBool>,
    left: AtomicUsize,
    lost: AtomicUsize,
    busy: AtomicUsize,
    begun: Instant,
    /// When each was booked first, and how long that took.
    booked: Mutex<Vec<(usize, Duration, Duration)>>,
    promised: Mutex<Vec<(BookingView, Duration)>>,
}

pub fn run(phones: usize, seed: u64) {
    println!("seed {seed}");
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let server = serve(&var);
    let phones = wait_for_the_server(&server.address, &offer(&server), phones, seed);
    thread::scope(|scope| {
        (0..HANDS).for_each(|_| drop(scope.spawn(|| phones.go_on())));
    });
    report(phones, var.path());
}

/// They tried while it was away, each at moments of its own; now it is back.
fn wait_for_the_server(address: &str, offer: &Offer, count: usize, seed: u64) -> Phones {
    let mut dice = Dice::new(seed);
    let letter = |nth: usize| {
        let key = format!("outbox-{nth}");
        let body = wish(offer, &key, nth);
        (key, body)
    };
    let due = |nth: usize, dice: &mut Dice| {
        let tries = 4 + dice.below(8) as u32;
        let pause = backoff_ms(tries, dice.share()) as f64 * dice.share();
        Reverse((Duration::from_millis(pause as u64), nth, tries))
    };
    let due: BinaryHeap<Due> = (0..count).map(|nth| due(nth, &mut dice)).collect();
    Phones {
        address: address.to_owned(),
        letters: (0..count).map(letter).collect(),
        loses: (0..count).map(|_| AtomicBool::new(dice.below(LOST_OF) == 0)).collect(),
        due: Mutex::new((due, dice)),
        left: AtomicUsize::new(count),
        lost: AtomicUsize::new(0),
        busy: AtomicUsize::new(0),
        begun: Instant::now(),
        booked: Mutex::default(),
        promised: Mutex::default(),
    }
}

impl Phones {
    fn go_on(&self) {
        while self.left.load(Ordering::Relaxed) > 0 {
            let now = self.begun.elapsed();
            let next = {
                let mut due = self.due.lock().unwrap();
                let is_due = due.0.peek().is_some_and(|Reverse((at, ..))| *at <= now);
                is_due.then(|| due.0.pop()).flatten()
            };
            match next {
                Some(Reverse((_, nth, tries))) => self.send(nth, tries),
                None => thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    fn send(&self, nth: usize, tries: u32) {
        let (key, body) = &self.letters[nth];
        let asked = Instant::now();
        let reply = book(&self.address, key, body, None);
        let view = reply.as_ref().and_then(crate::client::Reply::promised);
        if let Some(view) = view {
            let is_lost = {
                let mut booked = self.booked.lock().unwrap();
                booked.push((nth, self.begun.elapsed(), asked.elapsed()));
                self.loses[nth].swap(false, Ordering::Relaxed)
            };
            if !is_lost {
                self.promised.lock().unwrap().push((view, self.begun.elapsed()));
                self.left.fetch_sub(1, Ordering::Relaxed);
                return;
            }
            self.lost.fetch_add(1, Ordering::Relaxed);
        } else {
            self.busy.fetch_add(1, Ordering::Relaxed);
        }
        let told = reply.and_then(|reply| reply.pause());
        let mut due = self.due.lock().unwrap();
        let pause = Duration::from_millis(backoff_ms(tries + 1, due.1.share()).cast_unsigned());
        due.0.push(Reverse((self.begun.elapsed() + told.unwrap_or(pause), nth, tries + 1)));
    }
}

fn report(phones: Phones, var: &std::path::Path) {
    let mut booked = phones.booked.into_inner().unwrap();
    let (views, known): (Vec<BookingView>, Vec<Duration>) =
        phones.promised.into_inner().unwrap().into_iter().unzip();
    let there = assert_kept(var, &views);
    let mut answers: Vec<Duration> = booked.iter().map(|(.., took)| *took).collect();
    // Only the first time counts as booked; what comes again is answered as before.
    booked.sort_unstable();
    booked.dedup_by_key(|(nth, ..)| *nth);
    let mut seconds = std::collections::HashMap::<u64, usize>::new();
    booked.iter().for_each(|(_, at, _)| *seconds.entry(at.as_secs()).or_default() += 1);
    let last = booked.iter().map(|(_, at, _)| *at).max().unwrap_or_default();
    tell("outboxes_phones", phones.letters.len() as f64);
    tell("outboxes_bookings", there as f64);
    tell("outboxes_doubles", there as f64 - phones.letters.len() as f64);
    tell("outboxes_seconds", last.as_secs_f64());
    tell("outboxes_known_seconds", known.iter().max().map_or(0.0, Duration::as_secs_f64));
    tell("outboxes_busiest_second", seconds.values().max().copied().unwrap_or_default() as f64);
    tell("outboxes_answers_lost", phones.lost.into_inner() as f64);
    tell("outboxes_turned_away", phones.busy.into_inner() as f64);
    tell_times("outboxes_answer", &mut answers);
}
