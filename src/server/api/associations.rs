//! `GET /api/v1/associations`: the signed edition of the directory.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;

use domain::api::{ASSOCIATIONS, BOOKABLE_HEADER, EDITION_HEADER, Problem, SIGNATURE_HEADER};
use domain::directory::Edition;

use crate::router::App;

/// The directory of all associations, signed
///
/// The body is byte for byte what was signed, whatever its encoding on the way; so the signature of a 304 still
/// belongs to the body the phone has.
#[utoipa::path(
    get,
    path = ASSOCIATIONS,
    params(("If-None-Match" = Option<String>, Header, description = "The tag of the edition the client has")),
    responses(
        (
            status = 200,
            description = "The current edition",
            body = Edition,
            headers(
                ("ETag" = String, description = "Changes with the edition and the encoding"),
                ("Tonari-Edition" = u32, description = "Number of the edition; refuse one lower than you have"),
                (
                    "Tonari-Signature" = String,
                    description = "base64url of r‖s: ECDSA P-256 with SHA-256 over the exact bytes of the body, \
                                   by the key in the first page's <meta name=\"tonari-edition-key\">"
                ),
                ("Tonari-Bookable" = String, description = "Ids of the teams that take bookings here, separated by spaces"),
            )
        ),
        (status = 304, description = "The client has it; the headers are those of a 200"),
        (status = 503, description = "Gave up", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(State(app): State<Arc<App>>, method: Method, headers: HeaderMap) -> Response {
    let published = app.directory.newest().await;
    let bookable = bookable(&app).await;
    let mut response = published.body.respond(&method, &headers);
    let out = response.headers_mut();
    out.insert(HeaderName::from_static(EDITION_HEADER), HeaderValue::from(published.edition.number));
    out.insert(HeaderName::from_static(SIGNATURE_HEADER), published.signature.clone());
    if let Some(bookable) = bookable {
        out.insert(HeaderName::from_static(BOOKABLE_HEADER), bookable);
    }
    response
}

/// `None` when the store cannot be asked: the directory does not depend on it.
async fn bookable(app: &App) -> Option<HeaderValue> {
    if !app.site.books() {
        return Some(HeaderValue::from_static(""));
    }
    let teams = app.bookings.store.bookable().await.ok()?;
    let ids: Vec<&str> = teams.iter().map(domain::association::AssociationId::as_str).collect();
    HeaderValue::from_str(&ids.join(" ")).ok()
}
