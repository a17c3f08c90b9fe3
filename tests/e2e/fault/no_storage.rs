//! Browsers that have no storage, or forbid it: in-app browsers, blocked cookies, private windows.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::booker::CARD;
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine, ON_DISK, Options};
use crate::founder::{SAVED_CARD, STORAGE, TITLE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let mut cases = stories![EVERY =>
        a17_indexed_db_is_undefined,
        a17_indexed_db_is_null,
        a17_indexed_db_is_forbidden,
        a17_a_request_that_cannot_be_kept_is_never_called_saved,
        a18_local_and_session_storage_are_forbidden,
        a18_local_storage_is_null,
    ];
    let private = stories![ON_DISK => a19_a_private_window_works_and_promises_nothing];
    cases.extend(
        private.into_iter().map(|case| case.with(|_| Options { private: true, ..Options::default() })),
    );
    cases.extend(stories![ON_DISK => a15_a_store_that_cannot_be_opened_is_done_without_until_it_can]);
    cases
}

// She opened the link inside another app, whose browser has no IndexedDB at all.
async fn a17_indexed_db_is_undefined(world: &mut World) -> Result<()> {
    world
        .plant("Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true });")
        .await?;
    finds_and_is_told_that_nothing_is_kept(world).await
}

// An old WebView said null where it had no storage.
async fn a17_indexed_db_is_null(world: &mut World) -> Result<()> {
    world.plant("Object.defineProperty(window, 'indexedDB', { value: null, configurable: true });").await?;
    finds_and_is_told_that_nothing_is_kept(world).await
}

// She had blocked cookies; the browser answered every touch of IndexedDB with a SecurityError.
async fn a17_indexed_db_is_forbidden(world: &mut World) -> Result<()> {
    world.plant(&forbidden("indexedDB")).await?;
    finds_and_is_told_that_nothing_is_kept(world).await
}

// It said 端末に保存, she closed the page in the tunnel, and there was nothing.
async fn a17_a_request_that_cannot_be_kept_is_never_called_saved(world: &mut World) -> Result<()> {
    world
        .plant("Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true });")
        .await?;
    world.choose_time("shimane").await?;
    world.write_letter().await?;
    world.site.stop().await?;
    world.agree_and_send().await?;
    world.browser.read(TITLE, "保存できていません").await?;
    world.browser.read("[data-testid=not-saved]", "閉じないでください").await?;
    world.browser.click("a[href='/bookings']").await?;
    world.browser.read(CARD, "保存できていません").await?;
    // While the page is open it is sent all the same.
    world.comes_out_of_the_tunnel().await?;
    world.browser.read(CARD, "受付番号").await?;
    Ok(())
}

// With cookies blocked, even looking at localStorage throws; apps that read a theme at start stayed white.
async fn a18_local_and_session_storage_are_forbidden(world: &mut World) -> Result<()> {
    let script = format!("{}{}", forbidden("localStorage"), forbidden("sessionStorage"));
    world.plant(&script).await?;
    starts_and_finds(world).await
}

// An Android WebView without DOM storage has null in its place.
async fn a18_local_storage_is_null(world: &mut World) -> Result<()> {
    world
        .plant("Object.defineProperty(window, 'localStorage', { value: null, configurable: true });")
        .await?;
    starts_and_finds(world).await
}

// At a shared computer she used a private window. It worked like any other, and everything was gone afterwards.
async fn a19_a_private_window_works_and_promises_nothing(world: &mut World) -> Result<()> {
    starts_and_finds(world).await?;
    world.tap_save().await?;
    world.was_told().await?;
    world.visit("/device").await?;
    let promise = world.browser.text("section[aria-labelledby=keeping]").await?;
    ensure!(!promise.contains("約束しています"), "a private window keeps nothing, yet it says: {promise}");
    Ok(())
}

// Something else lay where the browser keeps a site's database, and every opening was an internal error. The app tried and
// tried, and she could not even look anything up; a week later it had all been there still.
async fn a15_a_store_that_cannot_be_opened_is_done_without_until_it_can(world: &mut World) -> Result<()> {
    const AWAY: &str = "away";
    world.save("shimane").await?;
    let engine = world.browser.engine;
    let port = world.proxy.port();
    let in_the_way = |profile: &Path| {
        let place = place_of_databases(profile, engine, port);
        fs::rename(&place, profile.join(AWAY))?;
        Ok(fs::write(place, "")?)
    };
    world.browser.die_and_return_after(in_the_way).await?;
    finds_and_is_told_that_nothing_is_kept(world).await?;
    let refused = world.browser.promise(OPENED).await?;
    ensure!(
        refused.as_str().is_some_and(|why| why.contains("UnknownError")),
        "the browser opened: {refused}"
    );
    world.choose_time("gunma").await?;
    world.write_letter().await?;
    world.agree_and_send().await?;
    world.browser.read(TITLE, "予約できました").await?;
    let given_back = |profile: &Path| {
        let place = place_of_databases(profile, engine, port);
        fs::remove_file(&place)?;
        Ok(fs::rename(profile.join(AWAY), place)?)
    };
    world.browser.die_and_return_after(given_back).await?;
    world.visit("/saved").await?;
    world.browser.see(SAVED_CARD).await?;
    Ok(())
}

/// The folder that holds it.
fn place_of_databases(profile: &Path, engine: Engine, port: u16) -> PathBuf {
    match engine {
        Engine::Chromium => profile.join("chromium/Default/IndexedDB"),
        _ => profile.join(format!("firefox/storage/default/http+++127.0.0.1+{port}/idb")),
    }
}

const OPENED: &str = "
new Promise((done) => {
  const opening = indexedDB.open('another');
  opening.onsuccess = () => done('opened');
  opening.onerror = () => done(String(opening.error));
})";

fn forbidden(name: &str) -> String {
    format!(
        "Object.defineProperty(window, '{name}', {{ configurable: true,
           get() {{ throw new DOMException('The operation is insecure.', 'SecurityError'); }} }});"
    )
}

async fn starts_and_finds(world: &World) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("松江市").await?;
    world.is_answered("松江市", &["shimane"]).await
}

async fn finds_and_is_told_that_nothing_is_kept(world: &World) -> Result<()> {
    starts_and_finds(world).await?;
    world.browser.see(STORAGE).await?;
    world.tap_save().await?;
    // It is kept for this page, and the word says so; it must not be the one for "saved".
    let said = world.was_told().await?;
    ensure!(said.contains("書き込めません"), "she was told: {said}");
    Ok(())
}
