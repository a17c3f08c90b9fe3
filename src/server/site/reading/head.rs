//! What a reading page says of itself to search engines and to whoever it is shared with: title, description, canonical
//! address, Open Graph, schema.org. What is invented is found by nobody who did not ask for the demonstration.

use domain::calendar::to_rfc3339;
use domain::content::{Article, Event, Head, Item, Notice};
use domain::place::prefecture::Prefecture;
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::super::words::word;
use crate::router::App;

const CONTEXT: &str = "https://schema.org";

pub fn list(app: &App, path: &str, title: &str) -> Markup {
    let is_hers = path == "/reading-list";
    let (title, summary) = (word(title), word(if path == "/events" { "event.lead" } else { "read.lead" }));
    html! {
        (shared(title, summary, &app.origin.page(path), "website"))
        @if is_hers { meta name="robots" content="noindex"; }
        @if path == "/read" { link rel="alternate" type="application/atom+xml" href="/feed.atom" title=(title); }
        @if path == "/events" { link rel="alternate" type="text/calendar" href="/events.ics" title=(title); }
    }
}

pub fn article(app: &App, item: &Item, article: &Article) -> Markup {
    let head = &article.head;
    let address = app.origin.page(&path_of(item));
    let mut about = base(head, &address, "Article");
    about["headline"] = head.texts.ja.title.as_str().into();
    about["datePublished"] = head.published.to_text().into();
    about["author"] = publisher(app, head);
    about["publisher"] = publisher(app, head);
    about["citation"] = head
        .sources
        .iter()
        .map(|cited| {
            let mut work = json!({ "@type": "CreativeWork", "name": cited.title });
            if let Some(url) = &cited.url {
                work["url"] = url.as_str().into();
            }
            work
        })
        .collect();
    one(head, &address, "article", &about)
}

pub fn event(app: &App, event: &Event) -> Markup {
    let head = &event.head;
    let address = app.origin.page(&format!("/events/{}", head.id.as_str()));
    let mut about = base(head, &address, "Event");
    about["name"] = head.texts.ja.title.as_str().into();
    about["startDate"] = to_rfc3339(event.starts).into();
    about["endDate"] = to_rfc3339(event.ends).into();
    about["eventStatus"] = "https://schema.org/EventScheduled".into();
    about["organizer"] = publisher(app, head);
    let online = json!({ "@type": "VirtualLocation", "url": event.link.as_deref().unwrap_or(&address) });
    let place = event.place.as_ref().map(|place| {
        let region = Prefecture::of(place.municipality.prefecture()).name;
        json!({ "@type": "Place", "name": place.name, "address": {
            "@type": "PostalAddress", "streetAddress": place.address, "addressRegion": region, "addressCountry": "JP"
        } })
    });
    let (mode, location) = match (place, event.online) {
        (Some(place), true) => ("MixedEventAttendanceMode", json!([place, online])),
        (Some(place), false) => ("OfflineEventAttendanceMode", place),
        (None, _) => ("OnlineEventAttendanceMode", online),
    };
    about["eventAttendanceMode"] = format!("https://schema.org/{mode}").into();
    about["location"] = location;
    if let Some(people) = event.capacity {
        about["maximumAttendeeCapacity"] = people.into();
    }
    one(head, &address, "website", &about)
}

pub fn notice(app: &App, notice: &Notice) -> Markup {
    let head = &notice.head;
    let address = app.origin.page(&format!("/notices/{}", head.id.as_str()));
    let mut about = base(head, &address, "SpecialAnnouncement");
    about["name"] = head.texts.ja.title.as_str().into();
    about["text"] = head.texts.ja.summary.as_str().into();
    about["datePosted"] = head.published.to_text().into();
    about["expires"] = to_rfc3339(notice.to).into();
    one(head, &address, "article", &about)
}

pub fn nothing() -> Markup {
    html! {
        title { "このページはありません | となり" }
        meta name="robots" content="noindex";
    }
}

/// Where an item is read.
pub fn path_of(item: &Item) -> String {
    let folder = match item {
        Item::Story(_) | Item::Case(_) | Item::Guide(_) => "read",
        Item::Event(_) => "events",
        Item::Notice(_) => "notices",
    };
    format!("/{folder}/{}", item.head().id.as_str())
}

fn one(head: &Head, address: &str, kind: &str, about: &Value) -> Markup {
    let text = &head.texts.ja;
    html! {
        (shared(&text.title, &text.summary, address, kind))
        @if head.fictional { meta name="robots" content="noindex"; }
        script type="application/ld+json" { (data(about)) }
    }
}

pub(crate) fn shared(title: &str, summary: &str, address: &str, kind: &str) -> Markup {
    html! {
        title { (title) " | となり" }
        meta name="description" content=(summary);
        link rel="canonical" href=(address);
        meta property="og:title" content=(title);
        meta property="og:description" content=(summary);
        meta property="og:type" content=(kind);
        meta property="og:url" content=(address);
        meta property="og:site_name" content="となり";
        meta property="og:locale" content="ja_JP";
    }
}

fn base(head: &Head, address: &str, kind: &str) -> Value {
    json!({
        "@context": CONTEXT, "@type": kind, "@id": address, "url": address, "inLanguage": "ja",
        "description": head.texts.ja.summary, "isAccessibleForFree": true,
    })
}

fn publisher(app: &App, head: &Head) -> Value {
    let published = app.published();
    let association = head.association.as_ref().and_then(|id| published.edition.association(id));
    match association {
        Some(one) => {
            json!({ "@type": "GovernmentOrganization", "name": one.name.value, "url": one.website.value })
        }
        None => json!({ "@type": "Organization", "name": "となり", "url": app.origin.page("/") }),
    }
}

/// In a script element nothing is escaped and `</script` ends it: no `<` may be there as such.
pub(crate) fn data(value: &Value) -> Markup {
    PreEscaped(value.to_string().replace('<', "\\u003c"))
}
