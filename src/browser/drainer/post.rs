//! One sending over the network. What the answer means is `domain::outbox`'s business.

use domain::api::{BOOKINGS, KEY_HEADER, PROOF_HEADER, Proof};
use domain::outbox::{Answer, Entry, Heard};

use crate::http;

pub(super) async fn send(entry: Entry, proof: Option<Proof>) -> Answer {
    let mut headers = vec![("content-type", "application/json"), (KEY_HEADER, entry.key.0.as_str())];
    headers.extend(proof.as_ref().map(|proof| (PROOF_HEADER, proof.0.as_str())));
    let Ok(answer) = http::post(BOOKINGS, &headers, &entry.body).await else { return Answer::Unreachable };
    let status = answer.response.status();
    let content_type = answer.header("content-type").unwrap_or_default();
    let retry_after = answer.header("retry-after");
    // Half an answer is none; the next sending gets it whole.
    let Ok(body) = answer.body().await else { return Answer::Unreachable };
    Heard { status, content_type: &content_type, retry_after: retry_after.as_deref(), body: &body }.meaning()
}
