//! A transaction under way, and what becomes of it when the page is put away.
//!
//! The surprising rule: a page in the back/forward cache answers no event, so a transaction it left open never ends, and
//! WebKit lets nobody else at that store meanwhile: her bookings could not be read until the browser was closed. So a
//! page that is put away rolls back what has not committed, and does it again when she comes back. (To commit what was
//! asked for would not do: WebKit waits with it until the page has heard every answer.)

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbTransaction, PageTransitionEvent};

use super::request::{Bell, ringer, rung};
use crate::BrowserError;

const COMPLETE: usize = 0;
const ABORTED: usize = 1;

thread_local! {
    static OPEN: RefCell<Vec<IdbTransaction>> = const { RefCell::new(Vec::new()) };
    static IS_AWAY: Cell<bool> = const { Cell::new(false) };
}

/// For the life of the page.
pub(super) fn watch() {
    let window = crate::window();
    EventListener::new(&window, "pagehide", |event| {
        // One that is not kept ends with its page.
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            IS_AWAY.set(true);
            for transaction in OPEN.take() {
                // Committing already, then.
                let _ = transaction.abort();
            }
        }
    })
    .forget();
    EventListener::new(&window, "pageshow", |_| IS_AWAY.set(false)).forget();
}

/// An upgrade begins by itself. It is rolled back as well where it is not over when its page is put away: a database that is
/// made anew would never be there, for nobody. One that is over does not mind.
pub(super) fn watch_upgrade(upgrade: IdbTransaction) {
    OPEN.with_borrow_mut(|open| open.push(upgrade));
}

#[expect(deprecated, reason = "every browser has it, and there is no other word for it")]
fn commit(transaction: &IdbTransaction) -> Result<(), JsValue> {
    transaction.commit()
}

/// Dropped before it has committed, it is rolled back.
pub(super) struct Running {
    transaction: IdbTransaction,
    bell: Rc<Bell>,
    _ringers: [Closure<dyn FnMut()>; 2],
}

impl Running {
    /// Listens from the first moment: a dying connection may end it at any time. In a page that is put away none begins.
    pub(super) fn begin(start: impl FnOnce() -> Result<JsValue, JsValue>) -> Result<Self, BrowserError> {
        if IS_AWAY.get() {
            return Err(BrowserError::Lost);
        }
        let transaction: IdbTransaction = start()?.unchecked_into();
        let bell = Rc::new(Bell::default());
        let ringers = [ringer(&bell, COMPLETE), ringer(&bell, ABORTED)];
        let [complete, aborted] = &ringers;
        transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(aborted.as_ref().unchecked_ref()));
        OPEN.with_borrow_mut(|open| open.push(transaction.clone()));
        Ok(Self { transaction, bell, _ringers: ringers })
    }

    pub(super) fn transaction(&self) -> &IdbTransaction {
        &self.transaction
    }

    /// A read that has been answered. It is not rolled back: that would race with the commit.
    pub(super) fn close(self) {
        // Where there is no such word it commits by itself, a moment later.
        let _ = commit(&self.transaction);
        self.bell.rung_by.set(Some(COMPLETE));
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
        OPEN.with_borrow_mut(|open| open.retain(|one| *one != self.transaction));
        self.transaction.set_oncomplete(None);
        self.transaction.set_onabort(None);
        if self.bell.rung_by.get().is_none() {
            // One that cannot be rolled back has ended already, or never began.
            let _ = self.transaction.abort();
        }
    }
}
