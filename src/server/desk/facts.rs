//! The association's own facts: read, drafted, taken back, and by a lead published.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::api::desk::Fault;
use domain::api::desk::facts::{AsSeen, Facts, NewFact, Publish};
use domain::profile::Field;

use super::board::asking;
use super::{DeskError, Named, Sent, Staff};
use crate::router::App;

type Answer = Result<Json<Facts>, DeskError>;

pub async fn get(State(app): State<Arc<App>>, staff: Staff) -> Answer {
    named(&app, app.directory.facts(staff.team()?).await?).await
}

pub async fn draft(
    State(app): State<Arc<App>>,
    staff: Staff,
    Named(field): Named,
    Sent(new): Sent<NewFact>,
) -> Answer {
    let who = staff.who();
    named(&app, app.directory.draft(asking(&staff, &who)?, of(&field)?, &new).await?).await
}

pub async fn confirm(
    State(app): State<Arc<App>>,
    staff: Staff,
    Named(field): Named,
    Sent(seen): Sent<AsSeen>,
) -> Answer {
    let who = staff.who();
    named(&app, app.directory.confirm(asking(&staff, &who)?, of(&field)?, seen).await?).await
}

pub async fn undo(
    State(app): State<Arc<App>>,
    staff: Staff,
    Named(field): Named,
    Sent(seen): Sent<AsSeen>,
) -> Answer {
    let who = staff.who();
    named(&app, app.directory.undo(asking(&staff, &who)?, of(&field)?, seen).await?).await
}

pub async fn publish(State(app): State<Arc<App>>, staff: Staff, Sent(publish): Sent<Publish>) -> Answer {
    let who = staff.who();
    named(&app, app.directory.publish_drafts(asking(&staff, &who)?, &publish).await?).await
}

fn of(field: &str) -> Result<Field, DeskError> {
    Field::parse(field).ok_or_else(|| Fault::NotFound.into())
}

/// With the names of colleagues instead of their numbers.
async fn named(app: &App, mut facts: Facts) -> Answer {
    let members = app.staff.store.members().await?;
    for line in &mut facts.facts {
        for change in line.history.iter_mut().chain(&mut line.draft) {
            if let Some(member) = members.iter().find(|member| member.who() == change.by) {
                change.by.clone_from(&member.name);
            }
        }
    }
    Ok(Json(facts))
}
