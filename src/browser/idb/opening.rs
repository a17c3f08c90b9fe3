//! One request to open the database, with a limit, and what may come back late.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbVersionChangeEvent};

use super::DATABASE;
use super::event::{StorageEvent, tell};
use super::migrations::{self, Store};
use super::request::answer;
use super::running;
use crate::BrowserError;
use crate::time_limit::within;

/// Opens through whatever `window.indexedDB` is now, and makes sure that our stores are in it.
///
/// After a full disk Chromium has brought a database back at its version but without its stores.
/// Nothing in such a one can be read by anybody, so it is made anew; the witness knows what was lost.
pub(super) async fn open(limit_ms: u32) -> Result<IdbDatabase, BrowserError> {
    let database = request(limit_ms).await?;
    let present = database.object_store_names();
    if Store::ALL.iter().all(|store| present.contains(store.name())) {
        return Ok(database);
    }
    database.close();
    delete(limit_ms).await?;
    request(limit_ms).await
}

/// Deletes the database with all that is in it.
pub(super) async fn delete(limit_ms: u32) -> Result<(), BrowserError> {
    let request = factory()?.delete_database(DATABASE)?;
    within(limit_ms, answer(request.into())).await?.map(drop)
}

fn factory() -> Result<IdbFactory, BrowserError> {
    crate::window().indexed_db()?.ok_or(BrowserError::Unavailable)
}

/// The limit does not count while an older tab blocks the upgrade: then `Blocked` is told once and the wait goes on,
/// because it ends by itself when that tab is closed, and no second request would be answered before this one.
async fn request(limit_ms: u32) -> Result<IdbDatabase, BrowserError> {
    let blocked = Rc::new(Cell::new(false));
    let request = factory()?.open_with_u32(DATABASE, migrations::NEWEST)?;
    let mut opened = Box::pin(opened(request, Rc::clone(&blocked)));
    let mut answer = within(limit_ms, opened.as_mut()).await;
    if answer.is_err() && blocked.get() {
        answer = Ok(opened.as_mut().await);
    }
    if blocked.get() {
        tell(StorageEvent::Unblocked);
    }
    if answer.is_err() {
        // A connection nobody holds would block the next upgrade: close it should it ever come.
        spawn_local(async move {
            if let Ok(database) = opened.await {
                database.close();
            }
        });
    }
    answer?
}

async fn opened(request: IdbOpenDbRequest, blocked: Rc<Cell<bool>>) -> Result<IdbDatabase, BrowserError> {
    let on_blocked = Closure::<dyn FnMut()>::new(move || {
        if !blocked.replace(true) {
            tell(StorageEvent::Blocked);
        }
    });
    let upgraded = request.clone();
    // What it throws makes the browser roll the upgrade back and fail the request.
    let on_upgrade = Closure::<dyn FnMut(IdbVersionChangeEvent) -> Result<(), JsValue>>::new(
        move |change: IdbVersionChangeEvent| {
            upgraded.transaction().into_iter().for_each(running::watch_upgrade);
            migrations::upgrade(upgraded.result()?.unchecked_ref(), change.old_version())
        },
    );
    request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    Ok(answer(request.into()).await?.unchecked_into())
}
