//! In the middle of a load: another version is put there, the browser ends the worker.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use tests::patience::until;
use tests::proxy::Fate;
use tests::site::{copy_folder, next_build};

use super::worker::evict;
use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let mut cases = stories![EVERY => b06_a_version_put_there_in_the_middle_of_a_load_mixes_with_nothing];
    cases.extend(stories![CHROMIUM =>
        b06_a_page_whose_files_are_gone_in_its_first_second_is_opened_once_more,
        b14_a_worker_ended_in_the_middle_of_an_answer_costs_one_load,
    ]);
    cases
}

/// Longer than a deployment takes.
const SLOW_LINE: Duration = Duration::from_secs(6);

fn is_part(path: &str) -> bool {
    path.starts_with("/app-")
}

// She opened the app for the first time in the second in which the operator put the next version there.
async fn b06_a_version_put_there_in_the_middle_of_a_load_mixes_with_nothing(world: &mut World) -> Result<()> {
    world.proxy.spoil(|path| is_part(path).then_some(Fate::Late(SLOW_LINE)));
    let url = world.url("/");
    let World { site, proxy, browser, .. } = world;
    let deployed = async {
        until("the page to ask for its parts", async || {
            Ok(proxy.requests().iter().any(|request| is_part(&request.path)).then_some(()))
        })
        .await?;
        // As `cargo xtask dist` leaves it: the build before stands beside the new one.
        site.deploy(|app| {
            copy_folder(app, &app.join("../earlier/1"))?;
            next_build(app)
        })
        .await
    };
    let (opened, deployed) = tokio::join!(browser.open(&url), deployed);
    opened.and(deployed)?;
    world.has_started().await?;
    let parts = world.browser.script(PARTS).await?;
    ensure!(parts == json!(["old", "old", "old"]), "the page of before consists of {parts}");
    world.proxy.heal();
    // Its worker is the new version's, which comes whole, with a page of its own at the next start.
    world.works_offline().await?;
    world.site.stop().await?;
    world.reload().await?;
    let parts = world.browser.script(PARTS).await?;
    ensure!(parts == json!(["new", "new", "new"]), "the page after it consists of {parts}");
    Ok(())
}

// One of a hundred walks over builds ended with the plain page: it had come from its worker, what it consists of was asked of
// the network, and that had another build by then. A moment later everything was there.
async fn b06_a_page_whose_files_are_gone_in_its_first_second_is_opened_once_more(
    world: &mut World,
) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    evict(world, "/app-.*[.]js$/").await?;
    world.browser.devtools("Network.clearBrowserCache", json!({})).await?;
    // The worker asks twice, past the browser's own cache the second time; once for the page, and once to mend its cache.
    let left = AtomicUsize::new(4);
    world.proxy.spoil(move |path| {
        let is_gone = path.starts_with("/app-")
            && path.ends_with(".js")
            && left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
        is_gone.then(|| Fate::Replace { status: 404, content_type: "text/plain", body: String::new() })
    });
    world.reload().await
}

/// Page, glue and wasm, each by its own name.
const PARTS: &str = "
const script = document.querySelector('script[data-js]').dataset;
const loaded = performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname);
const of = (path) => (path.startsWith('/app-01') ? 'new' : 'old');
return [document.querySelector('meta[name=tests-build]') ? 'new' : 'old',
  ...[script.js, script.wasm].map((path) => (loaded.includes(path) ? of(path) : 'not loaded'))];";

// Chromium ends workers when it likes, also one that had just asked the network for a file that was evicted.
async fn b14_a_worker_ended_in_the_middle_of_an_answer_costs_one_load(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    evict(world, "/app-.*[.]wasm$/").await?;
    // Else the browser has it once more, below the worker.
    world.browser.devtools("Network.clearBrowserCache", json!({})).await?;
    let before = world.proxy.requests().len();
    world.proxy.spoil(|path| path.ends_with(".wasm").then_some(Fate::Late(SLOW_LINE)));
    world.browser.script("window.isBeforeReload = true; setTimeout(() => location.reload())").await?;
    until("the worker to ask for the file", async || {
        let requests = world.proxy.requests();
        Ok(requests.iter().skip(before).any(|request| request.path.ends_with(".wasm")).then_some(()))
    })
    .await?;
    world.browser.devtools("ServiceWorker.enable", json!({})).await?;
    world.browser.devtools("ServiceWorker.stopAllWorkers", json!({})).await?;
    // The app, or the server's page with its list and its telephone numbers: never nothing.
    world
        .browser
        .holds(
            "!window.isBeforeReload && (document.querySelector('.tn-screens')
               || document.querySelector('[data-boot-failed]:not([hidden])'))",
        )
        .await?;
    world.proxy.heal();
    world.reload().await?;
    world.site.stop().await?;
    world.reload().await
}
