//! What the API says when it cannot answer: RFC 9457 with a closed code, never a sentence of ours.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

use domain::api::{Challenge, ErrorCode, FieldProblem, OfferedTime, Problem};
use serde::Serialize;

use crate::store::StoreError;

/// Longer than any answer from memory takes; a bound all the same, so that a stuck one cannot hold its connection.
const REQUEST_LIMIT: Duration = Duration::from_secs(15);
/// Ten megabytes of a picture over the line of a small office. Whoever sends one was let in before a byte of it is read.
const PICTURE_LIMIT: Duration = Duration::from_secs(120);

/// Seconds after which a busy database is worth another try.
pub const BUSY_FOR: u32 = 2;

/// A failed API request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    pub code: ErrorCode,
    pub fields: Vec<FieldProblem>,
    pub alternatives: Vec<OfferedTime>,
    /// Work to be done first.
    pub proof: Option<Box<Challenge>>,
    /// Seconds.
    pub retry_after: Option<u32>,
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self { code, fields: Vec::new(), alternatives: Vec::new(), proof: None, retry_after: None }
    }
}

impl From<StoreError> for ApiError {
    fn from(failure: StoreError) -> Self {
        match failure {
            StoreError::Busy => Self { retry_after: Some(BUSY_FOR), ..ErrorCode::Busy.into() },
            StoreError::Broken(_) => {
                // The text is the database's own; statements carry no values, so nobody's are in it.
                tracing::error!(%failure, "the store failed");
                ErrorCode::Internal.into()
            }
        }
    }
}

impl ApiError {
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.code {
            ErrorCode::Malformed | ErrorCode::KeyMissing | ErrorCode::KeyInvalid => StatusCode::BAD_REQUEST,
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ErrorCode::SlotTaken | ErrorCode::TooLate | ErrorCode::WrongState => StatusCode::CONFLICT,
            ErrorCode::TooOld => StatusCode::GONE,
            ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ErrorCode::KeyReused | ErrorCode::NotForUs | ErrorCode::Invalid => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            ErrorCode::TooManyRequests | ErrorCode::ProofNeeded => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::TimedOut | ErrorCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            code: self.code,
            fields: self.fields,
            alternatives: self.alternatives,
            proof: self.proof.map(|challenge| *challenge),
        };
        answer(status, &problem, self.retry_after)
    }
}

/// A problem as RFC 9457 sends it, the API's or the desk's; nobody keeps it.
#[must_use]
pub fn answer(status: StatusCode, problem: &impl Serialize, retry_after: Option<u32>) -> Response {
    let mut response = (status, Json(problem)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The router's answer to a known path with a wrong method; the router itself adds `Allow`.
pub async fn method_not_allowed(_: Method) -> ApiError {
    ErrorCode::MethodNotAllowed.into()
}

/// Middleware: gives up on a request after [`REQUEST_LIMIT`], and answers for a handler that panics, so that neither
/// takes its connection with it.
pub async fn contain(request: Request, next: Next) -> Response {
    let limit = if is_picture(&request) { PICTURE_LIMIT } else { REQUEST_LIMIT };
    let handler = tokio::spawn(next.run(request));
    let abort = handler.abort_handle();
    match tokio::time::timeout(limit, handler).await {
        Ok(Ok(response)) => response,
        Ok(Err(failure)) => {
            tracing::error!(panicked = failure.is_panic(), "a handler did not come to its end");
            ApiError::from(ErrorCode::Internal).into_response()
        }
        Err(_) => {
            abort.abort();
            ApiError::from(ErrorCode::TimedOut).into_response()
        }
    }
}

fn is_picture(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    kind.starts_with(b"image/") && request.uri().path().starts_with("/desk/api/texts/")
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn status(path: &str) -> StatusCode {
        let panics = || async { panic!("as a bug would") as StatusCode };
        let app = Router::new()
            .route("/well", get(|| async { StatusCode::OK }))
            .route("/panics", get(panics))
            .route("/stuck", get(std::future::pending::<StatusCode>))
            .layer(from_fn(contain));
        let request = Request::get(path).body(Body::empty()).unwrap();
        app.oneshot(request).await.unwrap().status()
    }

    #[tokio::test(start_paused = true)]
    async fn a_broken_or_stuck_handler_costs_its_own_request_only() {
        assert_eq!(status("/well").await, 200);
        assert_eq!(status("/panics").await, 500);
        assert_eq!(status("/stuck").await, 503);
    }
}
