//! Small keys in localStorage, which may be `null` (Android WebView), throw (blocked cookies) or be full. A copy in
//! memory keeps a choice alive at least until the page closes.

use std::cell::{Cell, RefCell};

use web_sys::Storage;

thread_local! {
    static ASIDE: Cell<bool> = const { Cell::new(false) };
    static COPY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// From here on nothing is written: for a frame on somebody else's page.
pub(crate) fn stay_in_memory() {
    ASIDE.set(true);
}

fn storage() -> Option<Storage> {
    if ASIDE.get() {
        return None;
    }
    crate::window().local_storage().ok().flatten()
}

pub(crate) fn get(key: &str) -> Option<String> {
    let stored = storage().and_then(|storage| storage.get_item(key).ok().flatten());
    stored.or_else(|| {
        COPY.with_borrow(|copy| copy.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone()))
    })
}

/// True when it will still be there after the page is closed.
pub(crate) fn set(key: &str, value: &str) -> bool {
    COPY.with_borrow_mut(|copy| {
        copy.retain(|(name, _)| name != key);
        copy.push((key.to_owned(), value.to_owned()));
    });
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub(crate) fn remove(key: &str) {
    COPY.with_borrow_mut(|copy| copy.retain(|(name, _)| name != key));
    if let Some(storage) = storage() {
        // A storage that cannot remove could not have kept it either.
        let _ = storage.remove_item(key);
    }
}

/// A text of this tab, gone with it. Where the browser keeps none, there is none after a reload.
#[must_use]
pub fn kept_in_tab(key: &str) -> Option<String> {
    crate::window().session_storage().ok()??.get_item(key).ok()?
}

/// Keeps a text for this tab, or forgets it.
pub fn keep_in_tab(key: &str, text: Option<&str>) {
    let Ok(Some(storage)) = crate::window().session_storage() else { return };
    // The page's memory has it as well: only a reload would miss it.
    let _ = match text {
        Some(text) => storage.set_item(key, text),
        None => storage.remove_item(key),
    };
}

/// Something that has to survive exactly one reload of this tab, and nothing longer: it may be what she typed.
pub(crate) fn keep_for_reload(key: &str, value: &str) {
    if let Ok(Some(storage)) = crate::window().session_storage() {
        // Without it the field is empty after the reload, as after any other.
        let _ = storage.set_item(key, value);
    }
}

pub(crate) fn take_for_reload(key: &str) -> Option<String> {
    let storage = crate::window().session_storage().ok()??;
    let kept = storage.get_item(key).ok()?;
    let _ = storage.remove_item(key);
    kept
}

/// Everything of this origin, and the copy.
pub(crate) fn clear() {
    COPY.take();
    if let Some(storage) = storage() {
        let _ = storage.clear();
    }
    if let Ok(Some(storage)) = crate::window().session_storage() {
        let _ = storage.clear();
    }
}
