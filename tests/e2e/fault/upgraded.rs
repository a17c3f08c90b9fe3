//! A database of an earlier version becomes this one's while a thousand requests wait in it, and the battery ends meanwhile.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::dice::Dice;
use tests::proxy::Fate;
use tokio::time::sleep;

use crate::case::{Case, kills_asked_for, stories};
use crate::engine::CHROMIUM;
use crate::world::World;

const WAITING: usize = 1_000;
/// Of the version before the reading came.
const BEFORE: u64 = 3;
/// From the moment the page is asked for to the latest kill, in milliseconds. The change is done somewhere in it.
const MOMENTS: usize = 600;

pub fn cases() -> Vec<Case> {
    stories![CHROMIUM => a22_the_browser_is_killed_while_its_database_becomes_a_newer_one]
}

/// Browsers ended in one story.
fn ends() -> usize {
    kills_asked_for().unwrap_or(3)
}

// The update came in the night, and so did the end of the battery; in the morning nothing waited to be sent any more.
async fn a22_the_browser_is_killed_while_its_database_becomes_a_newer_one(world: &mut World) -> Result<()> {
    // Nothing is sent meanwhile: it is the phone's own list that is looked at.
    world.proxy.spoil(|path| (path == "/api/v1/bookings").then_some(Fate::Lose));
    let mut dice = Dice::thrown();
    let mut changed = 0;
    for _ in 0..ends() {
        world.browser.open(&world.url("/healthz")).await?;
        let made = world.browser.promise(&earlier()).await?;
        ensure!(made == json!({ "version": BEFORE, "waiting": WAITING }), "it began with {made}");
        let bookings = world.url("/bookings");
        world.browser.script(&format!("setTimeout(() => location.assign('{bookings}'))")).await?;
        sleep(Duration::from_millis(dice.below(MOMENTS) as u64)).await;
        world.browser.die_and_return().await?;
        world.browser.open(&world.url("/healthz")).await?;
        let left = world.browser.promise(LEFT).await?;
        ensure!(left["waiting"] == WAITING, "of {WAITING} requests there are {left}");
        let version = left["version"].as_u64().context("a version")?;
        ensure!(version >= BEFORE, "{left}");
        changed += usize::from(version > BEFORE);
    }
    println!("{} browsers killed, {changed} of them after the change: every request was there", ends());
    world.visit("/bookings").await?;
    world.browser.read("[data-testid=waiting]", "1000件").await?;
    Ok(())
}

/// A new database as the version before had it. Its requests are not due yet.
fn earlier() -> String {
    format!(
        "(async () => {{
  const done = (asked) => new Promise((good, bad) => {{ asked.onsuccess = () => good(asked.result); asked.onerror = bad; }});
  await done(indexedDB.deleteDatabase('tonari'));
  const opening = indexedDB.open('tonari', {BEFORE});
  opening.onupgradeneeded = () => {{
    for (const store of ['saved', 'directory', 'outbox', 'drafts', 'slots', 'lease'])
      opening.result.createObjectStore(store);
  }};
  const database = await done(opening);
  const change = database.transaction('outbox', 'readwrite', {{ durability: 'strict' }});
  const [createdAt, notBefore] = [Date.now(), Date.now() + 3_600_000];
  for (let n = 0; n < {WAITING}; n += 1) {{
    const key = `waiting-${{n}}`;
    const entry = {{ key, body: '{{}}', createdAt, attempts: 0, status: 'queued', notBefore }};
    change.objectStore('outbox').put(entry, key);
  }}
  await new Promise((good, bad) => {{ change.oncomplete = good; change.onerror = bad; }});
  database.close();
  return {LEFT};
}})()"
    )
}

/// As it is, without a change of ours.
const LEFT: &str = "(async () => {
  const done = (asked) => new Promise((good, bad) => { asked.onsuccess = () => good(asked.result); asked.onerror = bad; });
  const database = await done(indexedDB.open('tonari'));
  const waiting = await done(database.transaction('outbox').objectStore('outbox').count());
  const { version } = database;
  database.close();
  return { version, waiting };
})()";
