//! An old tab and a new one want the same database at different versions.

use anyhow::{Result, ensure};
use fantoccini::wd::WindowHandle;

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::{SAVED_CARD, STORAGE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        a07_an_old_tab_that_will_not_let_go_blocks_the_upgrade,
        a08_our_own_old_tab_makes_way_for_a_newer_version,
    ]
}

// A tab from last year was still open in the background and ignored that a newer version wanted the database.
async fn a07_an_old_tab_that_will_not_let_go_blocks_the_upgrade(world: &mut World) -> Result<()> {
    world.browser.open(&world.url("/healthz")).await?;
    world
        .browser
        .promise(
            "new Promise((resolve, reject) => {
           const request = indexedDB.open('tonari', 1);
           request.onupgradeneeded = () => request.result.createObjectStore('saved');
           request.onsuccess = () => { window.held = request.result; resolve(true); };
           request.onerror = () => reject(request.error);
         })",
        )
        .await?;
    let old = world.browser.client.window().await?;
    let new = open_tab(world).await?;
    world.visit("/").await?;
    world.browser.read(STORAGE, "そのタブを閉じると").await?;
    // Finding goes on meanwhile.
    world.ask_for("松江市").await?;
    world.is_answered("松江市", &["shimane"]).await?;
    world.browser.client.switch_to_window(old).await?;
    world.browser.client.close_window().await?;
    world.browser.client.switch_to_window(new).await?;
    world.browser.gone(STORAGE).await?;
    world.save("shimane").await?;
    world.visit("/saved").await?;
    world.browser.see(SAVED_CARD).await?;
    Ok(())
}

// She opened the new version in a second tab while the first one still showed her saved teams.
async fn a08_our_own_old_tab_makes_way_for_a_newer_version(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    let old = world.browser.client.window().await?;
    open_tab(world).await?;
    world.browser.open(&world.url("/healthz")).await?;
    let kept = world
        .browser
        .promise(
            "new Promise((resolve, reject) => {
               const request = indexedDB.open('tonari', 99);
               request.onblocked = () => reject('blocked');
               request.onsuccess = () => {
                 const all = request.result.transaction('saved').objectStore('saved').getAllKeys();
                 all.onsuccess = () => { request.result.close(); resolve(all.result); };
               };
               request.onerror = () => reject(request.error);
             })",
        )
        .await?;
    ensure!(kept.as_array().is_some_and(|keys| keys.len() == 1), "the newer version finds {kept}");
    world.browser.client.switch_to_window(old).await?;
    world.browser.read(STORAGE, "新しいとなり").await?;
    Ok(())
}

/// A second tab, which now has the screen.
async fn open_tab(world: &World) -> Result<WindowHandle> {
    let tab = world.browser.client.new_window(true).await?.handle;
    world.browser.client.switch_to_window(tab.clone()).await?;
    Ok(tab)
}
