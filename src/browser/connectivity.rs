//! Whether the phone believes it has a network. `true` promises nothing (a captive portal, a tunnel); `false` is
//! reliable. Nothing may be decided by this alone, except what to say. `reaches_server` knows: it asks.

use domain::api::META;
use gloo_events::EventListener;

use crate::http;

#[must_use]
pub fn is_online() -> bool {
    crate::window().navigator().on_line()
}

/// Whether our own server answers, and not a hotel's login page in its place.
pub async fn reaches_server() -> bool {
    let Ok(answer) = http::get(META, &[]).await else { return false };
    answer.response.ok() && answer.body().await.is_ok_and(|body| domain::api::is_meta(&body))
}

/// Calls back with every change, for the life of the page.
pub fn watch(changed: impl Fn(bool) + Clone + 'static) {
    let window = crate::window();
    let lost = changed.clone();
    EventListener::new(&window, "online", move |_| changed(true)).forget();
    EventListener::new(&window, "offline", move |_| lost(false)).forget();
}
