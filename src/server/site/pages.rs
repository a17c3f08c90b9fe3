//! Files, and the app's own addresses: all of them get the one page, which finds its way by itself.
//!
//! An unknown address gets the page too, but says 404, so that nobody links to it and no cache keeps it. A missing
//! *file* never gets the page: HTML where a script was expected is how a service worker dies.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use domain::api::ErrorCode;
use domain::association::AssociationId;
use domain::directory::Edition;

use crate::desk;
use crate::error::ApiError;
use crate::headers::Openness;
use crate::router::App;
use crate::site::associations;
use crate::site::framed;
use crate::site::reading::{self, Screen};
use crate::telemetry::Label;

/// What an address means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Api,
    /// One of the app's own addresses.
    Page,
    /// The page of one association.
    Association,
    /// One of the entry for booking.
    Book,
    /// Perhaps a file of the build; if not, nothing.
    File,
}

/// The app's own addresses that hold no name of anything.
pub const SCREENS: [&str; 5] = ["/", "/find", "/saved", "/device", "/about"];

pub async fn serve(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if desk::pages::is_desk(path) {
        return desk::pages::serve(&app, &method, &uri, &headers);
    }
    if let Some(screen) = Screen::of(path.strip_suffix('/').unwrap_or(path))
        && [Method::GET, Method::HEAD].contains(&method)
        && let Some(mut response) = reading::serve(&app, screen, path, &method, &headers).await
    {
        response.extensions_mut().insert(Label("page"));
        return response;
    }
    if [Method::GET, Method::HEAD].contains(&method)
        && let Some(mut response) =
            framed::serve(&app, path, uri.query().unwrap_or_default(), &method, &headers).await
    {
        response.extensions_mut().insert(Label("frame"));
        return response;
    }
    // Whoever reads a team's page reads what its desk published a moment ago.
    let published =
        if path.starts_with("/associations/") { app.directory.newest().await } else { app.published() };
    let (label, mut response) = match target(path, &published.edition) {
        Target::Api => ("api", ApiError::from(ErrorCode::NotFound).into_response()),
        _ if method != Method::GET && method != Method::HEAD => ("refused", refuse()),
        Target::Page => ("page", app.site.index.respond(&method, &headers)),
        Target::Association => ("page", associations::serve(&app, path, &method, &headers)),
        // Without that entry in the build, the first one says that there is nothing here.
        Target::Book => match &app.site.book {
            Some(book) => ("page", book.respond(&method, &headers)),
            None => ("missing", app.site.index.respond_as(StatusCode::NOT_FOUND, &method, &headers)),
        },
        Target::File => match app.site.files.get(path) {
            Some(asset) => ("file", file(asset.respond(&method, &headers), path)),
            None if is_navigation(path, &headers) => {
                ("missing", app.site.index.respond_as(StatusCode::NOT_FOUND, &method, &headers))
            }
            None => ("missing", missing(&method)),
        },
    };
    response.extensions_mut().insert(Label(label));
    response
}

fn target(path: &str, edition: &Edition) -> Target {
    if path == "/api" || path.starts_with("/api/") {
        return Target::Api;
    }
    let path = path.strip_suffix('/').unwrap_or(path);
    let association = |id: &str| edition.association(&AssociationId(id.to_owned()));
    match path {
        "" | "/index.html" => return Target::Page,
        screen if SCREENS.contains(&screen) => return Target::Page,
        "/bookings" => return Target::Book,
        _ => {}
    }
    if let Some(id) = path.strip_prefix("/associations/") {
        return if association(id).is_some() { Target::Association } else { Target::File };
    }
    if let Some(id) = path.strip_prefix("/book/") {
        return if association(id).is_some_and(|a| a.team.is_some()) { Target::Book } else { Target::File };
    }
    // Whose booking it is, is the app's affair.
    let of_one = path.strip_prefix("/bookings/").is_some_and(|one| !one.contains(['/', '.']));
    if of_one { Target::Book } else { Target::File }
}

/// Frames may be strangers to their own server. A page is no part of one.
fn file(mut response: Response, path: &str) -> Response {
    if !path.ends_with(".html") {
        response.extensions_mut().insert(Openness::Shared);
    }
    response
}

/// A person following a link, not a page loading a part of itself.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    !name.contains('.') && accept.contains("text/html")
}

fn missing(method: &Method) -> Response {
    const WORDS: &str = "not found\n";
    let mut response = plain(StatusCode::NOT_FOUND, if method == Method::HEAD { "" } else { WORDS });
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(WORDS.len()));
    response
}

fn refuse() -> Response {
    let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

fn plain(status: StatusCode, body: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
