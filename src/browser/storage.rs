//! What this device promises to keep, and how to make it forget everything.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use crate::time_limit::within;
use crate::{BrowserError, idb, local, service_worker};

const LIMIT_MS: u32 = 3_000;

/// Bytes used and allowed, as far as the browser tells. Both are rounded by some browsers on purpose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub usage: f64,
    pub quota: f64,
}

/// Asks the browser not to evict us. Ask after the first save: only then the question makes sense to her.
pub async fn persist() -> bool {
    yes(manager().and_then(|manager| manager.persist().ok())).await
}

pub async fn persisted() -> bool {
    yes(manager().and_then(|manager| manager.persisted().ok())).await
}

pub async fn estimate() -> Option<Estimate> {
    let asked = manager()?.estimate().ok()?;
    let told = within(LIMIT_MS, JsFuture::from(asked)).await.ok()?.ok()?;
    let number = |key: &str| Reflect::get(&told, &key.into()).ok()?.as_f64();
    Some(Estimate { usage: number("usage")?, quota: number("quota")? })
}

/// Removes all that Tonari left on this device: database, caches, service worker, small keys.
///
/// Every part is tried even when another fails. The page must be left (not reloaded into itself) afterwards, or it
/// would install itself anew.
pub async fn erase_device() -> Result<(), BrowserError> {
    let database = idb::erase().await;
    let caches = within(LIMIT_MS, erase_caches()).await.and_then(|done| done);
    let worker = within(LIMIT_MS, service_worker::unregister_all()).await;
    local::clear();
    database.and(caches).and(worker)
}

async fn erase_caches() -> Result<(), BrowserError> {
    let window = crate::window();
    if !crate::has(&window, "caches") {
        return Ok(());
    }
    let caches = window.caches()?;
    for name in Array::from(&JsFuture::from(caches.keys()).await?).iter() {
        JsFuture::from(caches.delete(&name.as_string().unwrap_or_default())).await?;
    }
    Ok(())
}

fn manager() -> Option<StorageManager> {
    let navigator = crate::window().navigator();
    crate::has(&navigator, "storage").then(|| navigator.storage())
}

async fn yes(asked: Option<Promise>) -> bool {
    let Some(asked) = asked else { return false };
    let told = within(LIMIT_MS, JsFuture::from(asked)).await;
    matches!(told, Ok(Ok(answer)) if answer == JsValue::TRUE)
}
