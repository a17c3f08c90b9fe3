//! `GET /api/openapi.json`: the API described by itself (OpenAPI 3.1), so that it cannot disagree with what runs.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::{HeaderName, header};
use utoipa::OpenApi;

/// Path of the description.
pub const OPENAPI: &str = "/api/openapi.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tonari",
        description = "The signed directory of the 51 credit guarantee associations and their women’s teams. No request \
                       takes a place, a position or a distance: the phone works those out alone."
    ),
    paths(super::associations::get, super::meta::get, super::health::alive, super::health::ready)
)]
struct Description;

static JSON: LazyLock<Bytes> =
    LazyLock::new(|| Description::openapi().to_json().expect("the description is plain JSON").into());

pub async fn get() -> ([(HeaderName, &'static str); 2], Bytes) {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], JSON.clone())
}
