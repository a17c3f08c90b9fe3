//! What the storage layer has to say without being asked; `ui` has the words, the app shows them.

use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageEvent {
    /// The connection died and is being mended; writes wait.
    Healing,
    /// Mended, nothing she has to do.
    Healed,
    /// Only a reload can mend it: 再読み込みしてください. What she typed is the app's to keep (sessionStorage).
    ReloadNeeded,
    /// There is no usable storage in this window; everything is forgotten when it closes.
    MemoryOnly,
    /// Another, older tab holds the database; we go on by ourselves when it is closed.
    Blocked,
    /// The wait announced by `Blocked` is over.
    Unblocked,
    /// Things saved earlier are gone from this device: how many teams, and their short names; the keys of requests the
    /// server had not taken (to be made again) and of those it had (booked all the same, only the receipt is gone).
    Lost { count: u32, ids: Vec<String>, unsent: Vec<String>, sent: Vec<String> },
    /// A newer Tonari runs in another tab and owns the data; this page should be reloaded when it suits her.
    NewerVersionElsewhere,
}

type Hear = Rc<dyn Fn(StorageEvent)>;

thread_local! {
    static HEAR: RefCell<Option<Hear>> = const { RefCell::new(None) };
}

/// Sets the one listener, usually the app's storage state.
pub fn on_event(hear: impl Fn(StorageEvent) + 'static) {
    HEAR.set(Some(Rc::new(hear)));
}

pub(crate) fn tell(event: StorageEvent) {
    // Not called while borrowed: the listener may set another one.
    if let Some(hear) = HEAR.with_borrow(Clone::clone) {
        hear(event);
    }
}
