//! What time it is, by the phone's own clock, which may be wrong by a year. Rules that depend on time belong to
//! `domain` and take it as an argument.

/// Milliseconds since 1970, UTC.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}
