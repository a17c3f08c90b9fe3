//! Reading the project's own tables: numbers of seven bits a byte, low bits first, and columns behind a header.
//!
//! Must not know what the numbers mean. The surprising rule: reading never fails. A table is checked once, by its
//! checksum when it is opened; after that its columns hold what the pipeline wrote, and nothing is checked again.

use std::ops::Range;

/// Walks through a column.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        first
    }

    pub(crate) fn unsigned(&mut self) -> u32 {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte();
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }

    /// Zigzag: 0, -1, 1, -2, 2 … are written as 0, 1, 2, 3, 4 …
    pub(crate) fn signed(&mut self) -> i32 {
        let raw = self.unsigned();
        (raw >> 1) as i32 ^ -((raw & 1) as i32)
    }
}

/// Splits a table into its columns: four magic bytes, the checksum of everything after it, the number of columns,
/// their lengths, then the columns. `None` where any of these does not fit.
pub(crate) fn columns<const N: usize>(bytes: &[u8], magic: [u8; 4]) -> Option<[Range<usize>; N]> {
    let (sum, rest) = bytes.strip_prefix(&magic)?.split_first_chunk()?;
    if u32::from_le_bytes(*sum) != checksum(rest) {
        return None;
    }
    let mut header = Reader::new(rest);
    if header.unsigned() as usize != N {
        return None;
    }
    let lengths: [usize; N] = std::array::from_fn(|_| header.unsigned() as usize);
    let mut start = bytes.len() - header.rest.len();
    let found = lengths.map(|length| {
        let column = start..start.saturating_add(length);
        start = column.end;
        column
    });
    (start == bytes.len()).then_some(found)
}

/// FNV-1a: finds every change of a single byte. Against malice stands the version manifest, not this.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_columns_read_back_as_the_format_says() {
        let mut reader = Reader::new(&[0x05, 0xac, 0x02, 0x01, 0x02]);
        assert_eq!((reader.unsigned(), reader.unsigned()), (5, 300));
        assert_eq!((reader.signed(), reader.signed()), (-1, 1));
        assert_eq!(reader.unsigned(), 0, "past the end");
    }

    #[test]
    fn a_table_opens_only_as_it_was_written() {
        let rest = b"\x02\x01\x02abc";
        let table = [b"TEST".as_slice(), &checksum(rest).to_le_bytes(), rest].concat();
        assert_eq!(columns::<2>(&table, *b"TEST"), Some([11..12, 12..14]));
        assert_eq!(columns::<2>(&table, *b"ELSE"), None);
        assert_eq!(columns::<3>(&table, *b"TEST"), None);
        for at in 0..table.len() {
            let mut damaged = table.clone();
            damaged[at] ^= 0x10;
            assert_eq!(columns::<2>(&damaged, *b"TEST"), None, "byte {at} is another one");
            assert_eq!(columns::<2>(&table[..at], *b"TEST"), None, "cut off after {at} bytes");
        }
    }
}
