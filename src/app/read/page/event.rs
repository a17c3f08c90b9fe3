//! One event: when, where, until when to ask, and into the calendar with it.

use crate::state::routing::Address;
use domain::content::{Event, Item, ItemId, ShelfName};
use ui::component::{IconName, badge, button, icon, outside, rich_text};
use ui::format;
use ui::i18n::{Key, ruby, say, say_with};
use ui::node::{Content, El, el};

use super::events::{event_of, place, when};
use super::sources::sources;
use super::topics::sort_key;
use super::{actions, fictional, japanese_only, paragraph, picture, spoken, title, without};
use crate::read::routes::ReadRoute;
use crate::read::state::Reading;

pub fn event(reading: Reading, id: ItemId) -> El {
    el("div").put_live(move || {
        let now = reading.now.get();
        reading.shelves.events.with(|standing| {
            match standing.item(id.as_str()).filter(|item| item.is_current(now)) {
                Some(item) => {
                    event_of(item).map(|event| whole(reading, item, event, now)).unwrap_or_default()
                }
                None if standing.may_lack(id.as_str()) => Content::Many(vec![
                    title(say(Key::ReadTitleEvents)).into(),
                    without(reading, ShelfName::Events, standing),
                ]),
                None => Content::Many(vec![
                    title(say(Key::NotFoundTitle)).into(),
                    paragraph(say(Key::EventOver)).set("data-testid", "gone").into(),
                    back().into(),
                ]),
            }
        })
    })
}

fn back() -> El {
    let link = el("a").class("tn-back__link").set("href", &ReadRoute::Events.href());
    el("p").class("tn-back").put(link.put(icon(IconName::Back)).put(say(Key::EventBack)))
}

fn whole(reading: Reading, item: &Item, event: &Event, now: i64) -> Content {
    let (text, lang) = spoken(&event.head.texts);
    let badges =
        el("p").class("tn-page__badges").put(badge("plain", say(sort_key(event.sort)))).put(fictional(item));
    let body = el("article")
        .class("tn-reading__whole")
        .set("data-testid", "event")
        .put(badges)
        .put(title(ruby(text.title.clone())).set("lang", lang))
        .put(el("p").class("tn-reading__lead").set("lang", lang).put(ruby(text.summary.clone())))
        .put(picture(&event.head))
        .put(japanese_only(&event.head.texts))
        .put(rows(event, now))
        .put(buttons(reading, event))
        .put(rich_text(&text.body).set("lang", lang))
        .put(sources(&event.head));
    Content::Many(vec![back().into(), body.into()])
}

fn rows(event: &Event, now: i64) -> El {
    let address = event.place.as_ref().map(|place| {
        el("span").class("tn-card__address").set("lang", "ja").put(
            el("a")
                .set("href", &format::map_search(&place.address))
                .set("rel", "noopener noreferrer external")
                .put(place.address.clone()),
        )
    });
    let where_ = Content::Many(vec![place(event), address.into()]);
    let people = event.capacity.map(|n| say_with(Key::EventPeople, &[("n", &n.to_string())]));
    let deadline = event
        .deadline
        .map(|at| if at <= now { say(Key::EventClosed) } else { format::day_and_clock(at).into() });
    let mut list = el("dl").class("tn-facts");
    for (key, value) in [
        (Key::EventWhen, Some(when(event).into())),
        (Key::EventWhere, Some(where_)),
        (Key::EventDeadline, deadline),
        (Key::EventCapacity, people),
        (Key::EventCost, event.cost.clone().map(Content::from)),
    ] {
        if let Some(value) = value {
            let row = el("div").class("tn-fact");
            list = list.put(
                row.put(el("dt").class("tn-fact__label").put(say(key)))
                    .put(el("dd").class("tn-fact__value").put(value)),
            );
        }
    }
    list
}

fn buttons(reading: Reading, event: &Event) -> El {
    let id = event.head.id.clone();
    let calendar = el("a")
        .class("tn-button")
        .set("data-kind", "primary")
        .set("data-testid", "add")
        .set("href", &["/events/", id.as_str(), ".ics"].concat())
        .put(say(Key::EventAdd));
    let link = event
        .link
        .as_ref()
        .map(|link| outside(link, say(Key::EventLink)).class("tn-button").set("data-kind", "line"));
    let name = event.head.texts.ja.title.clone();
    let share = button("line", say(Key::ReadShare), move || {
        reading.device.share_page(&name, &ReadRoute::Event(id.clone()).href());
    })
    .set("data-testid", "share");
    actions(calendar).put(link).put(share)
}
