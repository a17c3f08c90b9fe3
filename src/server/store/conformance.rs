//! What every store must do, told as stories. Each implementation runs the same ones on a real database.

use std::collections::HashSet;
use std::sync::Arc;

use domain::association::AssociationId;
use domain::booking::{Event, Status, Wanted, Wish};
use domain::calendar::{Date, JstTime, Weekday};
use domain::slot::{Hours, Kind, Kinds, Rules, Weekly, slots};

use super::{Booked, Booking, BookingStore, Changed, NewBooking, Opening, StoreError, TokenHash};

type Store = Arc<dyn BookingStore>;

/// 2026-11-30, a Monday, at nine.
pub const NOW: i64 = 1_795_996_800;

const TUESDAY: Date = Date { year: 2026, month: 12, day: 1 };

pub(crate) fn team() -> AssociationId {
    AssociationId("shimane".to_owned())
}

/// Tuesdays from ten; `places` at once, an hour each, beginning every half hour.
pub(crate) fn rules(to: u16, places: u8) -> Arc<Rules> {
    let hours = Hours::new((600, to), 60, 30, places, Kinds::ALL).unwrap();
    Arc::new(Rules {
        weekly: vec![Weekly { weekday: Weekday::Tuesday, hours }],
        days: Vec::new(),
        buffer: 0,
        lead: 60,
        horizon: 60,
        cap: None,
        deadline: 60,
        by_hand: false,
        away: Vec::new(),
    })
}

pub(crate) fn at(minute: u16) -> Wish {
    Wish { start: JstTime { date: TUESDAY, minute }.unix_seconds(), kind: Kind::Visit }
}

/// Of request `n`.
pub(super) fn token(n: u32) -> TokenHash {
    let mut token = [0; 32];
    token[..4].copy_from_slice(&n.to_be_bytes());
    token
}

pub(crate) fn request(n: u32, rules: &Arc<Rules>, wishes: &[Wish]) -> NewBooking {
    let token = token(n);
    NewBooking {
        key: format!("key-{n}"),
        fingerprint: token,
        team: team(),
        rules: Arc::clone(rules),
        wanted: Wanted::Times(wishes.to_vec()),
        reference: format!("{n:08}"),
        token,
        key_id: "key".to_owned(),
        sealed: vec![1, 2, 3],
        fictional: false,
        made_at: NOW,
        received_at: NOW,
    }
}

async fn all_at_once(store: &Store, requests: Vec<NewBooking>) -> Vec<Booked> {
    let tasks: Vec<_> = requests
        .into_iter()
        .map(|request| {
            let store = Arc::clone(store);
            tokio::spawn(async move { until_answered(&store, request).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

/// Whom the store has no time for comes back, like a phone.
async fn until_answered(store: &Store, request: NewBooking) -> Booked {
    loop {
        match store.book(request.clone()).await {
            Err(StoreError::Busy) => tokio::task::yield_now().await,
            answer => return answer.unwrap(),
        }
    }
}

pub(super) fn booking(answer: Booked) -> Booking {
    match answer {
        Booked::Taken { booking, .. } => booking,
        other => panic!("not taken: {other:?}"),
    }
}

// A thousand founders tapped the same time in the minute it was announced.
pub async fn c01_a_thousand_want_one_slot_and_one_gets_it(store: Store) {
    let rules = rules(720, 1);
    let answers = all_at_once(&store, (0..1000).map(|n| request(n, &rules, &[at(600)])).collect()).await;
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Booked::Taken { .. })).count(), 1);
    for answer in answers {
        if let Booked::Conflict(near) = answer {
            assert_eq!(near.first().map(|slot| slot.start), Some(at(660).start), "the next free hour");
        }
    }
}

// 5,000 for 100 places, at overlapping times. Others sold more seats than there were.
pub async fn c02_five_thousand_fill_a_hundred_places_and_none_twice(store: Store) {
    // Ten hours in ten places: a hundred consultations fit if nobody begins at half past.
    let rules = rules(600 + 600, 10);
    let wishes = |n: u32| [at(600 + 60 * (n % 10) as u16)];
    let half = |n: u32| [at(600 + 60 * (n % 10) as u16), at(630 + 60 * (n % 9) as u16)];
    let requests = (0..5000).map(|n| {
        if n % 2 == 0 { request(n, &rules, &wishes(n / 2)) } else { request(n, &rules, &half(n / 2)) }
    });
    let given = all_at_once(&store, requests.collect()).await;
    let taken = given.into_iter().filter(|answer| matches!(answer, Booked::Taken { .. })).map(booking);
    let mut quarters = HashSet::new();
    for booking in taken {
        for quarter in 0..4 {
            assert!(quarters.insert((booking.place, booking.start / 900 + quarter)), "{booking:?}");
        }
    }
    let held = store.taken(team(), NOW, NOW + 90 * 86_400).await.unwrap();
    assert!(slots(&rules, &held, (TUESDAY, TUESDAY), Kind::Visit, NOW).is_empty(), "something is still free");
    assert_eq!(held.len() * 4, quarters.len());
}

// Her phone sent it again and again because no answer came through.
pub async fn c03_a_key_sent_a_hundred_times_is_one_booking_with_one_answer(store: Store) {
    let rules = rules(720, 3);
    let answers = all_at_once(&store, vec![request(1, &rules, &[at(600)]); 100]).await;
    assert!(answers.iter().all(|answer| *answer == answers[0] && matches!(answer, Booked::Taken { .. })));
    assert_eq!(store.taken(team(), NOW, NOW + 86_400 * 9).await.unwrap().len(), 1);
    // A conflict is answered again, too, though the time has come free meanwhile.
    let narrow = self::rules(660, 1);
    let second = store.book(request(2, &narrow, &[at(600)])).await.unwrap();
    assert!(matches!(second, Booked::Conflict(_)));
    store.happen(token(1), Event::Cancel, NOW).await.unwrap();
    assert_eq!(store.book(request(2, &narrow, &[at(600)])).await.unwrap(), second);
}

// Two forms were sent under one key; the second one must not answer for the first.
pub async fn c04_a_key_with_another_request_is_refused_and_writes_nothing(store: Store) {
    let rules = rules(720, 3);
    store.book(request(1, &rules, &[at(600)])).await.unwrap();
    let other = NewBooking {
        fingerprint: [9; 32],
        token: [9; 32],
        reference: "other".to_owned(),
        ..request(1, &rules, &[at(660)])
    };
    assert_eq!(store.book(other).await.unwrap(), Booked::KeyReused);
    assert_eq!(store.find([9; 32]).await.unwrap(), None);
    assert_eq!(store.taken(team(), NOW, NOW + 86_400 * 9).await.unwrap().len(), 1);
}

// The phone lay in a drawer for a month; when it came back it sent what had long been answered.
pub async fn c06_a_key_is_answered_as_before_after_29_days(store: Store) {
    let rules = rules(660, 1);
    let days =
        |n, days: i64| NewBooking { received_at: NOW + days * 86_400, ..request(n, &rules, &[at(600)]) };
    let later = |n| days(n, 29);
    let first = store.book(request(1, &rules, &[at(600)])).await.unwrap();
    let second = store.book(request(2, &rules, &[at(600)])).await.unwrap();
    assert!(matches!((&first, &second), (Booked::Taken { .. }, Booked::Conflict(_))));
    assert_eq!(store.book(later(1)).await.unwrap(), first);
    assert_eq!(store.book(later(2)).await.unwrap(), second);
    // The consultation is over by then, so this is no new judgement of an old wish.
    assert!(matches!(store.book(later(3)).await.unwrap(), Booked::Conflict(_)));
    // Her answer was lost, and what she has is hers, however late she asks again; who was never answered is too late.
    assert_eq!(store.book(days(1, 31)).await.unwrap(), first);
    assert_eq!(store.book(days(4, 31)).await.unwrap(), Booked::TooOld);
    assert_eq!(store.find(token(4)).await.unwrap(), None);
}

// Two requests for one time lay on the board, two colleagues confirmed them at once, and two founders came.
pub async fn c15_staff_confirm_at_once_and_no_time_is_promised_twice(store: Store) {
    let mut by_hand = rules(660, 2);
    Arc::make_mut(&mut by_hand).by_hand = true;
    let answers = all_at_once(&store, (0..9).map(|n| request(n, &by_hand, &[at(600)])).collect()).await;
    // A request holds its place from the beginning, so no more lie there than there are places.
    let pending: Vec<Booking> =
        answers.into_iter().filter(|answer| matches!(answer, Booked::Taken { .. })).map(booking).collect();
    assert_eq!(pending.len(), 2);
    assert!(pending.iter().all(|one| one.status == Status::Pending) && pending[0].place != pending[1].place);
    let numbers = pending.iter().map(|one| one.reference.parse::<u32>().unwrap());
    let tasks: Vec<_> = numbers
        .flat_map(|n| [(n, Event::Confirm), (n, Event::Decline), (n, Event::Confirm)])
        .map(|(n, event)| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { (n, store.happen(token(n), event, NOW).await.unwrap()) })
        })
        .collect();
    let mut done = Vec::new();
    for task in tasks {
        let (n, Changed::Done(booking)) = task.await.unwrap() else { continue };
        done.push((n, booking));
    }
    assert_eq!(done.len(), 2, "one of three wins, for each: {done:?}");
    for (n, booking) in &done {
        assert_eq!(store.find(token(*n)).await.unwrap().as_ref(), Some(booking));
    }
    let confirmed = done.iter().filter(|(_, booking)| booking.status == Status::Confirmed).count();
    assert_eq!(store.taken(team(), NOW, NOW + 86_400 * 9).await.unwrap().len(), confirmed);
}

pub async fn c17_cancelling_twice_is_once_and_an_unknown_token_is_nothing(store: Store) {
    let rules = rules(660, 1);
    let first = booking(store.book(request(1, &rules, &[at(600)])).await.unwrap());
    let token = token(1);
    let Changed::Done(cancelled) = store.happen(token, Event::Cancel, NOW).await.unwrap() else { panic!() };
    assert_eq!((cancelled.status, cancelled.sequence), (Status::Cancelled, 1));
    assert_eq!(store.happen(token, Event::Cancel, NOW).await.unwrap(), Changed::Already(cancelled));
    assert!(matches!(store.happen(token, Event::Confirm, NOW).await.unwrap(), Changed::WrongState(_)));
    assert_eq!(store.happen([7; 32], Event::Cancel, NOW).await.unwrap(), Changed::Unknown);
    // Its place is free again.
    assert_eq!(booking(store.book(request(2, &rules, &[at(600)])).await.unwrap()).start, first.start);
}

// Two founders swapped their times at once; one of them ended with none.
pub async fn c18_a_move_takes_the_other_time_or_leaves_everything(store: Store) {
    let rules = rules(720, 1);
    booking(store.book(request(1, &rules, &[at(600)])).await.unwrap());
    booking(store.book(request(2, &rules, &[at(660)])).await.unwrap());
    let swap = |n, to| {
        let (store, rules) = (Arc::clone(&store), Arc::clone(&rules));
        let token = token(n);
        tokio::spawn(async move { store.move_to(token, at(to), rules, NOW).await.unwrap() })
    };
    for done in [swap(1, 660).await.unwrap(), swap(2, 600).await.unwrap()] {
        assert!(matches!(done, Changed::Conflict(_)), "{done:?}");
    }
    // Half an hour later overlaps only itself.
    store.happen(token(2), Event::Cancel, NOW).await.unwrap();
    let Changed::Done(moved) = swap(1, 630).await.unwrap() else { panic!("not moved") };
    assert_eq!((moved.status, moved.sequence, moved.start), (Status::Moved, 1, at(630).start));
    let held = store.taken(team(), NOW, NOW + 86_400 * 9).await.unwrap();
    assert_eq!(held.iter().map(|taken| taken.start).collect::<Vec<_>>(), [at(630).start]);
}

pub async fn wishes_are_tried_in_her_order(store: Store) {
    let rules = rules(720, 1);
    store.book(request(1, &rules, &[at(600)])).await.unwrap();
    let second = store.book(request(2, &rules, &[at(600), at(630), at(660)])).await.unwrap();
    let Booked::Taken { rank, booking } = second else { panic!("{second:?}") };
    assert_eq!((rank, booking.start), (2, at(660).start));
}

/// Hours of a team from ten, by the hour, with minutes between two consultations.
pub(super) fn opening(to: &str, buffer: u16) -> Opening {
    let json = serde_json::json!({
        "weekly": [{ "day": "tue", "from": "10:00", "to": to, "length": 60, "every": 60, "places": 1,
                     "kinds": ["visit"] }],
        "buffer": buffer, "lead_hours": 1, "horizon_days": 60, "deadline_hours": 24, "by_hand": false
    });
    Opening { rules: serde_json::from_value(json).unwrap(), fictional: false }
}

// The team's file was imported again with one line changed; the old line must be gone, and what was booked stays.
pub async fn the_newest_rules_of_a_team_hold(store: Store) {
    assert_eq!(store.rules(team()).await.unwrap(), None);
    assert!(store.bookable().await.unwrap().is_empty());
    store.put_rules(team(), opening("12:00", 0), NOW).await.unwrap();
    store.put_rules(team(), opening("16:00", 0), NOW + 1).await.unwrap();
    assert_eq!(store.rules(team()).await.unwrap(), Some(opening("16:00", 0)));
    assert_eq!(store.bookable().await.unwrap(), [team()]);
}

// The team needed no break between two talks any more. The hour after hers was shown as free and refused to everybody,
// because it was still held by the break of before.
pub async fn a_break_that_was_given_up_can_be_booked(store: Store) {
    let rules_of = |opening: &Opening| Arc::new(opening.rules.parse().unwrap());
    let with_break = opening("16:00", 60);
    store.put_rules(team(), with_break.clone(), NOW).await.unwrap();
    store.book(request(1, &rules_of(&with_break), &[at(600)])).await.unwrap();
    let without = opening("16:00", 0);
    store.put_rules(team(), without.clone(), NOW).await.unwrap();
    let next = booking(store.book(request(2, &rules_of(&without), &[at(660)])).await.unwrap());
    assert_eq!((next.start, next.place), (at(660).start, 0));
}

// Somebody tried every character in an address; one of them took for broken what was only unknown.
pub async fn a_team_of_any_name_is_nobody_rather_than_a_failure(store: Store) {
    for name in ["", "\0", "shimane\0", "'", "島根", "\u{10ffff}"] {
        assert_eq!(store.rules(AssociationId(name.to_owned())).await.unwrap(), None, "{name:?}");
    }
}
