//! What time it is, by the phone's own clock, which may be wrong by a year. Rules that depend on time belong to
//! `domain` and take it as an argument.

use js_sys::{Object, Reflect};

/// Milliseconds since 1970, UTC.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Now, as on the wire.
#[must_use]
pub fn now_text() -> String {
    js_sys::Date::new_0().to_iso_string().into()
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

/// Does something again and again, for the life of the page, and when she comes back to it: a sleeping phone's timers sleep.
pub fn every(interval_ms: u32, act: impl Fn() + Clone + 'static) {
    gloo_timers::callback::Interval::new(interval_ms, act.clone()).forget();
    let window = crate::window();
    for event in ["pageshow", "focus"] {
        let act = act.clone();
        gloo_events::EventListener::new(&window, event, move |_| act()).forget();
    }
}
