//! Times that change between her choice and the server's answer: clocks that step, days that close.

use domain::api::{BookingView, OfferedTime, Refusal};

use crate::bookings::{code, letter, offer, request, send, team};
use crate::server_under_test::{MONDAY, Server};

const HOUR: i64 = 3_600;

async fn times(server: &Server) -> Vec<OfferedTime> {
    offer(server).await.times
}

// The clock was put right just before midnight: the list lost an hour, and hers stood in it again.
#[tokio::test]
async fn c25_a_clock_that_steps_loses_no_time_and_offers_none_twice() {
    let server = Server::start().open("shimane").await;
    // The last second of Monday in Japan.
    server.pass(15 * HOUR - 1);
    let offered = offer(&server).await;
    let hers = request(&offered, "k1", &letter());
    let booked = send(&server, "k1", &hers).await;
    let view = BookingView::read(&booked.body).unwrap();
    let (first, rest) = offered.times.split_first().unwrap();
    assert_eq!(view.start, first.start);
    let last = &rest.last().unwrap().start;
    // Over midnight and back, an hour off either way, and a second that comes twice.
    for step in [1, -1, 1, 0, -HOUR, HOUR, HOUR, -HOUR, -1] {
        server.pass(step);
        let mut now = times(&server).await;
        // After midnight one more day can be booked; before it that day is gone again.
        now.retain(|time| time.start <= *last);
        assert_eq!(now, rest, "after a step of {step} s");
        assert_eq!(send(&server, "k1", &hers).await.body, booked.body, "her key is answered as before");
        let key = format!("other {step}").replace(' ', "-");
        let other = request(&offered, &key, &letter());
        assert_eq!(code(&send(&server, &key, &other).await), (409, "slot_taken".to_owned()));
    }
    assert_eq!(server.bookings.store.taken(team(), 0, i64::MAX).await.unwrap().len(), 1);
}

// She chose a time in the mountains; before she was down again, the team had closed that day. She stood before a locked door.
#[tokio::test]
async fn c26_a_day_closed_while_she_was_offline_is_refused_with_other_times() {
    let server = Server::start().open("shimane").await;
    let offered = offer(&server).await;
    let queued = request(&offered, "k1", &letter());
    let (day, _) = offered.times[0].start.split_once('T').unwrap();
    let mut opening = server.bookings.store.rules(team()).await.unwrap().unwrap();
    opening.rules.closed.push(day.to_owned());
    server.bookings.store.put_rules(team(), opening, MONDAY + 1).await.unwrap();
    let answer = send(&server, "k1", &queued).await;
    assert_eq!(code(&answer), (409, "slot_taken".to_owned()));
    let near = Refusal::read(&answer.body).unwrap().alternatives;
    assert!(near.len() == 3 && near.iter().all(|time| !time.start.starts_with(day)), "{near:?}");
    assert!(server.bookings.store.taken(team(), 0, i64::MAX).await.unwrap().is_empty());
    // 選び直し: what was named instead can be had.
    let mut again = request(&offered, "k2", &letter());
    again.wishes[0].start.clone_from(&near[0].start);
    again.wishes[0].kind = near[0].kinds[0];
    assert_eq!(send(&server, "k2", &again).await.status, 201);
}
