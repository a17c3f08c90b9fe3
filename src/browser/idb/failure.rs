//! From the errors of indexed_db_futures, which are JS objects, to ours, which are decisions.

use indexed_db_futures::error::{Error, OpenDbError, UnexpectedDataError};
use wasm_bindgen::JsValue;

use crate::BrowserError;

pub(super) fn from_request(error: Error) -> BrowserError {
    match error {
        Error::DomException(exception) => BrowserError::from(JsValue::from(exception)),
        // Exceptions of the healing frame's realm arrive here: they are not `instanceof` our own `DOMException`.
        Error::Unknown(thrown) => BrowserError::from(JsValue::from(thrown)),
        // An abort nobody asked for is what a dying connection looks like from inside.
        Error::MissingData(UnexpectedDataError::TransactionAborted) => {
            BrowserError::Lost("AbortError".to_owned())
        }
        Error::MissingData(other) => BrowserError::Lost(other.to_string()),
        Error::Serialisation(other) => BrowserError::Unexpected(other.to_string()),
    }
}

pub(super) fn from_open(error: OpenDbError) -> BrowserError {
    match error {
        OpenDbError::NullFactory | OpenDbError::UnsupportedEnvironment => BrowserError::Unavailable,
        // Our version is never zero: this is how 0.6.4 reports whatever `open` threw, such as a SecurityError.
        OpenDbError::VersionZero => BrowserError::Refused,
        OpenDbError::Base(base) => from_request(base),
    }
}
