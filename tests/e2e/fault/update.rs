//! A new build on its way to her phone: whole, or not at all, and never over what she is typing.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::patience::until;
use tests::proxy::Fate;
use tests::site::next_build;

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::UPDATE;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        b02_an_update_cut_off_at_any_file_leaves_the_old_version_whole,
        b03_a_file_with_the_wrong_bytes_is_refused_with_its_whole_version,
        b12_an_update_never_reloads_over_what_she_is_typing,
    ]
}

// The connection broke during the update, each time at another file.
async fn b02_an_update_cut_off_at_any_file_leaves_the_old_version_whole(world: &mut World) -> Result<()> {
    prepare_update(world).await?;
    for file in changed_files(world).await? {
        let cut = file.clone();
        world.proxy.spoil(move |path| (path == cut).then_some(Fate::Cut));
        is_refused(world, &file).await?;
    }
    is_taken_when_whole(world).await
}

// A cache on the way answered with yesterday's bytes under today's name.
async fn b03_a_file_with_the_wrong_bytes_is_refused_with_its_whole_version(world: &mut World) -> Result<()> {
    prepare_update(world).await?;
    for file in changed_files(world).await? {
        let stale = file.clone();
        world.proxy.spoil(move |path| {
            (path == stale).then(|| Fate::Replace {
                status: 200,
                content_type: "text/javascript",
                body: "yesterday".to_owned(),
            })
        });
        is_refused(world, &file).await?;
    }
    is_taken_when_whole(world).await
}

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

/// The first version is on the device; the next one is on the server but cannot be seen yet.
async fn prepare_update(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    // A browser looks for updates by itself; it shall not find this one before it is spoilt.
    world.proxy.spoil(|path| (path == "/sw.js").then_some(Fate::Cut));
    world.site.deploy(next_build).await
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
    let changed: Vec<String> = files.keys().filter(is_new).cloned().collect();
    ensure!(changed.len() >= 3, "the next build differs in {changed:?} only");
    Ok(changed)
}

/// The update fails as a whole, and the old version answers, whole as before.
async fn is_refused(world: &World, file: &str) -> Result<()> {
    let end = world
        .browser
        .promise(
            "navigator.serviceWorker.getRegistration().then((one) => one.update()).then((one) => new Promise((resolve) => {
               const worker = one.installing ?? one.waiting;
               if (!worker) return resolve('none');
               const look = () => worker.state !== 'installing' && resolve(worker.state);
               worker.addEventListener('statechange', look);
               look();
             }))",
        )
        .await;
    // Engines differ in whether `update` itself already fails; what counts is that nothing waits.
    let end = end.unwrap_or(Value::from("refused"));
    ensure!(end != "installed", "{file} was spoilt, yet the new version was installed");
    let caches = "caches.keys().then((names) => names.filter((name) => name.startsWith('tonari-')).length)";
    until("the broken attempt to be cleared away", async || {
        Ok((world.browser.promise(caches).await? == 1).then_some(()))
    })
    .await?;
    world.reload().await?;
    ensure!(
        !world.browser.is_there("meta[name=tests-build]").await?,
        "with {file} spoilt, the new page was shown"
    );
    Ok(())
}

async fn is_taken_when_whole(world: &World) -> Result<()> {
    world.proxy.heal();
    world.reload().await?;
    world.browser.see(UPDATE).await?;
    world.browser.click(&format!("{UPDATE} button")).await?;
    world.browser.holds("document.querySelector('meta[name=tests-build]')").await?;
    world.has_started().await
}
