//! Looks at the connection when she comes back to the page, before she can write anything: a phone may have ended
//! the storage process meanwhile, and browsers do not tell (`close` is not fired).

use gloo_events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;

use super::migrations::Store;
use super::{connection, read_one};

/// For the life of the page.
pub(super) fn watch() {
    let window = crate::window();
    if let Some(document) = window.document() {
        let seen = document.clone();
        EventListener::new(&document, "visibilitychange", move |_| {
            if seen.visibility_state() == VisibilityState::Visible {
                spawn_local(look());
            }
        })
        .forget();
    }
    // Back from the back/forward cache; Safari fires no visibilitychange then.
    EventListener::new(&window, "pageshow", |_| spawn_local(look())).forget();
}

async fn look() {
    connection::retry().await;
    if connection::is_open() {
        // Reading mends what it finds broken; the record itself does not matter.
        let _ = read_one(Store::Saved, "").await;
    }
}
