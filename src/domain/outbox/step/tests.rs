//! A phone, a network and a server made of data: whatever happens to them, what she asked for is booked once or she
//! is told.

mod edge_tests;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const MINUTE_MS: i64 = 60_000;

fn entry(key: &str, created_at_ms: i64, status: Status) -> Entry {
    Entry { key: Key(key.to_owned()), body: format!("body of {key}"), created_at_ms, attempts: 0, status }
}

fn queued(key: &str, at: i64) -> Entry {
    entry(key, at, Status::Queued { not_before_ms: at })
}

fn work() -> Answer {
    Answer::ProofNeeded(Challenge {
        algorithm: String::new(),
        challenge: String::new(),
        maxnumber: 0,
        salt: String::new(),
        signature: String::new(),
    })
}

/// The phone: its disk survives a crash, its memory does not.
#[derive(Default)]
struct World {
    now_ms: i64,
    disk: BTreeMap<Key, Entry>,
    memory: Outbox,
    /// Effects that were asked for and not done yet.
    asked: Vec<Effect>,
    /// Requests on their way.
    air: Vec<Entry>,
    /// What the server answered and the phone has not heard yet.
    answers: Vec<(Key, Answer)>,
    /// The server: by key, how often a booking was *made*. Its first answer is given again for the same key.
    booked: BTreeMap<Key, u32>,
    conflicts: BTreeSet<Key>,
}

impl World {
    fn step(&mut self, event: Event) {
        let effects = self.memory.step(event);
        self.asked.extend(effects);
    }

    /// Does the first of what was asked. Nothing else does anything on the phone.
    fn work(&mut self) {
        if self.asked.is_empty() {
            return;
        }
        match self.asked.remove(0) {
            Effect::Write(entry) => {
                self.disk.insert(entry.key.clone(), entry.clone());
                self.step(Event::Written { entry, now_ms: self.now_ms });
            }
            Effect::Erase(key) => {
                self.disk.remove(&key);
            }
            Effect::Solve(key, _) => {
                let (proof, now_ms) = (Some(Proof("solved".to_owned())), self.now_ms);
                self.step(Event::Solved { key, proof, chance: 0.5, now_ms });
            }
            Effect::Send(entry, _) => {
                assert!(
                    self.disk.get(&entry.key).is_none_or(|kept| kept.attempts >= entry.attempts),
                    "{entry:?}"
                );
                self.air.push(entry);
            }
            Effect::WakeAt(_) => {}
        }
    }

    /// The tab is killed and opened again.
    fn crash(&mut self) {
        self.asked.clear();
        self.memory = Outbox::default();
        let entries = self.disk.values().cloned().collect();
        self.step(Event::Loaded { entries, now_ms: self.now_ms });
    }

    fn server_takes(&mut self, at: usize, is_conflict: bool) {
        if self.air.is_empty() {
            return;
        }
        let request = self.air.remove(at % self.air.len());
        let key = request.key;
        let answer = if self.booked.contains_key(&key) {
            Answer::Taken(Receipt(key.0.clone()))
        } else if is_conflict || self.conflicts.contains(&key) {
            self.conflicts.insert(key.clone());
            Answer::Conflict("10:00".to_owned())
        } else {
            *self.booked.entry(key.clone()).or_default() += 1;
            Answer::Taken(Receipt(key.0.clone()))
        };
        self.answers.push((key, answer));
    }
}

#[derive(Clone, Copy, Debug)]
enum Happening {
    Tap(u8),
    Type(u8),
    Work,
    Crash,
    Later(i64),
    SendNow,
    ServerTakes(usize, bool),
    RequestLost(usize),
    RequestTwice(usize),
    AnswerHeard(usize),
    AnswerLost(usize),
    /// The phone gave up waiting while the request may still be under way.
    GaveUp(usize),
    Busy(usize),
    AskedForWork(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening as H;
    prop_oneof![
        2 => (0u8..4).prop_map(H::Tap),
        1 => (4u8..6).prop_map(H::Type),
        8 => Just(H::Work),
        1 => Just(H::Crash),
        2 => (1i64..10 * MINUTE_MS).prop_map(H::Later),
        1 => Just(H::SendNow),
        4 => (any::<usize>(), prop::bool::weighted(0.1)).prop_map(|(at, conflict)| H::ServerTakes(at, conflict)),
        1 => any::<usize>().prop_map(H::RequestLost),
        1 => any::<usize>().prop_map(H::RequestTwice),
        4 => any::<usize>().prop_map(H::AnswerHeard),
        1 => any::<usize>().prop_map(H::AnswerLost),
        2 => any::<usize>().prop_map(H::GaveUp),
        1 => any::<usize>().prop_map(H::Busy),
        1 => any::<usize>().prop_map(H::AskedForWork),
    ]
}

fn happen(world: &mut World, happening: Happening) {
    let now_ms = world.now_ms;
    let any_key = |world: &World, at: usize| {
        let keys: Vec<Key> = world.memory.entries().iter().map(|entry| entry.key.clone()).collect();
        (!keys.is_empty()).then(|| keys[at % keys.len()].clone())
    };
    match happening {
        Happening::Tap(n) => {
            let entry = queued(&n.to_string(), now_ms);
            world.step(Event::Put { entry, now_ms });
        }
        Happening::Type(n) => {
            let entry = entry(&n.to_string(), now_ms, Status::Draft);
            world.step(Event::Put { entry, now_ms });
        }
        Happening::Work => world.work(),
        Happening::Crash => world.crash(),
        Happening::Later(ms) => {
            world.now_ms += ms;
            world.step(Event::Woke { now_ms: world.now_ms });
        }
        Happening::SendNow => world.step(Event::SendNow { now_ms }),
        Happening::ServerTakes(at, conflict) => world.server_takes(at, conflict),
        Happening::RequestLost(at) if !world.air.is_empty() => {
            world.air.remove(at % world.air.len());
        }
        Happening::RequestTwice(at) if !world.air.is_empty() => {
            let again = world.air[at % world.air.len()].clone();
            world.air.push(again);
        }
        Happening::AnswerHeard(at) if !world.answers.is_empty() => {
            let (key, answer) = world.answers.remove(at % world.answers.len());
            world.step(Event::Answered { key, answer, chance: 0.5, now_ms });
        }
        Happening::AnswerLost(at) if !world.answers.is_empty() => {
            world.answers.remove(at % world.answers.len());
        }
        Happening::GaveUp(at) => {
            if let Some(key) = any_key(world, at) {
                world.step(Event::Answered { key, answer: Answer::Unreachable, chance: 0.5, now_ms });
            }
        }
        Happening::Busy(at) => {
            if let Some(key) = any_key(world, at) {
                let answer = Answer::Later { after_ms: Some(MINUTE_MS) };
                world.step(Event::Answered { key, answer, chance: 0.5, now_ms });
            }
        }
        Happening::AskedForWork(at) => {
            if let Some(key) = any_key(world, at) {
                world.step(Event::Answered { key, answer: work(), chance: 0.5, now_ms });
            }
        }
        Happening::RequestLost(_)
        | Happening::RequestTwice(_)
        | Happening::AnswerHeard(_)
        | Happening::AnswerLost(_) => {}
    }
}

/// From now on everything works: the phone does its work, the server answers, time passes.
fn calm_down(world: &mut World) {
    for _ in 0..200 {
        while !world.asked.is_empty() {
            world.work();
        }
        while !world.air.is_empty() {
            world.server_takes(0, false);
        }
        while let Some((key, answer)) = world.answers.pop() {
            world.step(Event::Answered { key, answer, chance: 0.0, now_ms: world.now_ms });
        }
        // An answer that got lost is noticed by the limit of its request.
        let sending: Vec<Key> = world
            .memory
            .entries()
            .iter()
            .filter(|entry| entry.status == Status::Sending)
            .map(|entry| entry.key.clone())
            .collect();
        for key in sending {
            if world.asked.is_empty() {
                world.step(Event::Answered {
                    key,
                    answer: Answer::Unreachable,
                    chance: 0.0,
                    now_ms: world.now_ms,
                });
            }
        }
        world.now_ms += MINUTE_MS;
        world.step(Event::Woke { now_ms: world.now_ms });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_each_wish_is_booked_once_or_she_is_told(
        happenings in prop::collection::vec(happening(), 1..120),
    ) {
        let mut world = World::default();
        world.step(Event::Loaded { entries: Vec::new(), now_ms: 0 });
        let mut acknowledged = BTreeSet::new();
        for happening in happenings {
            happen(&mut world, happening);
            // What the page may call "saved on this device" is what the disk holds.
            acknowledged.extend(world.disk.values().filter(|e| e.is_waiting()).map(|e| e.key.clone()));
            for request in &world.air {
                prop_assert!(world.disk.contains_key(&request.key), "sent before it was written down");
                prop_assert!(request.key.0.parse::<u8>().is_ok_and(|n| n < 4), "a draft was sent");
            }
            prop_assert!(world.booked.values().all(|times| *times == 1));
        }
        calm_down(&mut world);
        for key in acknowledged {
            let entry = &world.disk[&key];
            match &entry.status {
                Status::Sent(_) => prop_assert_eq!(world.booked.get(&key), Some(&1)),
                Status::Parked(_) => prop_assert!(world.conflicts.contains(&key)),
                Status::Draft | Status::Queued { .. } | Status::Sending => {
                    prop_assert!(false, "left behind: {:?}", entry);
                }
            }
        }
    }
}

// She was at the review step when the tab died; the half-filled form was sent at the next start.
#[test]
fn a_draft_is_kept_and_never_sent_and_leaves_after_a_day() {
    let mut outbox = Outbox::default();
    let draft = entry("draft", 0, Status::Draft);
    assert_eq!(outbox.step(Event::Put { entry: draft.clone(), now_ms: 0 }), [Effect::Write(draft.clone())]);
    assert!(outbox.step(Event::SendNow { now_ms: 1 }).is_empty());
    let mut again = Outbox::default();
    assert!(again.step(Event::Loaded { entries: vec![draft], now_ms: 23 * 60 * MINUTE_MS }).is_empty());
    let later = again.step(Event::Woke { now_ms: 24 * 60 * MINUTE_MS });
    assert_eq!(later, [Effect::Erase(Key("draft".to_owned()))]);
}

// One entry the server refused kept every later one from being sent.
#[test]
fn d08_a_refused_entry_is_parked_with_its_reason_and_holds_nobody_up() {
    let mut world = World::default();
    world.step(Event::Put { entry: queued("a", 0), now_ms: 0 });
    world.step(Event::Put { entry: queued("b", 1), now_ms: 1 });
    while !world.asked.is_empty() {
        world.work();
    }
    let refused = Answer::Refused("consent_outdated".to_owned());
    let key = Key("a".to_owned());
    world.step(Event::Answered { key: key.clone(), answer: refused, chance: 0.0, now_ms: 2 });
    while !world.asked.is_empty() {
        world.work();
    }
    assert_eq!(world.disk[&key].status, Status::Parked(Parked::Refused("consent_outdated".to_owned())));
    assert_eq!(world.air.last().map(|request| request.key.0.as_str()), Some("b"));
}

#[test]
fn d09_a_server_that_asks_for_time_gets_it_and_a_tap_does_not_wait() {
    let mut outbox = Outbox::default();
    outbox.step(Event::Put { entry: queued("a", 0), now_ms: 0 });
    let key = Key("a".to_owned());
    let later = Answer::Later { after_ms: Some(10 * MINUTE_MS) };
    let effects = outbox.step(Event::Answered { key, answer: later, chance: 0.0, now_ms: 0 });
    assert!(effects.contains(&Effect::WakeAt(10 * MINUTE_MS)), "{effects:?}");
    let effects = outbox.step(Event::SendNow { now_ms: 5 });
    assert!(matches!(effects.last(), Some(Effect::Write(entry)) if entry.status == Status::Sending));
}

// In the minute an event was announced the server wanted work from everybody; an app that did not know it called every
// request refused.
#[test]
fn asked_for_work_it_is_sent_again_at_once_and_is_never_parked() {
    let mut outbox = Outbox::default();
    let effects = outbox.step(Event::Put { entry: queued("a", 0), now_ms: 0 });
    let Some(Effect::Write(sending)) = effects.last() else { panic!("{effects:?}") };
    let written = Event::Written { entry: sending.clone(), now_ms: 0 };
    assert_eq!(outbox.step(written), [Effect::Send(sending.clone(), None)]);
    let key = sending.key.clone();
    let heard = |answer| Event::Answered { key: key.clone(), answer, chance: 0.0, now_ms: 1 };
    let solved = |proof| Event::Solved { key: key.clone(), proof, chance: 0.0, now_ms: 1 };
    for _ in 0..PROOFS_AT_MOST {
        assert!(matches!(&outbox.step(heard(work()))[..], [Effect::Solve(asked, _)] if *asked == key));
        let proof = Some(Proof("solved".to_owned()));
        assert_eq!(outbox.step(solved(proof.clone())), [Effect::Send(sending.clone(), proof)]);
    }
    // Whoever takes none of them is like a server that has no time; so is a phone that finds nothing.
    let effects = outbox.step(heard(work()));
    assert!(
        matches!(&effects[..], [Effect::Write(entry), Effect::WakeAt(1_001)] if entry.is_waiting()),
        "{effects:?}"
    );
    outbox.step(Event::SendNow { now_ms: 2 });
    assert!(matches!(&outbox.step(heard(work()))[..], [Effect::Solve(..)]), "a new sending works anew");
    assert!(matches!(&outbox.step(solved(None))[..], [Effect::Write(entry), _] if entry.is_waiting()));
    assert_eq!(
        outbox.step(solved(Some(Proof(String::new())))),
        [Effect::WakeAt(2_001)],
        "nobody waits for it"
    );
    assert_eq!(outbox.waiting(), 1);
}

// A booking from last spring went out in summer, for a time long past.
#[test]
fn after_thirty_days_an_entry_is_parked_and_told_not_sent() {
    let mut outbox = Outbox::default();
    let effects = outbox.step(Event::Loaded { entries: vec![queued("old", 0)], now_ms: LIFE_MS });
    let Some(Effect::Write(written)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(written.status, Status::Parked(Parked::Expired));
    assert_eq!(outbox.waiting(), 0);
}

// Fifty requests were waiting when the network went; all fifty were tried within a second, then again.
#[test]
fn a31_where_nobody_answers_one_entry_the_others_are_not_tried_either() {
    let mut outbox = Outbox::default();
    let entries = vec![queued("a", 0), queued("b", 1), queued("c", 2)];
    let [Effect::Write(first)] = &outbox.step(Event::Loaded { entries, now_ms: 10 })[..] else { panic!() };
    let answered = |entry: &Entry, answer, now_ms| Event::Answered {
        key: entry.key.clone(),
        answer,
        chance: 1.0,
        now_ms,
    };
    let effects = outbox.step(answered(first, Answer::Unreachable, 10));
    assert_eq!(effects.last(), Some(&Effect::WakeAt(2_010)), "{effects:?}");
    // The next one is tried first now, and each miss makes the silence longer.
    let [Effect::Write(second)] = &outbox.step(Event::Woke { now_ms: 2_010 })[..] else { panic!() };
    let effects = outbox.step(answered(second, Answer::Unreachable, 2_010));
    assert_eq!(effects.last(), Some(&Effect::WakeAt(6_010)), "{effects:?}");
    // Another page takes over and gives it back: the silence holds. A tap ends it.
    let entries = outbox.entries().to_vec();
    assert_eq!(outbox.step(Event::Loaded { entries, now_ms: 2_020 }), [Effect::WakeAt(6_010)]);
    let [.., Effect::Write(next)] = &outbox.step(Event::SendNow { now_ms: 2_030 })[..] else { panic!() };
    // One answer shows that the network is back.
    let effects = outbox.step(answered(next, Answer::Taken(Receipt("r".to_owned())), 2_040));
    assert!(matches!(effects.last(), Some(Effect::Write(entry)) if entry.status == Status::Sending));
}

// Her phone's clock was a year ahead when it wrote the pause down; then it was put right.
#[test]
fn a30_a_pause_written_by_a_wrong_clock_does_not_last_a_year() {
    let year_ms = 365 * 24 * 60 * MINUTE_MS;
    let entries = vec![entry("a", 0, Status::Queued { not_before_ms: year_ms })];
    let effects = Outbox::default().step(Event::Loaded { entries, now_ms: MINUTE_MS });
    assert!(matches!(&effects[..], [Effect::Write(entry)] if entry.status == Status::Sending), "{effects:?}");
}
