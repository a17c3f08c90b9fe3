//! What every store must do for a team's board, told as stories.

use std::sync::Arc;

use domain::booking::{Event, Status};
use domain::slot::Rules;

use super::Whole;
use super::board::{Acted, Deed, MOST_WITHOUT_PLACE, Note, Put};
use super::conformance::{NOW, at, booking, opening, request, rules, team, token};
use super::journal::Entry;
use super::journal_conformance::entry;
use super::{Booking, Changed, Store};

fn at_now() -> Entry {
    Entry { at: NOW, ..entry("member:7", "changed", "1") }
}

const LATER: i64 = NOW + 60 * 86_400;

fn by_hand() -> Arc<Rules> {
    let mut rules = rules(960, 2);
    Arc::make_mut(&mut rules).by_hand = true;
    rules
}

async fn booked(store: &Store, n: u32, rules: &Arc<Rules>, minute: u16) -> Booking {
    booking(store.bookings.book(request(n, rules, &[at(minute)])).await.unwrap())
}

pub(super) fn note(text: &str) -> Note {
    let (bound, key_id) = ("note".to_owned(), "note key".to_owned());
    Note { by: 7, at: NOW + 1, bound, key_id, sealed: text.as_bytes().to_vec() }
}

// A request of three weeks ahead stood on no board until its week had come, and then it was too late to answer.
pub async fn what_waits_for_an_answer_is_on_every_board(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let (asked, stands) =
        (booked(&store, 1, &by_hand(), 600).await, booked(&store, 2, &rules(960, 2), 660).await);
    let boards = &store.boards;
    let day = boards.board(team(), NOW, asked.start, asked.start + 1).await.unwrap();
    assert_eq!(day.waiting.iter().map(|row| &row.booking).collect::<Vec<_>>(), [&asked]);
    assert_eq!(day.booked.iter().map(|row| &row.booking).collect::<Vec<_>>(), [&asked]);
    let elsewhere = boards.board(team(), NOW, stands.start + 1, LATER).await.unwrap();
    assert_eq!((elsewhere.waiting.len(), elsewhere.booked.len()), (1, 0));
    assert_eq!(elsewhere.waiting[0].received_at, NOW);
    let nobody = domain::association::AssociationId("nobody".to_owned());
    let none = boards.board(nobody, NOW, 0, LATER).await.unwrap();
    assert!(none.waiting.is_empty() && none.booked.is_empty());
}

// A program booked a time and let it go for hours. Every desk fetched every one of these with each change, megabytes of them,
// and the server's memory grew with their number.
pub async fn what_was_let_go_does_not_fill_the_board(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let stands = booked(&store, 0, &rules(960, 2), 660).await;
    let mut last = Vec::new();
    for n in 1..=MOST_WITHOUT_PLACE + 2 {
        let of_now = booked(&store, n, &rules(960, 2), 600).await;
        store.bookings.happen(token(n), Event::Cancel, NOW).await.unwrap();
        last.push(of_now.id);
        let board = store.boards.board(team(), NOW, 0, LATER).await.unwrap();
        assert_eq!(board.more, n > MOST_WITHOUT_PLACE, "after {n}");
    }
    last.drain(..2);
    let board = store.boards.board(team(), NOW, 0, LATER).await.unwrap();
    assert_eq!(
        board.booked.iter().map(|row| row.booking.id).collect::<Vec<_>>(),
        [last, vec![stands.id]].concat()
    );
}

// One colleague moved it while the other, who still saw the old time, declined it: she was refused at a time that suited.
pub async fn whoever_has_seen_an_older_state_changes_nothing(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let asked = booked(&store, 1, &by_hand(), 600).await;
    let boards = &store.boards;
    let propose = Deed::Propose(at(660), by_hand());
    let Acted::Changed(Changed::Done(moved)) =
        boards.act(token(1), 0, propose.clone(), at_now()).await.unwrap()
    else {
        panic!("nobody else was there")
    };
    assert_eq!((moved.start, moved.sequence), (at(660).start, 1));
    for deed in
        [Deed::Happen(Event::Confirm), Deed::Decline("full".to_owned()), Deed::Propose(at(720), by_hand())]
    {
        assert_eq!(
            boards.act(token(1), asked.sequence, deed, at_now()).await.unwrap(),
            Acted::Meanwhile(moved.clone())
        );
    }
    // The same again is no conflict: her answer was lost on the way.
    let again = boards.act(token(1), asked.sequence, propose, at_now()).await.unwrap();
    assert_eq!(again, Acted::Changed(Changed::Already(moved.clone())));
    let confirm = boards.act(token(1), moved.sequence, Deed::Happen(Event::Confirm), at_now()).await.unwrap();
    assert!(matches!(confirm, Acted::Changed(Changed::Done(now)) if now.status == Status::Confirmed));
    let unknown = boards.act(token(9), 0, Deed::Happen(Event::Confirm), at_now()).await.unwrap();
    assert_eq!(unknown, Acted::Changed(Changed::Unknown));
}

// Twenty desks were open when one request came in.
pub async fn of_many_who_decide_at_once_one_is_done_and_the_others_learn_of_it(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let asked = booked(&store, 1, &by_hand(), 600).await;
    let deeds = (0..20u16).map(|n| match n % 4 {
        0 => Deed::Happen(Event::Confirm),
        1 => Deed::Decline(n.to_string()),
        2 => Deed::Happen(Event::Cancel),
        _ => Deed::Propose(at(660 + 60 * (n % 3)), by_hand()),
    });
    let all: Vec<_> = deeds
        .map(|deed| {
            let boards = Arc::clone(&store.boards);
            tokio::spawn(async move { boards.act(token(1), asked.sequence, deed, at_now()).await.unwrap() })
        })
        .collect();
    let mut done = Vec::new();
    let mut later = Vec::new();
    for one in all {
        match one.await.unwrap() {
            Acted::Changed(Changed::Done(booking)) => done.push(booking),
            Acted::Changed(Changed::Already(booking)) | Acted::Meanwhile(booking) => later.push(booking),
            Acted::Changed(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((done.len(), later.len()), (1, 19));
    assert_eq!(store.journal.lines(0, 100).await.unwrap().len(), 1, "who was late has done nothing");
    assert!(later.iter().all(|seen| *seen == done[0]), "they learn how it is");
    assert_eq!(store.bookings.find(token(1)).await.unwrap().as_ref(), Some(&done[0]));
}

// A colleague's note was read by the next one only after she had pressed reload.
pub async fn every_change_of_a_team_makes_another_version_and_nothing_else_does(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let boards = &store.boards;
    let mut seen = vec![boards.version(team()).await.unwrap()];
    let first = booked(&store, 1, &by_hand(), 600).await;
    seen.push(boards.version(team()).await.unwrap());
    booked(&store, 2, &by_hand(), 600).await;
    seen.push(boards.version(team()).await.unwrap());
    boards.assign(first.id, Some(7), at_now()).await.unwrap();
    seen.push(boards.version(team()).await.unwrap());
    for text in ["one", "two"] {
        boards.add_note(first.id, note(text), at_now()).await.unwrap();
        seen.push(boards.version(team()).await.unwrap());
    }
    boards.act(token(1), 0, Deed::Happen(Event::Confirm), Entry { at: NOW + 1, ..at_now() }).await.unwrap();
    seen.push(boards.version(team()).await.unwrap());
    // Long ago by a clock that is slow, but within the same moments.
    boards.act(token(2), 0, Deed::Happen(Event::Confirm), Entry { at: NOW - 5, ..at_now() }).await.unwrap();
    seen.push(boards.version(team()).await.unwrap());
    assert_eq!(boards.version(team()).await.unwrap(), seen[seen.len() - 1], "nothing happened");
    seen.sort_unstable();
    let all = seen.len();
    seen.dedup();
    assert_eq!(seen.len(), all);
}

// She was erased, and what the team had written about her stayed.
pub async fn notes_are_kept_in_order_and_go_with_her(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let booking = booked(&store, 1, &rules(960, 2), 600).await;
    let boards = &store.boards;
    for text in ["one", "two"] {
        boards.add_note(booking.id, note(text), at_now()).await.unwrap();
    }
    boards.assign(booking.id, Some(7), at_now()).await.unwrap();
    assert_eq!(boards.notes(booking.id).await.unwrap(), [note("one"), note("two")]);
    let row = boards.row(token(1)).await.unwrap().unwrap();
    assert_eq!((row.notes, row.assigned, &row.booking), (2, Some(7), &booking));
    let keys = store.keeping.keys_in_use().await.unwrap();
    assert!(keys.contains(&("note key".to_owned(), 2)), "a key that notes need is not taken away: {keys:?}");
    store.keeping.erase(booking.id, NOW).await.unwrap();
    assert_eq!(boards.notes(booking.id).await.unwrap(), []);
    let board = boards.board(team(), NOW, NOW, LATER).await.unwrap();
    assert_eq!((board.booked.len(), board.booked[0].assigned), (1, None));
}

// Two leads had the editor open on a Friday; on Monday the hours of one were gone, and nobody knew whose.
pub async fn of_two_who_edit_the_times_at_once_the_later_is_shown_the_others(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let put = |to: &str, seen| {
        let (boards, opening) = (Arc::clone(&store.boards), opening(to, 0));
        async move { boards.put_rules_seen(team(), opening, seen, at_now()).await.unwrap() }
    };
    let first = opening("12:00", 0);
    assert_eq!(put("12:00", Some([7; 32])).await, Put::Meanwhile(None), "there are none to have been seen");
    assert_eq!(put("12:00", None).await, Put::Done);
    assert_eq!(put("13:00", None).await, Put::Meanwhile(Some(first.clone())));
    assert_eq!(put("12:00", None).await, Put::Done, "the same again: the answer was lost on the way");
    let (one, other) = tokio::join!(put("13:00", Some(first.mark())), put("14:00", Some(first.mark())));
    let there = store.bookings.rules(team()).await.unwrap();
    let expected = [Put::Done, Put::Meanwhile(there.clone())];
    assert!([one.clone(), other.clone()] == expected || [other, one] == expected, "one is told of the other");
    assert!(there == Some(opening("13:00", 0)) || there == Some(opening("14:00", 0)));
}
