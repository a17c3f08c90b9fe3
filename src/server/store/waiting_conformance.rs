//! What every store must do for those who wait, told as stories.

use std::sync::Arc;

use domain::booking::{DayWish, Event, Status, Wanted};
use domain::calendar::{Date, JstTime};
use domain::slot::{Kind, Rules};

use super::conformance::{NOW, at, booking, opening, request, rules, team, token};
use super::keeping::Keeping;
use super::mail::MailStore;
use super::moving::Moving;
use super::{Booked, Booking, BookingStore, Changed, NewBooking, Opening, Store, TokenHash};

pub trait Whole: BookingStore + MailStore + Keeping + Moving {}
impl<T: BookingStore + MailStore + Keeping + Moving> Whole for T {}

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
    let store = Store::of(store);
    use Status::{Cancelled, Confirmed, Offered, Waiting};
    let rules = a_full_day(&store).await;
    // They arrive in another order than they are numbered, and are served by when they were received.
    for n in [3, 1, 2] {
        let waiting = booking(store.bookings.book(wait(n, &rules)).await.unwrap());
        let midnight = JstTime { date: TUESDAY, minute: 0 }.unix_seconds();
        assert_eq!((waiting.status, waiting.start, waiting.length), (Waiting, midnight, 1440));
    }
    happen(&store, 0, Event::Cancel, NOW + 10).await;
    assert_eq!(statuses(&store, 0..4).await, [Cancelled, Offered, Waiting, Waiting]);
    let offered = now_is(&store, 1).await;
    let until = NOW + 10 + 2 * HOUR;
    assert_eq!((offered.start, offered.length, offered.answer_by), (at(600).start, 60, Some(until)));
    // Nobody else can have it, and nobody is asked twice.
    let other = store.bookings.book(request(9, &rules, &[at(600)])).await.unwrap();
    assert!(matches!(other, Booked::Conflict(_)), "{other:?}");
    assert!(happen(&store, 1, Event::Pass, NOW + 20).await.answer_by.is_none());
    assert_eq!(statuses(&store, 1..4).await, [Waiting, Offered, Waiting]);
    let accepted = happen(&store, 2, Event::Accept, NOW + 30).await;
    assert_eq!((accepted.status, accepted.start, accepted.answer_by), (Confirmed, at(600).start, None));
    assert_eq!(
        store.bookings.happen(token(2), Event::Accept, NOW + 31).await.unwrap(),
        Changed::Already(accepted)
    );
    let wrong = store.bookings.happen(token(3), Event::Accept, NOW + 31).await.unwrap();
    assert!(matches!(wrong, Changed::WrongState(_)), "nothing was offered to her: {wrong:?}");
    // What she let go is not offered to her again, though she is the first in the list.
    happen(&store, 2, Event::Cancel, NOW + 40).await;
    assert_eq!(statuses(&store, 1..4).await, [Waiting, Cancelled, Offered]);
    assert_eq!(store.keeping.findings().await.unwrap(), [""; 0]);
}

// She was on a train without signal for a day; the time was kept for her for ever and nobody came.
pub async fn who_does_not_answer_passes_it_on_and_the_last_chance_ends_the_list(store: Arc<impl Whole>) {
    let store = Store::of(store);
    use Status::{Expired, Offered, Waiting};
    let rules = a_full_day(&store).await;
    for n in [1, 2] {
        store.bookings.book(wait(n, &rules)).await.unwrap();
    }
    happen(&store, 0, Event::Cancel, NOW).await;
    let until = NOW + 2 * HOUR;
    assert_eq!(store.bookings.sweep(until - 1).await.unwrap(), 0);
    assert_eq!(store.bookings.sweep(until).await.unwrap(), 1);
    assert_eq!(statuses(&store, [1, 2]).await, [Waiting, Offered]);
    assert_eq!(store.bookings.sweep(until).await.unwrap(), 0, "once is enough");
    // Six hours before it nothing can be offered; the list ends, and the time is everybody's again.
    let cut_off = at(600).start - 6 * HOUR;
    while store.bookings.sweep(cut_off).await.unwrap() > 0 {}
    assert_eq!(statuses(&store, [1, 2]).await, [Expired, Expired]);
    let late = NewBooking { received_at: cut_off, ..request(9, &rules, &[at(600)]) };
    booking(store.bookings.book(late).await.unwrap());
    let told = told(&store).await;
    let none_free = told.iter().filter(|(_, news)| news == "none_free").count();
    assert_eq!(none_free, 2, "{told:?}");
    let offers = told.iter().filter(|(_, news)| news == "offered").count();
    assert_eq!(offers, 2, "{told:?}");
}

// A second one who cancels, an hour that is added, a booking that moves away, an erasure: all free a time.
pub async fn however_a_time_comes_free_it_is_offered(store: Arc<impl Whole>) {
    let store = Store::of(store);
    use Status::{Offered, Waiting};
    let rules = a_full_day(&store).await;
    store.bookings.book(wait(1, &rules)).await.unwrap();
    // More hours.
    store.bookings.put_rules(team(), opening("12:00", 0), NOW).await.unwrap();
    let wider: Opening = store.bookings.rules(team()).await.unwrap().unwrap();
    let wider = Arc::new(wider.rules.parse().unwrap());
    assert_eq!(now_is(&store, 1).await.start, at(660).start);
    happen(&store, 1, Event::Accept, NOW).await;
    // A move.
    store.bookings.book(wait(2, &wider)).await.unwrap();
    assert_eq!(statuses(&store, [2]).await, [Waiting]);
    let next_week = domain::booking::Wish { start: at(600).start + 7 * 86_400, kind: Kind::Visit };
    let moved = store.bookings.move_to(token(1), next_week, Arc::clone(&wider), NOW).await.unwrap();
    assert!(matches!(moved, Changed::Done(_)), "{moved:?}");
    assert_eq!((now_is(&store, 2).await.status, now_is(&store, 2).await.start), (Offered, at(660).start));
    // An erasure of who was offered it, and of who waits.
    for n in [3, 4] {
        store.bookings.book(wait(n, &wider)).await.unwrap();
    }
    store.keeping.erase(now_is(&store, 3).await.id, NOW).await.unwrap();
    store.keeping.erase(now_is(&store, 2).await.id, NOW).await.unwrap();
    assert_eq!(statuses(&store, [4]).await, [Offered]);
    // A day that has free times: one is kept at once.
    happen(&store, 4, Event::Cancel, NOW).await;
    assert_eq!(booking(store.bookings.book(wait(5, &wider)).await.unwrap()).status, Offered);
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

async fn told(store: &Store) -> Vec<(TokenHash, String)> {
    let mut told = Vec::new();
    loop {
        let due = store.mails.due(LATE, 100).await.unwrap();
        if due.is_empty() {
            return told;
        }
        for mail in due {
            store.mails.ended(mail.id, super::mail::Outcome::Sent).await.unwrap();
            let n: u32 = mail.booking.reference.parse().unwrap();
            told.push((token(n), mail.news.code().to_owned()));
        }
    }
}
