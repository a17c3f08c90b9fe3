//! The work a server under pressure asks for, done beside everything else: a few milliseconds at a time, so that a touch
//! is answered in between.
//!
//! In wasm, whose SHA-256 is there for closing letters. The browser's own is asked through a promise for each number,
//! and that alone takes longer than the hash.

use domain::api::{Challenge, Proof};
use domain::proof::{Progress, Solver};
use web_sys::VisibilityState;

use crate::{clock, turn};

/// One turn, shorter than a frame.
const TURN_MS: f64 = 8.0;

/// Out of sight nobody touches anything, and turns come once a second.
const UNSEEN_TURN_MS: f64 = 250.0;

/// Between two looks at the clock.
const TRIES: u32 = 200;

/// `None` where there is no solution.
pub(crate) async fn solve(challenge: &Challenge) -> Option<Proof> {
    let mut solver = Solver::new(challenge)?;
    loop {
        let end = clock::now_ms() + if is_seen() { TURN_MS } else { UNSEEN_TURN_MS };
        while clock::now_ms() < end {
            match solver.step(TRIES) {
                Progress::Found(number) => return Some(challenge.solved(number)),
                Progress::Nothing => return None,
                Progress::GoOn => {}
            }
        }
        turn::next().await;
    }
}

fn is_seen() -> bool {
    crate::window().document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use domain::api::ALGORITHM;
    use domain::proof::{Solution, challenge_of};
    use wasm_bindgen_test::{console_log, wasm_bindgen_test};

    use super::*;

    /// As `server::pressure` asks.
    const MAX_NUMBER: u32 = 150_000;
    const SALT: &str = "3065d108b2314f5ecc7e1207?expires=1796008920&";

    fn asked(number: u32, maxnumber: u32) -> Challenge {
        Challenge {
            algorithm: ALGORITHM.to_owned(),
            challenge: challenge_of(SALT, number),
            maxnumber,
            salt: SALT.to_owned(),
            signature: "cd".repeat(32),
        }
    }

    #[wasm_bindgen_test]
    async fn the_largest_number_a_server_asks_for_is_found() {
        let begun = clock::now_ms();
        let proof = solve(&asked(MAX_NUMBER, MAX_NUMBER)).await.unwrap();
        console_log!("{MAX_NUMBER} tries in {:.0} ms", clock::now_ms() - begun);
        assert_eq!(Solution::read(&proof.0).map(|found| found.number), Some(MAX_NUMBER));
    }

    // A login page of a hotel had learnt our words and asked for what nobody can find.
    #[wasm_bindgen_test]
    async fn what_has_no_solution_comes_to_an_end() {
        assert_eq!(solve(&asked(1_001, 1_000)).await, None);
        assert_eq!(solve(&Challenge { challenge: "x".to_owned(), ..asked(1, 1) }).await, None);
    }
}
