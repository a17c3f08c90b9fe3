//! How one comes in: with an invitation, or with a passkey. Nobody's session is needed for it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use domain::api::desk::{Begun, Fault, Finish, Invitation, Me};
use domain::calendar::to_rfc3339;

use super::{DeskError, Named, Sent, cookie, me};
use crate::router::App;
use crate::service::staff::Seen;
use crate::service::staff::passkeys::{Refused, WayIn};
use crate::service::vault::hash;
use crate::store::staff::{self, Session};

/// As her browser lists a passkey of the federation's, which belongs to no association.
const FEDERATION: &str = "全国信用保証協会連合会";

type SignedIn = ([(HeaderName, HeaderValue); 1], Json<Me>);

impl From<Refused> for DeskError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Store(failure) => failure.into(),
            Refused::Passkey(why) => {
                tracing::info!(?why, "somebody was not let in");
                Fault::PasskeyRefused.into()
            }
            Refused::Over => Fault::InvitationOver.into(),
            Refused::Name => Self::field("name", "invalid"),
        }
    }
}

/// Where browsers have no passkeys for our address, nothing of the desk is there.
pub(super) fn way_in(app: &App) -> Result<&WayIn, DeskError> {
    app.way_in.as_ref().ok_or_else(|| Fault::NotFound.into())
}

pub async fn invitation(
    State(app): State<Arc<App>>,
    Named(code): Named,
) -> Result<Json<Invitation>, DeskError> {
    let open = open(&app, &code).await?;
    Ok(Json(Invitation {
        association: open.association.as_ref().map(|id| me::place(&app, id)),
        role: open.role,
        until: to_rfc3339(open.until),
    }))
}

pub async fn begin_joining(
    State(app): State<Arc<App>>,
    Named(code): Named,
) -> Result<Json<Begun>, DeskError> {
    let open = open(&app, &code).await?;
    let called = match &open.association {
        Some(id) => me::place(&app, id).name,
        None => FEDERATION.to_owned(),
    };
    Ok(Json(way_in(&app)?.begin_joining(&code, &called).await?))
}

pub async fn finish_joining(
    State(app): State<Arc<App>>,
    Named(code): Named,
    headers: HeaderMap,
    Sent(finish): Sent<Finish>,
) -> Result<SignedIn, DeskError> {
    let (token, session) = way_in(&app)?.finish_joining(&code, &finish).await?;
    signed_in(&app, &headers, &token, &session).await
}

pub async fn begin_sign_in(State(app): State<Arc<App>>) -> Result<Json<Begun>, DeskError> {
    Ok(Json(way_in(&app)?.begin_sign_in().await?))
}

pub async fn finish_sign_in(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Sent(finish): Sent<Finish>,
) -> Result<SignedIn, DeskError> {
    let (token, session) = way_in(&app)?.finish_sign_in(&finish).await?;
    signed_in(&app, &headers, &token, &session).await
}

async fn open(app: &App, code: &str) -> Result<staff::Invitation, DeskError> {
    let open = app.staff.store.invitation(hash(code), app.staff.now()).await?;
    open.ok_or_else(|| Fault::InvitationOver.into())
}

async fn signed_in(
    app: &App,
    headers: &HeaderMap,
    token: &str,
    session: &Session,
) -> Result<SignedIn, DeskError> {
    // Whoever was signed in here before is not any more: the browser forgets that cookie now.
    if let Some(before) = cookie::token(headers, app.https)
        && let Some(before) = app.staff.session(before, Seen::No).await?
    {
        app.staff.sign_out(&before).await?;
    }
    let cookie = cookie::given(token, app.https);
    Ok(([(header::SET_COOKIE, cookie)], Json(me::view(app, session))))
}
