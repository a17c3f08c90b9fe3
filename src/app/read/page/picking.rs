//! Which events she wants to see: kinds and prefectures, each of those that there are. The calendar she subscribes to has
//! the same.

use domain::content::{AreaCode, Choice, EventFilter, EventSort};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::events::event_of;
use super::topics::{sort_key, topic};
use crate::read::state::Reading;

/// One of what can be picked.
#[derive(Clone, Copy, PartialEq)]
enum Pick {
    Sort(EventSort),
    Area(AreaCode),
}

pub fn picking(reading: Reading) -> El {
    let count = move || {
        let picked = reading.picked.with(|picked| picked.sorts.len() + picked.areas.len());
        (picked > 0).then(|| el("span").class("tn-chip__count").put(picked.to_string()))
    };
    let group = move |legend: Key, picks: fn(Reading) -> Vec<Pick>| {
        let chips =
            el("div").class("tn-chips").put_each(move || picks(reading), move |pick| chip(reading, *pick));
        let group = el("fieldset").class("tn-filter__facet");
        group.put(el("legend").class("tn-checks__legend").put(say(legend))).put(chips)
    };
    el("details")
        .class("tn-filter")
        .put(el("summary").class("tn-filter__summary").put(say(Key::ReadFilter)).put(" ").put_live(count))
        .put(group(Key::ReadFacetGenre, sorts))
        .put(group(Key::ReadFacetArea, areas))
}

fn sorts(reading: Reading) -> Vec<Pick> {
    let mut there = Vec::new();
    each(reading, |event| there.push(event.sort));
    EventSort::ALL.iter().copied().filter(|sort| there.contains(sort)).map(Pick::Sort).collect()
}

fn areas(reading: Reading) -> Vec<Pick> {
    let mut there = Vec::new();
    each(reading, |event| there.extend(event.place.as_ref().map(|place| place.municipality.prefecture())));
    there.sort_unstable();
    there.dedup();
    there.into_iter().map(|code| Pick::Area(AreaCode::Prefecture(code))).collect()
}

fn each(reading: Reading, mut look: impl FnMut(&domain::content::Event)) {
    let now = reading.now.get();
    reading.shelves.events.with(|standing| {
        standing.items().iter().filter(|item| item.is_current(now)).filter_map(event_of).for_each(&mut look);
    });
}

fn chip(reading: Reading, pick: Pick) -> El {
    let picked = reading.picked;
    el("button")
        .class("tn-chip")
        .set("type", "button")
        .set("data-pick", &code(pick))
        .live("aria-pressed", move || {
            Some(if picked.with(|picked| has(picked, pick)) { "true" } else { "false" }.into())
        })
        .put(words(pick))
        .on_click(move || picked.update(|picked| toggle(picked, pick)))
}

fn words(pick: Pick) -> Content {
    match pick {
        Pick::Sort(sort) => say(sort_key(sort)),
        Pick::Area(area) => topic(Choice::Area(area.prefecture())),
    }
}

fn code(pick: Pick) -> String {
    match pick {
        Pick::Sort(sort) => sort.code().to_owned(),
        Pick::Area(area) => area.code().to_string(),
    }
}

fn has(picked: &EventFilter, pick: Pick) -> bool {
    match pick {
        Pick::Sort(sort) => picked.sorts.contains(&sort),
        Pick::Area(area) => picked.areas.contains(&area),
    }
}

fn toggle(picked: &mut EventFilter, pick: Pick) {
    match pick {
        Pick::Sort(sort) => flip(&mut picked.sorts, sort),
        Pick::Area(area) => flip(&mut picked.areas, area),
    }
}

fn flip<T: PartialEq>(list: &mut Vec<T>, one: T) {
    match list.iter().position(|there| *there == one) {
        Some(at) => drop(list.remove(at)),
        None => list.push(one),
    }
}
