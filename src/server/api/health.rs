//! For whoever watches the server. *Alive*: the process answers. *Ready*: send it people; it stops being ready when
//! it was told to stop, while it still answers what is open.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};

use crate::router::App;

type Word = (StatusCode, [(HeaderName, &'static str); 1], &'static str);

fn word(status: StatusCode, text: &'static str) -> Word {
    (status, [(header::CACHE_CONTROL, "no-store")], text)
}

/// Whether the process answers
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "It does", body = String)))]
pub async fn alive() -> Word {
    word(StatusCode::OK, "alive\n")
}

/// Whether to send people here
#[utoipa::path(
    get,
    path = "/readyz",
    responses(
        (status = 200, description = "Yes", body = String),
        (status = 503, description = "Told to stop, finishing open requests", body = String),
    )
)]
pub async fn ready(State(app): State<Arc<App>>) -> Word {
    if app.draining.load(Ordering::Relaxed) {
        return word(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    word(StatusCode::OK, "ready\n")
}
