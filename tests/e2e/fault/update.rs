//! A new build on its way to her phone: whole, or not at all, and never over what she is typing.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::patience::until;
use tests::proxy::Fate;
use tests::site::{next_build, nth_build};

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::{TITLE, UPDATE};
use crate::world::World;

const WORKER: &str = "/sw.js";

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        b02_an_update_cut_off_at_any_file_leaves_the_old_version_whole,
        b03_a_file_with_the_wrong_bytes_is_refused_with_its_whole_version,
        b02_an_update_takes_along_the_booking_she_could_open_before,
        b07_a_tab_finds_its_files_after_two_updates_in_a_row,
        b12_an_update_never_reloads_over_what_she_is_typing,
    ]
}

// The connection broke during the update, each time at another file.
async fn b02_an_update_cut_off_at_any_file_leaves_the_old_version_whole(world: &mut World) -> Result<()> {
    is_refused_with_any_file(world, &Fate::Cut).await
}

// A cache on the way answered with yesterday's bytes under today's name.
async fn b03_a_file_with_the_wrong_bytes_is_refused_with_its_whole_version(world: &mut World) -> Result<()> {
    let yesterday =
        Fate::Replace { status: 200, content_type: "text/javascript", body: "yesterday".to_owned() };
    is_refused_with_any_file(world, &yesterday).await
}

async fn is_refused_with_any_file(world: &mut World, fate: &Fate) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    let mut spoilt = Vec::new();
    // Each time another build, because the browser keeps the good files of an attempt that failed.
    for number in 1.. {
        // A browser looks for updates by itself; it shall not find this one before it is spoilt.
        world.proxy.spoil(|path| (path == WORKER).then_some(Fate::Cut));
        world.site.deploy(|app| nth_build(app, number)).await?;
        let changed = changed_files(world).await?;
        ensure!(changed.len() >= 3, "the next build differs in {changed:?} only");
        let Some(file) = changed.get(usize::from(number) - 1) else { break };
        is_refused(world, file, fate).await?;
        spoilt.push(file.clone());
    }
    println!("refused with each of {spoilt:?}");
    is_taken_when_whole(world).await
}

// She could book in a tunnel yesterday; last night there was an update.
async fn b02_an_update_takes_along_the_booking_she_could_open_before(world: &mut World) -> Result<()> {
    world.visit("/find?pref=32").await?;
    world.works_offline().await?;
    world.can_book_offline().await?;
    // From here on no screen asks for booking: what is there afterwards came with the update.
    world.visit("/device").await?;
    world.site.deploy(next_build).await?;
    world.reload().await?;
    world.browser.see(UPDATE).await?;
    world.site.stop().await?;
    world.browser.click(&format!("{UPDATE} button")).await?;
    world.browser.holds("document.querySelector('meta[name=tests-build]')").await?;
    world.has_started().await?;
    world.visit("/bookings").await?;
    world.browser.read(TITLE, "予約一覧").await?;
    world.browser.holds("document.querySelector('meta[name=tests-build]')").await
}

// Two updates came on one day, and she opened the app in between; the worker of the second kept the files of the first, which
// nobody had used yet, and threw away those of the page in front of her.
async fn b07_a_tab_finds_its_files_after_two_updates_in_a_row(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    for number in 1..=2 {
        world.site.deploy(|app| nth_build(app, number)).await?;
        world.browser.promise(UPDATE_TO_ITS_END).await.ok();
        let version = world.site.version().await?;
        comes_true(world, "the update to wait", &WAITS.replace("$version", &version)).await?;
    }
    world.browser.promise(ACTIVATE).await?;
    comes_true(world, "the second one to answer", ANSWERS).await?;
    world.site.stop().await?;
    ensure!(world.browser.promise(FOUND).await? == true, "the page's own glue is gone");
    Ok(())
}

/// By the worker: the browser's own cache may lose it at any time.
const FOUND: &str = "
fetch(document.querySelector('script[data-js]').dataset.js, { cache: 'no-store' }).then((answer) => answer.ok)";

async fn comes_true(world: &World, what: &str, promise: &str) -> Result<()> {
    until(what, async || Ok((world.browser.promise(promise).await? == true).then_some(()))).await
}

/// The worker of this version is complete, and not in use.
const WAITS: &str = "
Promise.all([navigator.serviceWorker.ready, caches.match('/.complete', { cacheName: 'tonari-$version' })])
  .then(([one, complete]) => Boolean(complete && one.waiting && !one.installing))";

const ACTIVATE: &str = "
navigator.serviceWorker.ready.then((one) => one.waiting.postMessage({ type: 'activate' }))";

const ANSWERS: &str = "
navigator.serviceWorker.ready.then((one) => !one.waiting && one.active.state === 'activated')";

// She was half through typing when the new version came.
async fn b12_an_update_never_reloads_over_what_she_is_typing(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    world.type_place("まつ").await?;
    world.browser.script("window.stillThisPage = true").await?;
    world.site.deploy(next_build).await?;
    world
        .browser
        .promise("navigator.serviceWorker.ready.then((one) => one.update()).then(() => true)")
        .await?;
    world.browser.see(UPDATE).await?;
    world.browser.holds("window.stillThisPage").await?;
    world.browser.holds("document.querySelector('#place').value === 'まつ'").await?;
    // Even when she comes back to the page later.
    world.browser.script("document.dispatchEvent(new Event('visibilitychange'))").await?;
    world.ask_for("まつえ").await?;
    world.browser.holds("window.stillThisPage").await
}

/// The files of the next build that this device does not have yet.
async fn changed_files(world: &World) -> Result<Vec<String>> {
    let worker = world.site.get("/sw.js").await?;
    let start = worker.find("{\"version\"").context("sw.js holds a manifest")?;
    let manifest = serde_json::Deserializer::from_str(&worker[start..]).into_iter::<Value>().next();
    let manifest = manifest.context("sw.js holds a manifest")??;
    let files = manifest["files"].as_object().context("a manifest lists files")?;
    let have = world
        .browser
        .promise(
            "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))
               .then((all) => Promise.all(all.map((cache) => cache.keys())))
               .then((all) => all.flat().map((one) => new URL(one.url).pathname))",
        )
        .await?;
    let have = have.as_array().context("a list of paths")?;
    let is_new = |path: &&String| *path == "/" || !have.iter().any(|known| known == path.as_str());
    Ok(files.keys().filter(is_new).cloned().collect())
}

/// The update fails as a whole, and the old version answers, whole as before.
async fn is_refused(world: &World, file: &str, fate: &Fate) -> Result<()> {
    let spoilt = (file.to_owned(), fate.clone());
    world.proxy.spoil(move |path| (path == spoilt.0).then(|| spoilt.1.clone()));
    world.browser.promise(UPDATE_TO_ITS_END).await.ok();
    // No further attempt starts, and one that is under way keeps failing until it has ended.
    let spoilt = (file.to_owned(), fate.clone());
    world.proxy.spoil(move |path| match path {
        WORKER => Some(Fate::Cut),
        path => (path == spoilt.0).then(|| spoilt.1.clone()),
    });
    until("the broken attempt to be cleared away", async || {
        Ok((world.browser.promise(NOTHING_NEW).await? == true).then_some(()))
    })
    .await
    .with_context(|| format!("{file} was spoilt"))?;
    world.reload().await?;
    ensure!(
        !world.browser.is_there("meta[name=tests-build]").await?,
        "with {file} spoilt, the new page was shown"
    );
    Ok(())
}

/// Resolves when the attempt is over; engines differ in whether `update` itself fails or the worker later.
const UPDATE_TO_ITS_END: &str = "
navigator.serviceWorker.getRegistration().then((one) => one.update()).then((one) => new Promise((resolve) => {
  const worker = one.installing;
  if (!worker) return resolve(true);
  const look = () => worker.state !== 'installing' && resolve(true);
  worker.addEventListener('statechange', look);
  look();
}))";

/// No worker but the active one, and no cache but its own.
const NOTHING_NEW: &str = "
Promise.all([navigator.serviceWorker.getRegistration(), caches.keys()]).then(([one, names]) =>
  !one.installing && !one.waiting && names.filter((name) => name.startsWith('tonari-')).length === 1)";

async fn is_taken_when_whole(world: &World) -> Result<()> {
    world.proxy.heal();
    world.reload().await?;
    world.browser.see(UPDATE).await?;
    world.browser.click(&format!("{UPDATE} button")).await?;
    world.browser.holds("document.querySelector('meta[name=tests-build]')").await?;
    world.has_started().await
}
