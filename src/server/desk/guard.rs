//! Middleware before every handler of the desk: whether the request comes from our own page, who sends it, and whether her
//! role reaches so far. Nothing of what is asked for has been looked up before that.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::api::desk::Fault;
use domain::staff::Needs;

use super::routes::Takes;
use super::{DeskError, cookie};
use crate::router::App;
use crate::service::staff::Seen;

pub type Guard = (Arc<App>, Needs, Takes, Seen);

pub async fn authorise(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = match let_in(&guard, request).await {
        Ok(request) => next.run(request).await,
        Err(refused) => refused.into_response(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn let_in((app, needs, takes, seen): &Guard, mut request: Request) -> Result<Request, DeskError> {
    let changes = ![Method::GET, Method::HEAD].contains(request.method());
    if changes && !(is_kind(*takes, request.headers()) && is_ours(app, request.headers())) {
        tracing::warn!("a change was sent that is not from our own page");
        return Err(Fault::Forbidden.into());
    }
    if *needs == Needs::Nothing {
        return Ok(request);
    }
    let token = cookie::token(request.headers(), app.https).ok_or(Fault::SignedOut)?;
    let session = app.staff.session(token, *seen).await?.ok_or(Fault::SignedOut)?;
    if !session.member.role.may(*needs) {
        let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        tracing::warn!(member = session.member.id, route, "her role does not reach so far");
        return Err(Fault::Forbidden.into());
    }
    request.extensions_mut().insert(session);
    Ok(request)
}

/// What no form of another page can say.
fn is_kind(takes: Takes, headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    let kinds: &[&str] = match takes {
        Takes::Json => &["application/json"],
        Takes::Picture => &["image/jpeg", "image/png", "image/webp"],
    };
    kinds.iter().any(|one| kind.trim().eq_ignore_ascii_case(one))
}

/// By what the browser says of the page, or of its origin where it says nothing else.
fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) if app.https => origin == app.origin.page(""),
        // On this machine, under whichever of its names.
        (None, Some(origin)) => said("host").is_some_and(|host| origin == format!("http://{host}")),
        (None, None) => false,
    }
}
