//! The columns of `places.bin` and how each is read.
//!
//! Opening checks lengths and the checksum and nothing else. A column is unpacked the first time somebody asks for something in it:
//! a phone that only ever sees postal codes never unpacks the names.

use super::MunicipalityCode;
use crate::geo::LatLon;
use crate::varint::{Reader, columns};
use std::ops::Range;
use std::sync::OnceLock;

const MAGIC: [u8; 4] = *b"TNP1";

/// In the order of the file; `xtask data` writes them.
enum Column {
    /// Municipality codes, ascending, as differences.
    Codes,
    /// Every character of the names, three bytes each, the commonest first.
    Alphabet,
    /// Names in that alphabet, counted from one: one byte up to 191, then two. Zero ends a name.
    Kanji,
    /// One byte a character, counted from the start of the katakana block. Zero ends a name.
    Kana,
    /// Which municipalities have no point, as differences.
    Pointless,
    /// Hundredths of a degree, as differences.
    Lat,
    Lon,
    /// Where runs of postal codes start, as differences: times four, plus how many zeros it ends with (at most 3).
    Starts,
    /// The municipality of each run, as differences of its place in `Codes`.
    Changes,
    /// Postal codes of several municipalities: difference to the last, how many more, and those as differences.
    Alternates,
    /// First three digits in use, as differences.
    Areas,
    /// For each area 100 bits: which fourth and fifth digits are in use.
    Blocks,
}

const COLUMNS: usize = Column::Blocks as usize + 1;
const BYTES_PER_AREA: usize = 13;

/// Where a municipality stands in the tables, 0 to 1,891.
pub(super) type Row = u16;

pub(super) struct Tables {
    bytes: Vec<u8>,
    columns: [Range<usize>; COLUMNS],
    codes: OnceLock<Vec<u32>>,
    kanji: OnceLock<Texts>,
    kana: OnceLock<Texts>,
    points: OnceLock<Vec<Option<LatLon>>>,
    runs: OnceLock<Vec<Run>>,
    alternates: OnceLock<Vec<(u32, Vec<Row>)>>,
    areas: OnceLock<Vec<u16>>,
}

/// Postal codes from here to the next run lie in one municipality.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) start: u32,
    pub(super) row: Row,
}

/// Many short texts in one allocation.
struct Texts {
    text: String,
    ends: Vec<u16>,
}

impl Texts {
    fn unpack(column: &[u8], mut character: impl FnMut(u8, &mut Reader<'_>) -> char) -> Self {
        let mut reader = Reader::new(column);
        let mut texts = Self { text: String::with_capacity(column.len() * 3), ends: Vec::new() };
        while !reader.is_empty() {
            match reader.byte() {
                0 => texts.ends.push(u16::try_from(texts.text.len()).unwrap_or(u16::MAX)),
                byte => texts.text.push(character(byte, &mut reader)),
            }
        }
        texts
    }

    fn get(&self, row: Row) -> &str {
        let row = usize::from(row);
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[usize::from(start)..usize::from(self.ends[row])]
    }
}

impl Tables {
    pub(super) fn open(bytes: Vec<u8>) -> Option<Self> {
        let columns = columns(&bytes, MAGIC)?;
        Some(Self {
            bytes,
            columns,
            codes: OnceLock::new(),
            kanji: OnceLock::new(),
            kana: OnceLock::new(),
            points: OnceLock::new(),
            runs: OnceLock::new(),
            alternates: OnceLock::new(),
            areas: OnceLock::new(),
        })
    }

    fn column(&self, column: Column) -> &[u8] {
        &self.bytes[self.columns[column as usize].clone()]
    }

    fn codes(&self) -> &[u32] {
        self.codes.get_or_init(|| sums(self.column(Column::Codes)).collect())
    }

    /// Rows of all municipalities, by code.
    pub(super) fn rows(&self) -> Range<Row> {
        0..self.codes().len() as Row
    }

    pub(super) fn row(&self, code: MunicipalityCode) -> Option<Row> {
        self.codes().binary_search(&code.number()).ok().map(|row| row as Row)
    }

    /// Rows of the codes in a range: a prefecture's municipalities stand together.
    pub(super) fn rows_between(&self, codes: Range<u32>) -> Range<Row> {
        let at = |bound| self.codes().partition_point(|&code| code < bound) as Row;
        at(codes.start)..at(codes.end)
    }

    pub(super) fn code(&self, row: Row) -> MunicipalityCode {
        MunicipalityCode::new(self.codes()[usize::from(row)])
            .expect("the tables hold codes of prefectures 1 to 47")
    }

    pub(super) fn kanji(&self, row: Row) -> &str {
        let unpack = || {
            let alphabet = self.column(Column::Alphabet);
            Texts::unpack(self.column(Column::Kanji), |byte, reader| {
                let place = match byte.checked_sub(192) {
                    None => usize::from(byte) - 1,
                    Some(high) => 191 + usize::from(high) * 256 + usize::from(reader.byte()),
                };
                let spelled =
                    alphabet.get(place * 3..place * 3 + 3).and_then(|bytes| str::from_utf8(bytes).ok());
                spelled.and_then(|text| text.chars().next()).unwrap_or(char::REPLACEMENT_CHARACTER)
            })
        };
        self.kanji.get_or_init(unpack).get(row)
    }

    /// In hiragana.
    pub(super) fn kana(&self, row: Row) -> &str {
        const HIRAGANA: u32 = 0x3040;
        let unpack = || {
            Texts::unpack(self.column(Column::Kana), |byte, _| {
                char::from_u32(HIRAGANA + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
            })
        };
        self.kana.get_or_init(unpack).get(row)
    }

    pub(super) fn point(&self, row: Row) -> Option<LatLon> {
        let unpack = || {
            let (mut lat, mut lon) =
                (Reader::new(self.column(Column::Lat)), Reader::new(self.column(Column::Lon)));
            let (mut north, mut east) = (0, 0);
            let degrees = |hundredths: i32| f64::from(hundredths) / 100.0;
            let point = |_| {
                north += lat.signed();
                east += lon.signed();
                Some(LatLon { lat: degrees(north), lon: degrees(east) })
            };
            let mut points: Vec<_> = self.rows().map(point).collect();
            for row in sums(self.column(Column::Pointless)) {
                points[row as usize] = None;
            }
            points
        };
        self.points.get_or_init(unpack)[usize::from(row)]
    }

    pub(super) fn runs(&self) -> &[Run] {
        self.runs.get_or_init(|| {
            let mut starts = Reader::new(self.column(Column::Starts));
            let mut changes = Reader::new(self.column(Column::Changes));
            let (mut start, mut row, mut runs) = (0, 0, Vec::new());
            while !starts.is_empty() {
                let packed = starts.unsigned();
                let unit = 10u32.pow(packed % 4);
                start = (start / unit + packed / 4) * unit;
                row += changes.signed();
                runs.push(Run { start, row: row as Row });
            }
            runs
        })
    }

    /// Postal codes of several municipalities, ascending, with those beyond the first.
    pub(super) fn alternates(&self) -> &[(u32, Vec<Row>)] {
        self.alternates.get_or_init(|| {
            let mut reader = Reader::new(self.column(Column::Alternates));
            let (mut code, mut alternates) = (0, Vec::new());
            while !reader.is_empty() {
                code += reader.unsigned();
                let mut row = i32::from(self.row_of(code).unwrap_or_default());
                let more = (0..reader.unsigned()).map(|_| {
                    row += reader.signed();
                    row as Row
                });
                alternates.push((code, more.collect()));
            }
            alternates
        })
    }

    /// The municipality of the run that a postal code falls into, in use or not.
    pub(super) fn row_of(&self, postal: u32) -> Option<Row> {
        let after = self.runs().partition_point(|run| run.start <= postal);
        Some(self.runs()[after.checked_sub(1)?].row)
    }

    /// First three digits that are in use.
    pub(super) fn areas(&self) -> &[u16] {
        self.areas.get_or_init(|| sums(self.column(Column::Areas)).map(|area| area as u16).collect())
    }

    /// Whether any code with these first five digits is in use.
    pub(super) fn block_in_use(&self, first_five: u32) -> bool {
        let (area, block) = ((first_five / 100) as u16, (first_five % 100) as usize);
        let Ok(at) = self.areas().binary_search(&area) else { return false };
        self.column(Column::Blocks)
            .get(at * BYTES_PER_AREA + block / 8)
            .is_some_and(|bits| bits >> (block % 8) & 1 == 1)
    }
}

/// Running sums of a column of differences.
fn sums(column: &[u8]) -> impl Iterator<Item = u32> {
    let mut reader = Reader::new(column);
    let mut sum = 0;
    std::iter::from_fn(move || {
        (!reader.is_empty()).then(|| {
            sum += reader.unsigned();
            sum
        })
    })
}
