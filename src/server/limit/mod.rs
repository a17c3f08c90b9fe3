//! How much one place may ask of us: a bound on what a stranger costs others, in time and in mails to people who never
//! asked for one.
//!
//! The app's pages and files are not counted, they come from memory, and `listen` bounds connections. Many women may share one
//! address, at a seminar or behind a mobile carrier, so a place is given what a full room needs.

mod meter;
mod peer;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::api::ErrorCode;
use governor::clock::DefaultClock;

pub use meter::Meter;
pub use peer::{Peer, Place};

use crate::error::ApiError;
use crate::router::App;

/// What one place may do, from the settings.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Allowance {
    /// Requests of one address (IPv6: of one /64) that read directory, times or a booking, per minute.
    #[arg(long, env = "TONARI_READS_PER_MINUTE", default_value = "600")]
    pub reads_per_minute: NonZeroU32,
    /// Requests of one address that book, move or cancel, per minute.
    #[arg(long, env = "TONARI_CHANGES_PER_MINUTE", default_value = "30")]
    pub changes_per_minute: NonZeroU32,
    /// How many proxies of yours every request passes; so many addresses at the right end of X-Forwarded-For are believed.
    #[arg(long, env = "TONARI_PROXIES", default_value = "0")]
    pub proxies: u8,
}

impl Allowance {
    /// As good as none.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self { reads_per_minute: NonZeroU32::MAX, changes_per_minute: NonZeroU32::MAX, proxies: 0 }
    }
}

pub struct Limits {
    reads: Meter,
    changes: Meter,
    proxies: u8,
    /// That everybody counts as one place was said in the log.
    warned: AtomicBool,
}

impl Limits {
    #[must_use]
    pub fn new(allowance: Allowance) -> Self {
        let meter = |requests| Meter::per_minute(requests, DefaultClock::default());
        Self {
            reads: meter(allowance.reads_per_minute),
            changes: meter(allowance.changes_per_minute),
            proxies: allowance.proxies,
            warned: AtomicBool::new(false),
        }
    }

    fn place(&self, request: &Request) -> Place {
        let headers = request.headers();
        if self.proxies == 0
            && headers.contains_key("x-forwarded-for")
            && !self.warned.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(
                "requests come with X-Forwarded-For, but TONARI_PROXIES is 0: all that come through one proxy share one limit"
            );
        }
        Place::of(request.extensions().get().copied(), headers, self.proxies)
    }
}

/// Middleware: one more that reads.
pub async fn reading(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    admit(&app.limits, &app.limits.reads, request, next).await
}

/// Middleware: one more that changes something.
pub async fn changing(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    admit(&app.limits, &app.limits.changes, request, next).await
}

async fn admit(limits: &Limits, meter: &Meter, request: Request, next: Next) -> Response {
    match meter.admit(limits.place(&request)) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            // Whole seconds, and never a moment too early.
            let seconds = wait.as_secs() + 1;
            let retry_after = Some(u32::try_from(seconds).unwrap_or(u32::MAX));
            ApiError { retry_after, ..ErrorCode::TooManyRequests.into() }.into_response()
        }
    }
}
