//! Every name a place goes by, as sorted keys: 仁多郡奥出雲町, 奥出雲町, 奥出雲; by writing and by sound.
//!
//! Built on the first name somebody types (about three milliseconds on a server) and kept. Must not know how an input
//! is taken apart: that is `reading`.

use crate::fold::plain;
use std::ops::Range;

use super::fold;
use super::groups::Groups;
use super::keys::{Form, Keys};
use super::prefecture::Prefecture;
use super::sound;
use super::tables::{Row, Tables};
use super::{Candidate, PrefectureCode};

/// What a name may stand for, in the order a list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Place {
    Prefecture(PrefectureCode),
    /// A designated city as a whole.
    City(u16),
    /// A city, town or village, or a ward of one of those cities.
    Municipality(Row),
    County(u16),
}

/// What the last part of a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Prefecture,
    City,
    Ward,
    Town,
    Village,
    County,
}

impl Class {
    pub(super) fn of_kanji(last: char) -> Option<Self> {
        Some(match last {
            '県' | '府' | '都' | '道' => Self::Prefecture,
            '市' => Self::City,
            '区' => Self::Ward,
            '町' => Self::Town,
            '村' => Self::Village,
            '郡' => Self::County,
            _ => return None,
        })
    }

    /// How the last part may sound.
    pub(super) fn kana(self) -> &'static [&'static str] {
        match self {
            Self::Prefecture => &["けん", "ふ", "と", "どう"],
            Self::City => &["し"],
            Self::Ward => &["く"],
            Self::Town => &["ちょう", "まち"],
            Self::Village => &["むら", "そん"],
            Self::County => &["ぐん"],
        }
    }
}

/// A name without its last part, as far as it has one: (松江, まつえ) of (松江市, まつえし).
pub(super) fn bare<'a>(kanji: &'a str, kana: &'a str) -> (&'a str, &'a str) {
    let class = kanji.chars().next_back().and_then(Class::of_kanji);
    let Some(class) = class else { return (kanji, kana) };
    let sounded = class.kana().iter().find_map(|ending| kana.strip_suffix(ending));
    let written = &kanji[..kanji.len() - '市'.len_utf8()];
    sounded.map_or((kanji, kana), |sounded| (written, sounded))
}

pub(super) struct Names {
    pub(super) groups: Groups,
    pub(super) written: Keys,
    pub(super) sound: Keys,
}

/// Rows a piece of building takes: some three milliseconds of a good phone.
const ROWS_AT_A_TIME: usize = 400;

/// An index being built in pieces, so that a slow phone can answer a touch in between.
pub(super) struct Building {
    names: Names,
    rows: Range<Row>,
}

impl Building {
    pub(super) fn begin(tables: &Tables) -> Self {
        let mut names =
            Names { groups: Groups::build(tables), written: Keys::default(), sound: Keys::default() };
        for prefecture in Prefecture::all() {
            let place = Place::Prefecture(prefecture.code);
            names.add(prefecture.name, prefecture.kana, place, Form::Full);
            if prefecture.short() != prefecture.name {
                names.add(prefecture.short(), prefecture.short_kana(), place, Form::Bare);
            }
        }
        let groups = std::mem::take(&mut names.groups);
        for (place, group) in groups.places() {
            names.add_with_bare(&group.kanji, &group.kana, place);
        }
        names.groups = groups;
        Self { names, rows: tables.rows() }
    }

    /// Whether there is more to do.
    pub(super) fn step(&mut self, tables: &Tables) -> bool {
        let groups = std::mem::take(&mut self.names.groups);
        for row in self.rows.by_ref().take(ROWS_AT_A_TIME) {
            self.names.add_municipality(tables, &groups, row);
        }
        self.names.groups = groups;
        !self.rows.is_empty()
    }

    /// Sorts what was gathered.
    pub(super) fn finish(mut self) -> Names {
        self.names.written.sort();
        self.names.sound.sort();
        self.names
    }
}

impl Names {
    fn add_municipality(&mut self, tables: &Tables, groups: &Groups, row: Row) {
        let place = Place::Municipality(row);
        let (kanji, kana) = (tables.kanji(row), tables.kana(row));
        let Some((group, split)) = groups.of(row) else {
            return self.add_with_bare(kanji, kana, place);
        };
        self.add(kanji, kana, place, Form::Full);
        let (own, own_kana) = (&kanji[split.kanji..], &kana[split.kana..]);
        self.add_with_bare(own, own_kana, place);
        if group.is_city() {
            // 名古屋中村区, as people say it.
            let (city, city_kana) = bare(&group.kanji, &group.kana);
            self.add(&format!("{city}{own}"), &format!("{city_kana}{own_kana}"), place, Form::Full);
        }
    }

    fn add_with_bare(&mut self, kanji: &str, kana: &str, place: Place) {
        self.add(kanji, kana, place, Form::Full);
        let (short, short_kana) = bare(kanji, kana);
        self.add(short, short_kana, place, Form::Bare);
    }

    fn add(&mut self, kanji: &str, kana: &str, place: Place, form: Form) {
        let written = fold::written(&plain(kanji));
        self.written.add(&written, place, form);
        let modern = fold::modern(&written);
        if modern != written {
            self.written.add(&modern, place, Form::Variant);
        }
        self.sound.add(&sound::skeleton(kana), place, form);
    }

    /// The candidates a place stands for: itself, or the towns of a county.
    pub(super) fn candidates(&self, tables: &Tables, place: Place) -> Vec<Candidate> {
        let of_row = |row| {
            let code = tables.code(row);
            Candidate { prefecture: code.prefecture(), municipality: Some(code) }
        };
        match place {
            Place::Prefecture(prefecture) => vec![Candidate { prefecture, municipality: None }],
            Place::Municipality(row) => vec![of_row(row)],
            Place::County(group) => self.groups.get(group).rows.iter().copied().map(of_row).collect(),
            Place::City(group) => {
                let code = self.groups.get(group).code;
                vec![Candidate { prefecture: code.prefecture(), municipality: Some(code) }]
            }
        }
    }

    pub(super) fn class(&self, tables: &Tables, place: Place) -> Option<Class> {
        match place {
            Place::Prefecture(_) => Some(Class::Prefecture),
            Place::City(_) => Some(Class::City),
            Place::County(_) => Some(Class::County),
            Place::Municipality(row) => tables.kanji(row).chars().next_back().and_then(Class::of_kanji),
        }
    }

    pub(super) fn prefecture(&self, tables: &Tables, place: Place) -> PrefectureCode {
        match place {
            Place::Prefecture(code) => code,
            Place::Municipality(row) => tables.code(row).prefecture(),
            Place::City(group) | Place::County(group) => self.groups.get(group).code.prefecture(),
        }
    }

    /// Kanji and kana as shown.
    pub(super) fn shown<'a>(&'a self, tables: &'a Tables, place: Place) -> (&'a str, &'a str) {
        match place {
            Place::Prefecture(code) => (Prefecture::of(code).name, Prefecture::of(code).kana),
            Place::Municipality(row) => (tables.kanji(row), tables.kana(row)),
            Place::City(group) | Place::County(group) => {
                let group = self.groups.get(group);
                (&group.kanji, &group.kana)
            }
        }
    }
}
