//! What the API says when it cannot answer: RFC 9457 with a closed code, never a sentence of ours.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

use domain::api::{ErrorCode, Problem};

/// Longer than any answer from memory takes; a bound all the same, so that a stuck one cannot hold its connection.
const REQUEST_LIMIT: Duration = Duration::from_secs(15);

/// A failed API request.
#[derive(Clone, Copy, Debug)]
pub struct ApiError(pub ErrorCode);

impl ApiError {
    fn status(self) -> StatusCode {
        match self.0 {
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ErrorCode::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
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
            code: self.0,
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// The router's answer to a known path with a wrong method; the router itself adds `Allow`.
pub async fn method_not_allowed(_: Method) -> ApiError {
    ApiError(ErrorCode::MethodNotAllowed)
}

/// Middleware: gives up on a request after [`REQUEST_LIMIT`].
pub async fn limit_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError(ErrorCode::TimedOut).into_response(),
    }
}
