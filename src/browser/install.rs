//! Put the app on the home screen where the browser lets us ask. iOS never does: there `ui` explains the way by hand.

use std::cell::RefCell;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

thread_local! {
    /// The browser's offer, kept for the moment she wants it.
    static OFFER: RefCell<Option<Event>> = const { RefCell::new(None) };
}

/// Starts listening for the browser's offer and reports whether `prompt` would work, for the life of the page.
pub fn watch(can_prompt: impl Fn(bool) + Clone + 'static) {
    let window = crate::window();
    // `public/early.js` may have caught an offer that came before wasm.
    if let Ok(early) = Reflect::get(&window, &"tonariInstallOffer".into())
        && early.is_object()
    {
        OFFER.set(Some(early.unchecked_into()));
        can_prompt(true);
    }
    let offered = can_prompt.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window, "beforeinstallprompt", options, move |event| {
        event.prevent_default();
        OFFER.set(Some(event.clone()));
        offered(true);
    })
    .forget();
    EventListener::new(&window, "appinstalled", move |_| {
        OFFER.set(None);
        can_prompt(false);
    })
    .forget();
}

/// Shows the browser's own dialogue; true when she accepted. An offer works once. Call it from a click.
pub async fn prompt() -> bool {
    let Some(offer) = OFFER.take() else { return false };
    let accepted = || async {
        let ask: Function = Reflect::get(&offer, &"prompt".into())?.dyn_into()?;
        ask.call0(&offer)?;
        let choice: Promise = Reflect::get(&offer, &"userChoice".into())?.dyn_into()?;
        let choice = JsFuture::from(choice).await?;
        Ok::<_, JsValue>(Reflect::get(&choice, &"outcome".into())?.as_string().as_deref() == Some("accepted"))
    };
    accepted().await.unwrap_or(false)
}
