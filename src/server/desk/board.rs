//! The team's bookings: the board, one record, and what is done with it. All of it is the team's own; what is another's is
//! not found.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use domain::api::desk::{
    Act, Board, CallerBooking, Doing, Fault, HandOver, Happened, NewNote, NewSubject, Note, Record, Times,
    Town,
};
use domain::association::{Area, AssociationId};
use domain::calendar::Date;
use domain::slot::Kind;
use serde::Deserialize;

use super::{DeskError, Named, Sent, Staff};
use crate::error::ApiError;
use crate::router::App;
use crate::service::board::{Asking, Refused};
use crate::service::subject;

type Answer<T> = Result<Json<T>, DeskError>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    from: Option<String>,
    days: Option<u16>,
    kind: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneDay {
    pub(super) day: String,
}

pub async fn board(
    State(app): State<Arc<App>>,
    staff: Staff,
    days: Result<Query<Days>, QueryRejection>,
) -> Answer<Board> {
    let Days { from, days, .. } = asked(days)?;
    Ok(Json(app.bookings.board(staff.team()?, day(from)?, days.unwrap_or(1)).await?))
}

pub async fn record(State(app): State<Arc<App>>, staff: Staff, Named(reference): Named) -> Answer<Record> {
    let who = staff.who();
    let record = app.bookings.record(asking(&staff, &who)?, &reference).await?;
    named(&app, record).await
}

pub async fn act(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((reference, act)): Path<(String, String)>,
    Sent(doing): Sent<Doing>,
) -> Answer<Record> {
    let act = Act::parse(&act).ok_or(Fault::NotFound)?;
    let who = staff.who();
    let record = app.bookings.act(asking(&staff, &who)?, &reference, act, &doing).await?;
    named(&app, record).await
}

pub async fn note(
    State(app): State<Arc<App>>,
    staff: Staff,
    Named(reference): Named,
    Sent(note): Sent<NewNote>,
) -> Answer<Record> {
    let who = staff.who();
    let record = app.bookings.note(asking(&staff, &who)?, &reference, &note.text).await?;
    named(&app, record).await
}

pub async fn subject(
    State(app): State<Arc<App>>,
    staff: Staff,
    Named(reference): Named,
    Sent(new): Sent<NewSubject>,
) -> Answer<Record> {
    let who = staff.who();
    let area = area(&app, staff.team()?);
    let record = app.bookings.say_subject(asking(&staff, &who)?, &reference, (new, area)).await?;
    named(&app, record).await
}

pub async fn towns(State(app): State<Arc<App>>, staff: Staff) -> Answer<Vec<Town>> {
    let all = area(&app, staff.team()?).map(subject::towns).unwrap_or_default();
    Ok(Json(all.into_iter().map(|town| Town { code: town.code.to_string(), name: town.name }).collect()))
}

fn area(app: &App, team: &AssociationId) -> Option<Area> {
    app.published().edition.association(team).map(|association| association.area)
}

pub async fn hand_over(
    State(app): State<Arc<App>>,
    staff: Staff,
    Named(reference): Named,
    Sent(HandOver { member }): Sent<HandOver>,
) -> Answer<Record> {
    let who = staff.who();
    if let Some(member) = member {
        let colleagues = app.staff.store.members().await?;
        let works_here = colleagues
            .iter()
            .any(|one| one.id == member && !one.disabled && one.association == staff.association);
        works_here.then_some(()).ok_or_else(|| DeskError::field("member", "no_colleague"))?;
    }
    let record = app.bookings.hand_over(asking(&staff, &who)?, &reference, member).await?;
    named(&app, record).await
}

pub async fn book(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(booking): Sent<CallerBooking>,
) -> Answer<Record> {
    let who = staff.who();
    let record = app.bookings.book_for_caller(asking(&staff, &who)?, &booking).await?;
    named(&app, record).await
}

pub async fn times(
    State(app): State<Arc<App>>,
    staff: Staff,
    days: Result<Query<Days>, QueryRejection>,
) -> Answer<Times> {
    let Days { from, days, kind } = asked(days)?;
    let kind = match kind {
        Some(code) => Some(Kind::parse(&code).ok_or(Fault::Malformed)?),
        None => None,
    };
    let span = (day(from)?, days.unwrap_or(14));
    Ok(Json(app.bookings.own_times(staff.team()?, span, kind).await?))
}

pub async fn sheet(
    State(app): State<Arc<App>>,
    staff: Staff,
    day: Result<Query<OneDay>, QueryRejection>,
) -> Answer<Vec<Record>> {
    let day = Date::parse(&asked(day)?.day).ok_or(Fault::Malformed)?;
    let who = staff.who();
    let records = app.bookings.sheet(asking(&staff, &who)?, day).await?;
    let mut told = Vec::with_capacity(records.len());
    for record in records {
        told.push(named(&app, record).await?.0);
    }
    Ok(Json(told))
}

pub(super) fn asked<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, DeskError> {
    Ok(query.map_err(|_| Fault::Malformed)?.0)
}

pub(super) fn day(text: Option<String>) -> Result<Option<Date>, DeskError> {
    match text {
        Some(text) => Ok(Some(Date::parse(&text).ok_or(Fault::Malformed)?)),
        None => Ok(None),
    }
}

pub(super) fn asking<'a>(staff: &'a Staff, who: &'a str) -> Result<Asking<'a>, DeskError> {
    Ok(Asking { team: staff.team()?, member: staff.id, who })
}

/// With the names of those who wrote and did something; whoever has gone by another door is named as it was written down.
async fn named(app: &App, record: Record) -> Answer<Record> {
    let members = app.staff.store.members().await?;
    let name = |id: &str| {
        let id: i64 = id.parse().ok()?;
        members.iter().find(|member| member.id == id).map(|member| member.name.clone())
    };
    let notes = record.notes.into_iter();
    let notes = notes.map(|note| Note { by: name(&note.by).unwrap_or(note.by), ..note }).collect();
    let history = record.history.into_iter().map(|one| {
        let by = one.by.strip_prefix("member:").and_then(name).unwrap_or(one.by);
        Happened { by, ..one }
    });
    Ok(Json(Record { notes, history: history.collect(), ..record }))
}

impl From<Refused> for DeskError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unknown => Fault::NotFound.into(),
            Refused::Meanwhile(card) => Self { now: Some(card), ..Fault::ChangedMeanwhile.into() },
            Refused::WrongState(card) => Self { now: Some(card), ..Fault::WrongState.into() },
            Refused::NotOffered(alternatives) => Self { alternatives, ..Fault::NotOffered.into() },
            Refused::Malformed => Fault::Malformed.into(),
            Refused::Invalid(fields) => Self { fields, ..Fault::Invalid.into() },
            Refused::Hits(hits) => Self { hits, ..Fault::HitsBookings.into() },
            Refused::Saved => Fault::ChangedMeanwhile.into(),
            Refused::Other(ApiError { code, retry_after, .. }) => {
                let fault = match code {
                    domain::api::ErrorCode::Busy => Fault::Busy,
                    domain::api::ErrorCode::NotFound => Fault::NotFound,
                    domain::api::ErrorCode::KeyReused => Fault::ChangedMeanwhile,
                    _ => Fault::Internal,
                };
                Self { retry_after, ..fault.into() }
            }
        }
    }
}
