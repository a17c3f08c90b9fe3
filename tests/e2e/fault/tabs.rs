//! Several tabs and one database: an old tab and a new one want it at different versions, two make it at the very same
//! moment, and one comes back that knows nothing of what another has sent.

use anyhow::{Result, ensure};
use fantoccini::wd::WindowHandle;
use serde_json::json;

use crate::booker::CARD;
use crate::case::{Case, rounds_asked_for, stories};
use crate::engine::{EVERY, Engine, ON_DISK};
use crate::founder::{SAVED_CARD, STORAGE};
use crate::widget::{Host, Page};
use crate::world::World;

/// So often the device is emptied and two tabs begin at once, unless more is asked for.
const ROUNDS: usize = 4;

pub fn cases() -> Vec<Case> {
    let everywhere = stories![EVERY =>
        a07_an_old_tab_that_will_not_let_go_blocks_the_upgrade,
        a08_our_own_old_tab_makes_way_for_a_newer_version,
        a09_two_tabs_are_opened_for_the_first_time_at_the_very_same_moment,
    ];
    let kept = stories![ON_DISK => a29_a_page_comes_back_after_another_tab_has_sent_what_waited];
    [everywhere, kept].concat()
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

// Her browser opened both of yesterday's tabs at once; in one of them nothing could be saved.
async fn a09_two_tabs_are_opened_for_the_first_time_at_the_very_same_moment(world: &mut World) -> Result<()> {
    // It keeps the app, not what is hers, and a device with one is not emptied in a moment.
    world.plant("Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });").await?;
    world.browser.open(&world.url("/healthz")).await?;
    let conductor = world.browser.client.window().await?;
    let tabs = [(open_tab(world).await?, "shimane"), (open_tab(world).await?, "gunma")];
    let rounds = rounds_asked_for().unwrap_or(ROUNDS);
    for _ in 0..rounds {
        begin_at_once(world, &conductor, &tabs).await?;
        for (tab, _) in &tabs {
            world.browser.client.switch_to_window(tab.clone()).await?;
            world.has_started().await?;
            world.tap_save().await?;
            world.browser.see("[data-testid=save][aria-pressed=true]").await?;
            ensure!(!world.browser.is_there(STORAGE).await?, "one of them cannot keep anything");
        }
        world.browser.client.switch_to_window(conductor.clone()).await?;
        let kept = world.browser.promise(KEPT).await?;
        ensure!(kept == json!([1, 2]), "databases of this name, and teams in it: {kept}");
    }
    // The runner has begun a line of its own.
    println!("\nbench tabs_{} {rounds}", world.browser.engine.name());
    Ok(())
}

/// On an emptied device each tab goes to its team.
async fn begin_at_once(world: &World, conductor: &WindowHandle, tabs: &[(WindowHandle, &str)]) -> Result<()> {
    for (tab, _) in tabs {
        world.browser.client.switch_to_window(tab.clone()).await?;
        world.browser.open(&world.url("/healthz")).await?;
    }
    world.browser.client.switch_to_window(conductor.clone()).await?;
    world.browser.promise(EMPTY).await?;
    for (tab, team) in tabs {
        world.browser.client.switch_to_window(tab.clone()).await?;
        world.browser.script(&at_the_sign(&format!("/associations/{team}"))).await?;
    }
    world.browser.client.switch_to_window(conductor.clone()).await?;
    world.browser.script("new BroadcastChannel('begin').postMessage('now')").await?;
    Ok(())
}

fn at_the_sign(route: &str) -> String {
    format!(
        "window.sign = new BroadcastChannel('begin');
         window.sign.onmessage = () => location.assign('{route}');"
    )
}

/// As on a phone that has never been here.
const EMPTY: &str = "
(async () => {
  localStorage.clear();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('tonari');
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error);
  });
})()";

const KEPT: &str = "
(async () => {
  const there = (await indexedDB.databases()).filter((one) => one.name === 'tonari').length;
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('tonari');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const teams = await new Promise((resolve) => {
    const all = database.transaction('saved').objectStore('saved').count();
    all.onsuccess = () => resolve(all.result);
  });
  database.close();
  return [there, teams];
})()";

// She went back to her list, and it still said 送信待ち. Another tab had sent it while she read a page of somebody else's.
async fn a29_a_page_comes_back_after_another_tab_has_sent_what_waited(world: &mut World) -> Result<()> {
    let host = Host::start().await?;
    let elsewhere = host.put("elsewhere", Page { html: "<h1>elsewhere</h1>".to_owned(), ..Page::default() });
    world.enters_the_tunnel("shimane").await?;
    world.request("shimane").await?;
    world.visit("/bookings").await?;
    world.browser.read("[data-testid=waiting]", "1件").await?;
    world.browser.script("window.isTheOldOne = true").await?;
    world.browser.open(&elsewhere).await?;
    let old = world.browser.client.window().await?;
    open_tab(world).await?;
    world.site.resume().await?;
    world.visit("/bookings").await?;
    world.browser.read(CARD, "受付番号").await?;
    world.browser.client.switch_to_window(old).await?;
    world.browser.client.back().await?;
    world.browser.read(CARD, "受付番号").await?;
    world.browser.gone("[data-testid=waiting]").await?;
    ensure!(world.booked_keys()?.len() == 1, "booked once");
    // Driven, Firefox loads it anew.
    let is_the_old_one = world.browser.script("return Boolean(window.isTheOldOne)").await? == json!(true);
    ensure!(is_the_old_one || world.browser.engine == Engine::Firefox, "it did not come out of the cache");
    Ok(())
}

/// A second tab, which now has the screen.
async fn open_tab(world: &World) -> Result<WindowHandle> {
    let tab = world.browser.client.new_window(true).await?.handle;
    world.browser.client.switch_to_window(tab.clone()).await?;
    Ok(tab)
}
