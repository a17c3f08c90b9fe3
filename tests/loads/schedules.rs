//! Misfortune in an order that a seed decides: requests lost, late and overtaken, doubled, answers cut; tabs that hang up in the
//! middle; servers that are killed. After each schedule there are as many bookings as wishes, each where it was promised.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use domain::api::{BOOKINGS, BookingView, Offer};
use rusqlite::Connection;
use tests::binary::Running;
use tests::crowd::{offer, open_times, serve, wish};
use tests::dice::Dice;
use tests::proxy::{Fate, Proxy};

use crate::client::book;
use crate::figures::tell;
use crate::kept::assert_kept;

const PHONES: usize = 6;
/// A phone that is unlucky so often meets no more misfortune, so that each schedule ends.
const MOST_FATES: usize = 40;
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Met {
    lost: AtomicUsize,
    late: AtomicUsize,
    doubled: AtomicUsize,
    cut: AtomicUsize,
    kills: AtomicUsize,
    hung_up: AtomicUsize,
}

pub fn run(schedules: usize, minutes: f64, seed: u64) {
    println!("seed {seed}");
    let begun = Instant::now();
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let mut server = serve(&var);
    let offer = offer(&server);
    let proxy = runtime.block_on(Proxy::start(port(&server))).unwrap();
    let met = Arc::new(Met::default());
    let (mut promised, mut done) = (Vec::new(), 0);
    while done < schedules && begun.elapsed().as_secs_f64() < minutes * 60.0 {
        let seed = seed + done as u64;
        let mut dice = Dice::new(seed);
        spoil(&proxy, seed, &met);
        let kills = dice.below(4) == 0;
        let views = thread::scope(|scope| {
            let phone = |nth: usize| {
                let (offer, met, address) = (&offer, &met, format!("127.0.0.1:{}", proxy.port()));
                let mut dice = Dice::new(seed ^ (nth as u64 + 1) << 40);
                scope.spawn(move || {
                    be_phone(&address, offer, &format!("schedule-{seed}-{nth}"), nth, &mut dice, met)
                })
            };
            let phones: Vec<_> = (0..PHONES).map(phone).collect();
            if kills {
                thread::sleep(Duration::from_millis(dice.below(60) as u64));
                server.signal("KILL");
                server = serve(&var);
                proxy.lead_to(port(&server));
                met.kills.fetch_add(1, Ordering::Relaxed);
            }
            phones.into_iter().map(|phone| phone.join().unwrap()).collect::<Vec<BookingView>>()
        });
        promised.extend(views);
        done += 1;
        assert_eq!(bookings(&var), promised.len(), "after the schedule with the seed {seed}");
    }
    assert_kept(var.path(), &promised);
    report(&met, done, promised.len());
    drop(proxy);
}

fn report(met: &Met, done: usize, wishes: usize) {
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed) as f64;
    tell("schedules_done", done as f64);
    tell("schedules_wishes", wishes as f64);
    // It is asserted after each of them.
    tell("schedules_amiss", 0.0);
    tell("schedules_lost", count(&met.lost));
    tell("schedules_late", count(&met.late));
    tell("schedules_doubled", count(&met.doubled));
    tell("schedules_cut", count(&met.cut));
    tell("schedules_hung_up", count(&met.hung_up));
    tell("schedules_kills", count(&met.kills));
}

fn port(server: &Running) -> u16 {
    server.address.rsplit_once(':').unwrap().1.parse().unwrap()
}

fn bookings(var: &Arc<tempfile::TempDir>) -> usize {
    let database = Connection::open(var.path().join("tonari.db")).unwrap();
    let count: i64 = database.query_row("SELECT count(*) FROM bookings", [], |row| row.get(0)).unwrap();
    usize::try_from(count).unwrap()
}

fn spoil(proxy: &Proxy, seed: u64, met: &Arc<Met>) {
    let (dice, met) = (Mutex::new((Dice::new(seed ^ 0x5eed), 0)), Arc::clone(met));
    proxy.spoil(move |path| {
        let mut dice = dice.lock().unwrap();
        if path != BOOKINGS || dice.1 == MOST_FATES {
            return None;
        }
        dice.1 += 1;
        let (count, fate) = match dice.0.below(8) {
            0 => (&met.lost, Fate::Lose),
            1 => (&met.cut, Fate::Cut),
            2 | 3 => (&met.late, Fate::Late(Duration::from_millis(dice.0.below(80) as u64))),
            4 => (&met.doubled, Fate::Twice),
            _ => return None,
        };
        count.fetch_add(1, Ordering::Relaxed);
        Some(fate)
    });
}

/// What is in its outbox is sent until there is an answer. A tab that is killed has forgotten only what it was waiting for.
fn be_phone(address: &str, offer: &Offer, key: &str, nth: usize, dice: &mut Dice, met: &Met) -> BookingView {
    let body = wish(offer, key, nth + dice.below(10_000));
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < PATIENCE, "{key} has had no answer for {PATIENCE:?}");
        if dice.below(6) == 0 {
            met.hung_up.fetch_add(1, Ordering::Relaxed);
            hang_up(address, key, &body);
            continue;
        }
        let reply = book(address, key, &body, None);
        if let Some(view) = reply.as_ref().and_then(crate::client::Reply::promised) {
            return view;
        }
        if let Some(reply) = reply.filter(|reply| reply.pause().is_none()) {
            panic!("{key}: {} {}", reply.status, reply.body);
        }
        thread::sleep(Duration::from_millis(dice.below(30) as u64));
    }
}

/// Sends and is gone before the answer.
fn hang_up(address: &str, key: &str, body: &str) {
    let sent = std::net::TcpStream::connect(address).and_then(|mut stream| {
        let request = format!(
            "POST {BOOKINGS} HTTP/1.1\r\nHost: tonari\r\nContent-Type: application/json\r\nIdempotency-Key: {key}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        std::io::Write::write_all(&mut stream, request.as_bytes())
    });
    // Whether it arrived is just what a killed tab does not know.
    drop(sent);
}
