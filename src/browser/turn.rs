//! Turns of the browser's event loop: long work is cut into pieces with a turn between them, so that a slow phone answers
//! a touch in between.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

/// Lets the browser take its turn.
pub async fn next() {
    TimeoutFuture::new(0).await;
}

/// Lets that many milliseconds pass.
pub async fn after(ms: u32) {
    TimeoutFuture::new(ms).await;
}

/// Does `work` in a turn of its own.
pub fn soon(work: impl FnOnce() + 'static) {
    put_off(0, Box::new(work));
}

/// Does `work` after that many milliseconds.
pub fn later(ms: u32, work: impl FnOnce() + 'static) {
    put_off(ms, Box::new(work));
}

// Boxed, so that the phone gets this code once and not once for every piece of work.
fn put_off(ms: u32, work: Box<dyn FnOnce()>) {
    spawn_local(async move {
        after(ms).await;
        work();
    });
}
