//! Stories, cases, guides, events and notices as plain HTML, inside the page of the entry for reading: read before the wasm
//! is there, without JavaScript, on paper and by search engines. The app then takes the place of the same words.

mod draw;
mod head;
pub mod text;

pub use draw::sort_word;
pub(crate) use head::{data, path_of, shared};

use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::content::{Item, ShelfName};
use maud::Markup;

use super::asset::{Asset, CachePolicy};
use super::frame::Frame;
use crate::error::ApiError;
use crate::router::App;
use crate::service::library::Shelved;

/// An address of the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen<'a> {
    Articles,
    Events,
    /// Her list is on her device; the page has only its heading.
    Later,
    /// One item of a shelf.
    One(ShelfName, &'a str),
}

impl<'a> Screen<'a> {
    #[must_use]
    pub fn of(path: &'a str) -> Option<Self> {
        let one =
            |folder: &str| path.strip_prefix(folder).filter(|id| !id.is_empty() && !id.contains(['/', '.']));
        Some(match path {
            "/read" => Self::Articles,
            "/events" => Self::Events,
            "/reading-list" => Self::Later,
            _ => one("/read/")
                .map(|id| Self::One(ShelfName::Stories, id))
                .or_else(|| one("/events/").map(|id| Self::One(ShelfName::Events, id)))
                .or_else(|| one("/notices/").map(|id| Self::One(ShelfName::Notices, id)))?,
        })
    }

    const fn shelf(self) -> ShelfName {
        match self {
            Self::Articles | Self::Later => ShelfName::Stories,
            Self::Events => ShelfName::Events,
            Self::One(name, _) => name,
        }
    }
}

/// `None`: the build has no such page.
pub async fn serve(
    app: &App,
    screen: Screen<'_>,
    path: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Option<Response> {
    let frame = app.site.read.as_ref()?;
    let shelved = match app.library.shelf(screen.shelf()).await {
        Ok(shelved) => shelved,
        Err(failure) => return Some(ApiError::from(failure).into_response()),
    };
    let now = app.library.now();
    if let Screen::One(_, id) = screen
        && shelved.shelf.item(id).is_none_or(|item| !item.is_current(now))
    {
        return Some(missing(frame, &shelved, id, method, headers));
    }
    // Texts end by the day, everything else by the minute.
    let stands_for =
        if screen.shelf() == ShelfName::Stories { shelved.day.days() } else { now.div_euclid(60) };
    let stamp = (shelved.shelf.number, stands_for);
    let asset = app.pages.kept(path, stamp).unwrap_or_else(|| {
        let (head, content) = drawn(app, screen, &shelved, now);
        app.pages.keep(path, stamp, frame.fill(head, content))
    });
    Some(asset.respond(method, headers))
}

fn drawn(app: &App, screen: Screen<'_>, shelved: &Shelved, now: i64) -> (Markup, Markup) {
    let published = app.published();
    let edition = &published.edition;
    let current = || shelved.shelf.items.iter().filter(|item| item.is_current(now));
    match screen {
        Screen::Articles => (head::list(app, "/read", "read.title"), draw::articles(current(), edition)),
        Screen::Events => (head::list(app, "/events", "read.title-events"), draw::events(current())),
        Screen::Later => (head::list(app, "/reading-list", "read.title-later"), draw::later()),
        Screen::One(_, id) => match shelved.shelf.item(id) {
            Some(item @ (Item::Story(article) | Item::Case(article) | Item::Guide(article))) => {
                (head::article(app, item, article), draw::article(item, article, edition))
            }
            Some(item @ Item::Event(event)) => (head::event(app, event), draw::event(item, event, now)),
            Some(item @ Item::Notice(notice)) => (head::notice(app, notice), draw::notice(item, notice)),
            None => (head::nothing(), draw::gone(id)),
        },
    }
}

/// What was withdrawn or is over is gone; what never was is not found. Both say where to go on.
fn missing(frame: &Frame, shelved: &Shelved, id: &str, method: &Method, headers: &HeaderMap) -> Response {
    let was_there = shelved.shelf.item(id).is_some()
        || shelved.withdrawn.iter().any(|withdrawn| withdrawn.as_str() == id);
    let status = if was_there { StatusCode::GONE } else { StatusCode::NOT_FOUND };
    let page = frame.fill(head::nothing(), draw::gone(id));
    Asset::new("/read.html", page, CachePolicy::Revalidate).respond_as(status, method, headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_app() {
        for (path, screen) in [
            ("/read", Some(Screen::Articles)),
            ("/read/a-case", Some(Screen::One(ShelfName::Stories, "a-case"))),
            ("/events/a", Some(Screen::One(ShelfName::Events, "a"))),
            ("/notices/a", Some(Screen::One(ShelfName::Notices, "a"))),
            ("/events.ics", None),
            ("/events/a.ics", None),
            ("/read/", None),
            ("/read/a/b", None),
        ] {
            assert_eq!(Screen::of(path), screen, "{path}");
        }
    }
}
