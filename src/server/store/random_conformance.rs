//! Everything at once, at random, on any store: what comes out has to be what some order of these calls could give.
//!
//! `TONARI_SEED` repeats a run's calls (not how they interleave); the seed is printed by whoever fails.

use std::collections::HashMap;
use std::env;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::booking::{Event, Wish};
use domain::slot::{Rules, Taken};

use super::conformance::{NOW, at, request, rules, team, token};
use super::{Booked, Booking, BookingStore, Changed};

const WORKERS: u32 = 8;
const CALLS: u32 = 400;
const PLACES: u8 = 3;
const CAP: u8 = 12;
const BUFFER: u16 = 15;

/// What the store answered about each booking, in any order.
type Histories = Mutex<HashMap<u32, Vec<Booking>>>;

struct World {
    store: Arc<dyn BookingStore>,
    rules: Arc<Rules>,
    told: Histories,
}

// Cal.com's tests expect two bookings for one time; ours look at thousands of them while they come, move and go.
pub async fn c16_booking_moving_and_cancelling_at_random_never_overlap(store: Arc<dyn BookingStore>) {
    let seed = seed();
    println!("TONARI_SEED={seed}");
    let mut rules = rules(600 + 480, PLACES);
    let changed = Arc::make_mut(&mut rules);
    (changed.buffer, changed.cap) = (BUFFER, Some(CAP.into()));
    let world = Arc::new(World { store, rules, told: Histories::default() });
    let over = Arc::new(AtomicBool::new(false));
    let watcher = tokio::spawn(watch(Arc::clone(&world), Arc::clone(&over)));
    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| tokio::spawn(work(Arc::clone(&world), worker, Dice(seed ^ u64::from(worker) << 32))))
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    over.store(true, Ordering::Relaxed);
    assert!(watcher.await.unwrap() > 0, "nobody looked meanwhile");
    world.check().await;
}

/// Looks at what is held all the time: each look is one moment, and no moment may hold a place twice.
async fn watch(world: Arc<World>, over: Arc<AtomicBool>) -> u32 {
    let mut looks = 0;
    while !over.load(Ordering::Relaxed) {
        world.held().await;
        looks += 1;
    }
    looks
}

async fn work(world: Arc<World>, worker: u32, mut dice: Dice) {
    let mut mine = Vec::new();
    for call in 0..CALLS {
        let any =
            |dice: &mut Dice, mine: &[u32]| mine.get(dice.below(mine.len().max(1) as u64) as usize).copied();
        match (dice.below(10), any(&mut dice, &mine)) {
            // Somebody else's, too: the team cancels while she moves.
            (0..=1, _) => {
                let other =
                    dice.below(u64::from(WORKERS)) as u32 * CALLS + dice.below(u64::from(call) + 1) as u32;
                world.happen(other, Event::Cancel).await;
            }
            (2, Some(n)) => world.happen(n, Event::Cancel).await,
            (3..=5, Some(n)) => world.move_to(n, wish(&mut dice)).await,
            (6, Some(n)) => world.repeat(n).await,
            _ => {
                let n = worker * CALLS + call;
                world.book(n, [wish(&mut dice), wish(&mut dice)]).await;
                mine.push(n);
            }
        }
    }
}

impl World {
    async fn book(&self, n: u32, wishes: [Wish; 2]) {
        match self.store.book(request(n, &self.rules, &wishes)).await.unwrap() {
            Booked::Taken { booking, rank } => {
                assert_eq!(wishes[usize::from(rank)].start, booking.start, "not what she asked for");
                self.tell(n, booking);
            }
            Booked::Conflict(near) => assert!(near.len() <= 3),
            Booked::KeyReused | Booked::TooOld => panic!("{n} is a key of its own"),
        }
    }

    /// The same key again; the wishes do not matter any more.
    async fn repeat(&self, n: u32) {
        match self.store.book(request(n, &self.rules, &[at(600)])).await.unwrap() {
            Booked::Taken { booking, .. } => assert_eq!(booking.reference, format!("{n:08}")),
            Booked::Conflict(_) => assert!(!self.knows(n), "it was taken before"),
            Booked::KeyReused | Booked::TooOld => panic!("{n} is the same request"),
        }
    }

    async fn happen(&self, n: u32, event: Event) {
        match self.store.happen(token(n), event, NOW).await.unwrap() {
            Changed::Done(booking) => self.tell(n, booking),
            Changed::Unknown | Changed::Already(_) | Changed::WrongState(_) => {}
            Changed::Conflict(_) => panic!("{event:?} needs no time"),
        }
    }

    async fn move_to(&self, n: u32, wish: Wish) {
        match self.store.move_to(token(n), wish, Arc::clone(&self.rules), NOW).await.unwrap() {
            Changed::Done(booking) => {
                assert_eq!(booking.start, wish.start);
                self.tell(n, booking);
            }
            Changed::Already(booking) => assert_eq!(booking.start, wish.start),
            Changed::Unknown => assert!(!self.knows(n), "it was taken before"),
            Changed::WrongState(_) | Changed::Conflict(_) => {}
        }
    }

    async fn held(&self) -> Vec<Taken> {
        let held = self.store.taken(team(), NOW, NOW + 9 * 86_400).await.unwrap();
        assert!(held.len() <= usize::from(CAP), "more than {CAP} on a day: {held:?}");
        for (n, one) in held.iter().enumerate() {
            for other in held[n + 1..].iter().filter(|other| other.place == one.place) {
                let between = (one.start - other.start).abs();
                assert!(between >= i64::from(one.length + BUFFER) * 60, "{one:?} and {other:?}");
            }
        }
        held
    }

    /// Every change counts once, the last one stands, and nothing else holds a place.
    async fn check(&self) {
        let told = self.told.lock().unwrap().clone();
        let mut holding = 0;
        for (n, mut history) in told {
            history.sort_by_key(|booking| booking.sequence);
            let sequences: Vec<u32> = history.iter().map(|booking| booking.sequence).collect();
            assert_eq!(sequences, (0..history.len() as u32).collect::<Vec<_>>(), "{history:?}");
            for pair in history.windows(2) {
                assert!(pair[0].status.holds_place(), "changed after its end: {history:?}");
            }
            let now = self.store.find(token(n)).await.unwrap();
            assert_eq!(now.as_ref(), history.last(), "of {history:?}");
            holding += usize::from(now.unwrap().status.holds_place());
        }
        assert_eq!(self.held().await.len(), holding);
    }

    fn tell(&self, n: u32, booking: Booking) {
        self.told.lock().unwrap().entry(n).or_default().push(booking);
    }

    fn knows(&self, n: u32) -> bool {
        self.told.lock().unwrap().contains_key(&n)
    }
}

fn wish(dice: &mut Dice) -> Wish {
    at(600 + 30 * dice.below(16) as u16)
}

pub(super) fn seed() -> u64 {
    let given = env::var("TONARI_SEED").ok().map(|seed| seed.parse().expect("TONARI_SEED is a number"));
    given.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as u64)
}

/// SplitMix64: good enough to choose, and the same everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }
}
