//! The browser's own lock between tabs. Asked for by name: web-sys has no stable words for it, and not every WebView
//! has it at all.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

const NAME: &str = "tonari-outbox";

/// A lock that was asked for. Dropped, it is given back, or never taken.
pub(super) struct Lock {
    /// Resolves to whether it was granted.
    granted: Promise,
    release: Function,
    taken_away: Rc<Cell<bool>>,
}

impl Lock {
    /// `None` where there are no locks. With `steal`, whoever holds it loses it.
    pub(super) fn ask(steal: bool) -> Option<Self> {
        let locks = Reflect::get(&crate::window().navigator(), &"locks".into()).ok()?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let (held, release) = promise()?;
        let (granted, grant) = promise()?;
        let on_grant = grant.clone();
        let callback = Closure::once_into_js(move || {
            settle(&on_grant, true);
            held
        });
        let options = Object::new();
        Reflect::set(&options, &"steal".into(), &steal.into()).ok()?;
        let ended: Promise =
            request.call3(&locks, &NAME.into(), &options, &callback).ok()?.dyn_into().ok()?;
        let taken_away = Rc::new(Cell::new(false));
        let flag = Rc::clone(&taken_away);
        spawn_local(async move {
            // Ends well when we give it back; otherwise it was refused, or stolen.
            if JsFuture::from(ended).await.is_err() {
                flag.set(true);
                settle(&grant, false);
            }
        });
        Some(Self { granted, release, taken_away })
    }

    /// Waits for as long as it takes; false where it was refused.
    pub(super) async fn granted(&self) -> bool {
        JsFuture::from(self.granted.clone()).await.is_ok_and(|granted| granted == JsValue::TRUE)
    }

    pub(super) fn is_taken_away(&self) -> bool {
        self.taken_away.get()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        settle(&self.release, true);
    }
}

fn promise() -> Option<(Promise, Function)> {
    let mut resolve = None;
    let promise = Promise::new(&mut |resolved, _| resolve = Some(resolved));
    Some((promise, resolve?))
}

fn settle(resolve: &Function, value: bool) {
    // A promise that is settled already stays as it is; nothing is thrown.
    let _ = resolve.call1(&JsValue::UNDEFINED, &value.into());
}
