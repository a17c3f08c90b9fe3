//! Makes challenges and takes them back: ALTCHA, version 1, with the end of a challenge in its salt.
//!
//! Nothing is kept of a challenge that was given out: that it is ours, and until when, stands in it. Kept is only which
//! were used, for as long as they would be good otherwise, in a memory of fixed size.

use std::collections::HashSet;

use domain::api::{ALGORITHM, Challenge};
use domain::proof::{CLOSING, Solution, challenge_of, hex};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Seconds a challenge is good. A phone solves it at once; the slowest network gives up after fifteen.
pub const LIFE: i64 = 120;

/// The largest number there is to find; half of it is tried in the mean. A phone at a quarter of this machine's speed takes
/// 0.6 s for all of it (`cargo xtask bench`).
pub const MAX_NUMBER: u32 = 150_000;

/// Bytes of a salt; with its end and the number it fits into one block of the hash, which halves the work of a phone.
const SALT: usize = 12;

/// Used challenges of one generation; there are two.
const REMEMBERED: usize = 1 << 16;

pub struct Office {
    key: [u8; 32],
    used: Used,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not what a solved challenge looks like.
    Unreadable,
    /// The number is not the one.
    Wrong,
    /// Signed by nobody, or with another key.
    Foreign,
    Expired,
    /// Once is enough.
    Used,
}

impl Office {
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, used: Used::default() }
    }

    /// `random` is new each time.
    #[must_use]
    pub fn challenge(&self, random: [u8; SALT + 4], now: i64) -> Challenge {
        let (salt, number) = random.split_at(SALT);
        let salt = format!("{}?expires={}{CLOSING}", hex(salt), now + LIFE);
        let number = number.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        // The remainder prefers low numbers by one in 28,000.
        let challenge = challenge_of(&salt, number % (MAX_NUMBER + 1));
        let signature = hex(&self.mac(&challenge).finalize().into_bytes());
        Challenge { algorithm: ALGORITHM.to_owned(), challenge, maxnumber: MAX_NUMBER, salt, signature }
    }

    /// # Errors
    /// Why it does not count.
    pub fn take(&mut self, proof: &str, now: i64) -> Result<(), Refused> {
        let solution = Solution::read(proof).ok_or(Refused::Unreadable)?;
        let expires = expires(&solution.salt).ok_or(Refused::Unreadable)?;
        let signature = unhex(&solution.signature).ok_or(Refused::Unreadable)?;
        if self.mac(&solution.challenge).verify_slice(&signature).is_err() {
            return Err(Refused::Foreign);
        }
        if challenge_of(&solution.salt, solution.number) != solution.challenge {
            return Err(Refused::Wrong);
        }
        if now >= expires {
            return Err(Refused::Expired);
        }
        if self.used.insert(signature, now) { Ok(()) } else { Err(Refused::Used) }
    }

    fn mac(&self, challenge: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any length is a key");
        mac.update(challenge.as_bytes());
        mac
    }
}

/// Only where the salt is closed: an open one could have lent its digits to the number.
fn expires(salt: &str) -> Option<i64> {
    let (_, end) = salt.strip_suffix(CLOSING)?.split_once("?expires=")?;
    end.bytes().all(|byte| byte.is_ascii_digit()).then(|| end.parse().ok())?
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    crate::service::vault::unhex(text)
}

/// Two generations, each as long as a challenge is good. Whoever solves more than a generation holds ends it early; then
/// the oldest could be used once more, for a work each.
#[derive(Default)]
struct Used {
    now: HashSet<[u8; 32]>,
    before: HashSet<[u8; 32]>,
    began: i64,
}

impl Used {
    fn insert(&mut self, signature: [u8; 32], now: i64) -> bool {
        if now - self.began >= LIFE || self.now.len() >= REMEMBERED {
            self.before = std::mem::take(&mut self.now);
            self.began = now;
        }
        !self.before.contains(&signature) && self.now.insert(signature)
    }
}

#[cfg(test)]
mod tests {
    use domain::proof::{Progress, Solver};

    use super::*;

    const NOW: i64 = 1_795_996_800;

    fn office() -> Office {
        Office::new([7; 32])
    }

    fn solve(challenge: &Challenge) -> u32 {
        match Solver::new(challenge).unwrap().step(u32::MAX) {
            Progress::Found(number) => number,
            other => panic!("{other:?}"),
        }
    }

    fn proof(challenge: &Challenge) -> String {
        challenge.solved(solve(challenge)).0
    }

    #[test]
    fn a_solved_challenge_counts_once_and_for_two_minutes() {
        let mut office = office();
        let [one, other] = [1, 2].map(|byte| office.challenge([byte; 16], NOW));
        assert_eq!(office.take(&proof(&one), NOW + LIFE - 1), Ok(()));
        assert_eq!(office.take(&proof(&one), NOW + LIFE - 1), Err(Refused::Used));
        assert_eq!(office.take(&proof(&other), NOW + LIFE), Err(Refused::Expired));
        assert_eq!(office.take("", NOW), Err(Refused::Unreadable));
        let wrong = other.solved(solve(&other) ^ 1).0;
        assert_eq!(office.take(&wrong, NOW), Err(Refused::Wrong));
        assert_eq!(Office::new([8; 32]).take(&proof(&other), NOW), Err(Refused::Foreign));
    }

    // Salt and number are hashed as one text. With two digits of the number taken into the end, one work was good for years.
    #[test]
    fn no_digit_goes_from_the_number_into_the_end() {
        let mut office = office();
        let asked = office.challenge([3; 16], NOW);
        let number = solve(&asked).to_string();
        for moved in 1..number.len() {
            let (into_salt, left) = number.split_at(moved);
            let open = asked.salt.replace(CLOSING, "");
            for salt in [format!("{}{into_salt}", asked.salt), format!("{open}{into_salt}")] {
                let altered = Challenge { salt, ..asked.clone() };
                let proof = altered.solved(left.parse().unwrap()).0;
                assert_eq!(office.take(&proof, NOW + 1_000), Err(Refused::Unreadable));
            }
        }
    }

    #[test]
    fn a_flood_of_solved_challenges_takes_no_more_memory() {
        let mut used = Used::default();
        for number in 0..3 * REMEMBERED as u64 {
            let mut signature = [0; 32];
            signature[..8].copy_from_slice(&number.to_be_bytes());
            assert!(used.insert(signature, NOW));
            assert!(!used.insert(signature, NOW));
        }
        assert!(used.now.len() <= REMEMBERED && used.before.len() <= REMEMBERED);
    }

    #[test]
    fn what_was_used_is_known_for_as_long_as_it_would_be_good() {
        let mut used = Used::default();
        assert!(used.insert([1; 32], NOW + LIFE - 1));
        assert!(used.insert([2; 32], NOW + LIFE));
        assert!(!used.insert([1; 32], NOW + 2 * LIFE - 2));
    }
}
