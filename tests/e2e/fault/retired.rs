//! A build that should never have been there, and how her phone leaves it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::patience::until;
use tests::proxy::Fate;
use tests::site::nth_build;

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::{TITLE, UPDATE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => b09_a_build_that_does_not_start_is_left_at_the_next_start_and_what_waits_stays]
}

const TEAM: &str = "shimane";

// It had passed every check and did not start on phones. She had a request on hers that had not been sent yet.
async fn b09_a_build_that_does_not_start_is_left_at_the_next_start_and_what_waits_stays(
    world: &mut World,
) -> Result<()> {
    let waiting = something_waits(world).await?;
    let repaired = tempfile::tempdir()?;
    world.site.deploy(|app| spoilt(app, 1, repaired.path())).await?;
    take_the_spoilt_one(world).await?;

    world.site.deploy(|app| good(app, repaired.path(), 2)).await?;
    let good = world.site.version().await?;
    world.site.set("TONARI_MIN_VERSION", good.clone());
    world.site.stop().await?;
    world.site.resume().await?;
    // At this start she learns of it, at the next one it is over.
    world.reload_anything().await?;
    let mut found = Value::Null;
    let in_charge = until("the good build to be in charge", async || {
        found = world.browser.promise(&workers(&good)).await?;
        Ok((found == IN_CHARGE_ALONE).then_some(()))
    });
    in_charge.await.with_context(|| format!("there is: {found}"))?;
    world.proxy.heal();
    world.reload().await?;
    world.browser.holds(&shows(2)).await?;
    world.visit("/bookings").await?;
    world.browser.see(TITLE).await?;
    until("her request to arrive", async || Ok((world.booked_keys()? == waiting).then_some(()))).await
}

/// A request that she made in a tunnel; nothing of hers arrives yet, though the server is back.
async fn something_waits(world: &mut World) -> Result<Vec<String>> {
    world.enters_the_tunnel(TEAM).await?;
    world.request(TEAM).await?;
    world.visit("/bookings").await?;
    let waiting = world.listed_keys().await?;
    ensure!(waiting.len() == 1, "{waiting:?} wait");
    world.visit("/device").await?;
    world.proxy.spoil(|path| path.starts_with("/api/v1/bookings").then_some(Fate::Lose));
    Ok(waiting)
}

/// Its plain page is what she sees.
async fn take_the_spoilt_one(world: &World) -> Result<()> {
    world.reload().await?;
    world.browser.see(UPDATE).await?;
    world.browser.click(&format!("{UPDATE} button")).await?;
    world.browser.holds(&shows(1)).await?;
    world.browser.see("[data-boot-failed]").await?;
    ensure!(!world.browser.is_there(".tn-screens").await?, "the spoilt build started");
    Ok(())
}

/// The next build, with glue that throws; the good one is kept in `aside`.
fn spoilt(app: &Path, number: u8, aside: &Path) -> Result<()> {
    nth_build(app, number)?;
    let glue = glue(app)?;
    fs::copy(&glue, aside.join("app.js"))?;
    Ok(fs::write(glue, "throw new Error('this build does not start');")?)
}

fn good(app: &Path, aside: &Path, number: u8) -> Result<()> {
    fs::copy(aside.join("app.js"), glue(app)?)?;
    nth_build(app, number)
}

fn glue(app: &Path) -> Result<std::path::PathBuf> {
    let files = fs::read_dir(app)?.filter_map(|file| Some(file.ok()?.path()));
    let is_glue = |file: &std::path::PathBuf| {
        file.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with("app-") && name.ends_with(".js"))
    };
    files.into_iter().find(is_glue).context("the app has glue")
}

fn shows(build: u8) -> String {
    format!("document.querySelector('meta[name=tests-build]')?.content === '{build}'")
}

/// Nothing is on its way or waits, and the good one is complete.
const IN_CHARGE_ALONE: &str = "complete, active: activated";

/// What this browser has of a version and of workers. Asked of the browser alone: a page that asks its worker for anything keeps
/// it busy, and Chromium puts another in its place only when it is not.
fn workers(version: &str) -> String {
    format!(
        "Promise.all([
           navigator.serviceWorker.getRegistration(),
           caches.open('tonari-{version}').then((cache) => cache.match('/.complete')),
         ]).then(([one, complete]) => [
           complete ? 'complete' : 'not complete',
           ...['installing', 'waiting', 'active'].filter((which) => one[which]).map((which) => `${{which}}: ${{one[which].state}}`),
         ].join(', '))"
    )
}
