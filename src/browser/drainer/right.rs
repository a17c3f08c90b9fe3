//! The right to send: one tab has it at a time, for one round.
//!
//! Two things make it. The browser's lock, where there is one, makes the others wait and ends with the page. The lease
//! on the disk is renewed by whoever sends; it stands in for a missing lock, and shows when the holder of one is frozen:
//! then the lock is stolen. Should both fail, the server still knows the key of each request.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::lock::Lock;
use crate::clock::now_ms;
use crate::idb::lease_store::{self, LEASE_MS};
use crate::time_limit::within;

pub(super) struct Right {
    me: String,
    lock: Option<Lock>,
    lease: Rc<Lease>,
    _renewing: Interval,
}

struct Lease {
    ends_at_ms: Cell<f64>,
    is_lost: Cell<bool>,
}

impl Right {
    /// Waits for its turn.
    pub(super) async fn take(me: &str) -> Self {
        let lock = locked().await;
        if lock.is_some() {
            lease_store::seize(me, now_ms()).await;
        } else {
            while !lease_store::take(me, now_ms()).await {
                TimeoutFuture::new((LEASE_MS / 5.0) as u32).await;
            }
        }
        let lease = Rc::new(Lease { ends_at_ms: Cell::new(now_ms() + LEASE_MS), is_lost: Cell::new(false) });
        Self { me: me.to_owned(), lock, _renewing: renew(me, &lease), lease }
    }

    /// Asked before each sending: a page that was asleep finds its right gone.
    pub(super) fn holds(&self) -> bool {
        let locked_out = self.lock.as_ref().is_some_and(Lock::is_taken_away);
        !locked_out && !self.lease.is_lost.get() && now_ms() < self.lease.ends_at_ms.get()
    }

    /// For the next one. A page that dies before this leaves a lease that ends by itself.
    pub(super) async fn give_back(self) {
        if self.holds() {
            lease_store::give_back(&self.me, now_ms()).await;
        }
    }
}

/// `None` where there are no locks.
async fn locked() -> Option<Lock> {
    let mut lock = Lock::ask(false)?;
    loop {
        match within(LEASE_MS as u32, lock.granted()).await {
            Ok(true) => return Some(lock),
            Ok(false) => return None,
            // A holder that sends renews its lease. This one does not: it is frozen, or stuck.
            Err(_) if lease_store::is_over(now_ms()).await => lock = Lock::ask(true)?,
            Err(_) => {}
        }
    }
}

fn renew(me: &str, lease: &Rc<Lease>) -> Interval {
    let (me, lease) = (me.to_owned(), Rc::clone(lease));
    Interval::new((LEASE_MS / 3.0) as u32, move || {
        let (me, lease) = (me.clone(), Rc::downgrade(&lease));
        spawn_local(async move {
            let now_ms = now_ms();
            let is_mine = lease_store::take(&me, now_ms).await;
            if let Some(lease) = lease.upgrade() {
                lease.is_lost.set(lease.is_lost.get() || !is_mine);
                lease.ends_at_ms.set(now_ms + LEASE_MS);
            }
        });
    })
}
