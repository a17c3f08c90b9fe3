//! `GET /api/v1/stories`, `/events`, `/notices`: what is read, whole shelves, signed. Whole, because what somebody reads is
//! nobody's business: a phone fetches all and chooses by itself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;
use domain::api::{EDITION_HEADER, KEEP_UNTIL_HEADER, Problem, SIGNATURE_HEADER};
use domain::calendar::to_rfc3339;
use domain::content::{Shelf, ShelfName};

use crate::error::ApiError;
use crate::router::App;

/// Two weeks. A phone that does not come back for longer loses what it kept: what was withdrawn meanwhile with it.
const KEPT_FOR: i64 = 14 * 86_400;

/// One operation for each shelf: they differ in their address and their words only.
macro_rules! shelf {
    ($operation:ident, $path:literal, $name:expr, $summary:literal) => {
        #[doc = $summary]
        ///
        /// The body is byte for byte what was signed, whatever its encoding on the way. What has ended by its date is not in
        /// it; what ends by the hour is, and says when.
        #[utoipa::path(
            get,
            path = $path,
            params(("If-None-Match" = Option<String>, Header, description = "The tag of the shelf the client has")),
            responses(
                (
                    status = 200,
                    description = "The shelf as it is now",
                    body = Shelf,
                    headers(
                        ("ETag" = String, description = "Changes with the shelf, the day and the encoding"),
                        ("Tonari-Edition" = u32, description = "The shelf's number; refuse one lower than you have"),
                        ("Tonari-Signature" = String, description = "As for the directory"),
                        ("Tonari-Keep-Until" = String, description = "Until then a device may keep it, RFC 3339"),
                    )
                ),
                (status = 304, description = "The client has it; the headers are those of a 200"),
                (status = 503, description = "Gave up", body = Problem, content_type = "application/problem+json"),
            )
        )]
        pub async fn $operation(
            State(app): State<Arc<App>>,
            method: Method,
            headers: HeaderMap,
        ) -> Result<Response, ApiError> {
            send(&app, $name, &method, &headers).await
        }
    };
}

shelf!(stories, "/api/v1/stories", ShelfName::Stories, "Stories, cases and guides");
shelf!(events, "/api/v1/events", ShelfName::Events, "Events that have not ended");
shelf!(notices, "/api/v1/notices", ShelfName::Notices, "Notices for an area and a time");

async fn send(
    app: &App,
    name: ShelfName,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let shelved = app.library.shelf(name).await?;
    let mut response = shelved.body.respond(method, headers);
    let out = response.headers_mut();
    out.insert(HeaderName::from_static(EDITION_HEADER), HeaderValue::from(shelved.shelf.number));
    out.insert(HeaderName::from_static(SIGNATURE_HEADER), shelved.signature.clone());
    let until = to_rfc3339(app.library.now() + KEPT_FOR);
    out.insert(
        HeaderName::from_static(KEEP_UNTIL_HEADER),
        HeaderValue::from_str(&until).expect("a date is a header"),
    );
    Ok(response)
}
