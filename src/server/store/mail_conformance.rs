//! What every store must do about mails, told as stories; run like `conformance`.

use std::sync::Arc;

use domain::booking::Event;
use domain::calendar::{Date, JstTime};

use super::conformance::{NOW, at, booking, request, rules, token};
use super::mail::{Backlog, Due, HANDED_OUT, MailStore, News, Outcome};
use super::{BookingStore, NewBooking};

async fn due(store: &impl MailStore, now: i64) -> Vec<Due> {
    store.due(now, 100).await.unwrap()
}

fn told(due: &[Due]) -> Vec<(News, u32)> {
    due.iter().map(|one| (one.news, one.sequence)).collect()
}

// Her phone sent the request ten times and cancelled twice; she got twelve mails.
pub async fn what_happened_is_told_once_and_what_did_not_never(store: Arc<impl BookingStore + MailStore>) {
    let rules = rules(720, 1);
    for _ in 0..10 {
        store.book(request(1, &rules, &[at(600)])).await.unwrap();
    }
    // Nothing came of this one, and this key was another's.
    store.book(request(2, &rules, &[at(600)])).await.unwrap();
    store.book(NewBooking { fingerprint: [9; 32], ..request(1, &rules, &[at(660)]) }).await.unwrap();
    store.move_to(token(1), at(600), Arc::clone(&rules), NOW).await.unwrap();
    let first = due(&*store, NOW).await;
    assert_eq!(told(&first), [(News::Confirmed, 0)]);
    assert_eq!((first[0].sealed.key.as_str(), &first[0].sealed.sealed), ("key-1", &vec![1, 2, 3]));
    store.move_to(token(1), at(660), Arc::clone(&rules), NOW).await.unwrap();
    store.move_to(token(1), at(660), rules, NOW).await.unwrap();
    assert_eq!(told(&due(&*store, NOW).await), [(News::Moved, 1)]);
    store.happen(token(1), Event::Cancel, NOW).await.unwrap();
    store.happen(token(1), Event::Cancel, NOW).await.unwrap();
    store.happen(token(1), Event::Confirm, NOW).await.unwrap();
    assert_eq!(told(&due(&*store, NOW).await), [(News::Cancelled, 2)]);
}

// During a restart two programs ran for a moment, and each of them sent it.
pub async fn a_mail_in_one_hand_is_in_no_other_until_that_hand_is_dead(
    store: Arc<impl BookingStore + MailStore>,
) {
    let rules = rules(720, 1);
    store.book(request(1, &rules, &[at(600)])).await.unwrap();
    store.book(request(2, &rules, &[at(660)])).await.unwrap();
    let (one, other) = tokio::join!(store.due(NOW, 1), store.due(NOW, 1));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!((one.len(), other.len()), (1, 1));
    assert_ne!(one[0].booking.id, other[0].booking.id);
    assert!(due(&*store, NOW + HANDED_OUT - 1).await.is_empty());
    let late = due(&*store, NOW + HANDED_OUT).await;
    assert_eq!(late.iter().map(|mail| mail.attempts).collect::<Vec<_>>(), [2, 2]);
}

pub async fn c22_what_was_not_marked_comes_again_and_what_ended_never(
    store: Arc<impl BookingStore + MailStore>,
) {
    let mut by_hand = rules(720, 1);
    Arc::make_mut(&mut by_hand).by_hand = true;
    store.book(request(1, &by_hand, &[at(600)])).await.unwrap();
    let [first] = &due(&*store, NOW).await[..] else { panic!("not one mail") };
    assert_eq!(first.news, News::Received);
    store.again(first.id, NOW + 60).await.unwrap();
    // Put off, it is still late.
    assert_eq!(store.backlog(NOW - 1).await.unwrap(), Backlog { count: 0, oldest: None });
    assert_eq!(store.backlog(NOW + 30).await.unwrap(), Backlog { count: 1, oldest: Some(NOW) });
    assert!(due(&*store, NOW + 59).await.is_empty());
    let again = due(&*store, NOW + 60).await;
    assert_eq!((again[0].id, again[0].due_at, again[0].attempts), (first.id, NOW, 2));
    store.ended(first.id, Outcome::Sent).await.unwrap();
    store.again(first.id, NOW).await.unwrap();
    assert!(due(&*store, NOW + 86_400).await.is_empty());
    assert_eq!(store.backlog(NOW + 86_400).await.unwrap().count, 0);
}

pub async fn the_reminder_is_of_the_day_before_at_ten(store: Arc<impl BookingStore + MailStore>) {
    let rules = rules(720, 2);
    let ten = JstTime { date: Date { year: 2026, month: 11, day: 30 }, minute: 600 }.unix_seconds();
    let first = booking(store.book(request(1, &rules, &[at(600)])).await.unwrap());
    // She booked at eleven on the day before and was told just then.
    store.book(NewBooking { received_at: ten + 3600, ..request(2, &rules, &[at(660)]) }).await.unwrap();
    let by_then = due(&*store, ten - 1).await;
    assert_eq!(told(&by_then), [(News::Confirmed, 0)]);
    store.ended(by_then[0].id, Outcome::Sent).await.unwrap();
    let at_ten = due(&*store, ten).await;
    assert_eq!(told(&at_ten), [(News::Reminder, 0)]);
    assert_eq!(at_ten[0].booking.id, first.id);
    store.ended(at_ten[0].id, Outcome::Sent).await.unwrap();
    assert_eq!(told(&due(&*store, first.start).await), [(News::Confirmed, 0)], "a reminder of today");
}
