//! What every store must do for those who wait, told as stories.

use std::sync::Arc;

use domain::booking::{DayWish, Event, Status, Wanted, Wish};
use domain::calendar::{Date, JstTime};
use domain::slot::{Kind, Rules};

use super::conformance::{NOW, at, booking, opening, request, rules, team, token};
use super::{Booked, Booking, Changed, NewBooking, Opening, Store, Whole};

const TUESDAY: Date = Date { year: 2026, month: 12, day: 1 };
const HOUR: i64 = 3600;
/// All that is far enough from NOW and TUESDAY.
const LATE: i64 = NOW + 20 * 86_400;

/// Request `n` for a place on the list of that day.
fn wait(n: u32, rules: &Arc<Rules>) -> NewBooking {
    let wanted = Wanted::Day(DayWish { date: TUESDAY, kind: Kind::Visit });
    NewBooking { wanted, received_at: NOW + i64::from(n), ..request(n, rules, &[at(600)]) }
}

/// One hour on Tuesday, taken by request 0.
async fn a_full_day(store: &Store) -> Arc<Rules> {
    let opening = opening("11:00", 0);
    let rules = Arc::new(opening.rules.parse().unwrap());
    store.bookings.put_rules(team(), opening, NOW).await.unwrap();
    booking(store.bookings.book(request(0, &rules, &[at(600)])).await.unwrap());
    rules
}

async fn waits(store: &Store, n: u32, rules: &Arc<Rules>) -> Booking {
    booking(store.bookings.book(wait(n, rules)).await.unwrap())
}

async fn now_is(store: &Store, n: u32) -> Booking {
    store.bookings.find(token(n)).await.unwrap().unwrap()
}

async fn happen(store: &Store, n: u32, event: Event, now: i64) -> Booking {
    match store.bookings.happen(token(n), event, now).await.unwrap() {
        Changed::Done(booking) => booking,
        other => panic!("{event:?}: {other:?}"),
    }
}

async fn statuses(store: &Store, numbers: impl IntoIterator<Item = u32>) -> Vec<Status> {
    let mut all = Vec::new();
    for n in numbers {
        all.push(now_is(store, n).await.status);
    }
    all
}

// A place came free at ten; whoever happened to reload the page got it, and she who had waited for a week did not.
pub async fn a_time_that_comes_free_is_hers_who_waited_longest(store: Arc<impl Whole>) {
    use Status::{Cancelled, Offered, Waiting};
    let store = Store::of(store);
    let rules = a_full_day(&store).await;
    // They arrive in another order than they are numbered, and are served by when they were received.
    for n in [3, 1, 2] {
        let waiting = waits(&store, n, &rules).await;
        let midnight = JstTime { date: TUESDAY, minute: 0 }.unix_seconds();
        assert_eq!((waiting.status, waiting.start, waiting.length), (Waiting, midnight, 1440));
    }
    happen(&store, 0, Event::Cancel, NOW + 10).await;
    assert_eq!(statuses(&store, 0..4).await, [Cancelled, Offered, Waiting, Waiting]);
    let offered = now_is(&store, 1).await;
    let until = NOW + 10 + 2 * HOUR;
    assert_eq!((offered.start, offered.length, offered.answer_by), (at(600).start, 60, Some(until)));
    let other = store.bookings.book(request(9, &rules, &[at(600)])).await.unwrap();
    assert!(matches!(other, Booked::Conflict(_)), "it is kept: {other:?}");
}

// She had said no; the same hour came to her again, and again, and the others behind her heard nothing.
pub async fn what_she_lets_go_is_the_next_ones_and_not_offered_to_her_again(store: Arc<impl Whole>) {
    use Status::{Cancelled, Confirmed, Offered, Waiting};
    let store = Store::of(store);
    let rules = a_full_day(&store).await;
    for n in 1..4 {
        waits(&store, n, &rules).await;
    }
    happen(&store, 0, Event::Cancel, NOW + 10).await;
    assert!(happen(&store, 1, Event::Pass, NOW + 20).await.answer_by.is_none());
    assert_eq!(statuses(&store, 1..4).await, [Waiting, Offered, Waiting]);
    let accepted = happen(&store, 2, Event::Accept, NOW + 30).await;
    assert_eq!((accepted.status, accepted.start, accepted.answer_by), (Confirmed, at(600).start, None));
    let again = store.bookings.happen(token(2), Event::Accept, NOW + 31).await.unwrap();
    assert_eq!(again, Changed::Already(accepted));
    happen(&store, 2, Event::Cancel, NOW + 40).await;
    assert_eq!(statuses(&store, 1..4).await, [Waiting, Cancelled, Offered]);
    assert_eq!(store.keeping.findings().await.unwrap(), [""; 0]);
}

// She was on a train without signal for a day; the time was kept for her for ever and nobody came.
pub async fn who_does_not_answer_passes_it_on_and_the_last_chance_ends_the_list(store: Arc<impl Whole>) {
    use Status::{Expired, Offered, Waiting};
    let store = Store::of(store);
    let rules = a_full_day(&store).await;
    for n in [1, 2] {
        waits(&store, n, &rules).await;
    }
    happen(&store, 0, Event::Cancel, NOW).await;
    let until = NOW + 2 * HOUR;
    for (now, swept) in [(until - 1, 0), (until, 1), (until, 0)] {
        assert_eq!(store.bookings.sweep(now).await.unwrap(), swept, "at {now}");
    }
    assert_eq!(statuses(&store, [1, 2]).await, [Waiting, Offered]);
    // Six hours before it nothing can be offered; the list ends, and the time is everybody's again.
    let cut_off = at(600).start - 6 * HOUR;
    while store.bookings.sweep(cut_off).await.unwrap() > 0 {}
    assert_eq!(statuses(&store, [1, 2]).await, [Expired, Expired]);
    let late = NewBooking { received_at: cut_off, ..request(9, &rules, &[at(600)]) };
    booking(store.bookings.book(late).await.unwrap());
    let told = told(&store).await;
    let count = |what: &str| told.iter().filter(|news| **news == what).count();
    assert_eq!((count("offered"), count("none_free")), (2, 2), "{told:?}");
}

// The team added an hour, and whoever looked at the calendar just then had it.
pub async fn hours_that_are_added_are_offered_to_those_who_wait(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let rules = a_full_day(&store).await;
    waits(&store, 1, &rules).await;
    store.bookings.put_rules(team(), opening("12:00", 0), NOW).await.unwrap();
    let offered = now_is(&store, 1).await;
    assert_eq!((offered.status, offered.start), (Status::Offered, at(660).start));
    // A day with a free time: it is kept at once.
    let wider = Arc::new(opening("13:00", 0).rules.parse().unwrap());
    store.bookings.put_rules(team(), opening("13:00", 0), NOW).await.unwrap();
    assert_eq!(waits(&store, 2, &wider).await.start, at(720).start);
}

// She moved to the week after, and her old hour was anybody's.
pub async fn a_booking_that_moves_away_leaves_its_time_to_those_who_wait(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let rules = a_full_day(&store).await;
    waits(&store, 1, &rules).await;
    let next_week = Wish { start: at(600).start + 7 * 86_400, kind: Kind::Visit };
    let moved = store.bookings.move_to(token(0), next_week, Arc::clone(&rules), NOW).await.unwrap();
    assert!(matches!(moved, Changed::Done(_)), "{moved:?}");
    let offered = now_is(&store, 1).await;
    assert_eq!((offered.status, offered.start), (Status::Offered, at(600).start));
}

// She asked to be forgotten while a time was kept for her: it stayed closed, kept for nobody.
pub async fn who_is_erased_waits_no_more_and_what_was_kept_for_her_goes_on(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let rules = a_full_day(&store).await;
    let mut ids = Vec::new();
    for n in 1..4 {
        ids.push(waits(&store, n, &rules).await.id);
    }
    happen(&store, 0, Event::Cancel, NOW).await;
    // Who waits, then who was offered it.
    for id in [ids[1], ids[0]] {
        store.keeping.erase(id, NOW).await.unwrap();
    }
    assert_eq!(statuses(&store, [3]).await, [Status::Offered]);
    assert_eq!(store.keeping.findings().await.unwrap(), [""; 0]);
}

// A day on which nobody works took her name, and she waited for what could not come.
pub async fn a_day_without_times_has_no_list(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let rules = a_full_day(&store).await;
    let wednesday = Wanted::Day(DayWish { date: TUESDAY.plus_days(1), kind: Kind::Visit });
    let other_kind = Wanted::Day(DayWish { date: TUESDAY, kind: Kind::Phone });
    for (n, wanted) in [(1, wednesday), (2, other_kind)] {
        let refused = store.bookings.book(NewBooking { wanted, ..wait(n, &rules) }).await.unwrap();
        assert!(matches!(refused, Booked::Conflict(_)), "{refused:?}");
        assert_eq!(store.bookings.find(token(n)).await.unwrap(), None);
    }
}

// Forty wait, twenty places come and go at once, and none is promised twice.
pub async fn offers_answers_and_requests_at_once_never_give_a_time_twice(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let wide = rules(600 + 600, 2);
    let opening = Opening { rules: self::opening("20:00", 0).rules, fictional: false };
    store.bookings.put_rules(team(), opening, NOW).await.unwrap();
    let tasks: Vec<_> = (0..120u32)
        .map(|n| {
            let (store, wide) = (store.clone(), Arc::clone(&wide));
            tokio::spawn(async move { one_of_many(&store, n, &wide).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(store.keeping.findings().await.unwrap(), [""; 0]);
    let held = store.bookings.taken(team(), NOW, LATE).await.unwrap();
    let mut places: Vec<_> = held.iter().map(|taken| (taken.start, taken.place)).collect();
    places.dedup();
    assert_eq!(places.len(), held.len());
}

/// A third book, a third wait, and everybody does something with what she has.
async fn one_of_many(store: &Store, n: u32, rules: &Arc<Rules>) {
    let new = match n % 3 {
        0 => request(n, rules, &[at(600 + 60 * (n % 10) as u16)]),
        _ => wait(n, rules),
    };
    let Ok(Booked::Taken { .. }) = store.bookings.book(new).await else { return };
    let event = [Event::Cancel, Event::Accept, Event::Pass, Event::Accept][(n % 4) as usize];
    let answer = store.bookings.happen(token(n), event, NOW).await.unwrap();
    assert!(!matches!(answer, Changed::Unknown | Changed::Conflict(_)), "{answer:?}");
}

/// The kinds of all news there were.
async fn told(store: &Store) -> Vec<&'static str> {
    let mut told = Vec::new();
    loop {
        let due = store.mails.due(LATE, 100).await.unwrap();
        if due.is_empty() {
            return told;
        }
        for mail in due {
            store.mails.ended(mail.id, super::mail::Outcome::Sent).await.unwrap();
            told.push(mail.news.code());
        }
    }
}
