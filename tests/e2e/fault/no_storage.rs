//! Browsers that have no storage, or forbid it: in-app browsers, blocked cookies, private windows.

use anyhow::{Result, ensure};

use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine, Options};
use crate::founder::STORAGE;
use crate::world::World;

const PRIVATE_WINDOWS: &[Engine] = &[Engine::Chromium, Engine::Firefox];

pub fn cases() -> Vec<Case> {
    let mut cases = stories![EVERY =>
        a17_indexed_db_is_undefined,
        a17_indexed_db_is_null,
        a17_indexed_db_is_forbidden,
        a18_local_and_session_storage_are_forbidden,
        a18_local_storage_is_null,
    ];
    let private = stories![PRIVATE_WINDOWS => a19_a_private_window_works_and_promises_nothing];
    cases.extend(
        private.into_iter().map(|case| case.with(|_| Options { private: true, ..Options::default() })),
    );
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
