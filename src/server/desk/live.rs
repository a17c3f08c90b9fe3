//! The live line: whoever has the board open hears that it changed, and asks again. It says nothing about anybody.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use domain::api::desk::Pulse;
use futures_util::{Stream, stream};
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::{DeskError, Staff};
use crate::router::App;
use crate::store::staff::Session;

/// Whether the session is still one, and the server still runs.
const LOOK: Duration = Duration::from_secs(2);
/// Shorter than a connection lives; the browser comes again by itself.
const LIFE: Duration = Duration::from_secs(540);
/// A proxy that hears nothing for longer hangs up.
const BEAT: Duration = Duration::from_secs(15);

pub async fn follow(
    State(app): State<Arc<App>>,
    staff: Staff,
    session: Session,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, DeskError> {
    let mut versions = app.live.follow(staff.team()?);
    versions.mark_changed();
    let (until, look_at) = (Instant::now() + LIFE, Instant::now() + LOOK);
    let line = Line { app, session, versions, until, look_at, over: false };
    let events =
        stream::unfold(line, |mut line| async move { line.next().await.map(|event| (Ok(event), line)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(BEAT)))
}

struct Line {
    app: Arc<App>,
    session: Session,
    versions: watch::Receiver<u64>,
    until: Instant,
    look_at: Instant,
    over: bool,
}

impl Line {
    /// `None` at the end of the line.
    async fn next(&mut self) -> Option<Event> {
        while !self.over && Instant::now() < self.until && !self.app.draining.load(Ordering::Relaxed) {
            // By the clock and not by a pause between changes: on a busy day there is none.
            if Instant::now() >= self.look_at {
                self.look_at = Instant::now() + LOOK;
                // A database that cannot answer is no reason to send her out.
                if matches!(self.app.staff.still(&self.session).await, Ok(None)) {
                    self.over = true;
                    return Some(Event::default().event("signed_out").data("{}"));
                }
            }
            match timeout_at(self.look_at, self.versions.changed()).await {
                Ok(Ok(())) => {
                    let version = *self.versions.borrow_and_update();
                    // Before the first look there is nothing to say.
                    if version != 0 {
                        return Some(pulse(version));
                    }
                }
                Ok(Err(_)) => return None,
                Err(_) => {}
            }
        }
        None
    }
}

fn pulse(version: u64) -> Event {
    let data = serde_json::to_string(&Pulse { version }).expect("a number is plain JSON");
    Event::default().event("board").data(data)
}
