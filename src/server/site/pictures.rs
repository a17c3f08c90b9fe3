//! `/pictures/{sha}.jpg`, and `/pictures/{sha}-small.jpg`: pixels that never change under their name, until it is gone.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::api::ErrorCode;
use domain::content::PictureHash;

use super::encoding::unchanged;
use crate::error::ApiError;
use crate::headers::Openness;
use crate::router::App;
use crate::store::pictures::Size;

/// Opened by itself it is a page of its own, on which nothing may happen.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// # Errors
/// Nothing of this name, or as the store says.
pub async fn get(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (sha, size) = named(&name).ok_or(ErrorCode::NotFound)?;
    let bytes = app.pictures.store.bytes(sha.as_str().to_owned(), size).await?;
    let bytes = bytes.ok_or(ErrorCode::NotFound)?;
    let tag = format!("\"{}\"", name.trim_end_matches(".jpg"));
    let mut response = if unchanged(&headers, &tag) {
        (StatusCode::NOT_MODIFIED, Body::empty()).into_response()
    } else {
        ([(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"))], bytes).into_response()
    };
    let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits fit a header");
    response.headers_mut().insert(header::ETAG, tag);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    response.extensions_mut().insert(Openness::Under(HeaderValue::from_static(POLICY)));
    Ok(response)
}

fn named(name: &str) -> Option<(PictureHash, Size)> {
    let stem = name.strip_suffix(".jpg")?;
    match stem.strip_suffix("-small") {
        Some(sha) => Some((PictureHash::parse(sha)?, Size::Small)),
        None => Some((PictureHash::parse(stem)?, Size::Shown)),
    }
}
