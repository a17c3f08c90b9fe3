//! Turns of the browser's event loop: long work is cut into pieces with a turn between them, so that a slow phone answers
//! a touch in between.

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;

/// Lets the browser take its turn.
pub async fn next() {
    TimeoutFuture::new(0).await;
}

/// Does `work` in a turn of its own.
pub fn soon(work: impl FnOnce() + 'static) {
    Timeout::new(0, work).forget();
}
