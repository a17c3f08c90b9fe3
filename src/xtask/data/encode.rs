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

/// Four magic bytes, the number of columns, their lengths, then the columns.
pub fn table(magic: [u8; 4], columns: &[Column]) -> Vec<u8> {
    let mut header = Column(magic.to_vec());
    header.unsigned(columns.len() as u32);
    for column in columns {
        header.unsigned(column.0.len() as u32);
    }
    columns.iter().fold(header.0, |mut table, column| {
        table.extend(&column.0);
        table
    })
}

/// Bytes on the wire.
pub fn brotli_size(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings).expect("writing to memory does not fail");
    packed.len()
}
