//! Municipalities that carry another name in front: towns their county, wards their city, two villages their island.
//!
//! The tables hold one name and one reading for 仁多郡奥出雲町; where the county ends is worked out here. In kana the
//! end is not the first ぐん (北群馬郡 is きたぐんまぐん), so the members of a group are compared.

use super::MunicipalityCode;
use super::names::Place;
use super::tables::{Row, Tables};

/// A county or a designated city.
pub(super) struct Group {
    kind: Kind,
    pub(super) kanji: String,
    pub(super) kana: String,
    pub(super) rows: Vec<Row>,
    /// Of a city its own; of a county that of its first town.
    pub(super) code: MunicipalityCode,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    City,
    County,
    Island,
}

impl Kind {
    /// What ends the group's name in kanji and kana.
    fn ending(self) -> (char, &'static str) {
        match self {
            Self::City => ('市', "し"),
            Self::County => ('郡', "ぐん"),
            Self::Island => ('島', "じま"),
        }
    }
}

impl Group {
    pub(super) fn is_city(&self) -> bool {
        self.kind == Kind::City
    }
}

/// Where a municipality's own name begins, in bytes of kanji and kana.
#[derive(Clone, Copy)]
pub(super) struct Split {
    pub(super) kanji: usize,
    pub(super) kana: usize,
}

#[derive(Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
    of: Vec<Option<u16>>,
}

impl Groups {
    pub(super) fn build(tables: &Tables) -> Self {
        let mut of = vec![None; tables.rows().len()];
        let mut groups: Vec<Group> = Vec::new();
        for row in tables.rows() {
            let kanji = tables.kanji(row);
            let Some((kind, end)) = front(kanji) else { continue };
            let first = tables.code(row);
            let is_same = |group: &Group| {
                group.kind == kind
                    && group.code.prefecture() == first.prefecture()
                    && group.kanji == kanji[..end]
            };
            // Members mostly stand together, so the last groups are looked at first.
            let group = groups.iter().rposition(is_same).unwrap_or_else(|| {
                let (kanji, code) = (kanji[..end].to_owned(), code(kind, first));
                groups.push(Group { kind, kanji, kana: String::new(), rows: Vec::new(), code });
                groups.len() - 1
            });
            groups[group].rows.push(row);
            of[usize::from(row)] = Some(group as u16);
        }
        for group in &mut groups {
            let readings = group.rows.iter().map(|row| tables.kana(*row));
            group.kana = front_kana(group.kind, readings).to_owned();
        }
        Self { groups, of }
    }

    pub(super) fn get(&self, group: u16) -> &Group {
        &self.groups[usize::from(group)]
    }

    pub(super) fn of(&self, row: Row) -> Option<(&Group, Split)> {
        let group = self.get((*self.of.get(usize::from(row))?)?);
        Some((group, Split { kanji: group.kanji.len(), kana: group.kana.len() }))
    }

    /// Cities and counties as places; an island is no place of its own.
    pub(super) fn places(&self) -> impl Iterator<Item = (Place, &Group)> {
        (0u16..).zip(&self.groups).filter_map(|(at, group)| match group.kind {
            Kind::City => Some((Place::City(at), group)),
            Kind::County => Some((Place::County(at), group)),
            Kind::Island => None,
        })
    }

    /// The designated city with this code.
    pub(super) fn city(&self, code: MunicipalityCode) -> Option<&Group> {
        self.groups.iter().find(|group| group.is_city() && group.code == code)
    }
}

/// The part before a municipality's own name: what it is and where it ends.
fn front(kanji: &str) -> Option<(Kind, usize)> {
    let last = kanji.chars().next_back()?;
    let end = |character: char| {
        let (at, found) = kanji.char_indices().skip(1).find(|(_, found)| *found == character)?;
        let end = at + found.len_utf8();
        // 御蔵島村 is a village named after its island, 三宅島三宅村 has the island in front.
        (kanji[end..].chars().count() > 1).then_some(end)
    };
    match last {
        '区' => end('市').map(|end| (Kind::City, end)),
        '町' | '村' => {
            end('郡').map(|end| (Kind::County, end)).or_else(|| end('島').map(|end| (Kind::Island, end)))
        }
        _ => None,
    }
}

/// The group's reading: up to the last ぐん or し that all members share.
fn front_kana<'a>(kind: Kind, mut readings: impl Iterator<Item = &'a str>) -> &'a str {
    let mut shared = readings.next().unwrap_or_default();
    for reading in readings {
        let same = shared.char_indices().zip(reading.chars()).find(|((_, one), other)| one != other);
        shared = &shared[..same.map_or(shared.len().min(reading.len()), |((at, _), _)| at)];
    }
    let ending = kind.ending().1;
    // A village repeats its island's name, so there the first end is the right one.
    let mut ends = shared.char_indices().map(|(at, _)| at).filter(|at| shared[*at..].starts_with(ending));
    let at = if kind == Kind::Island { ends.next() } else { ends.next_back() };
    at.map_or("", |at| &shared[..at + ending.len()])
}

/// The standard counts wards on from their city's own code, in steps of ten: 14101 to 14118 are 14100.
fn code(kind: Kind, first: MunicipalityCode) -> MunicipalityCode {
    match kind {
        Kind::City => MunicipalityCode(first.number() / 10 * 10),
        Kind::County | Kind::Island => first,
    }
}
