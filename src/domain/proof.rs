//! Proof of work: the server makes a puzzle, a phone solves it. Pure; both run the very same hash.
//!
//! The surprising rule: salt and number are hashed as one text, so a digit could be moved from one to the other and an
//! end in the salt be put off by years. A salt is closed by `&`, which no digit is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::api::{ALGORITHM, Challenge, Proof};
use crate::json::{self, Json, Writer};

/// The salt's closing.
pub const CLOSING: char = '&';

/// Digits of the largest number there is.
const DIGITS: usize = 10;

/// Hexadecimal digits of the hash over salt and number.
#[must_use]
pub fn challenge_of(salt: &str, number: u32) -> String {
    let mut hash = Sha256::new_with_prefix(salt);
    let mut digits = [0; DIGITS];
    hash.update(decimal(number, &mut digits));
    hex(&hash.finalize())
}

/// Tries one number after the other, as many at a time as its caller has patience for.
pub struct Solver {
    salted: Sha256,
    wanted: [u8; 32],
    next: u32,
    last: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Found(u32),
    /// None of the numbers is it: not a challenge of anybody's.
    Nothing,
    GoOn,
}

impl Solver {
    /// `None` for a challenge that is no hash.
    #[must_use]
    pub fn new(challenge: &Challenge) -> Option<Self> {
        let wanted = unhex(&challenge.challenge)?;
        Some(Self {
            salted: Sha256::new_with_prefix(&challenge.salt),
            wanted,
            next: 0,
            last: challenge.maxnumber,
        })
    }

    pub fn step(&mut self, tries: u32) -> Progress {
        let mut digits = [0; DIGITS];
        for _ in 0..tries {
            if self.next > self.last {
                return Progress::Nothing;
            }
            let mut hash = self.salted.clone();
            hash.update(decimal(self.next, &mut digits));
            if hash.finalize()[..] == self.wanted {
                return Progress::Found(self.next);
            }
            self.next += 1;
        }
        Progress::GoOn
    }
}

impl Challenge {
    /// What goes into the header: ALTCHA's payload.
    #[must_use]
    pub fn solved(&self, number: u32) -> Proof {
        let payload = Writer::object()
            .text("algorithm", ALGORITHM)
            .text("challenge", &self.challenge)
            .raw("number", &number.to_string())
            .text("salt", &self.salt)
            .text("signature", &self.signature)
            .end();
        Proof(STANDARD.encode(payload))
    }
}

/// What a header says was found, whether or not it is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    pub challenge: String,
    pub number: u32,
    pub salt: String,
    pub signature: String,
}

impl Solution {
    #[must_use]
    pub fn read(proof: &str) -> Option<Self> {
        let payload = STANDARD.decode(proof).ok()?;
        let json = Json::parse(&payload).ok()?;
        let read = json::read(&json, |node| {
            let text = |name: &str| node.field(name).text().to_owned();
            let number = node.field("number").number(u32::MAX);
            let solution = Self {
                challenge: text("challenge"),
                number,
                salt: text("salt"),
                signature: text("signature"),
            };
            (text("algorithm"), solution)
        });
        let (algorithm, solution) = read.ok()?;
        (algorithm == ALGORITHM).then_some(solution)
    }
}

fn decimal(mut number: u32, digits: &mut [u8; DIGITS]) -> &[u8] {
    let mut at = DIGITS;
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 || at == 0 {
            return &digits[at..];
        }
    }
}

/// Small hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let text = text.as_bytes();
    if text.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        let half = |digit: u8| char::from(digit).to_digit(16);
        *byte = (half(pair[0])? << 4 | half(pair[1])?) as u8;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn challenge(salt: &str, number: u32, maxnumber: u32) -> Challenge {
        Challenge {
            algorithm: ALGORITHM.to_owned(),
            challenge: challenge_of(salt, number),
            maxnumber,
            salt: salt.to_owned(),
            signature: String::new(),
        }
    }

    fn solve(challenge: &Challenge, tries: u32) -> Progress {
        let mut solver = Solver::new(challenge).unwrap();
        loop {
            match solver.step(tries) {
                Progress::GoOn => {}
                end => return end,
            }
        }
    }

    // The example that other implementations of ALTCHA are held against.
    #[test]
    fn the_hash_is_that_of_others() {
        let theirs = "aa9c8ec8057413dd8220e21e15ab54b095fb3c840601d44c39bece8d9df34529";
        assert_eq!(challenge_of("3065d108b2314f5ecc7e1207", 971_813), theirs);
    }

    #[test]
    fn what_cannot_be_solved_comes_to_an_end() {
        let beyond = challenge("salt&", 101, 100);
        assert_eq!(solve(&beyond, 7), Progress::Nothing);
        assert!(Solver::new(&Challenge { challenge: "no hash".to_owned(), ..beyond }).is_none());
    }

    proptest! {
        #[test]
        fn a_phone_finds_the_number_within_as_many_tries_as_there_are(
            salt in "[0-9a-f]{24}", number in 0u32..2_000, tries in 1u32..5_000,
        ) {
            let asked = challenge(&format!("{salt}?expires=1795996800&"), number, 2_000);
            prop_assert_eq!(solve(&asked, tries), Progress::Found(number));
            let read = Solution::read(&asked.solved(number).0).unwrap();
            prop_assert_eq!((read.number, read.salt, read.challenge), (number, asked.salt, asked.challenge));
        }

        #[test]
        fn whatever_the_header_holds_it_is_read_or_not(text in ".*") {
            prop_assert_eq!(Solution::read(&text), None);
        }
    }
}
