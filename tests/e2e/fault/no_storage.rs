//! Browsers that have no storage, or forbid it: in-app browsers, blocked cookies, private windows.

use anyhow::{Result, ensure};

use crate::booker::CARD;
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine, Options};
use crate::founder::{STORAGE, TITLE};
use crate::world::World;

const PRIVATE_WINDOWS: &[Engine] = &[Engine::Chromium, Engine::Firefox];

pub fn cases() -> Vec<Case> {
    let mut cases = stories![EVERY =>
        a17_indexed_db_is_undefined,
        a17_indexed_db_is_null,
        a17_indexed_db_is_forbidden,
        a17_a_request_that_cannot_be_kept_is_never_called_saved,
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
    world.site.resume().await?;
    world.tap("[data-testid=waiting] button").await?;
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
