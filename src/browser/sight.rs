//! Whether a frame can be sure that she sees what she taps. Somebody else's page may lay something over a frame, make it
//! transparent or move it under the finger; Chromium tells (`IntersectionObserver` with `trackVisibility`), others do not.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IntersectionObserver, IntersectionObserverInit};

use crate::document;

/// So long it has to be in full sight.
pub const LONG_ENOUGH_MS: u32 = 1_000;
/// Of it, as good as all: edges between two pixels keep the sum below one for ever.
const WHOLE: f64 = 0.95;
/// The browser looks this often, and not more often than this it may.
const EVERY_MS: u32 = 100;

/// Whether this browser can tell at all.
#[must_use]
pub fn can_tell() -> bool {
    let entry = Reflect::get(&crate::window(), &"IntersectionObserverEntry".into());
    let prototype = entry.and_then(|entry| Reflect::get(&entry, &"prototype".into()));
    prototype.is_ok_and(|prototype| Reflect::has(&prototype, &"isVisible".into()).unwrap_or(false))
}

/// Looks at one element until dropped.
pub struct Watch {
    observer: IntersectionObserver,
    _seen: Closure<dyn FnMut(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls back with true once the element has been in full sight for long enough, and with false when it no longer is.
/// `None` where the browser cannot tell, or there is no such element.
#[must_use]
pub fn watch(id: &str, changed: impl Fn(bool) + 'static) -> Option<Watch> {
    let element = document::host(id).filter(|_| can_tell())?;
    let changed = Rc::new(changed);
    let waiting: RefCell<Option<Timeout>> = RefCell::new(None);
    let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let visible = entries.pop();
        let visible = Reflect::get(&visible, &"isVisible".into()).is_ok_and(|seen| seen.is_truthy());
        let mut waiting = waiting.borrow_mut();
        if !visible {
            *waiting = None;
            changed(false);
        } else if waiting.is_none() {
            let changed = Rc::clone(&changed);
            *waiting = Some(Timeout::new(LONG_ENOUGH_MS, move || changed(true)));
        }
    });
    let how = IntersectionObserverInit::new();
    how.set_threshold(&WHOLE.into());
    set(&how, "trackVisibility", &true.into());
    set(&how, "delay", &EVERY_MS.into());
    let observer = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &how).ok()?;
    observer.observe(&element);
    Some(Watch { observer, _seen: seen })
}

/// Not in web-sys: one engine has it.
fn set(how: &Object, name: &str, value: &JsValue) {
    Reflect::set(how, &name.into(), value).expect("a fresh object takes properties");
}
