//! What the field offers while she types.
//!
//! Must answer within a millisecond from the first character on. Prefectures come first, then large cities, cities,
//! wards, towns and villages; of equals the name that is nearest to complete.

use super::fold;
use super::keys::{Entry, Form, Keys};
use super::names::{Class, Place};
use super::prefecture::Prefecture;
use super::reading::{Reading, Within, qualifiers, qualifiers_in_kana};
use super::sound;
use super::tables::{Row, Tables};
use crate::fold::plain;
use crate::kana::is_kana;
use std::ops::Range;

/// See [`Reading::rank`].
type Rank = (bool, bool, u8, usize);

impl Reading<'_> {
    /// Places whose name begins like this, best first.
    pub(super) fn beginning(&self, typed: &str, limit: usize) -> Vec<Place> {
        let plain = plain(typed.trim());
        let is_spoken = |character| {
            is_kana(character) || character.is_ascii_alphabetic() || fold::is_separator(character)
        };
        if plain.chars().all(is_spoken) {
            return self.beginning_in_sound(&plain, limit);
        }
        let written = fold::written(&plain);
        let mut places = self.writing(&written, Within::default(), limit);
        let inside = qualifiers(&written).flat_map(|(prefecture, rest)| {
            let within = Within { prefecture: Some(prefecture), ..Within::default() };
            let spoken = rest.chars().all(is_spoken);
            if spoken { self.sounding(rest, within, limit) } else { self.writing(rest, within, limit) }
        });
        append(&mut places, inside, limit);
        places
    }

    fn beginning_in_sound(&self, plain: &str, limit: usize) -> Vec<Place> {
        let spoken: String = plain.chars().filter(|character| !fold::is_separator(*character)).collect();
        let mut places = self.sounding(&spoken, Within::default(), limit);
        let inside = qualifiers_in_kana(&spoken).flat_map(|(prefecture, rest)| {
            let within = Within { prefecture: Some(prefecture), ..Within::default() };
            self.sounding(rest, within, limit)
        });
        append(&mut places, inside, limit);
        if let Some((outer, rest)) = plain.rsplit_once(fold::is_separator)
            && let Some(within) = self.outer(outer)
        {
            append(&mut places, self.sounding(rest, within, limit), limit);
        }
        places
    }

    /// Names written like this; then those in today's characters.
    fn writing(&self, written: &str, within: Within<'_>, limit: usize) -> Vec<Place> {
        let keys = &self.names.written;
        let mut places = self.ranked(&Query { keys, prefix: written, within, kana: None }, limit);
        let modern = fold::modern(written);
        if modern != written {
            append(
                &mut places,
                self.ranked(&Query { keys, prefix: &modern, within, kana: None }, limit),
                limit,
            );
        }
        places
    }

    /// Names that sound like this; of kana those first that have just these.
    fn sounding(&self, spoken: &str, within: Within<'_>, limit: usize) -> Vec<Place> {
        let keys = &self.names.sound;
        let kana = spoken.chars().all(is_kana).then_some(spoken);
        let mut places = self.ranked(&Query { keys, prefix: &as_prefix(spoken), within, kana }, limit);
        if let Some(prefix) = contracted(spoken) {
            append(&mut places, self.ranked(&Query { keys, prefix: &prefix, within, kana }, limit), limit);
        }
        places
    }

    fn ranked(&self, query: &Query<'_>, limit: usize) -> Vec<Place> {
        if query.prefix.is_empty() {
            return Vec::new();
        }
        let entries = query.keys.starting_with(query.prefix).iter();
        let entries = entries.filter(|entry| self.is_within(entry.place, query.within));
        // The best so far, each place once: hundreds need not be put in order for the eight that are shown.
        let mut best: Vec<(Rank, Place)> = Vec::with_capacity(limit + 1);
        for entry in entries {
            let ranked = (self.rank(query, entry), entry.place);
            if best.len() == limit && best.last().is_none_or(|last| *last <= ranked) {
                continue;
            }
            match best.iter().position(|(_, place)| *place == entry.place) {
                Some(same) if best[same] <= ranked => continue,
                Some(same) => drop(best.remove(same)),
                None => {}
            }
            best.insert(best.partition_point(|better| *better < ranked), ranked);
            best.truncate(limit);
        }
        best.into_iter().map(|(_, place)| place).collect()
    }

    /// Lower is better.
    fn rank(&self, query: &Query<'_>, entry: &Entry) -> Rank {
        let missing = query.keys.key(entry).len() - query.prefix.len();
        let class = match self.names.class(self.tables, entry.place) {
            Some(Class::Prefecture) => 0,
            Some(Class::City) if self.is_large(entry.place) => 1,
            Some(Class::City) => 2,
            Some(Class::Ward) => 3,
            Some(Class::Town | Class::Village) | None => 4,
            Some(Class::County) => 5,
        };
        // 東 may be a ward's whole name, but more people have just begun to write 東京.
        let is_whole = missing == 0 && (entry.form == Form::Full || class < 3);
        let other_kana = query.kana.is_some_and(|kana| !self.kana_begin(entry.place, kana));
        (other_kana, !is_whole, class, missing)
    }

    /// おお begins 大津 but not 岡山, though both sound like a single o.
    fn kana_begin(&self, place: Place, typed: &str) -> bool {
        let kana = self.names.shown(self.tables, place).1;
        let Place::Municipality(row) = place else { return kana.starts_with(typed) };
        let own = self.names.groups.of(row).map_or(kana, |(_, split)| &kana[split.kana..]);
        kana.starts_with(typed) || own.starts_with(typed)
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

struct Query<'a> {
    keys: &'a Keys,
    prefix: &'a str,
    within: Within<'a>,
    /// What was typed, if it was kana only.
    kana: Option<&'a str>,
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

/// ふち may go on as ふちゅう: what the last kana sounds like if a small one follows.
fn contracted(spoken: &str) -> Option<String> {
    let last = spoken.chars().next_back().filter(|last| is_kana(*last))?;
    let latin =
        sound::hepburn(&spoken[..spoken.len() - last.len_utf8()]) + &sound::hepburn(&last.to_string());
    let stem = latin
        .strip_suffix('i')
        .filter(|stem| !stem.ends_with(['a', 'i', 'u', 'e', 'o']) && !stem.is_empty())?;
    let glide = if ["sh", "ch", "j"].iter().any(|end| stem.ends_with(end)) { "" } else { "y" };
    Some(sound::skeleton(stem) + glide)
}

/// Municipalities of the codes that begin with these digits, in the order of the codes; last those that share all of theirs
/// with others before them.
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
    let alternates = tables.alternates();
    let from = alternates.partition_point(|(code, _)| *code < codes.start);
    let sharing = alternates[from..].iter().take_while(|(code, _)| *code < codes.end);
    for row in sharing.flat_map(|(_, others)| others) {
        if rows.len() < limit && !rows.contains(row) {
            rows.push(*row);
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
