//! What bookings come to: on the screen, and as tables for spreadsheets.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::api::desk::Fault;
use domain::api::desk::report::{National, Report};
use domain::calendar::Date;
use domain::report::{csv, period};
use serde::Deserialize;

use super::board::{asked, asking, day};
use super::me::place;
use super::{DeskError, Staff};
use crate::router::App;
use crate::service::report::Counted;
use crate::words::report as words;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    from: String,
    to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quarter {
    from: Option<String>,
}

type Asked<T> = Result<Query<T>, QueryRejection>;

pub async fn report(
    State(app): State<Arc<App>>,
    staff: Staff,
    days: Asked<Days>,
) -> Result<Json<Report>, DeskError> {
    Ok(Json(app.bookings.report(staff.team()?, both(days)?).await?))
}

pub async fn national(
    State(app): State<Arc<App>>,
    _: Staff,
    quarter: Asked<Quarter>,
) -> Result<Json<National>, DeskError> {
    let first = day(asked(quarter)?.from)?;
    Ok(Json(app.bookings.national(first, |id| place(&app, id).name).await?))
}

/// A row for each booking.
pub async fn bookings(
    State(app): State<Arc<App>>,
    staff: Staff,
    days: Asked<Days>,
) -> Result<Response, DeskError> {
    table(&app, &staff, both(days)?, "bookings", |counted| words::bookings(&counted.facts)).await
}

/// A row for each figure.
pub async fn totals(
    State(app): State<Arc<App>>,
    staff: Staff,
    days: Asked<Days>,
) -> Result<Response, DeskError> {
    table(&app, &staff, both(days)?, "totals", |counted| words::totals(&counted.figures, &counted.subjects))
        .await
}

async fn table(
    app: &App,
    staff: &Staff,
    days: (Date, Date),
    name: &str,
    rows: impl Fn(&Counted) -> Vec<Vec<String>>,
) -> Result<Response, DeskError> {
    let who = staff.who();
    let counted = app.bookings.exported(asking(staff, &who)?, days).await?;
    let mut rows = rows(&counted);
    if counted.fictional {
        rows.push(vec![words::FICTIONAL.to_owned()]);
    }
    let file = csv::file(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
    let name =
        format!("attachment; filename=\"tonari-{name}-{}-{}.csv\"", days.0.to_text(), days.1.to_text());
    Ok((
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)],
        file,
    )
        .into_response())
}

fn both(days: Asked<Days>) -> Result<(Date, Date), DeskError> {
    let Days { from, to } = asked(days)?;
    period(&from, &to).ok_or_else(|| Fault::Malformed.into())
}
