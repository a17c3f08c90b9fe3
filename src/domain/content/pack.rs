//! Which texts a phone keeps for reading without a network: all, or those of some prefectures.
//!
//! A shelf is fetched whole, or the request would tell the area; what is to be kept of it is cut out here. The surprising
//! rule: what is for everywhere is never cut off. That is also every guide, every event that can be joined online, and
//! every notice, because the first screen has a line of each that leads to it.

use std::ops::Range;

use crate::json;
use crate::place::PrefectureCode;

use super::item::Item;
use super::shelf::Shelf;

/// Some of the 47 prefectures, beside what is for everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas(u64);

/// Where the items of a shelf lie in its text, and for which areas each is (none: for everywhere).
#[derive(Debug)]
pub struct Pieces(Vec<(Range<usize>, Areas)>);

impl Areas {
    /// Only what is for everywhere.
    pub const NONE: Self = Self(0);
    /// All 47, and with them every text there is.
    pub const ALL: Self = Self((1 << 48) - 2);

    /// From `17,32`; empty is none.
    #[must_use]
    pub fn parse(list: &str) -> Option<Self> {
        let mut areas = Self::NONE;
        for code in list.split(',').filter(|code| !code.is_empty()) {
            areas = areas.with(PrefectureCode::new(code.parse().ok()?)?);
        }
        Some(areas)
    }

    /// From this number to that, both with it.
    #[must_use]
    pub const fn between(first: u8, last: u8) -> Self {
        Self(((2 << last) - (1 << first)) & Self::ALL.0)
    }

    /// As [`Self::parse`] reads it.
    #[must_use]
    pub fn to_text(self) -> String {
        let mut list = String::new();
        for code in self.each() {
            if !list.is_empty() {
                list.push(',');
            }
            list.push_str(&code.number().to_string());
        }
        list
    }

    #[must_use]
    pub fn has(self, code: PrefectureCode) -> bool {
        self.0 & Self::bit(code) != 0
    }

    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub fn with(self, code: PrefectureCode) -> Self {
        Self(self.0 | Self::bit(code))
    }

    /// Those that are in one of them.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those of this that the other does not have.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// In the order of their numbers.
    pub fn each(self) -> impl Iterator<Item = PrefectureCode> {
        PrefectureCode::all().filter(move |code| self.has(*code))
    }

    /// Those that the item is for; none where it is for everywhere.
    #[must_use]
    pub fn of(item: &Item) -> Self {
        match item {
            Item::Story(article) | Item::Case(article) => {
                let areas = article.topics.areas.iter();
                areas.fold(Self::NONE, |areas, area| areas.with(area.prefecture()))
            }
            Item::Event(event) if !event.online => {
                let place = event.place.as_ref().map(|place| place.municipality.prefecture());
                place.map_or(Self::NONE, |code| Self::NONE.with(code))
            }
            Item::Guide(_) | Item::Event(_) | Item::Notice(_) => Self::NONE,
        }
    }

    /// Whether something for `those` is kept with these.
    fn keep(self, those: Self) -> bool {
        those.is_empty() || !self.and(those).is_empty()
    }

    fn bit(code: PrefectureCode) -> u64 {
        1 << code.number()
    }
}

impl Pieces {
    /// `None` where this is not the text of this shelf.
    #[must_use]
    pub fn of(shelf: &Shelf, text: &[u8]) -> Option<Self> {
        let places = json::elements(text, "items")?;
        let fits = places.len() == shelf.items.len();
        fits.then(|| Self(places.into_iter().zip(shelf.items.iter().map(Areas::of)).collect()))
    }

    /// Whether anything falls out with these areas.
    #[must_use]
    pub fn lose(&self, areas: Areas) -> bool {
        self.0.iter().any(|(_, those)| !areas.keep(*those))
    }

    /// The text without what is only for other areas; each item, and what is around them, as it was byte for byte.
    #[must_use]
    pub fn cut(&self, text: &[u8], areas: Areas) -> Vec<u8> {
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else { return text.to_vec() };
        let kept =
            self.0.iter().filter(|(_, those)| areas.keep(*those)).map(|(place, _)| &text[place.clone()]);
        let items = kept.collect::<Vec<_>>().join(&b","[..]);
        [&text[..first.0.start], &items, &text[last.0.end..]].concat()
    }

    /// How much of the text is for everywhere.
    #[must_use]
    pub fn everywhere(&self) -> usize {
        self.bytes(&|those| those.is_empty())
    }

    /// How much this prefecture brings beside it.
    #[must_use]
    pub fn brought_by(&self, code: PrefectureCode) -> usize {
        self.bytes(&|those| those.has(code))
    }

    fn bytes(&self, counts: &dyn Fn(Areas) -> bool) -> usize {
        self.0.iter().filter(|(_, those)| counts(*those)).map(|(place, _)| place.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// Quotation marks and brackets in its words, and members this version does not know.
    fn an_item(at: usize, kind: usize, areas: &[u32], online: bool) -> Value {
        let text = json!({ "title": "題\"]}", "summary": "要約,[{", "body": "本文\\" });
        let head = |kind: &str| {
            json!({ "kind": kind, "id": format!("item-{at}"), "ja": text, "published": "2026-01-06",
                "fictional": true, "newer": [{ "items": [1, 2] }] })
        };
        let with = |kind: &str, rest: Value| {
            let mut item = head(kind);
            item.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            item
        };
        let topics = json!({ "industries": [], "stages": [], "areas": areas, "schemes": [], "lives": [],
            "consent": "2025-12-01" });
        let time = json!({ "starts": "2026-01-13T04:30:00Z", "ends": "2026-01-13T07:00:00Z", "sort": "school",
            "online": online || areas.is_empty() });
        match kind {
            0 => with("story", topics),
            1 => with("case", topics),
            2 => with("guide", topics),
            3 => {
                let mut event = with("event", time);
                if let Some(area) = areas.first() {
                    let municipality = if *area < 1_000 { area * 1_000 + 201 } else { *area };
                    event["place"] = json!({ "name": "会館", "address": "町", "municipality": municipality });
                }
                event
            }
            _ => with(
                "notice",
                json!({ "areas": areas, "from": "2026-01-05T00:00:00Z", "to": "2026-01-20T00:00:00Z",
                    "severity": "crisis" }),
            ),
        }
    }

    /// As a server may write it: with or without spaces, and with members before and behind the items.
    fn a_shelf() -> impl Strategy<Value = Vec<u8>> {
        let area = prop_oneof![1u32..48, (1u32..48).prop_map(|code| code * 1_000 + 201)];
        let item = (0usize..5, prop::collection::vec(area, 0..3), any::<bool>());
        (prop::collection::vec(item, 0..12), any::<bool>()).prop_map(|(items, pretty)| {
            let items: Vec<Value> = items
                .iter()
                .enumerate()
                .map(|(at, (kind, areas, online))| an_item(at, *kind, areas, *online))
                .collect();
            let shelf = json!({ "about": { "items": [7] }, "items": items, "number": 7, "z": [[]] });
            if pretty { serde_json::to_vec_pretty(&shelf) } else { serde_json::to_vec(&shelf) }.unwrap()
        })
    }

    fn some_areas() -> impl Strategy<Value = Areas> {
        prop::collection::vec(1u8..48, 0..12).prop_map(|codes| {
            codes.into_iter().filter_map(PrefectureCode::new).fold(Areas::NONE, Areas::with)
        })
    }

    fn pieces(text: &[u8]) -> (Shelf, Pieces) {
        let shelf = Shelf::read(text).unwrap();
        let pieces = Pieces::of(&shelf, text).unwrap();
        (shelf, pieces)
    }

    #[test]
    fn what_she_chose_is_written_down_and_read_again() {
        for list in ["", "32", "1,17,47"] {
            assert_eq!(Areas::parse(list).unwrap().to_text(), list);
        }
        assert_eq!(Areas::parse(&Areas::ALL.to_text()), Some(Areas::ALL));
        assert_eq!(PrefectureCode::all().fold(Areas::NONE, Areas::with), Areas::ALL);
        assert_eq!(Areas::between(1, 47), Areas::ALL);
        assert_eq!(Areas::between(46, 47).to_text(), "46,47");
        for wrong in ["0", "48", "島根", "1;2"] {
            assert_eq!(Areas::parse(wrong), None, "{wrong}");
        }
    }

    // A warning stood on the first screen in a tunnel, and its own page was not there.
    #[test]
    fn guides_notices_and_what_can_be_joined_online_are_for_everywhere() {
        let items: Vec<Value> = [(0, false), (1, false), (2, false), (3, false), (3, true), (4, false)]
            .iter()
            .enumerate()
            .map(|(at, (kind, online))| an_item(at, *kind, &[32], *online))
            .collect();
        let text = serde_json::to_vec(&json!({ "number": 7, "items": items })).unwrap();
        let (_, pieces) = pieces(&text);
        let rest = Shelf::read(&pieces.cut(&text, Areas::NONE)).unwrap();
        let left: Vec<&str> = rest.items.iter().map(|item| item.head().id.as_str()).collect();
        assert_eq!(left, ["item-2", "item-4", "item-5"]);
    }

    #[test]
    fn another_shelfs_text_is_not_cut() {
        let text =
            serde_json::to_vec(&json!({ "number": 7, "items": [an_item(0, 0, &[32], false)] })).unwrap();
        let shelf = Shelf::read(&text).unwrap();
        for other in [&b"{}"[..], b"", b"[]", br#"{"items":[]}"#, br#"{"items":{}}"#, br#"{"items":[1"#] {
            assert!(Pieces::of(&shelf, other).is_none());
        }
    }

    proptest! {
        #[test]
        fn with_all_areas_nothing_falls_out(text in a_shelf()) {
            let (shelf, pieces) = pieces(&text);
            prop_assert!(!pieces.lose(Areas::ALL));
            let cut = pieces.cut(&text, Areas::ALL);
            prop_assert_eq!(Shelf::read(&cut).unwrap(), shelf);
            // Only a server that puts spaces between items would have them taken away.
            let spaced = text.contains(&b'\n');
            prop_assert!(spaced || cut == text);
        }

        // A story came out of the disk with another word than its founder had agreed to.
        #[test]
        fn what_is_kept_is_what_was_chosen_in_its_order_byte_for_byte(text in a_shelf(), areas in some_areas()) {
            let (shelf, all) = pieces(&text);
            let wanted = |item: &&Item| {
                let those = Areas::of(item);
                those == Areas::NONE || those.each().any(|code| areas.has(code))
            };
            let chosen: Vec<&Item> = shelf.items.iter().filter(wanted).collect();
            let part = all.cut(&text, areas);
            prop_assert_eq!(all.lose(areas), chosen.len() < shelf.items.len());
            let (read, left) = pieces(&part);
            prop_assert_eq!(read.number, shelf.number);
            prop_assert_eq!(read.items.iter().collect::<Vec<_>>(), chosen);
            let whole: Vec<&[u8]> = all.0.iter().map(|(place, _)| &text[place.clone()]).collect();
            prop_assert!(left.0.iter().all(|(place, _)| whole.contains(&&part[place.clone()])));
            prop_assert!(!left.lose(areas), "nothing more falls out");
        }

        // The page said 38 KB, and the disk held 60.
        #[test]
        fn sizes_add_up(text in a_shelf(), areas in some_areas()) {
            let (_, all) = pieces(&text);
            let sum = |pieces: &Pieces| pieces.0.iter().map(|(place, _)| place.len()).sum::<usize>();
            let (_, left) = pieces(&all.cut(&text, areas));
            prop_assert_eq!(left.everywhere(), all.everywhere());
            let several = all.0.iter().filter(|(_, those)| those.each().count() > 1);
            let twice: usize = several
                .map(|(place, those)| place.len() * those.and(areas).each().count().saturating_sub(1))
                .sum();
            let brought: usize = areas.each().map(|code| all.brought_by(code)).sum();
            prop_assert_eq!(sum(&left), all.everywhere() + brought - twice);
        }
    }
}
