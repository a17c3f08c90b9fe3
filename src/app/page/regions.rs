//! The 47 prefectures as a list by region: the map for large text, large fingers and whoever prefers words.

use domain::place::PrefectureCode;
use ui::component::Tile;
use ui::i18n::{Key, Lang, language, ruby, say, with_reading};
use ui::node::{Content, El, el};

/// Regions as schools teach them, by the first and last JIS number.
pub const REGIONS: [(Key, u8, u8); 8] = [
    (Key::RegionHokkaido, 1, 1),
    (Key::RegionTohoku, 2, 7),
    (Key::RegionKanto, 8, 14),
    (Key::RegionChubu, 15, 23),
    (Key::RegionKinki, 24, 30),
    (Key::RegionChugoku, 31, 35),
    (Key::RegionShikoku, 36, 39),
    (Key::RegionKyushu, 40, 47),
];

/// All 47 in the order of their numbers.
pub fn regions(tiles: &[Tile], choose: impl Fn(PrefectureCode) + Copy + 'static) -> Content {
    let mut parts = Vec::new();
    for (region, first, last) in REGIONS {
        let mut list = el("ul").class("tn-regions__list");
        for tile in tiles.iter().filter(|tile| (first..=last).contains(&tile.prefecture.code.number())) {
            list = list.put(el("li").put(button(*tile, choose)));
        }
        parts.push(el("h3").class("tn-regions__title").put(say(region)).into());
        parts.push(list.into());
    }
    Content::Many(parts)
}

fn button(tile: Tile, choose: impl Fn(PrefectureCode) + 'static) -> El {
    let prefecture = tile.prefecture;
    let name = match language() {
        Lang::English => prefecture.romaji.to_owned(),
        Lang::Japanese | Lang::Easy => with_reading(prefecture.name, prefecture.kana),
    };
    let team = tile.has_team.then(|| el("span").class("tn-visually-hidden").put(say(Key::CardTeamBadge)));
    el("button")
        .class("tn-regions__button")
        .set("type", "button")
        .flag("data-team", tile.has_team)
        .put(ruby(name))
        .put(team)
        .on_click(move || choose(prefecture.code))
}
