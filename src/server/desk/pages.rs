//! The desk's pages and the files they are built of, below `/desk/`. One page for texts, reports and plans and one for every other address;
//! from there they find their way by themselves.

use std::collections::BTreeMap;
use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::api::desk::Fault;

use super::DeskError;
use crate::headers::Openness;
use crate::router::App;
use crate::service::staff::passkeys::is_loopback;
use crate::site::asset::{Asset, CachePolicy};
use crate::site::{SiteError, bundle, compress};
use crate::telemetry::Label;

const PAGE: &str = "/desk.html";
const TEXTS: &str = "/texts.html";

/// A build of the desk.
pub struct Files {
    page: Asset,
    texts: Asset,
    /// By path below `/desk`.
    files: BTreeMap<String, Asset>,
}

impl Files {
    /// `None` where nothing was built. Compressed forms are kept in `cache`.
    ///
    /// # Errors
    /// A build that cannot be read, or has no page.
    pub fn load(folder: &Path, cache: &Path) -> Result<Option<Self>, SiteError> {
        if !folder.is_dir() {
            return Ok(None);
        }
        let mut built = bundle::read(folder)?;
        let page = built.remove(PAGE).ok_or(SiteError::Missing("desk.html"))?;
        let texts = built.remove(TEXTS).ok_or(SiteError::Missing("texts.html"))?;
        let mut page = Asset::new(PAGE, page, CachePolicy::Revalidate);
        let mut texts = Asset::new(TEXTS, texts, CachePolicy::Revalidate);
        let assets = built.into_iter().map(|(path, bytes)| {
            let asset = Asset::new(&path, bytes, CachePolicy::of(&path));
            (path, asset)
        });
        let mut files: BTreeMap<String, Asset> = assets.collect();
        compress::all(files.values_mut().chain([&mut page, &mut texts]), cache);
        Ok(Some(Self { page, texts, files }))
    }
}

/// Whether the address is the desk's.
#[must_use]
pub fn is_desk(path: &str) -> bool {
    path == "/desk" || path.starts_with("/desk/")
}

#[must_use]
pub fn serve(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    let path = uri.path().strip_prefix("/desk").unwrap_or_default();
    let (label, mut response) = if path == "/api" || path.starts_with("/api/") {
        ("api", DeskError::from(Fault::NotFound).into_response())
    } else if ![Method::GET, Method::HEAD].contains(method) {
        ("refused", refuse())
    } else {
        found(app, path, method, uri, headers)
    };
    response.extensions_mut().insert(Label(label));
    response.extensions_mut().insert(Openness::Desk);
    response
}

fn found(app: &App, path: &str, method: &Method, uri: &Uri, headers: &HeaderMap) -> (&'static str, Response) {
    // Where nobody could sign in, a page would only pretend.
    let Some(desk) = app.desk.as_ref().filter(|_| app.way_in.is_some()) else {
        return ("missing", plain(StatusCode::NOT_FOUND, "not found\n"));
    };
    if path.contains('.') {
        return match desk.files.get(path) {
            Some(asset) => ("file", asset.respond(method, headers)),
            None => ("missing", plain(StatusCode::NOT_FOUND, "not found\n")),
        };
    }
    if let Some(host) = by_number(app, headers) {
        return ("page", elsewhere(&format!("http://localhost{}{uri}", port(host))));
    }
    match path {
        // Relative addresses of the page begin below it.
        "" => ("page", elsewhere("/desk/")),
        "/texts" | "/reports" | "/found" => ("page", desk.texts.respond(method, headers)),
        path if path.starts_with("/texts/") => ("page", desk.texts.respond(method, headers)),
        _ => ("page", desk.page.respond(method, headers)),
    }
}

/// Browsers have no passkeys for an address of digits; this machine has a name beside it.
fn by_number<'h>(app: &App, headers: &'h HeaderMap) -> Option<&'h str> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let name = host.strip_suffix(port(host)).unwrap_or(host);
    (!app.https && name != "localhost" && is_loopback(name)).then_some(host)
}

/// With its colon.
fn port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
            &host[name.len()..]
        }
        _ => "",
    }
}

fn elsewhere(to: &str) -> Response {
    let mut response = plain(StatusCode::TEMPORARY_REDIRECT, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn refuse() -> Response {
    let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn a_port_is_what_stands_behind_the_last_colon_outside_of_brackets() {
        for (host, expected) in
            [("127.0.0.1:8080", ":8080"), ("127.0.0.1", ""), ("[::1]:80", ":80"), ("[::1]", ""), ("a:", "")]
        {
            assert_eq!(port(host), expected, "{host}");
        }
    }
}
