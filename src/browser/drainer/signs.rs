//! What makes a round worth while: the network came back, she came back, another tab wrote something.
//!
//! Browsers without Background Sync lose nothing by it: these signs and the drainer's own alarm are enough, and a worker
//! could not mend a dead database anyway. Back from the back/forward cache, the list on the screen may be of before:
//! `pageshow` reads it anew. The channel to other tabs is closed meanwhile, because it may keep a page out of that cache.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, EventTarget, VisibilityState};

use super::Inner;
use crate::clock::now_ms;

const CHANNEL: &str = "tonari-outbox";

/// A network that comes and goes every two seconds is not worth an attempt every time.
const CALM_MS: f64 = if cfg!(test) { 300.0 } else { 10_000.0 };

pub(super) struct Signs {
    channel: Rc<RefCell<Option<Channel>>>,
    _listeners: Vec<EventListener>,
}

/// Missing in some WebViews; then the other signs have to do.
struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Signs {
    pub(super) fn heed(inner: Weak<Inner>) -> Self {
        let window = crate::window();
        let channel = Rc::new(RefCell::new(Channel::open(&inner)));
        let mut listeners = vec![on(&window, "online", network_is_back(&inner))];
        if let Some(document) = window.document() {
            let (seen, inner) = (document.clone(), Weak::clone(&inner));
            listeners.push(on(&document, "visibilitychange", move || {
                if seen.visibility_state() == VisibilityState::Visible {
                    begin(&inner);
                }
            }));
        }
        let kept = Rc::clone(&channel);
        listeners.push(on(&window, "pagehide", move || drop(kept.take())));
        let kept = Rc::clone(&channel);
        listeners.push(on(&window, "pageshow", move || {
            kept.replace(Channel::open(&inner));
            begin(&inner);
        }));
        Self { channel, _listeners: listeners }
    }

    /// Says to the other tabs that the list has changed.
    pub(super) fn tell_tabs(&self) {
        if let Some(channel) = &*self.channel.borrow() {
            // They look by themselves sooner or later.
            let _ = channel.channel.post_message(&JsValue::NULL);
        }
    }
}

impl Channel {
    fn open(inner: &Weak<Inner>) -> Option<Self> {
        if !crate::has(&crate::window(), "BroadcastChannel") {
            return None;
        }
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let inner = Weak::clone(inner);
        let listener = on(&channel, "message", move || begin(&inner));
        Some(Self { channel, _listener: listener })
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn on(target: &EventTarget, event: &'static str, heard: impl Fn() + 'static) -> EventListener {
    EventListener::new(target, event, move |_| heard())
}

fn begin(inner: &Weak<Inner>) {
    if let Some(inner) = inner.upgrade() {
        inner.begin();
    }
}

/// The first time at once, then at most once in a while.
fn network_is_back(inner: &Weak<Inner>) -> impl Fn() + 'static {
    let inner = Weak::clone(inner);
    let (last, later) = (Cell::new(f64::NEG_INFINITY), RefCell::new(None));
    move || {
        let send_now = |inner: &Weak<Inner>| {
            if let Some(inner) = inner.upgrade() {
                inner.send_now();
            }
        };
        let since = now_ms() - last.replace(now_ms());
        if since >= CALM_MS {
            later.replace(None);
            send_now(&inner);
        } else {
            let inner = Weak::clone(&inner);
            later.replace(Some(Timeout::new(CALM_MS as u32, move || send_now(&inner))));
        }
    }
}
