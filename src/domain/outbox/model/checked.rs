//! The model looked through to its last state, and broken ones, in which the fault has to be found.

use std::collections::HashSet;
use std::thread::available_parallelism;
use std::time::Instant;

use stateright::{Checker, Expectation, HasDiscoveries, Model};

use super::phone::Disk;
use super::properties::{NO_LIE, NO_LOSS, ONE_KEY, WRITTEN_FIRST, all};
use super::server::Clerk;
use super::{Town, Trouble, Wish};

const TWO: &[Wish] = &[Wish::Hana, Wish::Yuki];

fn town(wishes: &[Wish], trouble: Trouble) -> Town {
    Town { wishes: wishes.to_vec(), disk: Disk::Honest, clerk: Clerk::Honest, trouble }
}

/// Visits every state; how many histories that were, and what was seen in them.
///
/// Counted is each *step*: one more thing that happens in a state. The way by which the state was first reached and then
/// this step are a history that is counted once, so there are at least as many; those that only differ in how they came
/// to a state already seen are not followed again.
fn look_through(town: Town) -> (usize, HashSet<&'static str>) {
    let started = Instant::now();
    let threads = available_parallelism().map_or(1, usize::from);
    let checker = town.checker().threads(threads).spawn_bfs().join();
    for property in all().iter().filter(|property| property.expectation == Expectation::Always) {
        checker.assert_no_discovery(property.name);
    }
    let (histories, states) = (checker.state_count(), checker.unique_state_count());
    let seconds = started.elapsed().as_secs();
    println!("{histories} histories to {states} states in {seconds} s, {:?}", checker.model().trouble);
    (histories, checker.discoveries().into_keys().collect())
}

// A hundred lucky runs had been green; in the hundred and first an answer was lost, and she was booked twice.
#[test]
fn d03_in_every_history_a_wish_is_booked_once_or_she_is_told() {
    let none = Trouble::default();
    let towns = [
        // The network, the page and the server fail once each.
        town(TWO, Trouble { losses: 1, doubles: 1, kills: 1, outages: 1, misses: 1, ..none }),
        // She deletes, the server asks for time, a phone is not looked at for a month.
        town(TWO, Trouble { misses: 1, refusals: 1, deletions: 1, drawers: 1, ..none }),
        // The server wants work, twice, or once and it fails, and the page dies over it.
        town(TWO, Trouble { proofs: 2, kills: 1, misses: 1, ..none }),
        // Two entries on one phone, one of them typed first.
        town(&Wish::ALL, Trouble { kills: 1, ..none }),
    ];
    let (mut histories, mut seen) = (0, HashSet::new());
    for (more, here) in towns.map(look_through) {
        histories += more;
        seen.extend(here);
    }
    println!("{histories} histories");
    assert!(histories >= 1_000_000, "{histories}");
    for property in all().iter().filter(|property| property.expectation == Expectation::Sometimes) {
        assert!(seen.contains(property.name), "never seen: {}", property.name);
    }
}

// A checker nobody had ever seen red.
#[test]
fn d03_a_promise_that_is_broken_is_found() {
    let none = Trouble::default();
    let lost = Trouble { losses: 1, misses: 1, outages: 1, ..none };
    for (disk, clerk, trouble, property) in [
        (Disk::Honest, Clerk::Forgetful, lost.clone(), ONE_KEY),
        (Disk::Honest, Clerk::Forgetful, lost, NO_LIE),
        (Disk::Honest, Clerk::Hasty, Trouble { outages: 1, ..none }, NO_LIE),
        (Disk::Lying, Clerk::Honest, none.clone(), NO_LOSS),
        (Disk::Late, Clerk::Honest, none.clone(), WRITTEN_FIRST),
    ] {
        let broken = Town { disk, clerk, ..town(TWO, trouble) };
        let found = HasDiscoveries::AnyOf([property].into());
        let checker = broken.checker().finish_when(found).spawn_bfs().join();
        let history = checker.assert_any_discovery(property);
        println!(
            "{disk:?} disk, {clerk:?} clerk: not \"{property}\" in {} steps",
            history.into_actions().len()
        );
    }
}
