//! How far she is in a form of several steps: bars for the eye, one sentence for everybody.

use crate::i18n::{Key, say_with};
use crate::node::{El, el};

/// The bars; `at` counts from 1.
pub fn steps(at: usize, of: usize) -> El {
    let mut bars = el("span").class("tn-steps__bars").set("aria-hidden", "true");
    for bar in 1..=of {
        bars = bars.put(el("span").class("tn-steps__bar").flag("data-done", bar <= at));
    }
    let words = el("span").class("tn-steps__words").put(say_with(Key::BookStep, &[("n", &at.to_string())]));
    el("p").class("tn-steps").put(bars).put(words)
}
