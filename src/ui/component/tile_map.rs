//! Japan as 47 tiles in their familiar arrangement: 13 columns, names set vertically so that a thumb and an eye find
//! them at 390 px.
//!
//! To assistive technology it is one listbox; the arrow keys walk the map as it looks, not as it is stored.

use domain::place::PrefectureCode;
use domain::place::prefecture::Prefecture;

use crate::i18n::{Key, Lang, language, plain, plain_with};
use crate::live::Live;
use crate::node::{El, el};

/// Column, row, columns wide, rows high; counted from 1. The order is that of the JIS numbers.
#[rustfmt::skip]
const PLACES: [(u8, u8, u8, u8); 47] = [
    (12, 1, 2, 2), (12, 3, 2, 1), (13, 4, 1, 1), (13, 5, 1, 1), (12, 4, 1, 1), (12, 5, 1, 1), (12, 6, 2, 1), // 北海道–福島
    (13, 8, 1, 1), (13, 7, 1, 1), (12, 7, 1, 1), (12, 8, 1, 1), (13, 9, 1, 1), (12, 9, 1, 1), (12, 10, 1, 1), // 茨城–神奈川
    (11, 6, 1, 1), (10, 6, 1, 1), (9, 6, 1, 1), (9, 7, 1, 1), (11, 8, 1, 1), (10, 7, 2, 1), // 新潟–長野
    (10, 8, 1, 1), (11, 9, 1, 1), (10, 9, 1, 1), (9, 10, 1, 1), // 岐阜–三重
    (9, 8, 1, 1), (8, 8, 1, 1), (8, 9, 1, 1), (7, 8, 1, 2), (9, 9, 1, 1), (8, 10, 1, 1), // 滋賀–和歌山
    (6, 8, 1, 1), (5, 8, 1, 1), (6, 9, 1, 1), (5, 9, 1, 1), (4, 8, 1, 2), // 鳥取–山口
    (6, 12, 1, 1), (6, 11, 1, 1), (5, 11, 1, 1), (5, 12, 1, 1), // 徳島–高知
    (3, 9, 1, 1), (2, 9, 1, 1), (1, 9, 1, 1), (2, 10, 1, 1), (3, 10, 1, 1), (3, 11, 1, 1), (2, 11, 1, 1), (1, 12, 1, 1), // 福岡–沖縄
];

/// What the map shows of a prefecture.
#[derive(Clone, Copy)]
pub struct Tile {
    pub prefecture: &'static Prefecture,
    /// Its association had a women's team when the federation last listed them.
    pub has_team: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    Left,
    Right,
}

impl Way {
    fn of(key: &str) -> Option<Self> {
        match key {
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            _ => None,
        }
    }
}

fn place_of(code: PrefectureCode) -> (u8, u8, u8, u8) {
    PLACES[usize::from(code.number()) - 1]
}

/// Middle of a tile, doubled so that it stays whole.
fn middle(code: PrefectureCode) -> (i32, i32) {
    let (column, row, wide, high) = place_of(code);
    (2 * i32::from(column) + i32::from(wide), 2 * i32::from(row) + i32::from(high))
}

/// The next tile that way: the nearest one that lies more ahead than aside. Stays where nothing lies ahead.
fn neighbour(from: PrefectureCode, way: Way) -> PrefectureCode {
    let (x, y) = middle(from);
    PrefectureCode::all()
        .filter(|&code| code != from)
        .filter_map(|code| {
            let (to_x, to_y) = middle(code);
            let (ahead, aside) = match way {
                Way::Up => (y - to_y, to_x - x),
                Way::Down => (to_y - y, to_x - x),
                Way::Left => (x - to_x, to_y - y),
                Way::Right => (to_x - x, to_y - y),
            };
            (ahead > 0).then_some((ahead + 2 * aside.abs(), code))
        })
        .min()
        .map_or(from, |(_, code)| code)
}

fn tile_id(code: PrefectureCode) -> String {
    format!("tile-{code}")
}

/// The map. `roving` is the tile that a Tab reaches, `choose` gets the chosen one, `focus` the id of the tile the arrow
/// keys go to.
pub fn tile_map(
    tiles: &[Tile],
    roving: Live<PrefectureCode>,
    choose: impl Fn(PrefectureCode) + Copy + 'static,
    focus: impl Fn(&str) + Copy + 'static,
) -> El {
    let mut map = el("div")
        .class("tn-tiles")
        .set("role", "listbox")
        .set("aria-label", &plain(Key::MapLabel))
        .set("data-testid", "tile-map");
    for tile in tiles {
        map = map.put(option(*tile, roving, choose, focus));
    }
    map
}

fn option(
    tile: Tile,
    roving: Live<PrefectureCode>,
    choose: impl Fn(PrefectureCode) + Copy + 'static,
    focus: impl Fn(&str) + Copy + 'static,
) -> El {
    let code = tile.prefecture.code;
    let (_, _, wide, high) = place_of(code);
    let shape = match (wide, high) {
        (1, 1) => "small",
        (1, _) => "tall",
        _ => "wide",
    };
    let name = match language() {
        // Whoever speaks to the phone says what the tile shows, so the name holds the characters, too.
        Lang::English => format!("{} {}", tile.prefecture.romaji, tile.prefecture.short()),
        Lang::Japanese | Lang::Easy => tile.prefecture.name.to_owned(),
    };
    let label = if tile.has_team { plain_with(Key::MapTileTeam, &[("name", &name)]) } else { name };
    let short = tile.prefecture.short();
    el("div")
        .class("tn-tiles__tile")
        .id(&tile_id(code))
        .set("role", "option")
        .set("aria-selected", "false")
        .set("aria-label", &label)
        .set("data-pref", &code.to_string())
        .set("data-shape", shape)
        .flag("data-team", tile.has_team)
        .flag("data-long", shape == "small" && short.chars().count() > 2)
        .live("tabindex", move || Some(if roving.get() == code { "0" } else { "-1" }.into()))
        .put(el("span").class("tn-tiles__name").set("lang", "ja").put(short))
        .on_click(move || choose(code))
        .on_key(move |key| match (key.name.as_str(), Way::of(&key.name)) {
            ("Enter" | " ", _) => {
                choose(code);
                true
            }
            (_, Some(way)) => {
                let next = neighbour(code, way);
                roving.set(next);
                focus(&tile_id(next));
                true
            }
            (_, None) => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(number: u8) -> PrefectureCode {
        PrefectureCode::new(number).unwrap()
    }

    #[test]
    fn no_two_tiles_cover_the_same_field() {
        let mut taken = std::collections::HashSet::new();
        for (column, row, wide, high) in PLACES {
            for x in column..column + wide {
                for y in row..row + high {
                    assert!((1..=13).contains(&x) && taken.insert((x, y)), "({x}, {y})");
                }
            }
        }
    }

    #[test]
    fn every_tile_is_reached_by_the_arrow_keys() {
        let mut seen = vec![code(1)];
        let mut at = 0;
        while at < seen.len() {
            for way in [Way::Up, Way::Down, Way::Left, Way::Right] {
                let next = neighbour(seen[at], way);
                if !seen.contains(&next) {
                    seen.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(seen.len(), 47);
    }

    #[test]
    fn the_arrows_walk_the_map_as_it_looks() {
        assert_eq!(neighbour(code(32), Way::Right), code(31), "島根 → 鳥取");
        assert_eq!(neighbour(code(32), Way::Down), code(34), "島根 → 広島");
        assert_eq!(neighbour(code(13), Way::Up), code(11), "東京 → 埼玉");
        assert_eq!(neighbour(code(47), Way::Left), code(47), "west of 沖縄 is the sea");
    }

    #[test]
    fn the_style_places_the_tiles_where_the_arrow_keys_think_they_are() {
        let css = include_str!("../../../style/components/tile_map.css");
        for code in PrefectureCode::all() {
            let (column, row, wide, high) = place_of(code);
            let line = format!(
                "[data-pref=\"{code}\"] {{ grid-area: {row} / {column} / span {high} / span {wide}; }}"
            );
            assert!(css.contains(&line), "{line}");
        }
    }
}
