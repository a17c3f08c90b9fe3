//! Killed exactly between two steps of its work, where a kill from outside almost never hits.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use domain::api::{BOOKINGS, BookingView, WishedTime};
use tests::dice::Dice;

use crate::binary::{Running, tonari_on};
use crate::load::{Answer, Crowd, Heard, assert_kept, offer, open_times, post, serve, serve_under};

const TIMES: usize = 20;

fn assert_sound(var: &Path, point: &str) {
    assert_eq!(tonari_on(var, &["check"]).unwrap(), "nothing is wrong\n", "after a crash at {point}");
}

/// It dies when so many have passed this point.
fn serve_until(var: &Arc<tempfile::TempDir>, point: &str, passes: u64) -> Running {
    serve_under(var, &[("TONARI_CRASH_AT", &format!("{point}:{passes}"))])
}

/// Whether it was booked before or not: now it is one booking.
fn send_again(server: &Running, unanswered: Vec<(String, String)>, promised: &mut Vec<BookingView>) {
    for (key, body) in unanswered {
        match post(&server.address, &key, &body) {
            Answer::Promised(view) => promised.push(*view),
            Answer::Refused(why) => panic!("{key} was sent again and refused: {why}"),
            Answer::None => panic!("{key} was sent again and not answered"),
        }
    }
}

// Twenty thousand kills at random had been survived; the one between commit and answer had not been among them.
#[test]
fn c10_killed_at_each_point_of_a_booking_every_promise_is_kept() {
    let mut dice = Dice::thrown();
    for point in ["begun", "written", "committed", "told"] {
        let var = Arc::new(tempfile::tempdir().unwrap());
        open_times(var.path());
        let (mut promised, mut unanswered) = (Vec::new(), Vec::new());
        for round in 0..TIMES {
            // By one that lives: mails that are looked for, and lists that are swept, pass as well, and nobody knows when.
            send_again(&serve(&var), std::mem::take(&mut unanswered), &mut promised);
            let server = serve_until(&var, point, 40 + dice.below(60) as u64);
            let crowd = Crowd::gather(&server, &format!("{point}{round}"));
            let (code, _) = server.end();
            assert_eq!(code, None, "it ended by itself, not at {point}");
            let Heard { promised: more, unanswered: lost, refused } = crowd.disperse();
            assert!(refused.is_empty() && !lost.is_empty(), "{refused:?}");
            promised.extend(more);
            unanswered = lost;
            assert_sound(var.path(), point);
        }
        let server = serve(&var);
        send_again(&server, unanswered, &mut promised);
        assert_kept(&server, &promised);
        let numbers: HashSet<&str> = promised.iter().map(|view| view.reference.as_str()).collect();
        assert_eq!(numbers.len(), promised.len(), "two founders were given one booking");
        eprintln!("{TIMES} crashes at {point}, {} promises", promised.len());
    }
}

// Her old time was free, the new one not yet hers; then the power went, and she had none.
#[test]
fn c18_killed_between_giving_up_and_taking_she_has_one_time() {
    let var = Arc::new(tempfile::tempdir().unwrap());
    open_times(var.path());
    let (times, token) = {
        let server = serve(&var);
        let crowd = Crowd::gather(&server, "moves");
        crowd.wait_for_promises(1);
        let token = crowd.disperse().promised[0].token.clone();
        (offer(&server).times, token)
    };
    // Not the first: whoever booked may have it.
    for pair in times[1..].windows(2).take(TIMES) {
        let server = serve_until(&var, "freed", 2);
        // The move that was killed in the round before.
        let done = move_to(&server, &token, &pair[0].start).expect("it is not killed yet");
        assert_eq!(done.start, pair[0].start);
        assert_eq!(move_to(&server, &token, &pair[1].start), None, "it was not killed");
        assert_eq!(server.end().0, None);
        // Where the booking stands is where it holds its place, or the check would name it.
        assert_sound(var.path(), "freed");
        assert_kept(&serve(&var), &[done]);
    }
}

fn move_to(server: &Running, token: &str, start: &str) -> Option<BookingView> {
    let kind = domain::slot::Kind::Visit;
    let body = WishedTime { start: start.to_owned(), kind }.to_json();
    let request = format!(
        "POST {BOOKINGS}/{token}/move HTTP/1.1\r\nHost: tonari\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = server.say(request.as_bytes());
    if answer.is_empty() {
        return None;
    }
    let (_, body) = answer.split_once("\r\n\r\n").expect("an answer has a body");
    Some(BookingView::read(body.as_bytes()).unwrap_or_else(|| panic!("{answer}")))
}
