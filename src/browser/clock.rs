//! What time it is, by the phone's own clock, which may be wrong by a year. Rules that depend on time belong to
//! `domain` and take it as an argument.

use js_sys::{Object, Reflect};

/// Milliseconds since 1970, UTC.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A moment as the device writes day and time: 11月24日 9:12, by its own zone, because it answers "when did I".
#[must_use]
pub fn date_time(ms: f64, language: &str) -> String {
    let options = Object::new();
    for (part, form) in [("month", "long"), ("day", "numeric"), ("hour", "numeric"), ("minute", "2-digit")] {
        Reflect::set(&options, &part.into(), &form.into()).expect("a fresh object takes properties");
    }
    let date = js_sys::Date::new(&ms.into());
    date.to_locale_string(language, &options).into()
}
