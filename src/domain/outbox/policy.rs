//! When to try again, and for how long. A refusal is not here: it never comes back by itself.

/// Between two attempts at most.
pub const BACKOFF_CAP_MS: i64 = 5 * 60 * 1000;

/// However long the server asks for. A pause that ends later than this from now was written by a clock that was wrong.
pub const LONGEST_PAUSE_MS: i64 = 3_600_000;

/// The server keeps keys for 35 days, so whatever is sent until then is booked once.
pub const LIFE_MS: i64 = 30 * 24 * 3_600_000;

/// What she typed and never sent does not stay on the phone longer than this.
pub const DRAFT_LIFE_MS: i64 = 24 * 3_600_000;

const FIRST_MS: i64 = 2_000;

/// The pause after so many attempts: doubling, capped, and spread over its upper half by `chance` (0 to 1), so that
/// phones that lost the network together do not come back together.
#[must_use]
pub fn backoff_ms(attempts: u32, chance: f64) -> i64 {
    let doubled = FIRST_MS << attempts.saturating_sub(1).min(16);
    let pause = doubled.min(BACKOFF_CAP_MS);
    let half = pause / 2;
    half + (half as f64 * chance.clamp(0.0, 1.0)) as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_pause_doubles_from_two_seconds_and_stays_below_five_minutes() {
        let pauses: Vec<i64> = (1..=10).map(|attempts| backoff_ms(attempts, 1.0) / 1000).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    proptest! {
        #[test]
        fn no_pause_is_too_short_or_too_long(attempts in 0u32.., chance in 0.0f64..=1.0) {
            let pause = backoff_ms(attempts, chance);
            prop_assert!((FIRST_MS / 2..=BACKOFF_CAP_MS).contains(&pause));
        }
    }
}
