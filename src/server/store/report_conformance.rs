//! What every store must do for a report, told as stories.

use std::sync::Arc;

use domain::booking::{Event, Status};
use domain::report::{Fact, Figures};

use super::Store;
use super::Whole;
use super::board::Deed;
use super::conformance::{NOW, at, booking, request, rules, team, token};
use super::journal::Entry;

/// As the desk writes it.
fn entry(booking: i64, what: &'static str, at: i64) -> Entry {
    Entry {
        at,
        who: "member:7".to_owned(),
        association: Some(team()),
        what,
        about: format!("booking:{booking}"),
        detail: String::new(),
    }
}

async fn facts(store: &Store) -> Vec<Fact> {
    let day = at(0).start;
    store.boards.facts(team(), day, day + 86_400).await.unwrap()
}

// A team of one hand had answered within the hour; moving a booking two weeks later made of it a wait of two weeks.
pub async fn a_report_knows_when_a_request_was_first_answered_and_no_letter(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let mut by_hand = (*rules(960, 2)).clone();
    by_hand.by_hand = true;
    let by_hand = Arc::new(by_hand);
    let book = async |n, rules| {
        booking(store.bookings.book(request(n, rules, &[at(600 + 60 * n as u16)])).await.unwrap())
    };
    let asked = book(1, &by_hand).await;
    let moved = book(2, &rules(960, 2)).await;
    let act = async |n, seen, deed: Deed, id, later| {
        let entry = entry(id, deed.code(), NOW + later);
        store.boards.act(token(n), seen, deed, entry).await.unwrap();
    };
    act(1, 0, Deed::Propose(at(840), Arc::clone(&by_hand)), asked.id, 600).await;
    act(1, 1, Deed::Happen(Event::Confirm), asked.id, 900).await;
    act(2, 0, Deed::Propose(at(900), by_hand), moved.id, 7_200).await;
    let found = facts(&store).await;
    let told: Vec<_> = found.iter().map(|one| (one.status, one.start, one.answered_at)).collect();
    assert_eq!(
        told,
        [(Status::Confirmed, at(840).start, Some(NOW + 600)), (Status::Moved, at(900).start, None)]
    );
    assert!(found.iter().all(|one| one.received_at == Some(NOW) && one.length == 60 && !one.fictional));
    let nobody = domain::association::AssociationId("nobody".to_owned());
    assert!(store.boards.facts(nobody, 0, i64::MAX).await.unwrap().is_empty());
    assert!(store.boards.facts(team(), 0, at(840).start).await.unwrap().is_empty());
}

// She asked to be forgotten, and the year's report had one consultation less.
pub async fn who_was_erased_is_counted_and_nothing_else(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let one = booking(store.bookings.book(request(1, &rules(960, 2), &[at(600)])).await.unwrap());
    let after = at(600).start + 7_200;
    store
        .boards
        .act(token(1), 0, Deed::Happen(Event::Attend), entry(one.id, "attended", after))
        .await
        .unwrap();
    store.keeping.erase(one.id, after).await.unwrap();
    let found = facts(&store).await;
    assert_eq!((found[0].status, found[0].received_at), (Status::Attended, None));
    let figures = Figures::of(&found);
    assert_eq!((figures.all, figures.no_show(), figures.lead), (1, Some((0, 1)), None));
}
