//! `GET /api/v1/teams/{team}/slots`: what a team offers, and the key to close a request with.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use domain::api::{ErrorCode, Offer, Problem};
use domain::association::AssociationId;
use domain::calendar::Date;
use domain::slot::Kind;
use serde::Deserialize;

use super::segment::Segment;
use crate::error::ApiError;
use crate::router::App;
use crate::site::asset::{Asset, CachePolicy};

/// As asked; all may be missing.
#[derive(Debug, Deserialize)]
pub struct Asked {
    from: Option<String>,
    to: Option<String>,
    kind: Option<String>,
}

/// What a team offers
///
/// Days are Japan's. Without `from` it is today, without `to` the thirty days after; more than 62 days are refused.
#[utoipa::path(
    get,
    path = "/api/v1/teams/{team}/slots",
    params(
        ("team" = String, Path, description = "An association's id", example = "shimane"),
        ("from" = Option<String>, Query, description = "First day, like 2026-12-01", example = "2026-12-01"),
        ("to" = Option<String>, Query, description = "Last day, included", example = "2026-12-31"),
        ("kind" = Option<Kind>, Query, description = "Only this kind"),
        ("If-None-Match" = Option<String>, Header, description = "The tag of the answer the client has"),
    ),
    responses(
        (status = 200, description = "As of now", body = Offer),
        (status = 304, description = "As the client has it"),
        (status = 400, description = "A day or kind that is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No bookings here", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Busy", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(app): State<Arc<App>>,
    Segment(team): Segment,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|_| ErrorCode::Malformed)?;
    let day = |text: Option<String>| match text {
        Some(text) => Date::parse(&text).map(Some).ok_or(ErrorCode::Malformed),
        None => Ok(None),
    };
    let kind = match asked.kind {
        Some(code) => Some(Kind::parse(&code).ok_or(ErrorCode::Malformed)?),
        None => None,
    };
    let days = (day(asked.from)?, day(asked.to)?);
    let offer = app.bookings.offer(AssociationId(team), days, kind).await?;
    let body = serde_json::to_vec(&offer).expect("an offer is plain JSON");
    Ok(Asset::new("slots.json", body, CachePolicy::Revalidate).respond(&method, &headers))
}
