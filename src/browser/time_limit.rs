//! No wait without an end. The loser of the race is dropped, so a future passed in must be safe to drop.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;

use crate::BrowserError;

/// The answer of `work`, or `TimedOut` after `limit_ms`.
pub(crate) async fn within<T>(limit_ms: u32, work: impl Future<Output = T>) -> Result<T, BrowserError> {
    let mut work = pin!(work);
    let mut alarm = pin!(TimeoutFuture::new(limit_ms));
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Ok(done));
        }
        alarm.as_mut().poll(context).map(|()| Err(BrowserError::TimedOut))
    })
    .await
}
