//! `/api/v1/bookings`: a request comes in, and its booking by the token she holds.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use domain::api::{
    BOOKINGS, BookingRequest, BookingView, ErrorCode, KEY_HEADER, PROOF_HEADER, Problem, WishedTime,
};
use domain::association::AssociationId;

use super::segment::Segment;
use crate::error::ApiError;
use crate::metrics::Work;
use crate::pressure::Admission;
use crate::router::App;

/// Bytes of a body; a letter with the longest note is a third of it.
pub const BODY_LIMIT: usize = 32 * 1024;

/// Characters of a key.
pub const KEY_MAX: usize = 255;

/// Whoever sees the address must not find the booking in a cache.
type Answered = (StatusCode, [(HeaderName, HeaderValue); 1], Json<BookingView>);

fn answer(status: StatusCode, view: BookingView) -> Answered {
    (status, [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(view))
}

/// Ask for a consultation
///
/// One to three wished times, of which the first that is free is booked; or a full day, to wait for a time of it. The
/// letter is closed for the team (HPKE) and the request's key bound in. A key is kept for at least 35 days: sending the
/// same request again gets the same answer, also while the first one is still under way. Under pressure the answer is
/// `proof_needed` with a challenge of ALTCHA's (version 1, SHA-256): the same request, sent again within two minutes with
/// the solved payload (base64) in `Tonari-Proof`, is booked; without it, after `Retry-After`, when it may be calm again.
#[utoipa::path(
    post,
    path = BOOKINGS,
    request_body = BookingRequest,
    params(("Idempotency-Key" = String, Header, description = "Made by the client, 1 to 255 printable ASCII characters; a UUIDv7",
            example = "019abf1e-6f2b-7c3a-9b1d-3f5f6a7b8c9d"),
           ("Tonari-Proof" = Option<String>, Header, description = "The solved challenge, where one was asked for; good once")),
    responses(
        (status = 201, description = "Booked, or requested where the team confirms by hand", body = BookingView),
        (status = 400, description = "No usable key or body", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No bookings here", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "None of the wishes is offered; the nearest times are named", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "Made more than 30 days ago", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, the letter is not for us, or the key was used for another request",
         body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Under pressure: the work in `proof` first. Or too many requests from one place",
         body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Busy", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn book(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answered, ApiError> {
    let body = json_body(&headers, body)?;
    let key = key(&headers)?;
    admit(&app, &headers, &body)?;
    let view = app.bookings.book(key, &body).await?;
    Ok(answer(StatusCode::CREATED, view))
}

/// A booking
#[utoipa::path(
    get,
    path = "/api/v1/bookings/{token}",
    params(("token" = String, Path, description = "What the answer to the request said")),
    responses(
        (status = 200, description = "As of now", body = BookingView),
        (status = 404, description = "Nobody has this token", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(State(app): State<Arc<App>>, Segment(token): Segment) -> Result<Answered, ApiError> {
    Ok(answer(StatusCode::OK, app.bookings.find(&token).await?))
}

/// Cancel a booking
///
/// Cancelling twice is cancelling once.
#[utoipa::path(
    post,
    path = "/api/v1/bookings/{token}/cancel",
    params(("token" = String, Path, description = "What the answer to the request said")),
    responses(
        (status = 200, description = "Cancelled", body = BookingView),
        (status = 404, description = "Nobody has this token", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Too late, or over already", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn cancel(State(app): State<Arc<App>>, Segment(token): Segment) -> Result<Answered, ApiError> {
    Ok(answer(StatusCode::OK, app.bookings.cancel(&token).await?))
}

/// Move a booking to another time
#[utoipa::path(
    post,
    path = "/api/v1/bookings/{token}/move",
    request_body = WishedTime,
    params(("token" = String, Path, description = "What the answer to the request said")),
    responses(
        (status = 200, description = "Moved", body = BookingView),
        (status = 400, description = "No usable body", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nobody has this token", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Not offered (the nearest times are named), too late, or over already",
         body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn move_to(
    State(app): State<Arc<App>>,
    Segment(token): Segment,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answered, ApiError> {
    let body = json_body(&headers, body)?;
    let wish: WishedTime = serde_json::from_slice(&body).map_err(|_| ErrorCode::Malformed)?;
    Ok(answer(StatusCode::OK, app.bookings.move_to(&token, &wish).await?))
}

/// Take a time that is kept for her
///
/// Of a waiting list; taking it twice is taking it once.
#[utoipa::path(
    post,
    path = "/api/v1/bookings/{token}/accept",
    params(("token" = String, Path, description = "What the answer to the request said")),
    responses(
        (status = 200, description = "Booked", body = BookingView),
        (status = 404, description = "Nobody has this token", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "No time is kept for her (any more)", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub async fn accept(State(app): State<Arc<App>>, Segment(token): Segment) -> Result<Answered, ApiError> {
    Ok(answer(StatusCode::OK, app.bookings.answer(&token, true).await?))
}

/// Let a time go that is kept for her
///
/// It is offered to the next one; she stays on the waiting list.
#[utoipa::path(
    post,
    path = "/api/v1/bookings/{token}/pass",
    params(("token" = String, Path, description = "What the answer to the request said")),
    responses(
        (status = 200, description = "She waits on", body = BookingView),
        (status = 404, description = "Nobody has this token", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "No time is kept for her (any more)", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub async fn pass(State(app): State<Arc<App>>, Segment(token): Segment) -> Result<Answered, ApiError> {
    Ok(answer(StatusCode::OK, app.bookings.answer(&token, false).await?))
}

/// A booking as a file for a calendar
///
/// It holds no name and no link; where she asked to be discreet, a neutral word, the time, how, and the number.
#[utoipa::path(
    get,
    path = "/api/v1/bookings/{token}/calendar.ics",
    params(("token" = String, Path, description = "What the answer to the request said")),
    responses(
        (status = 200, description = "iCalendar (RFC 5545), METHOD:PUBLISH", body = String, content_type = "text/calendar"),
        (status = 404, description = "Nobody has this token", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "On a waiting list, without a time yet", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub async fn calendar(
    State(app): State<Arc<App>>,
    Segment(token): Segment,
) -> Result<impl IntoResponse, ApiError> {
    let file = app.bookings.calendar(&token, &app.published().edition, &app.origin).await?;
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8; method=PUBLISH")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"event.ics\"")),
    ];
    Ok((headers, file))
}

fn json_body(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Bytes, ApiError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // A form of a foreign page can send text/plain or a form, but not this without asking first.
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(ErrorCode::UnsupportedMediaType.into());
    }
    body.map_err(|refused| match refused.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::TooLarge.into(),
        _ => ErrorCode::Malformed.into(),
    })
}

/// Seconds after which a crowd may be gone, for who cannot work.
const CROWD_FOR: u32 = 60;

/// As much of a request as is read before it is let in.
#[derive(serde::Deserialize)]
struct Asking {
    team: AssociationId,
}

fn admit(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
    // What cannot be read is refused soon, and costs nothing.
    let Ok(Asking { team }) = serde_json::from_slice(body) else { return Ok(()) };
    let proof = headers.get(PROOF_HEADER).map(|proof| proof.to_str().unwrap_or_default());
    let (work, challenge) = match app.pressure.admit(&team, proof, (app.bookings.clock)()) {
        Admission::Calm => return Ok(()),
        Admission::Proven => {
            app.metrics.worked(Work::Solved);
            return Ok(());
        }
        Admission::Asked(challenge) => (Work::Asked, challenge),
        Admission::Refused(why, challenge) => {
            tracing::info!(?why, "a proof does not count");
            (Work::Refused, challenge)
        }
    };
    app.metrics.worked(work);
    let proof = Some(Box::new(challenge));
    Err(ApiError { proof, retry_after: Some(CROWD_FOR), ..ErrorCode::ProofNeeded.into() })
}

/// The key, with or without the quotes of a structured field.
fn key(headers: &HeaderMap) -> Result<String, ApiError> {
    let mut all = headers.get_all(KEY_HEADER).iter();
    let (Some(key), None) = (all.next(), all.next()) else {
        let code =
            if headers.contains_key(KEY_HEADER) { ErrorCode::KeyInvalid } else { ErrorCode::KeyMissing };
        return Err(code.into());
    };
    let key = key.to_str().map_err(|_| ErrorCode::KeyInvalid)?.trim();
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    let fits = (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(key.to_owned()) } else { Err(ErrorCode::KeyInvalid.into()) }
}
