//! What the field offers while she types.
//!
//! Must answer within a millisecond from the first character on. Prefectures come first, then large cities, cities,
//! wards, towns and villages; of equals the name that is nearest to complete.

use super::fold;
use super::keys::{Entry, Keys};
use super::names::{Class, Place};
use super::prefecture::Prefecture;
use super::reading::{Reading, Within, qualifiers, qualifiers_in_kana};
use super::sound;
use super::tables::{Row, Tables};
use std::ops::Range;

impl Reading<'_> {
    /// Places whose name begins like this, best first.
    pub(super) fn beginning(&self, typed: &str, limit: usize) -> Vec<Place> {
        let plain = fold::plain(typed.trim());
        let is_spoken = |character| {
            sound::is_kana(character) || character.is_ascii_alphabetic() || fold::is_separator(character)
        };
        if plain.chars().all(is_spoken) {
            let spoken: String = plain.chars().filter(|character| !fold::is_separator(*character)).collect();
            let mut places = self.ranked(&self.names.sound, &as_prefix(&spoken), Within::default(), limit);
            let inside = qualifiers_in_kana(&spoken).flat_map(|(prefecture, rest)| {
                let within = Within { prefecture: Some(prefecture), ..Within::default() };
                self.ranked(&self.names.sound, &as_prefix(rest), within, limit)
            });
            append(&mut places, inside, limit);
            return places;
        }
        let written = fold::written(&plain);
        let mut places = self.ranked(&self.names.written, &written, Within::default(), limit);
        let modern = fold::modern(&written);
        if modern != written {
            append(&mut places, self.ranked(&self.names.written, &modern, Within::default(), limit), limit);
        }
        let inside = qualifiers(&written).flat_map(|(prefecture, rest)| {
            let within = Within { prefecture: Some(prefecture), ..Within::default() };
            if rest.chars().all(is_spoken) {
                self.ranked(&self.names.sound, &as_prefix(rest), within, limit)
            } else {
                self.ranked(&self.names.written, rest, within, limit)
            }
        });
        append(&mut places, inside, limit);
        places
    }

    fn ranked(&self, keys: &Keys, prefix: &str, within: Within<'_>, limit: usize) -> Vec<Place> {
        if prefix.is_empty() {
            return Vec::new();
        }
        let entries = keys.starting_with(prefix).iter().filter(|entry| self.is_within(entry.place, within));
        let mut ranked: Vec<_> = entries.map(|entry| (self.rank(keys, prefix, entry), entry.place)).collect();
        ranked.sort_unstable();
        let mut places: Vec<Place> = Vec::with_capacity(limit);
        append(&mut places, ranked.into_iter().map(|(_, place)| place), limit);
        places
    }

    /// Lower is better.
    fn rank(&self, keys: &Keys, prefix: &str, entry: &Entry) -> (bool, u8, usize) {
        let missing = keys.key(entry).len() - prefix.len();
        let class = match self.names.class(self.tables, entry.place) {
            Some(Class::Prefecture) => 0,
            Some(Class::City) if self.is_large(entry.place) => 1,
            Some(Class::City) => 2,
            Some(Class::Ward) => 3,
            Some(Class::Town | Class::Village) | None => 4,
            Some(Class::County) => 5,
        };
        (missing > 0, class, missing)
    }

    /// A designated city or the seat of a prefecture: what most people mean who have typed one character.
    fn is_large(&self, place: Place) -> bool {
        match place {
            Place::City(_) => true,
            Place::Municipality(row) => {
                let code = self.tables.code(row);
                Prefecture::of(code.prefecture()).capital == code
            }
            Place::Prefecture(_) | Place::County(_) => false,
        }
    }
}

fn append(places: &mut Vec<Place>, more: impl IntoIterator<Item = Place>, limit: usize) {
    for place in more {
        if places.len() >= limit {
            break;
        }
        if !places.contains(&place) {
            places.push(place);
        }
    }
}

/// A syllable half typed has no Hepburn yet: sy will be sh, ty will be ch.
fn as_prefix(spoken: &str) -> String {
    let latin = sound::hepburn(spoken);
    let whole = [("sy", "sh"), ("ty", "ch"), ("cy", "ch"), ("zy", "j"), ("jy", "j")]
        .into_iter()
        .find_map(|(half, whole)| Some(format!("{}{whole}", latin.strip_suffix(half)?)));
    sound::skeleton(&whole.unwrap_or(latin))
}

/// Municipalities of the codes that begin with these digits, in the order of the codes.
pub(super) fn by_digits(tables: &Tables, digits: u32, length: u32, limit: usize) -> Vec<Row> {
    let unit = 10u32.pow(7 - length);
    let codes = digits * unit..(digits + 1) * unit;
    let mut rows = Vec::new();
    for part in blocks_in_use(tables, &codes) {
        let from = tables.runs().partition_point(|run| run.start <= part.start).saturating_sub(1);
        for run in tables.runs()[from..].iter().take_while(|run| run.start < part.end) {
            if rows.len() == limit {
                return rows;
            }
            if !rows.contains(&run.row) {
                rows.push(run.row);
            }
        }
    }
    rows
}

/// The parts of a range that hold codes in use, in steps of a hundred codes or the whole range below that.
fn blocks_in_use(tables: &Tables, codes: &Range<u32>) -> impl Iterator<Item = Range<u32>> {
    let codes = codes.clone();
    let areas = tables.areas().iter().map(|area| u32::from(*area)).filter({
        let codes = codes.clone();
        move |area| area * 10_000 < codes.end && (area + 1) * 10_000 > codes.start
    });
    let blocks =
        areas.flat_map(|area| area * 100..(area + 1) * 100).filter(|block| tables.block_in_use(*block));
    blocks.filter_map(move |block| {
        let part = (block * 100).max(codes.start)..((block + 1) * 100).min(codes.end);
        (part.start < part.end).then_some(part)
    })
}
