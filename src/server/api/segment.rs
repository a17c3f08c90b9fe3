//! A part of a path that names something. One that is no text names nothing, so it is answered like any other unknown name,
//! in the words of the API and not of a library.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::api::ErrorCode;

use crate::error::ApiError;

pub struct Segment(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(text) = Path::from_request_parts(parts, state).await.map_err(|_| ErrorCode::NotFound)?;
        Ok(Self(text))
    }
}
