//! The first screen asks one thing: where will you start your business?

use leptos::html;
use leptos::prelude::*;
use ui::component::{Icon, IconName, Notice, PlaceField, Tile, TileMap, Tone};
use ui::i18n::{Key, say};

use super::choosing::Choosing;
use super::regions::Regions;
use crate::state::{Stage, Tonari};

#[component]
pub fn FindPage() -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let finding = tonari.finding;
    let field = NodeRef::<html::Input>::new();
    finding.take_over_early_input(field);

    let choosing = Memo::new(move |_| match finding.stage.get() {
        Stage::Choosing(question) => Some(question),
        Stage::Asking | Stage::Answered(_) => None,
    });
    view! {
        <div class="tn-find">
            <h1 class="tn-find__title" id="page-title" tabindex="-1">{say(Key::FindTitle)}</h1>
            <p class="tn-find__lead">{say(Key::FindLead)}</p>
            <PlaceField
                typed=finding.typed
                on_type=Callback::new(move |text| finding.type_in(text))
                suggestions=finding.options()
                on_choose=Callback::new(move |at| finding.choose_suggestion(at))
                on_submit=Callback::new(move |()| finding.submit())
                problem=finding.problem
                field
            />
            <div class="tn-find__row">
                <button
                    type="button"
                    class="tn-find__here"
                    data-testid="here"
                    aria-describedby="here-note"
                    disabled=move || finding.locating.get()
                    on:click=move |_| finding.locate()
                >
                    <Icon name=IconName::Target/>
                    {move || say(if finding.locating.get() { Key::FindLocating } else { Key::FindHere })}
                </button>
                <span class="tn-find__private" id="here-note">{say(Key::FindPrivate)}</span>
            </div>
            {move || finding.trouble.get().map(|trouble| view! {
                <Notice tone=Tone::Warning live=true>{say(trouble)}</Notice>
            })}
            {move || match choosing.get() {
                Some(question) => view! { <Choosing question/> }.into_any(),
                None => view! { <Map/> }.into_any(),
            }}
        </div>
    }
}

/// The tile map, or the same 47 as a list with large targets.
#[component]
fn Map() -> impl IntoView {
    let tonari = expect_context::<Tonari>();
    let finding = tonari.finding;
    let tiles = move || -> Vec<Tile> {
        let edition = tonari.directory.edition.get();
        domain::place::prefecture::Prefecture::all()
            .iter()
            .map(|prefecture| Tile {
                prefecture,
                has_team: crate::state::directory::has_team(&edition, prefecture.code),
            })
            .collect()
    };
    let as_list = tonari.finding.map_as_list;
    let choose = Callback::new(move |code| finding.choose_prefecture(code));
    let focus = Callback::new(|id: String| {
        browser::document::focus(&id);
    });
    view! {
        <section class="tn-find__map" aria-labelledby="map-title" data-list=move || as_list.get().then_some("")>
            <h2 class="tn-visually-hidden" id="map-title">{say(Key::MapTitle)}</h2>
            <div class="tn-find__sea">
                <p class="tn-find__legend">
                    <span class="tn-find__swatch" aria-hidden="true"></span>
                    <span>{say(Key::MapLegend)} <br/> {say(Key::MapLegendDate)}</span>
                </p>
                <button type="button" class="tn-find__switch" data-testid="map-switch" on:click=move |_| as_list.update(|on| *on = !*on)>
                    {move || say(if as_list.get() { Key::MapAsMap } else { Key::MapAsList })}
                </button>
            </div>
            {move || if as_list.get() {
                view! { <Regions tiles=tiles() on_choose=choose/> }.into_any()
            } else {
                view! { <TileMap tiles=tiles() on_choose=choose on_focus=focus/> }.into_any()
            }}
        </section>
    }
}
