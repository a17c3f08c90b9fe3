//! The first screen asks one thing: where will you start your business?

use domain::place::prefecture::Prefecture;
use ui::component::{IconName, Tile, Tone, icon, notice, place_field, tile_map};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::choosing::choosing;
use super::notices::notices;
use super::regions::regions;
use crate::state::directory::has_team;
use crate::state::{Stage, Tonari};

pub fn find(tonari: Tonari) -> El {
    let finding = tonari.finding;
    let field = place_field(
        finding.field,
        move |text| finding.type_in(text),
        move |at| finding.choose_suggestion(at),
        move || finding.submit(),
    );
    let trouble = move || {
        finding
            .trouble
            .get()
            .map(|key| notice(Tone::Warning, el("span").set("data-testid", "trouble").put(say(key))))
    };
    el("div")
        .class("tn-find")
        .put(notices(tonari, None))
        .put(el("h1").class("tn-find__title").id("page-title").set("tabindex", "-1").put(say(Key::FindTitle)))
        .put(el("p").class("tn-find__lead").put(say(Key::FindLead)))
        .put(field)
        .put(here(tonari))
        .put_live(trouble)
        .put_live(move || match finding.stage.get() {
            Stage::Choosing(question) => choosing(tonari, &question),
            Stage::Asking | Stage::Answered(_) => map(tonari),
        })
}

/// 現在地から, and that the place stays here.
fn here(tonari: Tonari) -> El {
    let finding = tonari.finding;
    let word = move || say(if finding.locating.get() { Key::FindLocating } else { Key::FindHere });
    let button = el("button")
        .class("tn-find__here")
        .set("type", "button")
        .set("data-testid", "here")
        .set("aria-describedby", "here-note")
        .live("disabled", move || finding.locating.get().then_some("".into()))
        .put(icon(IconName::Target))
        .put_live(word)
        .on_click(move || finding.locate());
    el("div")
        .class("tn-find__row")
        .put(button)
        .put(el("span").class("tn-find__private").id("here-note").put(say(Key::FindPrivate)))
}

/// The tile map, or the same 47 as a list with large targets.
fn map(tonari: Tonari) -> El {
    let finding = tonari.finding;
    let as_list = finding.map_as_list;
    let switch = el("button")
        .class("tn-find__switch")
        .set("type", "button")
        .set("data-testid", "map-switch")
        .put_live(move || say(if as_list.get() { Key::MapAsMap } else { Key::MapAsList }))
        .on_click(move || as_list.set(!as_list.now()));
    let legend = el("p")
        .class("tn-find__legend")
        .put(el("span").class("tn-find__swatch").set("aria-hidden", "true"))
        .put(el("span").put(say(Key::MapLegend)).put(el("br")).put(say(Key::MapLegendDate)));
    el("section")
        .class("tn-find__map")
        .set("aria-labelledby", "map-title")
        .live("data-list", move || as_list.get().then_some("".into()))
        .put(el("h2").class("tn-visually-hidden").id("map-title").put(say(Key::MapTitle)))
        .put(el("div").class("tn-find__sea").put(legend).put(switch))
        .put_live(move || prefectures(tonari, as_list.get()))
}

fn prefectures(tonari: Tonari, as_list: bool) -> Content {
    let finding = tonari.finding;
    if !finding.rest_is_due.get() {
        return Content::Nothing;
    }
    let tiles: Vec<Tile> = tonari.directory.edition.with(|edition| {
        Prefecture::all()
            .iter()
            .map(|prefecture| Tile { prefecture, has_team: has_team(edition, prefecture.code) })
            .collect()
    });
    let choose = move |code| finding.choose_prefecture(code);
    if as_list {
        return regions(&tiles, choose);
    }
    tile_map(&tiles, finding.roving, choose, |id| {
        browser::document::focus(id);
    })
    .into()
}
