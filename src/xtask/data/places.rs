//! Builds `places.bin`: municipalities (code, kanji, kana, point) and postal codes, a column each.
//!
//! `domain::place::tables` reads it and describes the columns; the two change together.

use super::encode::{Column, table};
use super::source::{Postal, PostalSource, TownPoint};
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// Where the towns of June 2022 lie today: the wards that 浜松市 had until 2023 and those that took their place on
/// 2024-01-01. 三方原 went from 北区 to 中央区 and not with the rest of 北区: the median does not notice.
const NEW_WARDS: [(u32, u32); 7] = [
    (22131, 22138),
    (22132, 22138),
    (22133, 22138),
    (22134, 22138),
    (22135, 22139),
    (22136, 22139),
    (22137, 22140),
];

/// In hundredths of a degree.
pub type Points = BTreeMap<u32, (i32, i32)>;

/// The median of each municipality's town points.
pub fn points(source: &PostalSource, towns: &[TownPoint]) -> Points {
    let mut of: BTreeMap<u32, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for town in towns {
        let moved = NEW_WARDS.iter().find(|(old, _)| *old == town.municipality);
        let (lats, lons) = of.entry(moved.map_or(town.municipality, |(_, new)| *new)).or_default();
        lats.push(town.lat);
        lons.push(town.lon);
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        (values[values.len() / 2] * 100.0).round() as i32
    };
    of.into_iter()
        .filter(|(code, _)| source.municipalities.contains_key(code))
        .map(|(code, (lats, lons))| (code, (median(lats), median(lons))))
        .collect()
}

pub fn build(source: &PostalSource, points: &Points) -> Result<Vec<u8>> {
    let codes: Vec<u32> = source.municipalities.keys().copied().collect();
    let [alphabet, kanji] = kanji_columns(source)?;
    let [missing, lat, lon] = point_columns(&codes, points);
    let [starts, changes] = step_columns(&source.postal, &codes);
    let columns = [
        deltas(codes.iter().copied()),
        alphabet,
        kanji,
        kana_column(source)?,
        missing,
        lat,
        lon,
        starts,
        changes,
        alternates_column(&source.postal, &codes),
        deltas(areas(&source.postal)),
        blocks_column(&source.postal),
    ];
    Ok(table(*b"TNP1", &columns))
}

fn deltas(values: impl Iterator<Item = u32>) -> Column {
    let mut column = Column::default();
    let mut last = 0;
    for value in values {
        column.unsigned(value - last);
        last = value;
    }
    column
}

/// The alphabet in order of frequency, and the names spelled in it: the 192 commonest characters take one byte.
fn kanji_columns(source: &PostalSource) -> Result<[Column; 2]> {
    let mut frequency: BTreeMap<char, usize> = BTreeMap::new();
    for named in source.municipalities.values() {
        for character in named.kanji.chars() {
            ensure!(character.len_utf8() == 3, "{character} of {} does not fit the alphabet", named.kanji);
            *frequency.entry(character).or_default() += 1;
        }
    }
    let mut alphabet: Vec<char> = frequency.keys().copied().collect();
    alphabet.sort_by_key(|character| std::cmp::Reverse(frequency[character]));
    let place: BTreeMap<char, usize> =
        alphabet.iter().enumerate().map(|(at, &character)| (character, at + 1)).collect();

    let mut names = Column::default();
    for named in source.municipalities.values() {
        for at in named.kanji.chars().map(|character| place[&character]) {
            match at.checked_sub(192) {
                None => names.0.push(at as u8),
                Some(rare) => names.0.extend([192 + u8::try_from(rare / 256)?, (rare % 256) as u8]),
            }
        }
        names.0.push(0);
    }
    Ok([Column(alphabet.iter().collect::<String>().into_bytes()), names])
}

/// One byte a character: its distance from the start of the katakana block.
fn kana_column(source: &PostalSource) -> Result<Column> {
    let mut column = Column::default();
    for named in source.municipalities.values() {
        for character in named.kana.chars() {
            let byte = u32::from(character).checked_sub(0x30a0).filter(|byte| (1..0x5f).contains(byte));
            column.0.push(byte.with_context(|| format!("{} is not katakana", named.kana))? as u8);
        }
        column.0.push(0);
    }
    Ok(column)
}

/// Which municipalities have no point, then latitudes, then longitudes; who has no point repeats the one before.
fn point_columns(codes: &[u32], points: &Points) -> [Column; 3] {
    let (mut lat, mut lon, mut last) = (Column::default(), Column::default(), (0, 0));
    for code in codes {
        let point = points.get(code).copied().unwrap_or(last);
        lat.signed(point.0 - last.0);
        lon.signed(point.1 - last.1);
        last = point;
    }
    let missing = (0u32..).zip(codes).filter(|(_, code)| !points.contains_key(code)).map(|(at, _)| at);
    [deltas(missing), lat, lon]
}

/// Runs of postal codes with one municipality. A run may start anywhere in the gap before it, so it starts at the
/// roundest number there: those compress best.
fn step_columns(postal: &Postal, codes: &[u32]) -> [Column; 2] {
    let (mut starts, mut changes) = (Column::default(), Column::default());
    let (mut previous, mut last_code) = (None, None);
    let (mut last_start, mut last_at) = (0, 0);
    for (&code, places) in postal {
        if previous != Some(places[0]) {
            let start = roundest_after(last_code, code);
            let zeros = (0..3).take_while(|&zeros| start.is_multiple_of(10u32.pow(zeros + 1))).count() as u32;
            let unit = 10u32.pow(zeros);
            starts.unsigned((start / unit - last_start / unit) * 4 + zeros);
            let at = codes.binary_search(&places[0]).expect("every place of a code is a municipality") as i32;
            changes.signed(at - last_at);
            (previous, last_start, last_at) = (Some(places[0]), start, at);
        }
        last_code = Some(code);
    }
    [starts, changes]
}

fn roundest_after(last: Option<u32>, code: u32) -> u32 {
    let rounded = (1..=6).rev().map(|zeros| code / 10u32.pow(zeros) * 10u32.pow(zeros));
    rounded.into_iter().find(|&round| last.is_none_or(|last| round > last)).unwrap_or(code)
}

/// For codes of several municipalities: code, how many more, and which.
fn alternates_column(postal: &Postal, codes: &[u32]) -> Column {
    let mut column = Column::default();
    let mut last = 0;
    for (&code, places) in postal.iter().filter(|(_, places)| places.len() > 1) {
        column.unsigned(code - last);
        column.unsigned(places.len() as u32 - 1);
        for pair in places.windows(2) {
            let at =
                |code| codes.binary_search(&code).expect("every place of a code is a municipality") as i32;
            column.signed(at(pair[1]) - at(pair[0]));
        }
        last = code;
    }
    column
}

/// The first three digits that are in use.
fn areas(postal: &Postal) -> impl Iterator<Item = u32> {
    postal.keys().map(|code| code / 10_000).collect::<BTreeSet<_>>().into_iter()
}

/// For each area 100 bits in 13 bytes: which fourth and fifth digits are in use.
fn blocks_column(postal: &Postal) -> Column {
    let mut column = Column::default();
    let blocks: BTreeSet<u32> = postal.keys().map(|code| code / 100).collect();
    for area in areas(postal) {
        let mut bits = [0u8; 13];
        for block in blocks.range(area * 100..(area + 1) * 100).map(|block| (block % 100) as usize) {
            bits[block / 8] |= 1 << (block % 8);
        }
        column.0.extend(bits);
    }
    column
}
