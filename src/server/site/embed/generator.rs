//! The page that writes what an association puts on its site. A form with GET and nothing else: it works without a script,
//! and an address is a choice that can be mailed to the colleague who looks after the site. The script asks for the same page
//! and shows its parts, so a snippet is composed in one place, [`snippet`].

mod choice;
mod fallback;
mod page;
mod plugin;
pub mod snippet;
mod words;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::api::ErrorCode;
use sha2::{Digest, Sha256};

use super::file;
use crate::error::ApiError;
use crate::router::App;
use choice::Choice;
use snippet::Snippet;
use words::Words;

/// Our own script and frame, and a form that asks this page. It is no one's frame itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// `GET /embed/generator`
pub async fn show(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let published = app.published();
    let Some(choice) = Choice::of(uri.query().unwrap_or_default(), &published.edition) else {
        return ApiError::from(ErrorCode::NotFound).into_response();
    };
    let origin = app.origin.page("");
    let snippet = Snippet { origin: &origin, choice: &choice, loader: app.site.loader() };
    let html = page::page(&app, &snippet, Words::of(choice.in_english)).into_string();
    file::page(html, POLICY, &method, &headers)
}

/// `GET /embed/generator/page`: the page to try it with, to look at here.
pub async fn test_page(
    State(app): State<Arc<App>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let published = app.published();
    let Some(choice) = Choice::of(uri.query().unwrap_or_default(), &published.edition) else {
        return ApiError::from(ErrorCode::NotFound).into_response();
    };
    let origin = app.origin.page("");
    let snippet = Snippet { origin: &origin, choice: &choice, loader: None };
    file::page(page::test_page(&snippet), &test_policy(&snippet), &method, &headers)
}

/// `GET /embed/generator/file`: the same, to keep.
pub async fn test_file(app: State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let mut response = test_page(app, method, uri, headers).await;
    file::keep(&mut response, "attachment; filename=\"tonari-test.html\"");
    response
}

/// It has to be looked at word for word as it stands on other sites, so the style in it is let through by its hash.
fn test_policy(snippet: &Snippet<'_>) -> String {
    let origin = snippet.origin;
    let hash = |style: String| STANDARD.encode(Sha256::digest(style));
    let style = match (snippet.style(), snippet.rule()) {
        (Some(attribute), _) => format!("'unsafe-hashes' 'sha256-{}'", hash(attribute)),
        (None, Some(rule)) => format!("'sha256-{}'", hash(rule)),
        (None, None) => "'none'".to_owned(),
    };
    format!(
        "default-src 'none'; script-src 'self' {origin}; frame-src 'self' {origin}; style-src {style}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    )
}
