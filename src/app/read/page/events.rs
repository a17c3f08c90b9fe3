//! Events of all associations, by date or by distance.

use crate::state::routing::Address;
use domain::calendar::JstTime;
use domain::content::{Event, Item, ItemId, ShelfName};
use domain::place::prefecture::Prefecture;
use ui::component::{Tone, badge, notice, segmented};
use ui::format;
use ui::i18n::{Key, Lang, language, ruby, say};
use ui::node::{Content, El, el};

use super::doors::doors;
use super::picking::picking;
use super::topics::sort_key;
use super::{fictional, packs, small, spoken, title, without};
use crate::read::routes::ReadRoute;
use crate::read::state::Reading;
use crate::read::state::nearness::Order;

/// All of them, for calendars.
const FEED: &str = "/events.ics";

pub fn events(reading: Reading) -> Content {
    let keys = move || {
        let now = reading.now.get();
        reading.shelves.events.with(|standing| {
            let events = standing.items().iter().filter(|item| item.is_current(now)).filter_map(event_of);
            let picked = reading.picked.get();
            let events = events.filter(|event| picked.lets_through(event));
            let mut listed: Vec<(Option<u64>, i64, ItemId)> = events
                .map(|event| {
                    let distance = reading.nearness.distance(event).map(|metres| metres.0.max(0.0) as u64);
                    (distance, event.starts, event.head.id.clone())
                })
                .collect();
            // Without a place, behind those that have one.
            listed.sort_by(|a, b| {
                (a.0.unwrap_or(u64::MAX), a.1, &a.2).cmp(&(b.0.unwrap_or(u64::MAX), b.1, &b.2))
            });
            listed.into_iter().map(|(distance, _, id)| (id, distance)).collect::<Vec<_>>()
        })
    };
    let none = move || {
        reading.shelves.events.with(|standing| match standing.items() {
            [] if standing.opened.is_none() => without(reading, ShelfName::Events, standing),
            _ if keys().is_empty() => {
                el("p").class("tn-saved__empty").set("data-testid", "none").put(say(Key::EventNone)).into()
            }
            _ => Content::Nothing,
        })
    };
    let list = el("div")
        .class("tn-saved tn-reading__list")
        .set("data-testid", "events")
        .put_each(keys, move |(id, distance): &(ItemId, Option<u64>)| card(reading, id, *distance));
    Content::Many(vec![
        title(say(Key::ReadTitleEvents)).into(),
        el("p").class("tn-find__lead").put(say(Key::EventLead)).into(),
        doors(&ReadRoute::Events).into(),
        order(reading).into(),
        picking(reading).into(),
        packs::limited(reading, ShelfName::Events).into(),
        list.into(),
        el("div").put_live(none).into(),
        subscribe(reading).into(),
    ])
}

pub fn event_of(item: &Item) -> Option<&Event> {
    match item {
        Item::Event(event) => Some(event),
        Item::Story(_) | Item::Case(_) | Item::Guide(_) | Item::Notice(_) => None,
    }
}

fn order(reading: Reading) -> El {
    let near = reading.nearness;
    let by_distance = ui::live::Live::new(near.order.peek(|order| *order != Order::ByDate));
    let ways = vec![(false, say(Key::EventSortDate)), (true, say(Key::EventSortNear))];
    let choose = move |wanted: bool| {
        by_distance.set(wanted);
        if wanted { near.by_distance() } else { near.by_date() }
    };
    let said = move || match near.order.get() {
        Order::ByDate | Order::From(_) => Content::Nothing,
        Order::Locating => el("p").class("tn-line").set("role", "status").put(say(Key::EventLocating)).into(),
        Order::Unknown => notice(Tone::Plain, say(Key::EventNoPosition)).into(),
    };
    el("div")
        .class("tn-reading__tools")
        .put(segmented("order", say(Key::ReadSortLabel), ways, by_distance, choose))
        .put_live(said)
}

fn card(reading: Reading, id: &ItemId, distance: Option<u64>) -> El {
    let made = |item: &Item| event_of(item).map(|event| shown(item, event, distance));
    reading
        .shelves
        .events
        .peek(|standing| standing.item(id.as_str()).and_then(made))
        .unwrap_or_else(|| el("div"))
}

/// The day as on a wall calendar, beside what takes place.
fn shown(item: &Item, event: &Event, distance: Option<u64>) -> El {
    let (text, lang) = spoken(&event.head.texts);
    let starts = JstTime::from_unix_seconds(event.starts);
    let day = el("p")
        .class("tn-event__day")
        .set("aria-hidden", "true")
        .put(el("span").class("tn-event__month").put(format::day_short(starts.date)))
        .put(el("span").class("tn-event__weekday").put(format::weekday(starts.date)));
    let route = ReadRoute::Event(event.head.id.clone());
    let link = el("a").class("tn-card__link").set("href", &route.href()).put(ruby(text.title.clone()));
    let badges =
        el("p").class("tn-card__badges").put(badge("plain", say(sort_key(event.sort)))).put(fictional(item));
    let far = distance.map(|metres| {
        let words = format::distance(domain::geo::Metres(metres as f64));
        el("span").class("tn-card__distance").put(words)
    });
    let words = el("div")
        .class("tn-event__words")
        .put(badges)
        .put(el("h2").class("tn-reading__title").set("lang", lang).put(link))
        .put(el("p").class("tn-event__when").put(when(event)))
        .put(el("p").class("tn-card__where").put(place(event)).put(far));
    el("article")
        .class("tn-card tn-event")
        .set("data-testid", "event-card")
        .set("data-item", event.head.id.as_str())
        .put(day)
        .put(words)
}

/// 「12月10日（木） 13:30–16:00」
pub fn when(event: &Event) -> String {
    let same_day =
        JstTime::from_unix_seconds(event.starts).date == JstTime::from_unix_seconds(event.ends).date;
    let end = if same_day { format::clock(event.ends) } else { format::day_and_clock(event.ends) };
    [&*format::day_and_clock(event.starts), "–", &end].concat()
}

/// 「松江市 · 会館」, or online.
pub fn place(event: &Event) -> Content {
    let Some(place) = &event.place else { return say(Key::EventOnline) };
    let prefecture = Prefecture::of(place.municipality.prefecture());
    let area = if language() == Lang::English { prefecture.romaji } else { prefecture.name };
    let name = el("span").set("lang", "ja").put([area, " · ", &place.name].concat());
    let online = event.online.then(|| el("span").class("tn-card__address").put(say(Key::EventAndOnline)));
    Content::Many(vec![name.into(), online.into()])
}

fn subscribe(reading: Reading) -> El {
    let link = el("a")
        .class("tn-button")
        .set("data-kind", "line")
        .live("href", move || Some(reading.picked.with(|picked| [FEED, &picked.query()].concat()).into()))
        .set("data-testid", "subscribe")
        .put(say(Key::EventSubscribe));
    el("div").class("tn-reading__foot").put(small(say(Key::EventSubscribeHow))).put(link)
}
