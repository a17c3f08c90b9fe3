//! Waits for what IndexedDB answers by events. Whoever stops waiting takes the handlers away, so that a late answer calls
//! nobody.
//!
//! Handlers are properties (`onsuccess`), and nothing is asked for its class: after mending, requests come from another
//! frame, whose classes are not ours.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbRequest;

use crate::BrowserError;

/// The first of several events, for the one who waits for it.
#[derive(Default)]
pub(super) struct Bell {
    pub(super) rung_by: Cell<Option<usize>>,
    waiting: Cell<Option<Waker>>,
}

/// A handler for the `number`th event.
pub(super) fn ringer(bell: &Rc<Bell>, number: usize) -> Closure<dyn FnMut()> {
    let bell = Rc::clone(bell);
    Closure::new(move || {
        bell.rung_by.set(bell.rung_by.get().or(Some(number)));
        if let Some(waiting) = bell.waiting.take() {
            waiting.wake();
        }
    })
}

pub(super) async fn rung(bell: &Bell) -> usize {
    poll_fn(|context| match bell.rung_by.get() {
        Some(number) => Poll::Ready(number),
        None => {
            bell.waiting.set(Some(context.waker().clone()));
            Poll::Pending
        }
    })
    .await
}

/// The result of a request.
pub(super) async fn answer(request: IdbRequest) -> Result<JsValue, BrowserError> {
    struct Heard(IdbRequest);
    impl Drop for Heard {
        fn drop(&mut self) {
            self.0.set_onsuccess(None);
            self.0.set_onerror(None);
        }
    }
    let bell = Rc::new(Bell::default());
    let ringer = ringer(&bell, 0);
    let heard = Heard(request);
    heard.0.set_onsuccess(Some(ringer.as_ref().unchecked_ref()));
    heard.0.set_onerror(Some(ringer.as_ref().unchecked_ref()));
    rung(&bell).await;
    match heard.0.error()? {
        Some(failure) => Err(JsValue::from(failure).into()),
        None => Ok(heard.0.result()?),
    }
}
