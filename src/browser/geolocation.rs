//! One position, once. It stays on the device: the value goes to `domain` and into no request.

use domain::geo::LatLon;
use js_sys::{Function, Promise, Reflect};
use thiserror::Error;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::PositionOptions;

use crate::time_limit::within;

const LIMIT_MS: u32 = 10_000;
/// The permission question has no time limit of its own, and she may read it for a while; after this we stop waiting.
const QUESTION_LIMIT_MS: u32 = 60_000;

/// Where the phone says it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    pub at: LatLon,
    /// Radius in metres the phone vouches for.
    pub accuracy_m: f64,
}

/// Why there is no position; each asks for another sentence and another way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoPosition {
    /// She, or the browser for her, said no. Asking again shows nothing.
    #[error("denied")]
    Denied,
    /// The device has no idea: indoors, or switched off.
    #[error("unavailable")]
    Unavailable,
    #[error("no answer in time")]
    TimedOut,
    /// No such API, or an insecure page.
    #[error("not supported")]
    Unsupported,
}

/// Asks the phone where it is, with the browser's own permission question.
pub async fn current() -> Result<Located, NoPosition> {
    let navigator = crate::window().navigator();
    if !crate::has(&navigator, "geolocation") {
        return Err(NoPosition::Unsupported);
    }
    let source = navigator.geolocation().map_err(|_| NoPosition::Unsupported)?;
    let options = PositionOptions::new();
    options.set_timeout(LIMIT_MS);
    // A prefecture needs no satellite: the coarse position comes at once and spares the battery.
    options.set_enable_high_accuracy(false);
    options.set_maximum_age(60_000);
    let asked = Promise::new(&mut |found: Function, failed: Function| {
        let failed_at_once = failed.clone();
        if source
            .get_current_position_with_error_callback_and_options(&found, Some(&failed), &options)
            .is_err()
        {
            // The promise is pending here, so `call1` can only succeed.
            let _ = failed_at_once.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    match within(QUESTION_LIMIT_MS, JsFuture::from(asked)).await {
        Ok(Ok(position)) => read(&position).ok_or(NoPosition::Unavailable),
        Ok(Err(refusal)) => Err(reason(&refusal)),
        Err(_) => Err(NoPosition::TimedOut),
    }
}

fn read(position: &JsValue) -> Option<Located> {
    let coordinates = Reflect::get(position, &"coords".into()).ok()?;
    let number = |key: &str| Reflect::get(&coordinates, &key.into()).ok()?.as_f64();
    let at = LatLon { lat: number("latitude")?, lon: number("longitude")? };
    Some(Located { at, accuracy_m: number("accuracy").unwrap_or(f64::INFINITY) })
}

/// Codes of `GeolocationPositionError`.
fn reason(refusal: &JsValue) -> NoPosition {
    let code = Reflect::get(refusal, &"code".into()).ok().and_then(|code| code.as_f64());
    match code.map(|code| code as u8) {
        Some(1) => NoPosition::Denied,
        Some(3) => NoPosition::TimedOut,
        Some(_) => NoPosition::Unavailable,
        None => NoPosition::Unsupported,
    }
}
