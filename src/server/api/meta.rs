//! `GET /api/v1/meta`: what runs here and what is still accepted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};

use domain::api::{META, Meta};

use crate::router::App;

/// What runs here and what is still accepted
///
/// Never from a cache: this is how a bad build is taken back.
#[utoipa::path(get, path = META, responses((status = 200, description = "As of now", body = Meta)))]
pub async fn get(State(app): State<Arc<App>>) -> ([(HeaderName, &'static str); 1], Json<Meta>) {
    let meta = Meta {
        version: app.site.version().to_owned(),
        min_version: app.min_version.clone(),
        edition: app.directory.newest().await.edition.number,
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(meta))
}
