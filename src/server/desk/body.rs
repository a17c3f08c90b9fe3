//! What a request brings, taken apart: in the words of the desk where it cannot be, and not of a library.

use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::api::desk::Fault;
use serde::de::DeserializeOwned;

use super::DeskError;

/// The body. That it says to be JSON was seen before (`guard`).
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = DeskError;

    async fn from_request(request: Request, state: &S) -> Result<Self, DeskError> {
        let Raw(body) = Raw::from_request(request, state).await?;
        Ok(Self(serde_json::from_slice(&body).map_err(|_| Fault::Malformed)?))
    }
}

/// The body as it came: a file of hers.
pub struct Raw(pub axum::body::Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = DeskError;

    async fn from_request(request: Request, state: &S) -> Result<Self, DeskError> {
        let body = axum::body::Bytes::from_request(request, state).await;
        let body = body.map_err(|refused: BytesRejection| match refused.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
            _ => Fault::Malformed,
        })?;
        Ok(Self(body))
    }
}

/// A part of the path that names something. One that is no text names nothing.
pub struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, DeskError> {
        let Path(text) = Path::from_request_parts(parts, state).await.map_err(|_| Fault::NotFound)?;
        Ok(Self(text))
    }
}

/// The same, of something that has a number.
pub struct Number(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = DeskError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, DeskError> {
        let Path(number) = Path::from_request_parts(parts, state).await.map_err(|_| Fault::NotFound)?;
        Ok(Self(number))
    }
}
