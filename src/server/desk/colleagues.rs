//! Who belongs to the team.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use domain::api::desk::{Colleague, Fault, Invite, Invited, NewRole};
use domain::association::AssociationId;
use domain::booking::contact::Mail;
use domain::calendar::to_rfc3339;
use domain::staff::Role;

use super::me::colleague;
use super::{DeskError, Number, Sent};
use crate::mail::invitation;
use crate::router::App;
use crate::service::staff::colleagues::{Actor, NotDone, Wanted};
use crate::store::staff::{Change, Session};

/// She waits for it before her screen; where it takes longer, she hands the link over herself.
const MAIL_LIMIT: Duration = Duration::from_secs(8);

impl From<NotDone> for DeskError {
    fn from(not: NotDone) -> Self {
        match not {
            NotDone::Store(failure) => failure.into(),
            NotDone::Unknown => Fault::NotFound.into(),
            NotDone::Forbidden => Fault::Forbidden.into(),
            NotDone::Role => Self::field("role", "invalid"),
            NotDone::Disabled => Self::field("member", "invalid"),
            NotDone::LastOne => Fault::LastOne.into(),
        }
    }
}

#[derive(serde::Deserialize)]
pub struct Whose {
    association: Option<AssociationId>,
}

/// Of her own association; the federation may name another one.
pub async fn list(
    State(app): State<Arc<App>>,
    session: Session,
    Query(whose): Query<Whose>,
) -> Result<Json<Vec<Colleague>>, DeskError> {
    let own = session.member.association;
    let wanted = match whose.association {
        Some(other) if session.member.role == Role::Federation => Some(other),
        Some(other) if Some(&other) != own.as_ref() => return Err(Fault::NotFound.into()),
        _ => own,
    };
    let members = app.staff.store.members().await?;
    Ok(Json(members.iter().filter(|one| one.association == wanted).map(colleague).collect()))
}

pub async fn invite(
    State(app): State<Arc<App>>,
    session: Session,
    Sent(invite): Sent<Invite>,
) -> Result<Json<Invited>, DeskError> {
    let to = invite.mail.as_deref().map(Mail::parse).transpose();
    let to = to.map_err(|_| DeskError::field("mail", "invalid"))?;
    let association = invite.association.or_else(|| session.member.association.clone());
    if association.as_ref().is_some_and(|id| app.published().edition.association(id).is_none()) {
        return Err(DeskError::field("association", "unknown"));
    }
    let wanted = match invite.member {
        Some(id) => Wanted::Again(id),
        None => Wanted::New { role: invite.role, association },
    };
    let home = app.home.as_ref().ok_or(Fault::NotFound)?;
    let (code, until) = app.staff.invite(Actor::Member(&session.member), wanted).await?;
    let link = invitation::link(home, &code);
    let mailed = match to {
        Some(to) => {
            let sent = invitation::send(&app.post, &app.origin, &to, &link, until, app.staff.now());
            tokio::time::timeout(MAIL_LIMIT, sent).await.is_ok_and(|sent| sent)
        }
        None => false,
    };
    Ok(Json(Invited { link, until: to_rfc3339(until), mailed }))
}

pub async fn disable(
    app: State<Arc<App>>,
    session: Session,
    id: Number,
) -> Result<Json<Colleague>, DeskError> {
    change(&app, &session, id, Change::Disable).await
}

pub async fn enable(
    app: State<Arc<App>>,
    session: Session,
    id: Number,
) -> Result<Json<Colleague>, DeskError> {
    change(&app, &session, id, Change::Enable).await
}

pub async fn role(
    app: State<Arc<App>>,
    session: Session,
    id: Number,
    Sent(NewRole { role }): Sent<NewRole>,
) -> Result<Json<Colleague>, DeskError> {
    change(&app, &session, id, Change::Role(role)).await
}

async fn change(
    app: &App,
    session: &Session,
    Number(id): Number,
    change: Change,
) -> Result<Json<Colleague>, DeskError> {
    Ok(Json(colleague(&app.staff.change(Actor::Member(&session.member), id, change).await?)))
}
