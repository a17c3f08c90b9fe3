//! What a team writes for others to read, at its desk.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use domain::api::desk::Fault;
use domain::api::desk::publish::{
    DraftRecord, Drafts, NewComment, NewDraft, RevisionView, Rewritten, Shown, Stepping,
};
use domain::content::draft::Act;

use super::{DeskError, Number, Raw, Sent, Staff};
use crate::router::App;
use crate::service::publish::{Asker, NotDone};

/// Bytes: three languages of the longest texts, each character four, and room.
pub const LARGEST: usize = 160 * 1024;

/// What is to be seen on a picture, beside its bytes.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToBeSeen {
    alt: String,
    alt_en: Option<String>,
}

type Answer<T> = Result<Json<T>, DeskError>;

pub async fn list(State(app): State<Arc<App>>, staff: Staff) -> Answer<Drafts> {
    let who = staff.who();
    Ok(Json(app.texts.list(asker(&staff, &who)?, &app.published().edition).await?))
}

pub async fn one(State(app): State<Arc<App>>, staff: Staff, Number(id): Number) -> Answer<DraftRecord> {
    let who = staff.who();
    Ok(Json(app.texts.record(asker(&staff, &who)?, id, &app.published().edition).await?))
}

pub async fn begin(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(new): Sent<NewDraft>,
) -> Answer<DraftRecord> {
    let who = staff.who();
    let asker = asker(&staff, &who)?;
    let draft = app.texts.begin(asker, new).await?;
    Ok(Json(app.texts.told(asker, &draft, &app.published().edition).await?))
}

pub async fn write(
    State(app): State<Arc<App>>,
    staff: Staff,
    Number(id): Number,
    Sent(new): Sent<Rewritten>,
) -> Answer<DraftRecord> {
    let who = staff.who();
    let asker = asker(&staff, &who)?;
    let draft = app.texts.write(asker, id, new).await?;
    Ok(Json(app.texts.told(asker, &draft, &app.published().edition).await?))
}

pub async fn revision(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((id, number)): Path<(String, String)>,
) -> Answer<RevisionView> {
    let who = staff.who();
    let (Ok(id), Ok(number)) = (id.parse(), number.parse()) else { return Err(Fault::NotFound.into()) };
    Ok(Json(app.texts.revision_of(asker(&staff, &who)?, id, number).await?))
}

pub async fn comment(
    State(app): State<Arc<App>>,
    staff: Staff,
    Number(id): Number,
    Sent(new): Sent<NewComment>,
) -> Answer<DraftRecord> {
    let who = staff.who();
    let asker = asker(&staff, &who)?;
    let draft = app.texts.comment(asker, id, &new.text).await?;
    Ok(Json(app.texts.told(asker, &draft, &app.published().edition).await?))
}

pub async fn picture(
    State(app): State<Arc<App>>,
    staff: Staff,
    Number(id): Number,
    words: Result<Query<ToBeSeen>, QueryRejection>,
    Raw(file): Raw,
) -> Answer<Shown> {
    let who = staff.who();
    let Query(words) = words.map_err(|_| Fault::Malformed)?;
    let words = (&*words.alt, words.alt_en.as_deref());
    Ok(Json(app.texts.picture(asker(&staff, &who)?, id, file.to_vec(), words).await?))
}

/// Nothing where it was removed.
pub async fn step(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((id, act)): Path<(String, String)>,
    Sent(stepping): Sent<Stepping>,
) -> Answer<Option<DraftRecord>> {
    let who = staff.who();
    let asker = asker(&staff, &who)?;
    let (Ok(id), Some(act)) = (id.parse(), Act::parse(&act)) else { return Err(Fault::NotFound.into()) };
    Ok(Json(match app.texts.step(asker, id, act, stepping).await? {
        Some(draft) => Some(app.texts.told(asker, &draft, &app.published().edition).await?),
        None => None,
    }))
}

pub fn asker<'a>(staff: &'a Staff, who: &'a str) -> Result<Asker<'a>, DeskError> {
    Ok(Asker { team: staff.team()?, member: staff.id, role: staff.role, who })
}

impl From<NotDone> for DeskError {
    fn from(not: NotDone) -> Self {
        match not {
            NotDone::Store(failure) => failure.into(),
            NotDone::Unknown => Fault::NotFound.into(),
            NotDone::Meanwhile => Fault::ChangedMeanwhile.into(),
            NotDone::WrongState => Fault::WrongState.into(),
            NotDone::Forbidden => Fault::Forbidden.into(),
            NotDone::Malformed => Fault::Malformed.into(),
            NotDone::Invalid(wrong) => Self { fields: vec![wrong], ..Fault::Invalid.into() },
        }
    }
}
