//! Where she is signed in, and how she ends it from elsewhere: a screen she left open is not hers alone.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::api::desk::{Fault, OpenSession};
use domain::calendar::to_rfc3339;

use super::{DeskError, Named, fresh};
use crate::router::App;
use crate::site::manifest::hex;
use crate::store::TokenHash;
use crate::store::staff::Session;

const ENDED: &str = "session_ended";

type Listed = Result<Json<Vec<OpenSession>>, DeskError>;

pub async fn list(State(app): State<Arc<App>>, session: Session) -> Listed {
    listed(&app, &session).await
}

pub async fn end(State(app): State<Arc<App>>, session: Session, Named(id): Named) -> Listed {
    fresh::by_her_finger(&app, &session)?;
    let hers = app.staff.store.sessions(session.member.id).await?;
    let one = hers.iter().find(|one| name(&one.token) == id).ok_or(Fault::NotFound)?;
    let entry = app.staff.entry(&session.member, ENDED, session.member.who());
    app.staff.store.end(one.token, entry).await?;
    listed(&app, &session).await
}

pub async fn end_others(State(app): State<Arc<App>>, session: Session) -> Listed {
    fresh::by_her_finger(&app, &session)?;
    let entry = app.staff.entry(&session.member, ENDED, session.member.who());
    app.staff.store.end_others(session.member.id, session.token, entry).await?;
    listed(&app, &session).await
}

async fn listed(app: &App, session: &Session) -> Listed {
    let lasting = app.staff.lasting_of(&session.member).await?;
    let open = lasting.into_iter().map(|one| OpenSession {
        id: name(&one.token),
        began_at: to_rfc3339(one.began_at),
        seen_at: to_rfc3339(one.seen_at),
        here: one.token == session.token,
    });
    Ok(Json(open.collect()))
}

/// Enough of its hash to tell hers apart. The token itself is in her browser's cookie only.
fn name(token: &TokenHash) -> String {
    hex(&token[..8])
}
