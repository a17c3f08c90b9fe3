//! Writing tables as `domain` reads them: numbers of seven bits a byte, columns behind a header of lengths.

/// A column being written.
#[derive(Default)]
pub struct Column(pub Vec<u8>);

impl Column {
    pub fn unsigned(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// Zigzag: 0, -1, 1, -2, 2 … are written as 0, 1, 2, 3, 4 …
    pub fn signed(&mut self, value: i32) {
        self.unsigned(((value << 1) ^ (value >> 31)) as u32);
    }
}

/// Four magic bytes, a checksum of the rest, the number of columns, their lengths, then the columns.
pub fn table(magic: [u8; 4], columns: &[Column]) -> Vec<u8> {
    let mut rest = Column::default();
    rest.unsigned(columns.len() as u32);
    for column in columns {
        rest.unsigned(column.0.len() as u32);
    }
    for column in columns {
        rest.0.extend(&column.0);
    }
    // FNV-1a, as `domain` computes it when it opens the table.
    let sum =
        rest.0.iter().fold(0x811c_9dc5, |sum: u32, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    [&magic[..], &sum.to_le_bytes(), &rest.0].concat()
}

/// Bytes on the wire.
pub fn brotli_size(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings).expect("writing to memory does not fail");
    packed.len()
}
