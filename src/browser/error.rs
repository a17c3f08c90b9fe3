//! One error for everything the browser can refuse, named by what the caller does next.
//!
//! JS exceptions and `indexed_db_futures::Error` are neither `Send` nor `Sync`; they end here. Which browser said what
//! is kept as a short name for the console, never shown to a person.

use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BrowserError {
    /// This browser, or this kind of window, does not have it: go on without.
    #[error("not available here")]
    Unavailable,
    /// No answer within the limit: offer to try again.
    #[error("no answer in time")]
    TimedOut,
    /// The person or the browser said no: do not ask again by yourself.
    #[error("refused")]
    Refused,
    /// The device has no room: say so and keep what is there.
    #[error("no room on this device")]
    Full,
    /// A newer Tonari has already changed the store: ask for an update, delete nothing.
    #[error("a newer version owns the data")]
    Newer,
    /// The connection to the device's storage died: heal, then repeat.
    #[error("lost the connection to storage ({0})")]
    Lost(String),
    /// The network is not there, or broke off.
    #[error("network: {0}")]
    Network(String),
    /// The server answered, but not with what was asked for.
    #[error("status {0}")]
    Status(u16),
    /// Anything else: a defect of ours or a browser nobody has met.
    #[error("{0}")]
    Unexpected(String),
}

impl BrowserError {
    /// From the `name` of a `DOMException`, which is all that survives translation between browsers.
    pub(crate) fn from_name(name: &str, message: &str) -> Self {
        match name {
            "QuotaExceededError" => Self::Full,
            "NotAllowedError" | "SecurityError" => Self::Refused,
            "NotSupportedError" => Self::Unavailable,
            "VersionError" => Self::Newer,
            "TimeoutError" => Self::TimedOut,
            // WebKit and Chromium name a dead storage connection in at least these ways.
            "UnknownError" | "InvalidStateError" | "AbortError" | "NotFoundError" => {
                Self::Lost(name.to_owned())
            }
            _ => Self::Unexpected(format!("{name}: {message}")),
        }
    }
}

impl From<JsValue> for BrowserError {
    fn from(thrown: JsValue) -> Self {
        // Not `instanceof`: a healed database throws exceptions of the other realm.
        let text =
            |key: &str| js_sys::Reflect::get(&thrown, &key.into()).ok().and_then(|found| found.as_string());
        match text("name") {
            Some(name) => Self::from_name(&name, &text("message").unwrap_or_default()),
            None => Self::Unexpected(thrown.unchecked_into::<js_sys::Object>().to_string().into()),
        }
    }
}
