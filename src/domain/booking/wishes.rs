//! Up to three ranked wishes, and the one rule that decides between founders.
//!
//! **The rule, as it is published:** requests are served in the order in which the server received them, and two of the
//! same second in the order of their keys. Each gets the first of its wishes that is still offered when its turn comes.
//! Nobody can be overtaken, and naming a second wish never costs the first.

use crate::calendar::Date;
use crate::slot::{Kind, Rules, Slot, Taken, WhyClosed, judge};

pub const MAX_WISHES: usize = 3;

/// A time she would take, the best first in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wish {
    /// Seconds since 1970, UTC.
    pub start: i64,
    pub kind: Kind,
}

/// A day whose times are all taken, and for which she would wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayWish {
    pub date: Date,
    pub kind: Kind,
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// One to three, the best first.
    Times(Vec<Wish>),
    /// Any time of it that comes free.
    Day(DayWish),
}

/// One booking request as far as time is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its idempotency key.
    pub key: String,
    /// When the server received it, seconds since 1970.
    pub received_at: i64,
    /// One to three.
    pub wishes: Vec<Wish>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Her wish of this rank (from 0) is fulfilled.
    Given { rank: u8, slot: Slot },
    /// None of them is offered; why not, wish by wish.
    None(Vec<WhyClosed>),
}

/// Serves all requests; the answer is in the order they were served, whatever the order they came in here.
#[must_use]
pub fn resolve(
    rules: &Rules,
    taken: &[Taken],
    mut requests: Vec<Request>,
    now: i64,
) -> Vec<(String, Resolution)> {
    requests.sort_by(|a, b| (a.received_at, &a.key).cmp(&(b.received_at, &b.key)));
    let mut taken = taken.to_vec();
    requests
        .into_iter()
        .map(|request| {
            let resolution = serve(rules, &taken, &request.wishes, now);
            if let Resolution::Given { slot, .. } = resolution {
                taken.push(Taken { start: slot.start, length: slot.length, place: slot.place });
            }
            (request.key, resolution)
        })
        .collect()
}

/// One request, against what is taken.
#[must_use]
pub fn serve(rules: &Rules, taken: &[Taken], wishes: &[Wish], now: i64) -> Resolution {
    let mut reasons = Vec::with_capacity(wishes.len());
    for (rank, wish) in (0..).zip(wishes) {
        match judge(rules, taken, wish.start, wish.kind, now) {
            Ok(slot) => return Resolution::Given { rank, slot },
            Err(why) => reasons.push(why),
        }
    }
    Resolution::None(reasons)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{JstTime, Weekday};
    use crate::slot::{Hours, Kinds, Weekly};

    const WEDNESDAY: Date = Date { year: 2026, month: 12, day: 2 };

    fn rules() -> Rules {
        let hours = Hours::new((10 * 60, 16 * 60), 60, 30, 2, Kinds::ALL).unwrap();
        Rules {
            weekly: vec![Weekly { weekday: Weekday::Wednesday, hours }],
            days: Vec::new(),
            buffer: 0,
            lead: 0,
            horizon: 30,
            cap: None,
            deadline: 0,
            by_hand: true,
            away: Vec::new(),
        }
    }

    fn now() -> i64 {
        JstTime { date: WEDNESDAY.plus_days(-1), minute: 0 }.unix_seconds()
    }

    fn requests() -> impl Strategy<Value = Vec<Request>> {
        let wish = (0u16..14, 0usize..3).prop_map(|(half_hour, kind)| Wish {
            start: JstTime { date: WEDNESDAY, minute: 9 * 60 + half_hour * 30 }.unix_seconds(),
            kind: Kind::ALL[kind],
        });
        let request = (0i64..5, prop::collection::vec(wish, 1..=MAX_WISHES));
        prop::collection::vec(request, 1..16).prop_map(|all| {
            let numbered = all.into_iter().enumerate();
            numbered
                .map(|(n, (received_at, wishes))| Request { key: format!("key {n}"), received_at, wishes })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn the_outcome_does_not_depend_on_the_order_of_the_list(
            requests in requests(), seed in any::<prop::sample::Index>(),
        ) {
            let mut turned = requests.clone();
            turned.rotate_left(seed.index(requests.len()));
            turned.reverse();
            prop_assert_eq!(resolve(&rules(), &[], requests, now()), resolve(&rules(), &[], turned, now()));
        }

        // Later requests must not change what earlier ones get.
        #[test]
        fn nobody_is_overtaken(requests in requests()) {
            let all = resolve(&rules(), &[], requests.clone(), now());
            let last = requests.iter().max_by_key(|request| (request.received_at, request.key.clone())).unwrap();
            let without = requests.iter().filter(|request| request.key != last.key).cloned().collect();
            prop_assert_eq!(&all[..all.len() - 1], &resolve(&rules(), &[], without, now())[..]);
        }

        #[test]
        fn no_place_is_given_twice(requests in requests()) {
            let given: Vec<Slot> = resolve(&rules(), &[], requests, now())
                .into_iter()
                .filter_map(|(_, resolution)| match resolution {
                    Resolution::Given { slot, .. } => Some(slot),
                    Resolution::None(_) => None,
                })
                .collect();
            for (n, one) in given.iter().enumerate() {
                for other in &given[n + 1..] {
                    prop_assert!(one.place != other.place || (one.start - other.start).abs() >= 3600);
                }
            }
        }

        // A second wish is only looked at when the first cannot be had.
        #[test]
        fn a_further_wish_never_costs_the_first(requests in requests()) {
            let mut only_first = requests.clone();
            let last = only_first.iter_mut().max_by_key(|r| (r.received_at, r.key.clone())).unwrap();
            last.wishes.truncate(1);
            let key = last.key.clone();
            let find = |outcome: Vec<(String, Resolution)>| outcome.into_iter().find(|(k, _)| *k == key).unwrap().1;
            let alone = find(resolve(&rules(), &[], only_first, now()));
            let all = find(resolve(&rules(), &[], requests, now()));
            if let Resolution::Given { rank: 0, .. } = alone {
                prop_assert_eq!(alone, all);
            }
        }
    }
}
