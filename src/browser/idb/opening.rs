//! One request to open the database, with a limit, and what may come back late.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::event::{StorageEvent, tell};
use super::migrations::{self, Store};
use super::{DATABASE, failure};
use crate::BrowserError;
use crate::time_limit::within;

/// Opens through whatever `window.indexedDB` is now, and makes sure that our stores are in it.
///
/// After a full disk Chromium has brought a database back at its version but without its stores.
/// Nothing in such a one can be read by anybody, so it is made anew; the witness knows what was lost.
pub(super) async fn open(limit_ms: u32) -> Result<Database, BrowserError> {
    let database = request(limit_ms).await?;
    let present = database.as_sys().object_store_names();
    if Store::ALL.iter().all(|store| present.contains(store.name())) {
        return Ok(database);
    }
    database.close();
    let deletion = Database::delete_by_name(DATABASE).map_err(failure::from_open)?;
    within(limit_ms, deletion).await?.map_err(failure::from_request)?;
    request(limit_ms).await
}

/// The limit does not count while an older tab blocks the upgrade: then `Blocked` is told once and the wait goes on,
/// because it ends by itself when that tab is closed, and no second request would be answered before this one.
async fn request(limit_ms: u32) -> Result<Database, BrowserError> {
    let blocked = Rc::new(Cell::new(false));
    let heard = Rc::clone(&blocked);
    let request = Database::open(DATABASE)
        .with_version(migrations::NEWEST)
        .with_on_blocked(move |_| {
            heard.set(true);
            tell(StorageEvent::Blocked);
            Ok(())
        })
        .with_on_upgrade_needed(|change, database| migrations::upgrade(&database, change.old_version()))
        .build()
        .map_err(failure::from_open)?;
    let mut request = Box::pin(request);
    let mut answer = within(limit_ms, request.as_mut()).await;
    if answer.is_err() && blocked.get() {
        answer = Ok(pin!(request.as_mut()).await);
    }
    if blocked.get() {
        tell(StorageEvent::Unblocked);
    }
    match answer {
        Ok(opened) => opened.map_err(failure::from_open),
        Err(late) => {
            // A connection nobody holds would block the next upgrade: close it should it ever come.
            spawn_local(async move {
                if let Ok(database) = request.await {
                    database.close();
                }
            });
            Err(late)
        }
    }
}
