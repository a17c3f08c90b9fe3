//! Whose session it is.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::api::desk::{Colleague, Me, Place};
use domain::association::AssociationId;
use domain::calendar::to_rfc3339;

use super::{DeskError, cookie};
use crate::router::App;
use crate::store::staff::{Member, Session};

pub async fn me(State(app): State<Arc<App>>, session: Session) -> Json<Me> {
    Json(view(&app, &session))
}

pub async fn sign_out(State(app): State<Arc<App>>, session: Session) -> Result<Response, DeskError> {
    app.staff.sign_out(&session).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::taken_back(app.https))]).into_response())
}

#[must_use]
pub fn view(app: &App, session: &Session) -> Me {
    Me {
        member: colleague(&session.member),
        association: session.member.association.as_ref().map(|id| place(app, id)),
        idle_at: to_rfc3339(session.idle_at()),
        ends_at: to_rfc3339(session.ends_at()),
        passkeys: session.passkeys,
    }
}

#[must_use]
pub fn colleague(member: &Member) -> Colleague {
    let Member { id, name, role, disabled, .. } = member;
    Colleague { id: *id, name: name.clone(), role: *role, disabled: *disabled }
}

/// One that the directory does not know any more has its id for a name.
#[must_use]
pub fn place(app: &App, id: &AssociationId) -> Place {
    let published = app.published();
    let known = published.edition.association(id);
    Place {
        id: id.clone(),
        name: known.map_or_else(|| id.as_str().to_owned(), |one| one.name.value.clone()),
        team: known.and_then(|one| one.team.as_ref()?.name.as_ref()).map(|name| name.value.clone()),
    }
}
