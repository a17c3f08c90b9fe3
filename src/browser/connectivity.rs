//! Whether the phone believes it has a network. `true` promises nothing (a captive portal, a tunnel); `false` is
//! reliable. Nothing may be decided by this alone, except what to say.

use gloo_events::EventListener;

#[must_use]
pub fn is_online() -> bool {
    crate::window().navigator().on_line()
}

/// Calls back with every change, for the life of the page.
pub fn watch(changed: impl Fn(bool) + Clone + 'static) {
    let window = crate::window();
    let lost = changed.clone();
    EventListener::new(&window, "online", move |_| changed(true)).forget();
    EventListener::new(&window, "offline", move |_| lost(false)).forget();
}
