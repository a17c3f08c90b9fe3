//! Her reading list: on this device only.

use domain::content::{Item, ItemId, ShelfName};
use ui::component::{Tone, notice};
use ui::i18n::{Key, say};
use ui::node::{Content, El, el};

use super::card::card;
use super::doors::doors;
use super::{packs, title};
use crate::read::routes::ReadRoute;
use crate::read::state::Reading;

pub fn later(reading: Reading) -> Content {
    let keys = move || {
        let mut kept: Vec<(ItemId, f64)> = reading.marks.all.with(|marks| {
            marks.iter().filter_map(|mark| Some((mark.item.clone(), mark.kept_at_ms?))).collect()
        });
        kept.sort_by(|a, b| b.1.total_cmp(&a.1));
        let now = reading.now.get();
        reading.shelves.stories.with(|standing| {
            let there = |(id, _): (ItemId, f64)| {
                standing.item(id.as_str()).filter(|item| item.is_current(now)).map(|_| id)
            };
            kept.into_iter().filter_map(there).collect::<Vec<_>>()
        })
    };
    let one = move |id: &ItemId| -> El {
        let made = |item: &Item| card(reading, item, None, &[], "");
        let made = reading.shelves.stories.peek(|standing| standing.item(id.as_str()).map(made));
        made.unwrap_or_else(|| el("div"))
    };
    let empty = move || {
        keys().is_empty().then(|| {
            el("p").class("tn-saved__empty").set("data-testid", "later-empty").put(say(Key::ReadLaterEmpty))
        })
    };
    let unsaved =
        move || reading.marks.unsaved.get().then(|| notice(Tone::Warning, say(Key::StorageMemoryOnly)));
    Content::Many(vec![
        title(say(Key::ReadTitleLater)).into(),
        doors(&ReadRoute::Later).into(),
        el("div").put_live(unsaved).into(),
        packs::limited(reading, ShelfName::Stories).into(),
        el("div").class("tn-saved tn-reading__list").set("data-testid", "later").put_each(keys, one).into(),
        el("div").put_live(empty).into(),
    ])
}
