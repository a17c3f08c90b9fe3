//! What the server signs: asked for, and taken only when the signature is good over the exact bytes that arrived.

use thiserror::Error;

use crate::http::{self, Answer};
use crate::{BrowserError, signature};

/// Why what is in use stays in use.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RefreshFailure {
    /// No network, or no answer in time: try again later, say nothing.
    #[error("not reachable: {0}")]
    Unreachable(BrowserError),
    /// The bytes are not what the server signed, or this page knows no key.
    #[error("the signature does not fit")]
    BadSignature,
    /// Well signed but older than what is in use.
    #[error("number {offered} is older than {in_use}")]
    Older { offered: u32, in_use: u32 },
    /// Well signed but not readable: this app is older than the server's format.
    #[error("not something this version can read")]
    Unreadable,
}

/// A body that is what the server signed.
pub(crate) struct Signed {
    pub(crate) body: Vec<u8>,
    pub(crate) signature: String,
    pub(crate) etag: Option<String>,
}

/// Status and headers; the tag is of what this device has.
pub(crate) async fn ask(path: &str, etag: Option<&str>) -> Result<Answer, RefreshFailure> {
    let condition = etag.map(|etag| ("If-None-Match", etag));
    let answer = http::get(path, condition.as_slice()).await.map_err(RefreshFailure::Unreachable)?;
    match answer.response.status() {
        200 | 304 => Ok(answer),
        other => Err(RefreshFailure::Unreachable(BrowserError::Status(other))),
    }
}

/// `None`: this device has it.
pub(crate) async fn read(answer: Answer) -> Result<Option<Signed>, RefreshFailure> {
    if answer.response.status() == 304 {
        return Ok(None);
    }
    let signature = answer.header("Tonari-Signature").ok_or(RefreshFailure::BadSignature)?;
    let etag = answer.header("ETag");
    let body = answer.body().await.map_err(RefreshFailure::Unreachable)?;
    if !signature::is_good(&body, &signature).await {
        return Err(RefreshFailure::BadSignature);
    }
    Ok(Some(Signed { body, signature, etag }))
}
