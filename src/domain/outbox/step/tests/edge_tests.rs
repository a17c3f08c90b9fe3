//! One step at a time, in the middle of a phone's life: not at the moment zero, where a sum and a difference are the same.

use super::*;
use crate::outbox::policy::{DRAFT_LIFE_MS, LIFE_MS, LONGEST_PAUSE_MS};

/// Some day in 2026.
const NOW_MS: i64 = 1_795_000_000_000;
const DAY_MS: i64 = 86_400_000;

fn holding(entries: impl IntoIterator<Item = Entry>) -> Outbox {
    Outbox { entries: entries.into_iter().collect(), ..Outbox::default() }
}

fn statuses(outbox: &Outbox) -> Vec<(&str, &Status)> {
    outbox.entries().iter().map(|entry| (entry.key.0.as_str(), &entry.status)).collect()
}

fn key(key: &str) -> Key {
    Key(key.to_owned())
}

// Counted from 1970, every wish would be too old at once, or never.
#[test]
fn an_age_is_counted_from_the_day_she_wrote() {
    assert_eq!((LIFE_MS, DRAFT_LIFE_MS), (30 * DAY_MS, DAY_MS), "the server knows keys for 35 days");
    let waits = |created: i64| entry("waits", created, Status::Queued { not_before_ms: NOW_MS + MINUTE_MS });
    let typed = |created: i64| entry("typed", created, Status::Draft);
    let mut young = holding([waits(NOW_MS - LIFE_MS + 1), typed(NOW_MS - DRAFT_LIFE_MS + 1)]);
    assert_eq!(young.step(Event::Woke { now_ms: NOW_MS }), [Effect::WakeAt(NOW_MS + MINUTE_MS)]);
    assert_eq!(young.entries().len(), 2);
    let mut old = holding([waits(NOW_MS - LIFE_MS), typed(NOW_MS - DRAFT_LIFE_MS)]);
    let effects = old.step(Event::Woke { now_ms: NOW_MS });
    assert_eq!(statuses(&old), [("waits", &Status::Parked(Parked::Expired))]);
    assert_eq!(effects, [Effect::Write(old.entries()[0].clone()), Effect::Erase(key("typed"))]);
}

#[test]
fn the_longest_pause_is_waited_for_and_a_longer_one_is_a_wrong_clock() {
    let until = |at: i64| entry("a", NOW_MS, Status::Queued { not_before_ms: at });
    let longest = NOW_MS + LONGEST_PAUSE_MS;
    let mut waits = holding([until(longest)]);
    assert_eq!(waits.step(Event::Woke { now_ms: NOW_MS }), [Effect::WakeAt(longest)]);
    let mut goes = holding([until(longest + 1)]);
    goes.step(Event::Woke { now_ms: NOW_MS });
    assert_eq!(statuses(&goes), [("a", &Status::Sending)]);
}

#[test]
fn each_sending_that_began_is_counted() {
    let mut outbox = holding([queued("a", NOW_MS)]);
    let mut now_ms = NOW_MS;
    for attempts in 1..=3 {
        outbox.step(Event::SendNow { now_ms });
        assert_eq!(outbox.entries()[0].attempts, attempts);
        now_ms += MINUTE_MS;
        let answer = Answer::Unreachable;
        outbox.step(Event::Answered { key: key("a"), answer, chance: 1.0, now_ms });
    }
}

#[test]
fn a_draft_is_hers_to_change_and_what_was_sent_off_is_not() {
    let mut outbox = holding([entry("a", NOW_MS, Status::Draft), queued("b", NOW_MS + 1)]);
    outbox.step(Event::Woke { now_ms: NOW_MS + 1 });
    for name in ["a", "b"] {
        let changed = Entry { body: "other words".to_owned(), ..entry(name, NOW_MS, Status::Draft) };
        outbox.step(Event::Put { entry: changed, now_ms: NOW_MS + 2 });
    }
    let bodies: Vec<&str> = outbox.entries().iter().map(|entry| entry.body.as_str()).collect();
    assert_eq!(bodies, ["other words", "body of b"]);
}

#[test]
fn what_she_deletes_goes_and_the_others_stay() {
    let mut outbox = holding([queued("a", NOW_MS), queued("b", NOW_MS)]);
    outbox.step(Event::Removed { key: key("a"), now_ms: NOW_MS });
    assert_eq!(statuses(&outbox), [("b", &Status::Sending)]);
}

// The answer to a sending of before the reload asked for work, which nobody awaited any more.
#[test]
fn work_is_done_only_for_the_sending_that_is_awaited() {
    let mut outbox = holding([queued("a", NOW_MS), queued("b", NOW_MS + 1)]);
    outbox.step(Event::Woke { now_ms: NOW_MS });
    let asked = |key| Event::Answered { key, answer: work(), chance: 1.0, now_ms: NOW_MS };
    assert_eq!(outbox.step(asked(key("b"))), []);
    assert!(matches!(outbox.step(asked(key("a")))[..], [Effect::Solve(..)]));
}

#[test]
fn the_file_she_hands_over_holds_the_key_and_the_body_as_they_are() {
    assert_eq!(queued("a", NOW_MS).to_file(), r#"{"key":"a","body":"body of a"}"#);
}
