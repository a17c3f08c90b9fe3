//! What other programs fetch again and again: calendars of events, a feed of texts, a map of the site.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use domain::api::ErrorCode;
use domain::calendar::{JstTime, to_rfc3339};
use domain::content::{Event, EventFilter, Item, ItemId, ShelfName};
use serde::Deserialize;

use super::asset::{Asset, CachePolicy};
use super::compress;
use super::reading::{path_of, sort_word};
use super::words::word;
use crate::error::ApiError;
use crate::ics::events::{About, Listed, calendar};
use crate::router::App;
use crate::service::library::Shelved;

/// Which events a calendar shows; none chosen are all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// JIS codes of prefectures or municipalities, separated by commas.
    area: Option<String>,
    /// Kinds, separated by commas.
    kind: Option<String>,
    /// Ids of associations, separated by commas.
    association: Option<String>,
}

/// `/events.ics`
pub async fn events(
    State(app): State<Arc<App>>,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Query(Wanted { area, kind, association }) = wanted.map_err(|_| ErrorCode::Malformed)?;
    let filter = EventFilter::parse(area.as_deref(), kind.as_deref(), association.as_deref());
    let filter = filter.ok_or(ErrorCode::Malformed)?;
    let shelved = app.library.shelf(ShelfName::Events).await?;
    let events = shelved.shelf.items.iter().filter_map(event_of).filter(|event| filter.lets_through(event));
    Ok(sent(&app, &shelved, events, &method, &headers))
}

/// `/events/{id}.ics`, and everything else below `/events/`, which is a page.
pub async fn event(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    method: Method,
    uri: axum::http::Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Some(id) = name.strip_suffix(".ics").and_then(ItemId::parse) else {
        return Ok(super::pages::serve(State(app), method, uri, headers).await);
    };
    let shelved = app.library.shelf(ShelfName::Events).await?;
    match shelved.shelf.item(id.as_str()).and_then(event_of) {
        Some(event) => Ok(sent(&app, &shelved, std::iter::once(event), &method, &headers)),
        None => Err(ErrorCode::NotFound.into()),
    }
}

fn event_of(item: &Item) -> Option<&Event> {
    match item {
        Item::Event(event) => Some(event),
        Item::Story(_) | Item::Case(_) | Item::Guide(_) | Item::Notice(_) => None,
    }
}

fn sent<'a>(
    app: &App,
    shelved: &Shelved,
    events: impl Iterator<Item = &'a Event>,
    method: &Method,
    headers: &HeaderMap,
) -> Response {
    let listed: Vec<Listed<'_>> = events
        .map(|event| Listed {
            event,
            page: app.origin.page(&format!("/events/{}", event.head.id.as_str())),
            sort: sort_word(event.sort),
        })
        .collect();
    let name = format!("となり {}", word("read.title-events"));
    let about = About {
        name: &name,
        host: &app.origin.host,
        sequence: shelved.shelf.number,
        fictional: word("read.fictional"),
    };
    respond("events.ics", calendar(&about, &listed), method, headers)
}

/// `/feed.atom`: the newest texts, as RFC 4287 has it.
pub async fn atom(
    State(app): State<Arc<App>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    const NEWEST: usize = 50;
    let shelved = app.library.shelf(ShelfName::Stories).await?;
    let mut items: Vec<&Item> = shelved.shelf.items.iter().collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.head().published), item.head().id.clone()));
    items.truncate(NEWEST);
    let day = |item: &Item| to_rfc3339(JstTime { date: item.head().published, minute: 0 }.unix_seconds());
    let updated = items.first().map_or_else(|| to_rfc3339(0), |item| day(item));
    let own = app.origin.page("/feed.atom");
    let xml = maud::html! {
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja" {
            title { "となり " (word("read.title")) }
            id { (own) }
            link rel="self" href=(own) {}
            link rel="alternate" href=(app.origin.page("/read")) {}
            updated { (updated) }
            author { name { "となり" } }
            @for item in items {
                entry {
                    title { @if item.head().fictional { "【" (word("read.fictional")) "】" } (item.head().texts.ja.title) }
                    id { (app.origin.page(&path_of(item))) }
                    link rel="alternate" href=(app.origin.page(&path_of(item))) {}
                    updated { (day(item)) }
                    published { (day(item)) }
                    summary { (item.head().texts.ja.summary) }
                }
            }
        }
    };
    Ok(respond("feed.atom", declared(&xml.into_string()), &method, &headers))
}

/// `/sitemap.xml`: everything that can be read, but nothing invented.
pub async fn sitemap(
    State(app): State<Arc<App>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut pages: Vec<String> = ["/", "/read", "/events", "/about"].map(str::to_owned).into();
    let published = app.published();
    let associations = published.edition.associations.iter();
    pages.extend(associations.map(|one| format!("/associations/{}", one.id.as_str())));
    let now = app.library.now();
    for name in ShelfName::ALL {
        let shelved = app.library.shelf(name).await?;
        let real = shelved.shelf.items.iter().filter(|item| !item.head().fictional && item.is_current(now));
        pages.extend(real.map(path_of));
    }
    let xml = maud::html! {
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @for page in pages { url { loc { (app.origin.page(&page)) } } }
        }
    };
    Ok(respond("sitemap.xml", declared(&xml.into_string()), &method, &headers))
}

/// `/robots.txt`
pub async fn robots(State(app): State<Arc<App>>, method: Method, headers: HeaderMap) -> Response {
    let lines =
        format!("User-agent: *\nDisallow: /api/v1/bookings\nSitemap: {}\n", app.origin.page("/sitemap.xml"));
    respond("robots.txt", lines, &method, &headers)
}

fn declared(xml: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}\n")
}

fn respond(name: &str, body: String, method: &Method, headers: &HeaderMap) -> Response {
    let mut asset = Asset::new(name, body.into_bytes(), CachePolicy::Revalidate);
    compress::quickly(&mut asset);
    asset.respond(method, headers).into_response()
}
