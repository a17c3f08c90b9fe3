//! A team's free times: asked for, and the last answer kept for the tunnel.

use domain::api::{Offer, slots_path};
use domain::association::AssociationId;

use crate::idb::slots_store::{self, StoredSlots};
use crate::{clock, http};

#[derive(Clone, Debug, PartialEq)]
pub enum Fetched {
    Offer(Offer),
    /// The server says that this team takes no bookings.
    NotHere,
    /// No answer that is ours.
    Unreachable,
}

/// Two months, as much as a server answers at once; it cuts off what cannot be booked yet.
const DAYS: i64 = 61;

/// The last answer, and when it came (ms since 1970).
pub async fn kept(team: &AssociationId) -> Option<(Offer, f64)> {
    let stored = slots_store::load(team).await.ok()??;
    Some((Offer::read(stored.body.as_bytes())?, stored.fetched_at_ms))
}

/// Asks the server; a good answer is kept.
pub async fn fetch(team: &AssociationId) -> Fetched {
    let now_ms = clock::now_ms();
    let today = domain::calendar::JstTime::from_unix_seconds((now_ms / 1000.0) as i64).date;
    let path =
        [&*slots_path(team), "?from=", &today.to_text(), "&to=", &today.plus_days(DAYS).to_text()].concat();
    let Ok(answer) = http::get(&path, &[]).await else { return Fetched::Unreachable };
    let status = answer.response.status();
    let ours = answer.header("content-type").is_some_and(|kind| kind.contains("json"));
    let Ok(body) = answer.body().await else { return Fetched::Unreachable };
    if status == 404 && ours {
        return Fetched::NotHere;
    }
    match (Offer::read(&body), String::from_utf8(body)) {
        (Some(offer), Ok(body)) if status == 200 => {
            // An answer that could not be kept is still good for this visit.
            let _ = slots_store::store(team, &StoredSlots { body, fetched_at_ms: now_ms }).await;
            Fetched::Offer(offer)
        }
        _ => Fetched::Unreachable,
    }
}
