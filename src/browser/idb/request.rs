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
use web_sys::{IdbRequest, IdbTransaction};

use crate::BrowserError;

/// The first of several events, for the one who waits for it.
#[derive(Default)]
struct Bell {
    rung_by: Cell<Option<usize>>,
    waiting: Cell<Option<Waker>>,
}

/// A handler for the `number`th event.
fn ringer(bell: &Rc<Bell>, number: usize) -> Closure<dyn FnMut()> {
    let bell = Rc::clone(bell);
    Closure::new(move || {
        bell.rung_by.set(bell.rung_by.get().or(Some(number)));
        if let Some(waiting) = bell.waiting.take() {
            waiting.wake();
        }
    })
}

async fn rung(bell: &Bell) -> usize {
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

const COMPLETE: usize = 0;
const ABORTED: usize = 1;

/// A transaction under way. Dropped before it has committed, it is rolled back.
pub(super) struct Running {
    transaction: IdbTransaction,
    bell: Rc<Bell>,
    _ringers: [Closure<dyn FnMut()>; 2],
}

impl Running {
    /// To be called as soon as there is a transaction: a dying connection may end it at any time.
    pub(super) fn new(transaction: IdbTransaction) -> Self {
        let bell = Rc::new(Bell::default());
        let ringers = [ringer(&bell, COMPLETE), ringer(&bell, ABORTED)];
        let [complete, aborted] = &ringers;
        transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(aborted.as_ref().unchecked_ref()));
        Self { transaction, bell, _ringers: ringers }
    }

    pub(super) fn transaction(&self) -> &IdbTransaction {
        &self.transaction
    }

    /// Waits for the commit, which begins by itself when nothing is asked for any more.
    pub(super) async fn committed(&self) -> Result<(), BrowserError> {
        if rung(&self.bell).await == COMPLETE {
            return Ok(());
        }
        // An abort nobody asked for, and for which there is no reason, is what a dying connection looks like from inside.
        Err(self.transaction.error().map_or(BrowserError::Lost, |why| JsValue::from(why).into()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.transaction.set_oncomplete(None);
        self.transaction.set_onabort(None);
        if self.bell.rung_by.get().is_none() {
            // One that cannot be rolled back has ended already, or never began.
            let _ = self.transaction.abort();
        }
    }
}
