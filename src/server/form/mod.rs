//! Booking without our app: a page and a form, for browsers without JavaScript or WebAssembly, for screen readers of
//! another age, and for the day our app is broken. The same rules, the same store; only the letter is closed here.

mod draw;
pub mod filled;
mod guard;
mod page;
mod receipt;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::api::{BookingView, ErrorCode};
use domain::association::{Association, AssociationId};
use domain::booking::letter::Language;
use domain::booking::{Wanted, may_still_change};
use domain::calendar::from_rfc3339;
use maud::html;
use sha2::{Digest, Sha256};

use crate::error::ApiError;
use crate::metrics::Work;
use crate::router::App;
use crate::service::booking::Asked;
use crate::words::Words;
use draw::Notice;
use filled::{Filled, Wrong};
use guard::{Doubt, Stamp};

const TITLE: &str = "相談を予約する";

const CROWD: &str = "今、予約がとても混み合っています。まだ予約されていません。書いた内容はそのままです。\
                     5秒ほど待って、もう一度「この内容で送る」を押してください。協会に電話で相談することもできます。";

fn words() -> &'static Words {
    Words::of(Language::Japanese)
}

/// `GET /form`: which teams can be booked.
pub async fn teams(State(app): State<Arc<App>>) -> Response {
    let bookable = match app.bookings.store.bookable().await {
        Ok(ids) => ids,
        Err(failure) => return failed(&app, &failure.into()),
    };
    let published = app.published();
    let teams = published.edition.associations.iter();
    let teams: Vec<_> = teams.filter(|one| one.team.is_some() && bookable.contains(&one.id)).collect();
    let body = html! {
        @if teams.is_empty() {
            p { "今は、となりで予約できるチームがありません。協会に電話で相談できます。" }
        } @else {
            p { "女性職員のチームに、相談の予約ができます。チームを選んでください。" }
            ul.tn-plain__list {
                @for team in teams {
                    li.tn-plain__item { a.tn-plain__name href={ "/form/" (team.id.as_str()) } { ((words().team_name)(team)) } }
                }
            }
        }
        p { a href="/#associations" { "協会の一覧と電話番号" } }
    };
    page::page(&app, StatusCode::OK, TITLE, &body)
}

/// `GET /form/{team}`: the empty form.
pub async fn show(State(app): State<Arc<App>>, Path(team): Path<String>) -> Response {
    let stamp = Stamp::fresh(&app.bookings.vault, (app.bookings.clock)());
    drawn(&app, team, StatusCode::OK, &Filled::empty(stamp), &Notice::None).await
}

/// `POST /form/{team}`: booked and shown, or the form again with everything she wrote.
pub async fn send(
    State(app): State<Arc<App>>,
    Path(team): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    if guard::from_elsewhere(&headers) {
        return elsewhere(&app);
    }
    let Ok(body) = body else {
        let words = "長すぎて受け取れませんでした。前のページにもどって、短くしてください。";
        return page::notice(&app, StatusCode::PAYLOAD_TOO_LARGE, TITLE, words);
    };
    let mut filled = Filled::read(&body);
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let now = (app.bookings.clock)();
    if let Some(doubt) = filled.stamp.doubt(&app.bookings.vault, &filled.trap, now) {
        tracing::info!(?doubt, "a form was asked to be sent once more");
        if doubt == Doubt::Stale {
            filled.stamp = Stamp::fresh(&app.bookings.vault, now);
        }
        return drawn(&app, team, unprocessable, &filled, &Notice::Once(once(doubt))).await;
    }
    let wrong = filled.wrong();
    let (Some(wish), true) = (filled.wish(), wrong.is_empty()) else {
        return drawn(&app, team, unprocessable, &filled, &Notice::Wrong(wrong)).await;
    };
    let id = AssociationId(team.clone());
    // It cannot work as a phone does, and shall not be shut out for that: it waits a moment and says yes once more.
    if !filled.stamp.confirms(&app.bookings.vault, now) && app.pressure.is_high_with(&id, now) {
        app.metrics.worked(Work::Confirm);
        filled.stamp = filled.stamp.question(&app.bookings.vault, now);
        return drawn(&app, team, StatusCode::TOO_MANY_REQUESTS, &filled, &Notice::Once(CROWD)).await;
    }
    let key = filled.stamp.key.clone();
    let (key_id, sealed) = app.bookings.vault.close(&key, filled.letter.to_json().as_bytes());
    let fingerprint = Sha256::digest(&body).into();
    let (wanted, made_at) = (Wanted::Times(vec![wish]), (app.bookings.clock)());
    let asked = Asked { key, fingerprint, team: id, wanted, key_id, sealed, made_at };
    match app.bookings.ask(asked).await {
        Ok(view) => see(&view.token),
        Err(failure) => again(&app, team, filled, failure).await,
    }
}

/// `GET /form/bookings/{token}`: what became of it.
pub async fn booking(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    let view = match app.bookings.find(&token).await {
        Ok(view) => view,
        Err(failure) => return failed(&app, &failure),
    };
    let published = app.published();
    let team = published.edition.association(&view.team);
    let body = receipt::receipt(&view, team, changeable(&view, (app.bookings.clock)()), words());
    page::page(&app, StatusCode::OK, "相談の予約", &body)
}

/// `POST /form/bookings/{token}`: cancels. Twice is once.
pub async fn cancel(State(app): State<Arc<App>>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    if guard::from_elsewhere(&headers) {
        return elsewhere(&app);
    }
    match app.bookings.cancel(&token).await {
        Ok(view) => see(&view.token),
        // Too late, or over: the page of the booking says so.
        Err(ApiError { code: ErrorCode::TooLate | ErrorCode::WrongState, .. }) => see(&token),
        Err(failure) => failed(&app, &failure),
    }
}

fn changeable(view: &BookingView, now: i64) -> bool {
    let (start, until) = (from_rfc3339(&view.start), from_rfc3339(&view.change_until));
    let (Some(start), Some(until)) = (start, until) else { return false };
    may_still_change(view.status, start, u32::try_from((start - until) / 60).unwrap_or(0), now)
}

/// With GET, so that going back or reloading sends nothing again.
fn see(token: &str) -> Response {
    let address = HeaderValue::from_str(&format!("/form/bookings/{token}"));
    match address {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The form again, because the store said no.
async fn again(app: &App, team: String, mut filled: Filled, failure: ApiError) -> Response {
    let status = failure.status();
    match failure.code {
        ErrorCode::SlotTaken => {
            filled.wish.clear();
            filled.stamp = filled.stamp.renewed(&app.bookings.vault);
            drawn(app, team, status, &filled, &Notice::Wrong(vec![Wrong::WishTaken])).await
        }
        // She changed something on a page that was booked already: a new page, a new booking.
        ErrorCode::KeyReused => {
            filled.stamp = filled.stamp.renewed(&app.bookings.vault);
            let words =
                "この画面からの予約は、もう届いています。別の予約をするときだけ、もう一度送ってください。";
            drawn(app, team, status, &filled, &Notice::Once(words)).await
        }
        ErrorCode::Busy => {
            let words = "混み合っています。まだ予約されていません。少し待って、もう一度送ってください。";
            drawn(app, team, status, &filled, &Notice::Once(words)).await
        }
        _ => failed(app, &failure),
    }
}

async fn drawn(app: &App, team: String, status: StatusCode, filled: &Filled, notice: &Notice) -> Response {
    let id = AssociationId(team);
    let published = app.published();
    let known: Option<&Association> = published.edition.association(&id).filter(|one| one.team.is_some());
    let Some(association) = known else { return failed(app, &ErrorCode::NotFound.into()) };
    match app.bookings.offer(id, (None, None), None).await {
        Ok(offer) if offer.times.is_empty() => {
            let words = "今のところ、空いている時間がありません。電話で相談できます。";
            page::notice(app, StatusCode::OK, TITLE, words)
        }
        Ok(offer) => {
            page::page(app, status, TITLE, &draw::form(association, &offer, filled, notice, words()))
        }
        Err(failure) => failed(app, &failure),
    }
}

const fn once(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Stale => "時間がたったので、日時を確かめて、もう一度送ってください。まだ予約されていません。",
        Doubt::Hurried => "まだ予約されていません。内容を確かめて、もう一度送ってください。",
        Doubt::Trapped => {
            "まだ予約されていません。一番下の「この欄は空のままにしてください」を空にして、もう一度送ってください。"
        }
    }
}

fn failed(app: &App, failure: &ApiError) -> Response {
    let words = match failure.code {
        ErrorCode::NotFound => "このページはありません。リンクが古いか、まちがっているようです。",
        _ => {
            "今は予約を受け付けられません。予約はされていません。少し待って、もう一度ためすか、協会に電話してください。"
        }
    };
    page::notice(app, failure.status(), TITLE, words)
}

fn elsewhere(app: &App) -> Response {
    let words = "ほかのサイトから送られたため、受け取りませんでした。このサイトのページから送ってください。";
    page::notice(app, StatusCode::FORBIDDEN, TITLE, words)
}
