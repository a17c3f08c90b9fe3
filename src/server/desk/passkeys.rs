//! Her own ways in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::api::desk::{Begun, Fault, Finish, Passkey};
use domain::calendar::to_rfc3339;

use super::way_in::way_in;
use super::{DeskError, Number, Sent, fresh};
use crate::router::App;
use crate::store::staff::{Removed, Session};

type Listed = Result<Json<Vec<Passkey>>, DeskError>;

pub async fn list(State(app): State<Arc<App>>, session: Session) -> Listed {
    listed(&app, &session).await
}

pub async fn begin(State(app): State<Arc<App>>, session: Session) -> Result<Json<Begun>, DeskError> {
    fresh::by_her_finger(&app, &session)?;
    Ok(Json(way_in(&app)?.begin_adding(&session.member, &session.member.name).await?))
}

pub async fn finish(State(app): State<Arc<App>>, session: Session, Sent(finish): Sent<Finish>) -> Listed {
    way_in(&app)?.finish_adding(&session.member, &finish).await?;
    listed(&app, &session).await
}

pub async fn remove(State(app): State<Arc<App>>, session: Session, Number(id): Number) -> Listed {
    fresh::by_her_finger(&app, &session)?;
    let entry = app.staff.entry(&session.member, "passkey_removed", session.member.who());
    match app.staff.store.remove_passkey(session.member.id, id, session.token, entry).await? {
        Removed::Done => listed(&app, &session).await,
        Removed::Unknown => Err(Fault::NotFound.into()),
        Removed::LastOne => Err(Fault::LastOne.into()),
    }
}

async fn listed(app: &App, session: &Session) -> Listed {
    let kept = app.staff.store.passkeys(session.member.id).await?;
    let passkeys = kept.into_iter().map(|passkey| Passkey {
        id: passkey.id,
        added_at: to_rfc3339(passkey.added_at),
        used_at: passkey.used_at.map(to_rfc3339),
    });
    Ok(Json(passkeys.collect()))
}
