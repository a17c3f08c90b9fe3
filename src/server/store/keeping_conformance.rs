//! What every store must do about what it keeps, told as stories; run like `conformance`.

use std::sync::Arc;

use domain::booking::{Event, Status};

use super::board::{Acted, BoardStore, Deed};
use super::conformance::{NOW, at, booking, request, rules, team, token};
use super::journal::{Entry, Journal};
use super::journal_conformance::entry;
use super::keeping::{Access, Concerned, Keeping, Leak};
use super::mail::MailStore;
use super::{Booked, Booking, BookingStore, Changed};

// She asked to be forgotten. Her letter went, and the answer to her request, her number and her name in a list did not.
pub async fn f11_what_is_erased_leaves_a_tombstone_and_a_free_place(
    store: Arc<impl BookingStore + MailStore + Keeping>,
) {
    let rules = rules(720, 1);
    let hers = booking(store.book(request(1, &rules, &[at(600)])).await.unwrap());
    let other = booking(store.book(request(2, &rules, &[at(660)])).await.unwrap());
    assert_kept(&*store, hers.id).await;
    store.erase(hers.id, NOW + 1).await.unwrap();
    store.erase(hers.id, NOW + 2).await.unwrap();
    assert!(store.scrub().await.unwrap());
    assert_gone(&*store, &hers).await;
    assert!(store.due(NOW, 100).await.unwrap().iter().all(|due| due.booking.id == other.id));
    assert_eq!(store.keys_in_use().await.unwrap(), [("key".to_owned(), 1)]);
    // Neither her time nor her key are anybody's any more.
    let next = store.book(request(1, &rules, &[at(600)])).await.unwrap();
    assert!(matches!(next, Booked::Taken { booking, .. } if booking.id != hers.id));
    assert_eq!(store.findings().await.unwrap(), Vec::<String>::new());
}

async fn assert_kept(store: &impl Keeping, id: i64) {
    let access = Access { who: "hanako".into(), what: "letter".into(), at: NOW };
    store.looked(id, Entry { at: NOW, ..entry("hanako", "letter", "1") }).await.unwrap();
    let kept = store.everything(id).await.unwrap().unwrap();
    assert_eq!((kept.key.as_str(), kept.sealed.len(), kept.answered_at), ("key-1", 3, Some(NOW)));
    assert_eq!(kept.accesses, [access]);
    assert!(!kept.mails.is_empty());
}

async fn assert_gone(store: &(impl BookingStore + Keeping), hers: &Booking) {
    assert_eq!(store.everything(hers.id).await.unwrap(), None);
    assert_eq!(store.find(token(1)).await.unwrap(), None);
    let left = store.of_team(team(), 0, i64::MAX).await.unwrap();
    let stone = left.iter().find(|one| one.id == hers.id).unwrap();
    assert_eq!((stone.start, stone.kind, stone.status), (hers.start, hers.kind, Status::Cancelled));
    assert!(!stone.reference.contains(&hers.reference));
}

pub async fn what_took_place_stays_as_it_was_when_it_is_erased(store: Arc<impl BookingStore + Keeping>) {
    let hers = booking(store.book(request(1, &rules(720, 1), &[at(600)])).await.unwrap());
    let after = hers.start + i64::from(hers.length) * 60;
    assert!(store.ended_before(after).await.unwrap().is_empty(), "it ends just then");
    assert_eq!(store.ended_before(after + 1).await.unwrap(), std::slice::from_ref(&hers));
    store.happen(token(1), Event::Attend, after).await.unwrap();
    store.erase(hers.id, after + 1).await.unwrap();
    assert!(store.ended_before(i64::MAX).await.unwrap().is_empty());
    let stone = store.of_team(team(), 0, i64::MAX).await.unwrap().remove(0);
    assert_eq!(stone.status, Status::Attended);
    assert_eq!(store.findings().await.unwrap(), Vec::<String>::new());
}

pub async fn the_reason_of_a_refusal_is_kept_with_it(store: Arc<impl BookingStore + Keeping + BoardStore>) {
    let decline =
        |n| store.act(token(n), 0, Deed::Decline("満席".to_owned()), entry("member:1", "decline", "1"));
    let hers = booking(store.book(request(1, &rules(720, 1), &[at(600)])).await.unwrap());
    let declined = decline(1).await.unwrap();
    assert!(matches!(declined, Acted::Changed(Changed::WrongState(_))), "it stands already: {declined:?}");
    assert_eq!(store.reason(hers.id).await.unwrap(), None);
    let by_hand = Arc::new(domain::slot::Rules { by_hand: true, ..(*rules(720, 1)).clone() });
    let hers = booking(store.book(request(2, &by_hand, &[at(660)])).await.unwrap());
    for _ in 0..2 {
        decline(2).await.unwrap();
    }
    assert_eq!(store.reason(hers.id).await.unwrap().as_deref(), Some("満席"));
}

pub async fn answers_are_forgotten_by_age_and_only_when_meant(store: Arc<impl BookingStore + Keeping>) {
    let rules = rules(720, 1);
    store.book(request(1, &rules, &[at(600)])).await.unwrap();
    store.book(super::NewBooking { received_at: NOW + 9, ..request(2, &rules, &[at(600)]) }).await.unwrap();
    assert_eq!(store.forget_answers(NOW, false).await.unwrap(), 0);
    assert_eq!(store.forget_answers(NOW + 1, true).await.unwrap(), 1);
    assert_eq!(store.forget_answers(NOW + 1, false).await.unwrap(), 1);
    assert_eq!(store.forget_answers(i64::MAX, false).await.unwrap(), 1);
}

// A colleague's telephone was stolen, open. Whom to warn took three weeks to find out, and then all were written to.
pub async fn f20_whom_a_leak_concerns_is_told_by_account_and_by_copy(
    store: Arc<impl BookingStore + Keeping + Journal>,
) {
    let rules = rules(780, 1);
    let book = async |n: u32, minute: u16, received_at: i64| {
        let request = super::NewBooking { received_at, ..request(n, &rules, &[at(minute)]) };
        booking(store.book(request).await.unwrap()).id
    };
    let seen = book(1, 600, NOW).await;
    let erased = book(2, 660, NOW + 10).await;
    let other = book(3, 720, NOW + 20).await;
    let look = async |who: &str, id: i64, at: i64| {
        let entry = Entry { at, ..entry(who, "opened", &format!("booking:{id}")) };
        store.looked(id, entry).await.unwrap();
    };
    look("member:7", seen, NOW + 30).await;
    look("member:7", erased, NOW + 31).await;
    look("member:7", seen, NOW + 32).await;
    look("member:77", other, NOW + 32).await;
    look("member:7", other, NOW + 33).await;
    store.append(Entry { at: NOW + 31, ..entry("member:7", "signed_in", "member:7") }).await.unwrap();
    store.erase(erased, NOW + 50).await.unwrap();

    let told = async |leak: Leak| {
        let concerned = store.concerned(leak).await.unwrap();
        let short = |one: Concerned| {
            assert!(one.seen.iter().all(|seen| (&*seen.who, &*seen.what) == ("member:7", "opened")));
            (one.booking.id, one.is_erased, one.seen.iter().map(|seen| seen.at - NOW).collect::<Vec<_>>())
        };
        concerned.into_iter().map(short).collect::<Vec<_>>()
    };
    let account = Leak::Account { who: "member:7".to_owned(), from: NOW + 30, to: NOW + 33 };
    assert_eq!(told(account).await, [(seen, false, vec![30, 32]), (erased, true, vec![31])]);
    let copy = |team, after| Leak::Copy { team, at: NOW + after };
    let all = |ids: &[(i64, bool)]| ids.iter().map(|(id, erased)| (*id, *erased, vec![])).collect::<Vec<_>>();
    // What was erased since may have been in it.
    assert_eq!(told(copy(None, 15)).await, all(&[(seen, false), (erased, true)]));
    assert_eq!(told(copy(Some(team()), 50)).await, all(&[(seen, false), (other, false)]));
    let nobodys = domain::association::AssociationId("elsewhere".to_owned());
    assert_eq!(told(copy(Some(nobodys), 50)).await, []);
}
