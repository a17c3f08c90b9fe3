//! The service worker as the page sees it: register, notice a waiting version, hand over when she says so.
//!
//! The surprising rule: nothing here reloads by itself. A new version waits until the last tab is closed or until
//! `activate_waiting` is called, because a reload over a half-filled form is a loss of data.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache, VisibilityState,
};

use crate::{BrowserError, clock, http};

/// What can honestly be said about working without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No service workers here (in-app browsers, old WebViews, some private windows).
    Unsupported,
    /// The page was opened with `?nosw`: the worker was removed, everything comes from the network.
    Bypassed,
    /// The first installation has not finished.
    Installing,
    /// This version is complete on the device.
    Ready,
    /// A newer version is complete and waits.
    UpdateWaiting,
    /// The newest version could not be fetched or verified; what is installed goes on working.
    UpdateFailed,
    /// Nothing is installed and nothing could be.
    Failed,
}

const SCRIPT: &str = "/sw.js";
/// While a tab stays open it asks for a newer version at most this often.
const CHECK_EVERY_MS: f64 = 3_600_000.0;

type Tell = Rc<dyn Fn(Status)>;

thread_local! {
    static REGISTRATION: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
}

/// Registers `/sw.js` and reports every change of status, for the life of the page.
pub fn register(tell: impl Fn(Status) + 'static) {
    let tell: Tell = Rc::new(tell);
    let Some(container) = container() else {
        tell(Status::Unsupported);
        return;
    };
    if bypassed() {
        spawn_local(async move {
            unregister_all().await;
            tell(Status::Bypassed);
        });
        return;
    }
    spawn_local(async move {
        match start(&container).await {
            Ok(registration) => watch(&container, &registration, tell),
            Err(_) if container.controller().is_some() => tell(Status::UpdateFailed),
            Err(_) => tell(Status::Failed),
        }
    });
}

/// Lets the waiting version take over, then reloads this page once. Call it only when nothing she typed can be lost.
pub fn activate_waiting() {
    let waiting = REGISTRATION.with_borrow(|held| held.as_ref().and_then(ServiceWorkerRegistration::waiting));
    let (Some(waiting), Some(container)) = (waiting, container()) else { return };
    let reloaded = Cell::new(false);
    EventListener::new(&container, "controllerchange", move |_| {
        if !reloaded.replace(true) {
            // A page that cannot reload stays on the old version, which still works.
            let _ = crate::window().location().reload();
        }
    })
    .forget();
    tell_worker(&waiting, "activate");
}

/// Has the worker keep the entry for booking, too; it decides whether it may.
pub fn keep_booking() {
    tell_active("keep-booking");
}

/// The same for the entry for reading.
pub fn keep_reading() {
    tell_active("keep-reading");
}

/// Something waits in the outbox: where the browser can, the worker sends it when the network is back and no page is left.
pub(crate) fn send_later() {
    tell_active("send-later");
}

fn tell_active(word: &str) {
    if let Some(active) =
        REGISTRATION.with_borrow(|held| held.as_ref().and_then(ServiceWorkerRegistration::active))
    {
        tell_worker(&active, word);
    }
}

fn tell_worker(worker: &ServiceWorker, word: &str) {
    let message = Object::new();
    if Reflect::set(&message, &"type".into(), &word.into()).is_ok() {
        // A worker that is gone will be asked again by the next page.
        let _ = worker.post_message(&message);
    }
}

/// Has the worker look for a newer version; what comes of it is told as a status, `Ready` when there is none.
///
/// The worker and not this page: WebKit never ends an update whose page went away in the middle of it, and does
/// nothing that is asked for after it, for any page, until the browser is closed.
pub fn look_for_update() {
    tell_active("look");
}

/// Removes every worker of this origin; the caches are `storage`'s business.
pub(crate) async fn unregister_all() {
    let Some(container) = container() else { return };
    let Ok(all) = JsFuture::from(container.get_registrations()).await else { return };
    for registration in js_sys::Array::from(&all).iter() {
        if let Ok(done) = registration.unchecked_into::<ServiceWorkerRegistration>().unregister() {
            // One that cannot be unregistered must not keep the others.
            let _ = JsFuture::from(done).await;
        }
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = crate::window().navigator();
    crate::has(&navigator, "serviceWorker").then(|| navigator.service_worker())
}

fn bypassed() -> bool {
    let query = crate::window().location().search().unwrap_or_default();
    query.trim_start_matches('?').split('&').any(|part| part == "nosw" || part.starts_with("nosw="))
}

async fn start(container: &ServiceWorkerContainer) -> Result<ServiceWorkerRegistration, BrowserError> {
    let registration = match installed(container).await {
        Some(registration) => registration,
        None => install(container).await?,
    };
    REGISTRATION.set(Some(registration.clone()));
    Ok(registration)
}

/// What is on the device already. Registering it once more would stand in the browser's one queue for all pages.
async fn installed(container: &ServiceWorkerContainer) -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container.get_registration()).await.ok()?;
    let registration = found.dyn_into::<ServiceWorkerRegistration>().ok()?;
    let ours = |worker: ServiceWorker| worker.script_url().ends_with(SCRIPT);
    registration.active().is_some_and(ours).then_some(registration)
}

async fn install(container: &ServiceWorkerContainer) -> Result<ServiceWorkerRegistration, BrowserError> {
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container.register_with_options(SCRIPT, &options)).await?;
    Ok(registered.unchecked_into())
}

/// What the registration amounts to right now.
fn present(registration: &ServiceWorkerRegistration) -> Status {
    match (registration.active(), registration.waiting()) {
        (Some(_), Some(_)) => Status::UpdateWaiting,
        (Some(_), None) => Status::Ready,
        (None, _) => Status::Installing,
    }
}

fn watch(container: &ServiceWorkerContainer, registration: &ServiceWorkerRegistration, tell: Tell) {
    tell(present(registration));
    if let Some(installing) = registration.installing() {
        follow(&installing, registration, Rc::clone(&tell));
    }
    hear(container, registration, Rc::clone(&tell));
    look_now_and_then();
    let (found, again) = (registration.clone(), tell);
    EventListener::new(registration, "updatefound", move |_| {
        if let Some(installing) = found.installing() {
            follow(&installing, &found, Rc::clone(&again));
        }
    })
    .forget();
}

/// Looks for a newer version at every start, and in a tab that stays open when she comes back to it.
fn look_now_and_then() {
    look_for_update();
    let Some(document) = crate::window().document() else { return };
    let (last, seen) = (Cell::new(clock::now_ms()), document.clone());
    EventListener::new(&document, "visibilitychange", move |_| {
        let visible = seen.visibility_state() == VisibilityState::Visible;
        if visible && clock::now_ms() - last.get() > CHECK_EVERY_MS {
            last.set(clock::now_ms());
            look_for_update();
        }
    })
    .forget();
}

/// Hears what became of `look_for_update`.
fn hear(container: &ServiceWorkerContainer, registration: &ServiceWorkerRegistration, tell: Tell) {
    let registration = registration.clone();
    EventListener::new(container, "message", move |event| {
        let told = event.unchecked_ref::<MessageEvent>().data();
        match told.as_string().as_deref() {
            Some("newest") if registration.installing().is_none() => tell(present(&registration)),
            Some("unusable") => say_if_reachable(Rc::clone(&tell)),
            _ => {}
        }
    })
    .forget();
}

/// Says so when the server has no usable worker (B08): browsers keep the installed one and tell nobody. Without a network
/// looking for it fails in the same words; then the version on the device is simply the newest known.
fn say_if_reachable(tell: Tell) {
    spawn_local(async move {
        if http::get(SCRIPT, &[]).await.is_ok() {
            tell(Status::UpdateFailed);
        }
    });
}

/// Follows one worker from `installing` to its end.
fn follow(worker: &ServiceWorker, registration: &ServiceWorkerRegistration, tell: Tell) {
    let (watched, registration) = (worker.clone(), registration.clone());
    EventListener::new(worker, "statechange", move |_| {
        let replaces = registration.active().is_some_and(|active| active != watched);
        match watched.state() {
            ServiceWorkerState::Installed if replaces => tell(Status::UpdateWaiting),
            ServiceWorkerState::Activated => tell(Status::Ready),
            ServiceWorkerState::Redundant if replaces => tell(Status::UpdateFailed),
            ServiceWorkerState::Redundant => tell(Status::Failed),
            _ => {}
        }
    })
    .forget();
}
