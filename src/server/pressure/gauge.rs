//! When it is too much: bookings of the last minute, counted second by second.
//!
//! Once above its limit it stays high until the minute before holds no more than half of it. Otherwise what turns the
//! crowd away would end the pressure, and the end of the pressure bring the crowd back, several times a minute.

const SECONDS: usize = 60;

/// Of fixed size. Time comes in with each question, seconds since 1970.
#[derive(Clone, Debug)]
pub struct Gauge {
    limit: u32,
    /// By the second they came in, the newest at `newest`.
    counts: [u32; SECONDS],
    newest: i64,
    is_high: bool,
}

impl Gauge {
    #[must_use]
    pub fn new(limit: u32) -> Self {
        Self { limit, counts: [0; SECONDS], newest: 0, is_high: false }
    }

    /// One more.
    pub fn count(&mut self, now: i64) {
        self.forget(now);
        let count = &mut self.counts[at(self.newest)];
        *count = count.saturating_add(1);
    }

    pub fn is_high(&mut self, now: i64) -> bool {
        self.forget(now);
        let sum = self.counts.iter().fold(0_u32, |sum, count| sum.saturating_add(*count));
        self.is_high = sum > if self.is_high { self.limit / 2 } else { self.limit };
        self.is_high
    }

    /// What is older than a minute. A clock that goes back counts into its newest second until it has caught up.
    fn forget(&mut self, now: i64) {
        let passed = (now - self.newest).clamp(0, SECONDS as i64);
        for second in 0..passed {
            self.counts[at(now - second)] = 0;
        }
        self.newest = self.newest.max(now);
    }
}

fn at(second: i64) -> usize {
    second.rem_euclid(SECONDS as i64) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_795_996_800;

    fn rush(gauge: &mut Gauge, count: u32, now: i64) -> bool {
        for _ in 0..count {
            gauge.count(now);
        }
        gauge.is_high(now)
    }

    #[test]
    fn it_is_high_above_its_limit_and_until_half_of_it_is_left() {
        let mut gauge = Gauge::new(10);
        assert!(!rush(&mut gauge, 6, NOW));
        assert!(!rush(&mut gauge, 4, NOW + 30), "ten are what it bears");
        assert!(rush(&mut gauge, 2, NOW + 59));
        assert!(gauge.is_high(NOW + 60), "six are left, more than half");
        assert!(gauge.is_high(NOW + 89));
        assert!(!gauge.is_high(NOW + 90), "two");
        assert!(!rush(&mut gauge, 8, NOW + 91), "calm is calm up to the limit");
        assert!(rush(&mut gauge, 1, NOW + 92));
        assert!(!gauge.is_high(NOW + 1_000_000));
    }

    // The clock was set back by an hour; everybody had to work for an hour.
    #[test]
    fn a_clock_that_goes_back_neither_adds_nor_forgets() {
        let mut gauge = Gauge::new(10);
        assert!(rush(&mut gauge, 11, NOW));
        assert!(gauge.is_high(NOW - 3_600));
        assert!(!gauge.is_high(NOW + 60));
    }

    proptest! {
        #[test]
        fn it_counts_what_a_list_of_all_moments_counts(
            steps in prop::collection::vec((0i64..50, 1u32..5), 1..60), limit in 0u32..30,
        ) {
            let (mut gauge, mut now, mut moments, mut high) = (Gauge::new(limit), NOW, Vec::new(), false);
            for (pause, count) in steps {
                now += pause;
                moments.extend((0..count).map(|_| now));
                let last_minute = moments.iter().filter(|moment| now - **moment < 60).count() as u32;
                high = last_minute > if high { limit / 2 } else { limit };
                prop_assert_eq!(rush(&mut gauge, count, now), high);
            }
        }
    }
}
