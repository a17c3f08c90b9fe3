//! Fewer bytes on the wire: brotli and gzip of what is in memory.
//!
//! It must not know what it presses. It is a crate of its own because brotli is generic: its code is made wherever it is
//! used, and at its best level it takes half a minute where it was not optimised. So this little is, also for tests, and
//! the whole server need not be.

use std::io::Write;

/// Brotli's levels, of how small for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brotli {
    /// As small as it gets: seconds for a megabyte.
    Best,
    /// As good as it gets in a millisecond.
    Quick,
}

/// Pressed by [`Brotli::Best`].
#[must_use]
pub fn best(plain: &[u8]) -> Vec<u8> {
    brotli(plain, Brotli::Best)
}

#[must_use]
pub fn brotli(plain: &[u8], level: Brotli) -> Vec<u8> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: match level {
            Brotli::Best => 11,
            Brotli::Quick => 4,
        },
        // Windows up to 16 MB are what browsers accept without asking.
        lgwin: 22,
        size_hint: plain.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*plain, &mut out, &parameters).expect("memory can be written to");
    out
}

#[must_use]
pub fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).and_then(|()| encoder.finish()).expect("memory can be written to")
}
