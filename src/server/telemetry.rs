//! Logs without persons: one line of JSON per event on stderr.
//!
//! A request is logged as method, route, status and time. No address, no query, no header and no path typed by a
//! person: an unknown path is only "missing", because somebody may have pasted her postal code there.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing_subscriber::EnvFilter;

use crate::router::App;

/// What kind of file or page answered, for responses outside the route table.
#[derive(Clone, Copy, Debug)]
pub struct Label(pub &'static str);

/// Starts logging. `TONARI_LOG` takes the usual filter words; the default is `info`.
pub fn start() {
    let filter = EnvFilter::try_from_env("TONARI_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let logger = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start happens only in tests that load the library twice; the first one stays.
    let _ = logger.try_init();
}

/// Middleware: one line per request, and its numbers.
pub async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let label = response.extensions().get::<Label>().map_or("other", |label| label.0);
    let route = matched.as_ref().map_or(label, MatchedPath::as_str);
    let took = started.elapsed();
    app.metrics.answered(&method, route, response.status().as_u16(), took.as_secs_f64());
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(target: "tonari::request", %method, route, status = response.status().as_u16(), micros);
    response
}
