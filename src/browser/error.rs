//! One error for everything the browser can refuse, named by what the caller does next.
//!
//! JS exceptions are neither `Send` nor `Sync`; they end here. What exactly a browser
//! said helps nobody but a developer: where no variant fits, it goes to the console once, and is not carried along.

use thiserror::Error;
use wasm_bindgen::JsValue;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
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
    #[error("lost the connection to storage")]
    Lost,
    /// The network is not there, or broke off.
    #[error("no network")]
    Network,
    /// The server answered, but not with what was asked for.
    #[error("status {0}")]
    Status(u16),
    /// Anything else: a defect of ours or a browser nobody has met. The console has its words.
    #[error("unexpected")]
    Unexpected,
}

impl From<JsValue> for BrowserError {
    fn from(thrown: JsValue) -> Self {
        match name(&thrown).as_deref() {
            Some("QuotaExceededError") => Self::Full,
            Some("NotAllowedError" | "SecurityError") => Self::Refused,
            Some("NotSupportedError") => Self::Unavailable,
            Some("VersionError") => Self::Newer,
            Some("TimeoutError") => Self::TimedOut,
            // WebKit and Chromium name a dead storage connection in at least these ways.
            Some("UnknownError" | "InvalidStateError" | "AbortError" | "NotFoundError") => Self::Lost,
            Some(_) | None => {
                web_sys::console::warn_1(&thrown);
                Self::Unexpected
            }
        }
    }
}

/// The `name` of an exception, by which browsers agree. Not `instanceof`: a mended database throws exceptions of the
/// other realm.
pub(crate) fn name(thrown: &JsValue) -> Option<String> {
    js_sys::Reflect::get(thrown, &"name".into()).ok()?.as_string()
}
