//! A value the screen follows, for as long as the page lives.
//!
//! leptos's trigger says *that* something changed; the value itself lies beside it. So all state of the app shares one
//! copy of the reactive machinery, instead of one per type of signal.

use std::cell::RefCell;

use any_spawner::Executor;
use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::Owner;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};

/// A `Copy` handle. Made once at the start for each thing the app remembers and never freed, like the page itself.
pub struct Live<T: 'static> {
    value: &'static RefCell<T>,
    changed: &'static ArcTrigger,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T> Live<T> {
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value: Box::leak(Box::new(RefCell::new(value))), changed: trigger() }
    }

    /// Reads, and follows.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        read(&self.value.borrow())
    }

    /// Reads without following: in handlers, and wherever only this moment counts.
    pub fn peek<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.borrow())
    }

    pub fn set(self, value: T) {
        *self.value.borrow_mut() = value;
        self.changed.notify();
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        change(&mut self.value.borrow_mut());
        self.changed.notify();
    }

    /// Takes part of the value without telling anybody.
    pub fn take_quietly<R>(self, take: impl FnOnce(&mut T) -> R) -> R {
        take(&mut self.value.borrow_mut())
    }
}

impl<T: Clone> Live<T> {
    /// Reads a copy, and follows.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// Reads a copy without following.
    #[must_use]
    pub fn now(self) -> T {
        self.peek(T::clone)
    }
}

impl<T: PartialEq> Live<T> {
    /// Sets only what differs, so that nothing is drawn again for nothing.
    pub fn settle(self, value: T) {
        if self.peek(|now| *now != value) {
            self.set(value);
        }
    }
}

fn trigger() -> &'static ArcTrigger {
    Box::leak(Box::new(ArcTrigger::new()))
}

/// Makes what stands as long as the page: the first owner of all effects, and the scheduler that runs them.
pub fn root(make: impl FnOnce()) {
    // An error only says that there is a scheduler already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(make);
    std::mem::forget(owner);
}

/// Does `step` now and again whenever something it reads changes, for as long as the page lives.
pub fn follow(step: impl Fn() + 'static) {
    let step: Box<dyn Fn()> = Box::new(step);
    std::mem::forget(RenderEffect::new(move |_: Option<()>| step()));
}
