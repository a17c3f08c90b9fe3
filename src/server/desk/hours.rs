//! When the team can be met: read, and saved.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::api::desk::{Availability, NewAvailability};

use super::board::asking;
use super::{DeskError, Sent, Staff};
use crate::router::App;

pub async fn get(State(app): State<Arc<App>>, staff: Staff) -> Result<Json<Availability>, DeskError> {
    Ok(Json(app.bookings.availability(staff.team()?).await?))
}

pub async fn put(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(new): Sent<NewAvailability>,
) -> Result<Json<Availability>, DeskError> {
    let who = staff.who();
    Ok(Json(app.bookings.put_availability(asking(&staff, &who)?, &new).await?))
}
