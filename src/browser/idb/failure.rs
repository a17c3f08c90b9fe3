//! From the errors of indexed_db_futures, which are JS objects, to ours, which are decisions.

use indexed_db_futures::error::{Error, OpenDbError};
use wasm_bindgen::JsValue;

use crate::BrowserError;

pub(super) fn from_request(error: Error) -> BrowserError {
    match error {
        Error::DomException(exception) => BrowserError::from(JsValue::from(exception)),
        // Exceptions of the healing frame's realm arrive here: they are not `instanceof` our own `DOMException`.
        Error::Unknown(thrown) => BrowserError::from(JsValue::from(thrown)),
        // An abort nobody asked for is what a dying connection looks like from inside. The crate's own words are not
        // used: formatting them would bring the printing of floats into the bundle.
        Error::MissingData(_) => BrowserError::Lost,
        Error::Serialisation(_) => BrowserError::Unexpected,
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
