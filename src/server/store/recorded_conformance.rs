//! What clients heard from a store while they called it all at once has to be what *one* clerk could have told them, who
//! serves one after the other, and nobody before a call that had ended when hers began. (Linearizable is the word.)
//!
//! Checking that tries orders, so it is only feasible for short histories. It is enough to check each day of each team by
//! itself: a history is linearizable if and only if its part of every single object is (Herlihy and Wing call it
//! *locality*), and nothing of one team depends on another. Both times of a day are one object, because a move
//! touches two of them at once, and a closed day closes both.

mod day;

use std::sync::{Arc, Mutex};

use domain::association::AssociationId;
use domain::booking::{Event, Wish};
use domain::slot::Rules;
use stateright::semantics::{ConsistencyTester, LinearizabilityTester};

use super::conformance::{NOW, at, request, token};
use super::random_conformance::{Dice, seed};
use super::{Booked, Booking, BookingStore, Changed, NewBooking, Opening};
use day::{Answer, Call, Day, Standing};

/// Days that are filled at the same time; others have to wait for the same disk.
const LANES: u32 = 8;
const DAYS_OF_A_LANE: u32 = 28;
const CLIENTS: u32 = 4;
const CALLS_OF_A_CLIENT: usize = 12;
/// Of a day. Everybody calls about each of them, so that keys come twice and strangers cancel.
const BOOKINGS: u64 = 10;
const MINUTES: [u16; 2] = [600, 660];

#[derive(Clone, Debug)]
enum Moment {
    Asked(u32, Call),
    Heard(u32, Answer),
}

/// One team, its one day, and everything that was said about it, in the order in which it was said.
struct Counter {
    store: Arc<dyn BookingStore>,
    team: AssociationId,
    first: u32,
    said: Mutex<Vec<Moment>>,
}

// Two screens of one team showed two truths: who had been told "cancelled" was still in the list of the one beside her.
pub async fn c16_what_everybody_heard_could_have_happened_one_after_the_other(store: Arc<dyn BookingStore>) {
    let seed = seed();
    println!("TONARI_SEED={seed}");
    let lanes: Vec<_> = (0..LANES)
        .map(|lane| tokio::spawn(fill_days(Arc::clone(&store), lane, Dice(seed ^ u64::from(lane) << 32))))
        .collect();
    let (mut calls, mut at_once) = (0, 0);
    for lane in lanes {
        let (asked, together) = lane.await.unwrap();
        (calls, at_once) = (calls + asked, at_once + together);
    }
    println!("{calls} calls on {} days, {at_once} beside another", LANES * DAYS_OF_A_LANE);
    assert!(calls >= 10_000, "{calls} calls are too few");
    assert!(at_once >= calls / 2, "only {at_once} of {calls} were asked beside another: nothing was tried");
}

// A checker that is content with everything had been green for a year.
pub async fn c16_one_word_changed_in_what_was_heard_is_noticed(store: Arc<dyn BookingStore>) {
    let counter = Arc::new(Counter::open(store, 1).await);
    let clients = (0..2).map(|client| tokio::spawn(first_come(Arc::clone(&counter), client)));
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    let said = counter.said.lock().unwrap().clone();
    assert!(could_be(&said), "{said:#?}");
    let mut altered = 0;
    for at in 0..said.len() {
        let mut other = said.clone();
        if let Moment::Heard(_, answer) = &mut other[at] {
            let Some(lie) = answer.altered() else { continue };
            *answer = lie;
            assert!(!could_be(&other), "nobody noticed: {:?} instead of {:?}", other[at], said[at]);
            altered += 1;
        }
    }
    assert!(altered >= 8, "only {altered} answers could be altered");
}

/// Both want the same time; then each tries to confirm and to cancel what she has.
async fn first_come(counter: Arc<Counter>, client: u32) {
    let n = counter.first + client;
    for call in [
        Call::IsOpen,
        Call::Book { n, time: 0, is_open: true },
        Call::Happen { n, event: Event::Confirm },
        Call::Move { n, time: 1, is_open: true },
        Call::Find(n),
        Call::Happen { n, event: Event::Cancel },
    ] {
        counter.call(client, call).await;
    }
}

/// How many calls there were, and how many of them were asked while another one waited.
async fn fill_days(store: Arc<dyn BookingStore>, lane: u32, mut dice: Dice) -> (usize, usize) {
    let (mut calls, mut at_once) = (0, 0);
    for day in 0..DAYS_OF_A_LANE {
        let counter = Arc::new(Counter::open(Arc::clone(&store), 1 + lane * DAYS_OF_A_LANE + day).await);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| tokio::spawn(be_client(Arc::clone(&counter), client, Dice(dice.below(u64::MAX)))))
            .collect();
        for client in clients {
            client.await.unwrap();
        }
        let said = std::mem::take(&mut *counter.said.lock().unwrap());
        calls += said.len() / 2;
        at_once += asked_beside_another(&said);
        assert!(could_be(&said), "no clerk could have said this: {said:#?}");
    }
    (calls, at_once)
}

fn asked_beside_another(said: &[Moment]) -> usize {
    let (mut waiting, mut beside) = (0, 0);
    for moment in said {
        match moment {
            Moment::Asked(..) => {
                beside += usize::from(waiting > 0);
                waiting += 1;
            }
            Moment::Heard(..) => waiting -= 1,
        }
    }
    beside
}

async fn be_client(counter: Arc<Counter>, client: u32, mut dice: Dice) {
    let mut calls = 0;
    while calls < CALLS_OF_A_CLIENT {
        let n = counter.first + dice.below(BOOKINGS) as u32;
        let time = dice.below(2) as u8;
        let chosen = dice.below(20);
        let event = if chosen < 12 { Event::Cancel } else { Event::Confirm };
        let call = match chosen {
            // As the service does it: what the team offers is read, then the time is asked for.
            0..=9 => {
                let heard = counter.call(client, Call::IsOpen).await;
                calls += 1;
                let is_open = heard == Answer::Open(true);
                if chosen < 7 { Call::Book { n, time, is_open } } else { Call::Move { n, time, is_open } }
            }
            10..=14 => Call::Happen { n, event },
            15..=17 => Call::Find(n),
            // A closed day is rare, or nothing else would be seen.
            other => Call::Open(other != 18),
        };
        counter.call(client, call).await;
        calls += 1;
    }
}

fn could_be(said: &[Moment]) -> bool {
    let mut tester = LinearizabilityTester::new(Day::default());
    for moment in said {
        match moment.clone() {
            Moment::Asked(client, call) => tester.on_invoke(client, call).map(drop),
            Moment::Heard(client, answer) => tester.on_return(client, answer).map(drop),
        }
        .expect("a client asks, hears and asks again");
    }
    tester.is_consistent()
}

impl Counter {
    async fn open(store: Arc<dyn BookingStore>, number: u32) -> Self {
        let team = AssociationId(format!("team-{number}"));
        store.put_rules(team.clone(), opening(true), NOW).await.unwrap();
        Self { store, team, first: number * 100, said: Mutex::default() }
    }

    /// Written down before it is asked and after it is heard: in between, and nowhere else, it must have happened.
    async fn call(&self, client: u32, call: Call) -> Answer {
        self.said.lock().unwrap().push(Moment::Asked(client, call));
        let answer = self.answer(call).await;
        self.said.lock().unwrap().push(Moment::Heard(client, answer.clone()));
        answer
    }

    async fn answer(&self, call: Call) -> Answer {
        match call {
            Call::Book { n, time, is_open } => {
                let new =
                    NewBooking { team: self.team.clone(), ..request(n, &rules(is_open), &[wish(time)]) };
                match self.store.book(new).await.unwrap() {
                    Booked::Taken { booking, .. } => Answer::Given(standing(&booking)),
                    Booked::Conflict(near) => Answer::Refused(on_the_day(near.iter().map(|slot| slot.start))),
                    Booked::KeyReused | Booked::TooOld => panic!("{n} is the same request"),
                }
            }
            Call::Happen { n, event } => told(self.store.happen(token(n), event, NOW).await.unwrap()),
            Call::Move { n, time, is_open } => {
                let moved = self.store.move_to(token(n), wish(time), rules(is_open), NOW);
                told(moved.await.unwrap())
            }
            Call::Find(n) => Answer::Found(self.store.find(token(n)).await.unwrap().as_ref().map(standing)),
            Call::Open(is_open) => {
                self.store.put_rules(self.team.clone(), opening(is_open), NOW).await.unwrap();
                Answer::Noted
            }
            Call::IsOpen => {
                let opening = self.store.rules(self.team.clone()).await.unwrap().expect("it has rules");
                Answer::Open(opening.rules.closed.is_empty())
            }
        }
    }
}

fn told(changed: Changed) -> Answer {
    match changed {
        Changed::Done(booking) => Answer::Done(standing(&booking)),
        Changed::Already(booking) => Answer::Already(standing(&booking)),
        Changed::Unknown => Answer::Unknown,
        Changed::WrongState(_) => Answer::WrongState,
        Changed::Conflict(near) => Answer::Refused(on_the_day(near.iter().map(|slot| slot.start))),
    }
}

fn standing(booking: &Booking) -> Standing {
    let time = on_the_day([booking.start].into_iter())[0];
    Standing { time, status: booking.status, sequence: booking.sequence }
}

fn wish(time: u8) -> Wish {
    at(MINUTES[usize::from(time)])
}

/// Which times of the day these are. What is offered on other days is the same whatever happens.
fn on_the_day(starts: impl Iterator<Item = i64>) -> Vec<u8> {
    starts.filter_map(|start| (0..2).find(|time| wish(*time).start == start)).collect()
}

/// Tuesdays at ten and at eleven, one place, by hand; the one Tuesday that matters can be closed.
fn opening(is_open: bool) -> Opening {
    let closed: &[&str] = if is_open { &[] } else { &["2026-12-01"] };
    let json = serde_json::json!({
        "weekly": [{ "day": "tue", "from": "10:00", "to": "12:00", "length": 60, "every": 60, "places": 1,
                     "kinds": ["visit"] }],
        "closed": closed, "lead_hours": 1, "horizon_days": 60, "deadline_hours": 24, "by_hand": true
    });
    Opening { rules: serde_json::from_value(json).unwrap(), fictional: false }
}

fn rules(is_open: bool) -> Arc<Rules> {
    Arc::new(opening(is_open).rules.parse().unwrap())
}
