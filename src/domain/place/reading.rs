//! Which places a finished name means: the order in which its possible readings are tried.
//!
//! Writing before sound, the exact before the similar, the whole before its parts. The surprising rule: a name that
//! several places bear is never decided here; all of them are the answer, whatever their prefecture.

use super::PrefectureCode;
use super::fold;
use super::keys::{Entry, Form};
use super::names::{Class, Names, Place, bare};
use super::prefecture::Prefecture;
use super::romaji;
use super::sound;
use super::tables::Tables;
use super::words::{Word, joined, words};
use crate::fold::plain;
use crate::kana::is_kana;

/// What was found, and whether the whole input was understood.
pub(super) struct Found {
    pub(super) places: Vec<Place>,
    pub(super) whole: bool,
}

/// What the rest of the input says about the place.
#[derive(Clone, Copy, Default)]
pub(super) struct Within<'a> {
    pub(super) prefecture: Option<PrefectureCode>,
    pub(super) group: Option<Place>,
    pub(super) classes: Option<&'a [Class]>,
}

pub(super) struct Reading<'a> {
    pub(super) tables: &'a Tables,
    pub(super) names: &'a Names,
}

impl Reading<'_> {
    pub(super) fn name(&self, input: &str) -> Option<Found> {
        let plain = plain(input);
        let written = fold::written(&plain);
        let whole = |places| Some(Found { places, whole: true });
        if let Some(places) = found(self.by_writing(&written, Within::default())) {
            return whole(places);
        }
        if let Some(places) = self.spoken(&plain) {
            return whole(places);
        }
        self.qualified(&written).or_else(|| self.address(&written, Within::default()))
    }

    /// Places whose name is written like this; in today's characters only if none is.
    fn by_writing(&self, written: &str, within: Within<'_>) -> Vec<Place> {
        let exact =
            self.admitted(self.names.written.exactly(written), within, |entry| entry.form != Form::Variant);
        if !exact.is_empty() {
            return exact;
        }
        self.admitted(self.names.written.exactly(&fold::modern(written)), within, |_| true)
    }

    /// Places whose name sounds like this; kana tell more than the skeleton, so they choose among its places.
    fn by_sound(&self, spoken: &str, within: Within<'_>) -> Vec<Place> {
        let sounding = |spoken: &str| self.names.sound.exactly(&sound::skeleton(spoken));
        let mut places = self.admitted(sounding(spoken), within, |_| true);
        if places.is_empty() && spoken.contains("oh") {
            // Ohita: before a vowel oh is mostly two sounds (Kohoku), so it is read as one only if that names nothing.
            places = self.admitted(sounding(&spoken.replace("oh", "o")), within, |_| true);
        }
        if places.len() > 1 && spoken.chars().all(is_kana) {
            let exact: Vec<Place> =
                places.iter().copied().filter(|place| self.has_kana(*place, spoken)).collect();
            if !exact.is_empty() {
                return exact;
            }
        }
        places
    }

    fn has_kana(&self, place: Place, spoken: &str) -> bool {
        let (kanji, kana) = self.names.shown(self.tables, place);
        let alike = |kanji: &str, kana: &str| kana == spoken || bare(kanji, kana).1 == spoken;
        let Place::Municipality(row) = place else { return alike(kanji, kana) };
        let Some((group, split)) = self.names.groups.of(row) else { return alike(kanji, kana) };
        let own = &kana[split.kana..];
        let city = bare(&group.kanji, &group.kana).1;
        kana == spoken || alike(&kanji[split.kanji..], own) || spoken.strip_prefix(city) == Some(own)
    }

    /// The places of these entries, in the order of a list, without those that a better reading excludes.
    fn admitted(&self, entries: &[Entry], within: Within<'_>, form: impl Fn(&Entry) -> bool) -> Vec<Place> {
        let admitted = entries.iter().filter(|entry| form(entry) && self.is_within(entry.place, within));
        let mut places = in_order(admitted.map(|entry| entry.place));
        // 愛知 is the prefecture; that a county is called 愛知郡 matters only to those who write 郡.
        if places.iter().any(|place| !matches!(place, Place::County(_))) {
            places.retain(|place| !matches!(place, Place::County(_)));
        }
        // 福島 is the prefecture, then its 福島市, then the others.
        if let Some(Place::Prefecture(first)) = places.first().copied() {
            let (inside, outside): (Vec<_>, Vec<_>) =
                places.into_iter().partition(|place| self.names.prefecture(self.tables, *place) == first);
            places = inside;
            places.extend(outside);
        }
        places
    }

    pub(super) fn is_within(&self, place: Place, within: Within<'_>) -> bool {
        let class = || self.names.class(self.tables, place);
        within.prefecture.is_none_or(|prefecture| self.names.prefecture(self.tables, place) == prefecture)
            && within.classes.is_none_or(|classes| class().is_some_and(|class| classes.contains(&class)))
            && within.group.is_none_or(|group| self.is_member(place, group))
    }

    fn is_member(&self, place: Place, group: Place) -> bool {
        match (place, group) {
            (Place::Municipality(row), Place::City(group) | Place::County(group)) => {
                self.names.groups.get(group).rows.contains(&row)
            }
            _ => false,
        }
    }

    /// 東京都府中市, 島根松江市, 東京都府中市宮西町2-24.
    fn qualified(&self, written: &str) -> Option<Found> {
        let mut unknown_rest = None;
        for (prefecture, rest) in qualifiers(written) {
            let within = Within { prefecture: Some(prefecture), ..Within::default() };
            if let Some(places) = found(self.by_writing(rest, within)) {
                return Some(Found { places, whole: true });
            }
            if let Some(places) = self.spoken_within(rest, within) {
                return Some(Found { places, whole: true });
            }
            if let Some(address) = self.address(rest, within) {
                return Some(address);
            }
            // A municipality of former days, or misspelled: the prefecture at least is known.
            if written.starts_with(Prefecture::of(prefecture).name) {
                unknown_rest = Some(Found { places: vec![Place::Prefecture(prefecture)], whole: false });
            }
        }
        unknown_rest
    }

    /// The longest full name that an address begins with: 松江市殿町1番地.
    fn address(&self, written: &str, within: Within<'_>) -> Option<Found> {
        let ends = written.char_indices().map(|(at, _)| at).skip(2).collect::<Vec<_>>();
        ends.into_iter().rev().find_map(|end| {
            let name = &written[..end];
            name.chars().next_back().and_then(Class::of_kanji)?;
            let full =
                |entry: &Entry| entry.form == Form::Full && !matches!(entry.place, Place::Prefecture(_));
            let places = self.admitted(self.names.written.exactly(name), within, full);
            found(places).map(|places| Found { places, whole: true })
        })
    }

    /// Kana and Latin letters: まつえし, Matsue-shi, Fuchu-shi Tokyo, 島根 in letters and 市 in kanji.
    fn spoken(&self, plain: &str) -> Option<Vec<Place>> {
        self.spoken_within(plain, Within::default())
    }

    fn spoken_within(&self, plain: &str, within: Within<'_>) -> Option<Vec<Place>> {
        let words = words(plain)?;
        if let Some(places) = self.with_class(&words, within) {
            return Some(places);
        }
        let all_kana = words.iter().all(|word| word.text.chars().all(is_kana));
        if all_kana && within.prefecture.is_none() {
            let joined = joined(&words);
            let by_kana = qualifiers_in_kana(&joined).find_map(|(prefecture, rest)| {
                let within = Within { prefecture: Some(prefecture), ..within };
                found(self.by_sound(rest, within))
            });
            if by_kana.is_some() {
                return by_kana;
            }
        }
        // Shimane-ken Matsue-shi, Matsue Shimane, Nakamura-ku Nagoya. Yokohama, Kanagawa is the city in its prefecture
        // and not the city's 神奈川区, so prefectures are tried first.
        [Outer::Prefecture, Outer::Group].into_iter().find_map(|kind| {
            (1..words.len()).find_map(|at| {
                let (front, back) = words.split_at(at);
                self.part_of(kind, front, back, within).or_else(|| self.part_of(kind, back, front, within))
            })
        })
    }

    /// The prefecture, city or county that a last word to come lies in: of Kanagawa in "Kanagawa, Yo".
    pub(super) fn outer(&self, plain: &str) -> Option<Within<'static>> {
        let places = self.with_class(&words(plain)?, Within::default())?;
        match *places.first()? {
            Place::Prefecture(prefecture) => {
                Some(Within { prefecture: Some(prefecture), ..Within::default() })
            }
            group @ (Place::City(_) | Place::County(_)) => {
                Some(Within { group: Some(group), ..Within::default() })
            }
            Place::Municipality(_) => None,
        }
    }

    /// The places of `inner` that lie in a prefecture, or a city or county, called `outer`.
    fn part_of(
        &self,
        kind: Outer,
        outer: &[Word<'_>],
        inner: &[Word<'_>],
        within: Within<'_>,
    ) -> Option<Vec<Place>> {
        let outer = self.with_class(outer, within)?;
        let inside = outer.into_iter().filter_map(|place| {
            let within = match (kind, place) {
                (Outer::Prefecture, Place::Prefecture(prefecture)) => {
                    Within { prefecture: Some(prefecture), ..within }
                }
                (Outer::Group, Place::City(_) | Place::County(_)) => Within { group: Some(place), ..within },
                _ => return None,
            };
            self.with_class(inner, within)
        });
        found(in_order(inside.flatten()))
    }

    /// The words as one name; otherwise the last of them as a word like city or machi.
    fn with_class(&self, words: &[Word<'_>], within: Within<'_>) -> Option<Vec<Place>> {
        if let [.., last] = words
            && let Some(class) = last.class
        {
            return found(self.by_sound(&joined(words), Within { classes: Some(&[class]), ..within }));
        }
        if let Some(places) = found(self.by_sound(&joined(words), within)) {
            return Some(places);
        }
        let (last, stem) = words.split_last()?;
        if let Some(classes) = romaji::class(last.text) {
            return found(self.by_sound(&joined(stem), Within { classes: Some(classes), ..within }));
        }
        let (own, classes) = romaji::other_class(last.text)?;
        let spoken = joined(stem) + own;
        found(self.by_sound(&spoken, Within { classes: Some(classes), ..within }))
    }
}

/// What a second name in the input may be.
#[derive(Clone, Copy)]
enum Outer {
    Prefecture,
    Group,
}

fn found(places: Vec<Place>) -> Option<Vec<Place>> {
    (!places.is_empty()).then_some(places)
}

/// In the order of a list, each once. A name is borne by a dozen places at most.
fn in_order(found: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for place in found {
        if let Err(at) = places.binary_search(&place) {
            places.insert(at, place);
        }
    }
    places
}

/// Prefectures that a writing begins with, full names first, and what follows.
pub(super) fn qualifiers(written: &str) -> impl Iterator<Item = (PrefectureCode, &str)> {
    let begins = |prefecture: &Prefecture, name: &str| Some((prefecture.code, written.strip_prefix(name)?));
    let full = Prefecture::all().iter().filter_map(move |prefecture| begins(prefecture, prefecture.name));
    let short = Prefecture::all().iter().filter_map(move |prefecture| begins(prefecture, prefecture.short()));
    full.chain(short).filter(|(_, rest)| !rest.is_empty())
}

/// The same in kana.
pub(super) fn qualifiers_in_kana(kana: &str) -> impl Iterator<Item = (PrefectureCode, &str)> {
    let begins = |prefecture: &Prefecture, name: &str| Some((prefecture.code, kana.strip_prefix(name)?));
    let full = Prefecture::all().iter().filter_map(move |prefecture| begins(prefecture, prefecture.kana));
    let short =
        Prefecture::all().iter().filter_map(move |prefecture| begins(prefecture, prefecture.short_kana()));
    full.chain(short).filter(|(_, rest)| !rest.is_empty())
}
