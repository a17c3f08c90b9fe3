//! Fewer bytes on the wire: brotli and gzip of what is in memory.
//!
//! It must not know what it presses. It is a crate of its own because brotli is generic: its code is made wherever it is
//! used, and at its best level it takes half a minute where it was not optimised. So this little is, also for tests, and
//! the whole server need not be.

use std::io::Write;

/// Brotli, as small as it gets: seconds for a megabyte.
#[must_use]
pub fn best(plain: &[u8]) -> Vec<u8> {
    brotli(plain, 11)
}

/// Brotli, as good as it gets in a millisecond.
#[must_use]
pub fn quick(plain: &[u8]) -> Vec<u8> {
    brotli(plain, 4)
}

fn brotli(plain: &[u8], quality: i32) -> Vec<u8> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
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
