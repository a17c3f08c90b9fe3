//! Counts requests per place in a table of fixed size, whoever comes.
//!
//! A place is hashed to one of 65,536 buckets with a key of this process, so nobody can aim at somebody else's bucket
//! and no flood of addresses makes the table grow. Two places that meet in one bucket share it, which costs them
//! nothing until one of them floods.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::peer::Place;

pub struct Meter<C: Clock = DefaultClock> {
    clock: C,
    buckets: RateLimiter<u16, HashMapStateStore<u16>, C, NoOpMiddleware<C::Instant>>,
    keys: RandomState,
}

impl<C: Clock + Clone> Meter<C> {
    /// So many at once, and so many more within each minute.
    #[must_use]
    pub fn per_minute(requests: NonZeroU32, clock: C) -> Self {
        let buckets = RateLimiter::hashmap_with_clock(Quota::per_minute(requests), clock.clone());
        Self { clock, buckets, keys: RandomState::new() }
    }

    /// # Errors
    /// How long it has to wait.
    pub fn admit(&self, place: Place) -> Result<(), Duration> {
        // Any 16 bits of a keyed hash are as good as all others.
        let bucket = self.keys.hash_one(place) as u16;
        self.buckets.check_key(&bucket).map_err(|refused| refused.wait_time_from(self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use governor::clock::FakeRelativeClock;

    use super::*;

    const THREE: NonZeroU32 = NonZeroU32::new(3).unwrap();

    fn place(number: u32) -> Place {
        Place::from(IpAddr::V4(Ipv4Addr::from_bits(number)))
    }

    #[test]
    fn a_place_that_floods_waits_for_as_long_as_it_is_told() {
        let clock = FakeRelativeClock::default();
        let meter = Meter::per_minute(THREE, clock.clone());
        for _ in 0..3 {
            assert_eq!(meter.admit(place(1)), Ok(()));
        }
        let wait = meter.admit(place(1)).unwrap_err();
        assert_eq!(wait, Duration::from_secs(20));
        clock.advance(wait - Duration::from_millis(1));
        assert!(meter.admit(place(1)).is_err());
        clock.advance(Duration::from_millis(1));
        assert_eq!(meter.admit(place(1)), Ok(()));
    }

    // 100,000 rented addresses, each of them within its limits.
    #[test]
    fn e11_a_hundred_thousand_addresses_neither_fill_the_memory_nor_shut_anybody_out() {
        let meter = Meter::per_minute(NonZeroU32::new(30).unwrap(), FakeRelativeClock::default());
        for number in 0..100_000 {
            assert_eq!(meter.admit(place(number)), Ok(()));
        }
        assert!(meter.buckets.len() <= 1 << 16);
        assert_eq!(meter.admit(place(100_001)), Ok(()));
    }
}
