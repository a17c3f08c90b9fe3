//! `GET /metrics`, for who has the token. To everybody else there is no such address.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::api::{ErrorCode, Problem};
use sha2::{Digest, Sha256};

use crate::error::ApiError;
use crate::router::App;

const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Numbers about the server
#[utoipa::path(
    get,
    path = "/metrics",
    params(("Authorization" = Option<String>, Header, description = "Bearer and the token from the settings")),
    responses(
        (status = 200, description = "OpenMetrics", body = String, content_type = "application/openmetrics-text"),
        (status = 404, description = "No token is set, or not this one", body = Problem,
         content_type = "application/problem+json"),
        (status = 503, description = "Busy", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, ApiError> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer "));
    match (&app.metrics_token, given) {
        // Hashes, so that how long it takes says nothing about the token.
        (Some(token), Some(given)) if Sha256::digest(token) == Sha256::digest(given) => {}
        _ => return Err(ErrorCode::NotFound.into()),
    }
    let now = (app.bookings.clock)();
    let backlog = app.bookings.mails.backlog(now).await?;
    let headers = [(header::CONTENT_TYPE, TEXT), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, app.metrics.text(&backlog, now)).into_response())
}
