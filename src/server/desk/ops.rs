//! What a team decides about its desk, whom it telephones, and who has a desk at all.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::api::desk::Fault;
use domain::api::desk::ops::{
    AskOutlook, AskPreview, Association, Called, Decided, MailTexts, NewMailTexts, NewMark, NewRetention,
    Number, Outlook, Preview, Retention, ToCall,
};
use domain::calendar::Date;

use super::board::{OneDay, asked, asking};
use super::me::place;
use super::{DeskError, Named, Sent, Staff};
use crate::router::App;
use crate::store::StoreError;

type Answer<T> = Result<Json<T>, DeskError>;

pub async fn mails(State(app): State<Arc<App>>, staff: Staff) -> Answer<MailTexts> {
    let names = Names::of(&app).await?;
    let texts = app.bookings.mail_texts(staff.team()?).await?;
    Ok(Json(MailTexts { decided: names.decided(texts.decided), ..texts }))
}

pub async fn put_mails(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(new): Sent<NewMailTexts>,
) -> Answer<MailTexts> {
    let names = Names::of(&app).await?;
    let who = staff.who();
    let texts = app.bookings.put_mail_texts(asking(&staff, &who)?, &new).await?;
    Ok(Json(MailTexts { decided: names.decided(texts.decided), ..texts }))
}

pub async fn preview(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(asked): Sent<AskPreview>,
) -> Answer<Preview> {
    let published = app.published();
    let team = staff.team()?;
    let known = published.edition.association(team);
    Ok(Json(app.bookings.preview((team, known), &asked, &app.origin).await?))
}

pub async fn retention(State(app): State<Arc<App>>, staff: Staff) -> Answer<Retention> {
    let names = Names::of(&app).await?;
    let told = app.bookings.retention(staff.team()?).await?;
    Ok(Json(Retention { decided: names.decided(told.decided), ..told }))
}

pub async fn outlook(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(AskOutlook { days }): Sent<AskOutlook>,
) -> Answer<Outlook> {
    Ok(Json(app.bookings.retention_outlook(staff.team()?, days).await?))
}

pub async fn put_retention(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(new): Sent<NewRetention>,
) -> Answer<Retention> {
    let names = Names::of(&app).await?;
    let who = staff.who();
    let told = app.bookings.decide_retention(asking(&staff, &who)?, &new).await?;
    Ok(Json(Retention { decided: names.decided(told.decided), ..told }))
}

pub async fn calls(
    State(app): State<Arc<App>>,
    staff: Staff,
    day: Result<Query<OneDay>, QueryRejection>,
) -> Answer<Vec<ToCall>> {
    let day = Date::parse(&asked(day)?.day).ok_or(Fault::Malformed)?;
    let names = Names::of(&app).await?;
    let who = staff.who();
    let list = app.bookings.to_call(asking(&staff, &who)?, day).await?.into_iter();
    let called = |one: Called| Called { by: names.name(&one.by), ..one };
    let list = list.map(|one| ToCall { calls: one.calls.into_iter().map(called).collect(), ..one });
    Ok(Json(list.collect()))
}

pub async fn number(State(app): State<Arc<App>>, staff: Staff, Named(reference): Named) -> Answer<Number> {
    let who = staff.who();
    Ok(Json(app.bookings.number_to_call(asking(&staff, &who)?, &reference).await?))
}

pub async fn mark(
    State(app): State<Arc<App>>,
    staff: Staff,
    Named(reference): Named,
    Sent(NewMark { mark }): Sent<NewMark>,
) -> Answer<()> {
    let who = staff.who();
    Ok(Json(app.bookings.mark_call(asking(&staff, &who)?, &reference, mark).await?))
}

/// Nothing about founders, and of members only whether there are any.
pub async fn associations(State(app): State<Arc<App>>) -> Answer<Vec<Association>> {
    let members = app.staff.store.members().await?;
    let seated =
        members.iter().filter(|member| !member.disabled).filter_map(|member| member.association.as_ref());
    let seated: BTreeSet<_> = seated.collect();
    let bookable: BTreeSet<_> = app.bookings.store.bookable().await?.into_iter().collect();
    let published = app.published();
    let all = published.edition.associations.iter().map(|one| Association {
        place: place(&app, &one.id),
        has_desk: seated.contains(&one.id),
        takes_bookings: bookable.contains(&one.id),
    });
    Ok(Json(all.collect()))
}

/// Whom the journal's `member:7` is.
struct Names(Vec<(String, String)>);

impl Names {
    async fn of(app: &App) -> Result<Self, StoreError> {
        let members = app.staff.store.members().await?;
        Ok(Self(members.into_iter().map(|one| (format!("member:{}", one.id), one.name)).collect()))
    }

    fn name(&self, who: &str) -> String {
        let found = self.0.iter().find(|(id, _)| id == who).map(|(_, name)| name.as_str());
        found.unwrap_or(who).to_owned()
    }

    fn decided(&self, decided: Option<Decided>) -> Option<Decided> {
        decided.map(|decided| Decided { by: self.name(&decided.by), ..decided })
    }
}
