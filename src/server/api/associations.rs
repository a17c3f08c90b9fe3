//! `GET /api/v1/associations`: the signed edition of the directory.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;

use domain::api::{EDITION_HEADER, SIGNATURE_HEADER};

use crate::router::App;

/// The body is byte for byte what was signed, whatever its encoding on the way; so the signature of a 304 still
/// belongs to the body the phone has.
pub async fn get(State(app): State<Arc<App>>, method: Method, headers: HeaderMap) -> Response {
    let published = &app.published;
    let mut response = published.body.respond(&method, &headers);
    let out = response.headers_mut();
    out.insert(HeaderName::from_static(EDITION_HEADER), HeaderValue::from(published.edition.number));
    out.insert(HeaderName::from_static(SIGNATURE_HEADER), published.signature.clone());
    response
}
