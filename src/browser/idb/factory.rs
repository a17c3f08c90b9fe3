//! A second way to the same database. When WebKit's storage process dies, every object of this document that came
//! from `indexedDB` stays dead, reopened ones too. A blank iframe is a new document with a connection of its own to
//! the new process; its factory works at once, offline, and without reloading what she typed away.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlIFrameElement;

use crate::BrowserError;

const FRAME_ID: &str = "tonari-storage";

/// Makes `window.indexedDB` the factory of a fresh blank frame, for everyone in this page.
pub(super) fn redirect_to_blank_frame() -> Result<(), BrowserError> {
    let document = crate::window().document().ok_or(BrowserError::Unavailable)?;
    let body = document.body().ok_or(BrowserError::Unavailable)?;
    if let Some(earlier) = document.get_element_by_id(FRAME_ID) {
        earlier.remove();
    }
    // Without `src` it is about:blank of our own origin, which `frame-src 'none'` allows.
    let frame: HtmlIFrameElement = document.create_element("iframe")?.unchecked_into();
    frame.set_id(FRAME_ID);
    frame.set_hidden(true);
    body.append_child(&frame)?;
    let inside = frame.content_window().ok_or(BrowserError::Unavailable)?;
    let factory = Reflect::get(&inside, &"indexedDB".into())?;
    if !factory.is_object() {
        return Err(BrowserError::Unavailable);
    }
    // It is a getter without setter, so it has to be defined anew.
    let descriptor = Object::new();
    Reflect::set(&descriptor, &"value".into(), &factory)?;
    Reflect::set(&descriptor, &"configurable".into(), &JsValue::TRUE)?;
    Reflect::set(&descriptor, &"writable".into(), &JsValue::TRUE)?;
    let defined = Reflect::define_property(&crate::window(), &"indexedDB".into(), &descriptor)?;
    if defined { Ok(()) } else { Err(BrowserError::Unavailable) }
}
