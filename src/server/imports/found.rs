//! What a calendar or a feed told, on its way to an item that can be published. The item is read by the domain's own
//! reader in the end, so nothing is published from here that `tonari publish` would refuse.

use std::collections::BTreeSet;

use domain::calendar::JstTime;
use domain::content::{File, Item};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::where_it_is::{Places, Where};
use super::{DAYS_AHEAD, Import, Left, MOST_EVENTS, Unreadable, Why, Wish, words};
use crate::site::manifest::hex;

/// Everything that was in one file.
#[derive(Debug, Default)]
pub struct Found {
    /// What the calendar calls itself.
    pub name: Option<String>,
    pub events: Vec<One>,
    pub left_out: Vec<Left>,
}

/// As another program told of it.
#[derive(Clone, Debug, Default)]
pub struct One {
    /// The same whenever this event is read again.
    pub key: String,
    pub title: String,
    pub text: String,
    /// Unix seconds.
    pub starts: Option<i64>,
    pub ends: Option<i64>,
    pub place: String,
    pub link: Option<String>,
    /// Its times are those of a clock that nobody here knows.
    pub foreign_clock: bool,
}

/// What a person has to complete before it can be published.
#[derive(Debug)]
pub struct Draft {
    /// As docs/CONTENT.md describes an event, without what is missing.
    pub item: Value,
    pub lacks: Vec<Lack>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    #[error("a title")]
    Title,
    #[error("when it starts and ends: a feed has only the day of the announcement")]
    Times,
    #[error("when it ends")]
    End,
    #[error("its times by the clock of Japan: they are those of a time zone not known here")]
    Clock,
    #[error("a place with its municipality, or that it is online")]
    Place,
    #[error("a form that can be published: {0}")]
    Form(String),
}

impl Found {
    /// # Errors
    /// Where there was nothing at all.
    pub fn sort_out(&mut self, wish: &Wish, places: &Places) -> Result<Import, Unreadable> {
        if self.events.is_empty() && self.left_out.is_empty() && self.name.is_none() {
            return Err(Unreadable::Broken);
        }
        let mut import = Import { left_out: std::mem::take(&mut self.left_out), ..Import::default() };
        let mut keys = BTreeSet::new();
        for (at, one) in self.events.drain(..).enumerate() {
            let why = if at >= MOST_EVENTS { Some(Why::TooMany) } else { one.why_not(wish.now) };
            let twice = !keys.insert(one.key.clone());
            match why.or(twice.then_some(Why::Twice)) {
                Some(why) => import.left_out.push(Left { title: words::line(&one.title, 60), why }),
                None => one.into_import(wish, self.name.as_deref(), places, &mut import),
            }
        }
        import.events.sort_by_key(|item| if let Item::Event(event) = item { event.starts } else { 0 });
        Ok(import)
    }
}

impl One {
    fn why_not(&self, now: i64) -> Option<Why> {
        let starts = self.starts?;
        let over = self.ends.unwrap_or(starts).max(starts) <= now;
        let far = starts > now + DAYS_AHEAD * 86_400;
        over.then_some(Why::Past).or(far.then_some(Why::FarAway))
    }

    fn into_import(self, wish: &Wish, calendar: Option<&str>, places: &Places, import: &mut Import) {
        let place = places.of(&self.place);
        let mut lacks = self.lacks(&place);
        let item = self.item(wish, calendar, &place);
        if lacks.is_empty() {
            let file = json!({ "items": [item] }).to_string();
            match File::read(file.as_bytes()) {
                Ok(file) => return import.events.extend(file.items),
                Err(wrong) => lacks.push(Lack::Form(wrong.to_string())),
            }
        }
        import.drafts.push(Draft { item, lacks });
    }

    fn lacks(&self, place: &Where) -> Vec<Lack> {
        let ends = self.ends.filter(|ends| self.starts.is_some_and(|starts| *ends / 60 > starts / 60));
        let lacks = [
            (words::line(&self.title, 60).is_empty(), Lack::Title),
            (self.starts.is_none(), Lack::Times),
            (self.starts.is_some() && ends.is_none(), Lack::End),
            (self.foreign_clock, Lack::Clock),
            (place.municipality.is_none() && !place.online, Lack::Place),
        ];
        lacks.into_iter().filter(|(is, _)| *is).map(|(_, lack)| lack).collect()
    }

    fn item(&self, wish: &Wish, calendar: Option<&str>, place: &Where) -> Value {
        let title = words::line(&self.title, 60);
        let text = if self.text.trim().is_empty() { &title } else { &self.text };
        let today = JstTime::from_unix_seconds(wish.now).date.to_text();
        let source = calendar.map(|name| words::line(name, 200)).filter(|name| !name.is_empty());
        let mut item = json!({
            "kind": "event",
            "id": self.id(wish),
            "association": wish.association.as_str(),
            "ja": { "title": title, "summary": words::beginning(text, 160), "body": words::body(text, 8_000) },
            "sources": [{
                "title": source.unwrap_or_else(|| wish.source.title.clone()),
                "url": self.link.as_ref().or(wish.source.url.as_ref()), "as_of": today,
            }],
            "published": today,
            "fictional": false,
            "sort": wish.sort.code(),
            "online": place.online,
        });
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                item[name] = value;
            }
        };
        let clock = |at: Option<i64>| at.filter(|_| !self.foreign_clock).map(|at| json!(on_the_clock(at)));
        put("starts", clock(self.starts));
        put("ends", clock(self.ends));
        put("link", self.link.as_ref().map(|link| json!(link)));
        put(
            "place",
            place.municipality.map(
                |code| json!({ "name": place.name, "address": place.address, "municipality": code.number() }),
            ),
        );
        if place.municipality.is_none() && !place.name.is_empty() && !place.online {
            put("place", Some(json!({ "name": place.name, "address": place.address })));
        }
        item
    }

    /// The same for the same event of the same association, whatever else changes, so that it is replaced and not doubled.
    fn id(&self, wish: &Wish) -> String {
        let mut hash = Sha256::new();
        hash.update(wish.association.as_str());
        hash.update([0]);
        hash.update(&self.key);
        format!("{}-{}", wish.association.as_str(), hex(&hash.finalize()[..8]))
    }
}

fn on_the_clock(at: i64) -> String {
    let JstTime { date, minute } = JstTime::from_unix_seconds(at);
    format!("{}T{:02}:{:02}", date.to_text(), minute / 60, minute % 60)
}
