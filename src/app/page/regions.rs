//! The 47 prefectures as a list by region: the map for large text, large fingers and whoever prefers words.

use domain::place::PrefectureCode;
use leptos::prelude::*;
use ui::component::Tile;
use ui::i18n::{Key, Lang, language, ruby, say, with_reading};

/// Regions as schools teach them, by the first and last JIS number.
const REGIONS: [(Key, u8, u8); 8] = [
    (Key::RegionHokkaido, 1, 1),
    (Key::RegionTohoku, 2, 7),
    (Key::RegionKanto, 8, 14),
    (Key::RegionChubu, 15, 23),
    (Key::RegionKinki, 24, 30),
    (Key::RegionChugoku, 31, 35),
    (Key::RegionShikoku, 36, 39),
    (Key::RegionKyushu, 40, 47),
];

#[component]
pub fn Regions(
    /// All 47, in the order of their numbers.
    tiles: Vec<Tile>,
    on_choose: Callback<PrefectureCode>,
) -> impl IntoView {
    REGIONS
        .into_iter()
        .map(|(region, first, last)| {
            let buttons = tiles
                .iter()
                .filter(|tile| (first..=last).contains(&tile.prefecture.code.number()))
                .map(|tile| prefecture_button(*tile, on_choose))
                .collect_view();
            view! {
                <h3 class="tn-regions__title">{say(region)}</h3>
                <ul class="tn-regions__list">{buttons}</ul>
            }
        })
        .collect_view()
}

fn prefecture_button(tile: Tile, on_choose: Callback<PrefectureCode>) -> impl IntoView {
    let prefecture = tile.prefecture;
    let name = match language() {
        Lang::English => prefecture.romaji.to_owned(),
        Lang::Japanese | Lang::Easy => with_reading(prefecture.name, prefecture.kana),
    };
    view! {
        <li>
            <button
                type="button"
                class="tn-regions__button"
                data-team=tile.has_team.then_some("")
                on:click=move |_| on_choose.run(prefecture.code)
            >
                {ruby(name)}
                {tile.has_team.then(|| view! { <span class="tn-visually-hidden">{say(Key::CardTeamBadge)}</span> })}
            </button>
        </li>
    }
}
