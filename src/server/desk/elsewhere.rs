//! Texts that stand somewhere else: a look at a calendar, a feed or a file, and drafts of what is wanted of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::api::desk::Fault;
use domain::api::desk::elsewhere::{Addresses, FileItem, FileRead, Forget, LookAt, Looked, TakeOver};
use domain::content::EventSort;

use super::publish::asker;
use super::{DeskError, Raw, Sent, Staff};
use crate::imports::addresses::MOST;
use crate::router::App;
use crate::service::imports::{NotRead, Seen};
use crate::service::publish::taken_over::{self, OfFile, Offered};

/// Bytes of a file of texts.
pub const LARGEST_FILE: usize = 2 << 20;
/// Bytes of a list of what is wanted: as many keys as one look finds at most.
pub const LARGEST_CHOICE: usize = 64 * 1024;

type Answer<T> = Result<Json<T>, DeskError>;

pub async fn addresses(State(app): State<Arc<App>>, staff: Staff) -> Answer<Addresses> {
    Ok(Json(told(&app, &staff)?))
}

pub async fn forget(
    State(app): State<Arc<App>>,
    staff: Staff,
    Sent(Forget { address }): Sent<Forget>,
) -> Answer<Addresses> {
    app.imports.forget(staff.team()?, &address)?;
    Ok(Json(told(&app, &staff)?))
}

/// Nothing becomes anything.
pub async fn look(State(app): State<Arc<App>>, staff: Staff, Sent(at): Sent<LookAt>) -> Answer<Looked> {
    let Seen { mut looked, .. } = seen(&app, &staff, &at).await?;
    mark(&app, &mut looked).await?;
    Ok(Json(looked))
}

pub async fn take(State(app): State<Arc<App>>, staff: Staff, Sent(wish): Sent<TakeOver>) -> Answer<Looked> {
    let TakeOver { address, sort, keys } = wish;
    let Seen { mut looked, offered } = seen(&app, &staff, &LookAt { address, sort }).await?;
    let wanted: BTreeSet<String> = keys.into_iter().collect();
    let wanted: Vec<Offered> = offered.into_iter().filter(|one| wanted.contains(&one.key)).collect();
    let who = staff.who();
    looked.begun = app.texts.take_over(asker(&staff, &who)?, wanted).await?;
    mark(&app, &mut looked).await?;
    Ok(Json(looked))
}

/// Nothing becomes anything, so here.
pub async fn look_into_file(State(app): State<Arc<App>>, staff: Staff, Raw(file): Raw) -> Answer<FileRead> {
    let all = read_file(&staff, &file)?;
    Ok(Json(file_told(&app, all, 0).await?))
}

pub async fn take_file(State(app): State<Arc<App>>, staff: Staff, Raw(file): Raw) -> Answer<FileRead> {
    let all = read_file(&staff, &file)?;
    let good = all.iter().filter_map(|one| one.offered.clone().ok()).collect();
    let who = staff.who();
    let begun = app.texts.take_over(asker(&staff, &who)?, good).await?;
    Ok(Json(file_told(&app, all, begun).await?))
}

fn told(app: &App, staff: &Staff) -> Result<Addresses, DeskError> {
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    Ok(Addresses { addresses: app.imports.of(staff.team()?), most })
}

async fn seen(app: &App, staff: &Staff, at: &LookAt) -> Result<Seen, DeskError> {
    let team = staff.team()?;
    let sort = EventSort::parse(&at.sort).ok_or_else(|| DeskError::field("sort", "missing"))?;
    let published = app.published();
    let name = published.edition.association(team).map(|known| known.name.value.clone());
    Ok(app.imports.look(team, &name.unwrap_or_default(), (&at.address, sort)).await?)
}

/// What is a draft already.
async fn mark(app: &App, looked: &mut Looked) -> Result<(), DeskError> {
    let there = app.texts.begun(looked.events.iter().map(|one| one.key.clone()).collect()).await?;
    for one in &mut looked.events {
        one.draft = there.get(&one.key).copied();
    }
    Ok(())
}

fn read_file(staff: &Staff, file: &[u8]) -> Result<Vec<OfFile>, DeskError> {
    let wrong = |wrong| DeskError { fields: vec![wrong], ..Fault::Invalid.into() };
    taken_over::read(file, staff.team()?).map_err(wrong)
}

async fn file_told(app: &App, all: Vec<OfFile>, begun: u32) -> Result<FileRead, DeskError> {
    let keys = all.iter().filter_map(|one| Some(one.offered.as_ref().ok()?.key.clone()));
    let there = app.texts.begun(keys.collect()).await?;
    let item = |one: OfFile| FileItem {
        kind: one.kind,
        title: one.title,
        draft: one.offered.as_ref().ok().and_then(|offered| there.get(&offered.key).copied()),
        wrong: one.offered.err(),
    };
    Ok(FileRead { items: all.into_iter().map(item).collect(), begun })
}

impl From<NotRead> for DeskError {
    fn from(not: NotRead) -> Self {
        match not {
            NotRead::Address(code) => Self::field("address", code),
            NotRead::Forgetful(failure) => {
                tracing::error!(%failure, "what was asked elsewhere cannot be remembered");
                Fault::Internal.into()
            }
        }
    }
}
