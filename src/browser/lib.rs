//! The one crate that touches IndexedDB, gloo and, but for a few events, web-sys; above it, only domain types and plain Rust.
//!
//! It knows nothing of leptos and holds no sentence for a person: callers get values and closed enums, `ui` has the
//! words. Every function that crosses a border (disk, network, position) has a time limit and a named outcome for it,
//! because on real phones each of those borders has been seen to hang for ever.
//!
//! Nothing here sends where she is or what she reads: the only requests are for the app's own files, for the directory and
//! whole shelves, and what she herself sends off.

pub mod bookings;
pub mod clock;
pub mod connectivity;
pub mod directory;
pub mod document;
pub mod drafts;
pub mod drainer;
pub mod environment;
pub mod error;
#[cfg(feature = "desk")]
pub mod files;
pub mod geolocation;
pub mod history;
pub mod host;
pub mod http;
pub mod id;
pub mod idb;
pub mod install;
#[cfg(feature = "desk")]
pub mod keys;
mod lapsing;
#[cfg(feature = "desk")]
pub mod live_line;
mod local;
pub mod notices;
#[cfg(debug_assertions)]
pub mod panic;
#[cfg(feature = "desk")]
pub mod passkey;
pub mod prefs;
mod proof;
pub mod service_worker;
pub mod share;
pub mod shelves;
pub mod sight;
mod signature;
mod signed;
pub mod slots;
pub mod storage;
mod subtle;
#[cfg(feature = "desk")]
pub mod tab;
mod time_limit;
pub mod turn;

pub use error::BrowserError;
pub use wasm_bindgen_futures::spawn_local;

/// The page this code runs in. There is always one: the crate is never started in a worker.
pub(crate) fn window() -> web_sys::Window {
    web_sys::window().expect("the app runs in a window")
}

/// True where `target` has the property at all and it is neither `undefined` nor `null`.
///
/// web-sys types promise that APIs exist; in-app browsers and private windows disagree. Ask before calling.
pub(crate) fn has(target: &wasm_bindgen::JsValue, property: &str) -> bool {
    js_sys::Reflect::get(target, &property.into())
        .is_ok_and(|found| !found.is_undefined() && !found.is_null())
}
