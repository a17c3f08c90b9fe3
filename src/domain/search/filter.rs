//! Which pairs of neighbouring characters a document has, as a few bits: it says *no* for sure and *maybe* for the rest.
//!
//! Must not know fields or words. The surprising rule: neighbours are also those that only a long vowel keeps apart,
//! because queries may leave it out.

use super::pattern::{lengthens, may_lengthen};

/// Bits for each character of the text, at least. About a fourth of them are set, so of words of four characters one in
/// sixty is looked for in vain.
const BITS_FOR_EACH: usize = 3;

/// Stands before the first character; no text has it.
const NOTHING: u16 = 0;

/// Two neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair(u32);

impl Pair {
    #[inline(always)]
    pub(super) fn of(first: u16, second: u16) -> Self {
        // The golden ratio spreads neighbours over the whole word; its upper bits are the good ones.
        Self((u32::from(first) << 16 | u32::from(second)).wrapping_mul(0x9e37_79b1))
    }

    #[inline(always)]
    fn bit(self, shift: u32) -> (usize, u32) {
        let at = self.0 >> shift;
        ((at / 32) as usize, 1 << (at % 32))
    }
}

/// How far hashes are shifted for a text of so many codes.
pub(super) fn shift(length: usize) -> u32 {
    let bits = (length * BITS_FOR_EACH).next_power_of_two().clamp(32, 1 << 20);
    32 - bits.trailing_zeros()
}

pub(super) fn words(shift: u32) -> usize {
    (1 << (32 - shift)) / 32
}

pub(super) fn may_hold(bits: &[u32], shift: u32, pairs: &[Pair]) -> bool {
    pairs.iter().all(|pair| {
        let (word, bit) = pair.bit(shift);
        bits[word] & bit != 0
    })
}

/// Notes all pairs of one field.
pub(super) fn note(bits: &mut [u32], shift: u32, text: &[u16]) {
    // The syllable that is being lengthened, then what lengthens it, each once: ー and two vowels at most.
    let mut long = [NOTHING; 4];
    let mut count = 1;
    let mut before = NOTHING;
    for &code in text {
        set(bits, shift, Pair::of(before, code));
        if count > 1 {
            long[..count].iter().for_each(|first| set(bits, shift, Pair::of(*first, code)));
        }
        if may_lengthen(code) && lengthens(long[0], code) {
            if count < long.len() && !long[1..count].contains(&code) {
                long[count] = code;
                count += 1;
            }
        } else {
            long[0] = code;
            count = 1;
        }
        before = code;
    }
}

#[inline(always)]
fn set(bits: &mut [u32], shift: u32, pair: Pair) {
    let (word, bit) = pair.bit(shift);
    bits[word] |= bit;
}
