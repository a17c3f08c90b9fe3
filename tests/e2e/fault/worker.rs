//! The service worker between her and a network that is gone, or half there.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, ensure};
use tests::proxy::Fate;
use tests::site::next_build;

use crate::booker::{CARD, NOTE, REFERENCE};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::{BOOKINGS, PLACE, TITLE, UPDATE};
use crate::world::World;

const ROUTES: [&str; 7] =
    ["/", "/find?pref=32", "/find?pref=23", "/associations/shimane", "/saved", "/device", "/about"];

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        b01_every_route_opens_with_the_server_stopped,
        b01_booking_that_is_not_on_the_device_says_so,
        b08_a_worker_file_that_is_missing_or_wrong_leaves_the_installed_one_alone,
        b08_leaving_while_the_app_looks_for_a_version_blocks_no_later_one,
        b15_a_worker_that_is_another_one_each_time_reloads_nothing,
        b11_a_half_evicted_cache_is_mended_from_the_network,
        b11_without_its_first_file_and_without_network_a_rescue_page_opens,
        b19_nothing_of_a_booking_is_in_any_cache,
    ]
}

// Her train went into a tunnel, and she reloaded.
async fn b01_every_route_opens_with_the_server_stopped(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.works_offline().await?;
    world.site.stop().await?;
    for route in ROUTES {
        world.visit(route).await?;
        world.reload().await?;
    }
    world.visit("/").await?;
    world.ask_for("690-0886").await?;
    world.is_answered("松江市", &["shimane"]).await
}

// She had never seen a team, so her phone was spared the entry for booking; in the tunnel she tapped 予約.
async fn b01_booking_that_is_not_on_the_device_says_so(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    world.site.stop().await?;
    world.browser.click(BOOKINGS).await?;
    world.browser.read("h1", "いま、開けません").await?;
    world.site.resume().await?;
    world.browser.click("a[href='']").await?;
    world.browser.read(TITLE, "予約一覧").await?;
    Ok(())
}

// A server answered /sw.js with its start page; elsewhere, users of an app were stranded by that for ever.
async fn b08_a_worker_file_that_is_missing_or_wrong_leaves_the_installed_one_alone(
    world: &mut World,
) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    let wrong = [
        (404, "text/plain", "not found"),
        (200, "text/html", "<!doctype html><title>start</title>"),
        (200, "text/javascript", "this is ( no JavaScript"),
    ];
    for (status, content_type, body) in wrong {
        world.proxy.spoil(move |path| {
            (path == "/sw.js").then(|| Fate::Replace { status, content_type, body: body.to_owned() })
        });
        // The app looks for a newer version at every start.
        world.visit("/device").await?;
        world.browser.read("[data-testid=worker]", "確かめられませんでした").await?;
        world.site.stop().await?;
        world.reload().await?;
        world.site.resume().await?;
    }
    is_healed_by_the_next_deployment(world).await
}

// She tapped on before the app had heard whether there is a newer version; her browser never looked for one again.
async fn b08_leaving_while_the_app_looks_for_a_version_blocks_no_later_one(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    for _ in 0..5 {
        world.visit("/device").await?;
        world.reload().await?;
    }
    is_healed_by_the_next_deployment(world).await
}

// Something on the way stamped the worker's file with the time; each look at it found a new version.
async fn b15_a_worker_that_is_another_one_each_time_reloads_nothing(world: &mut World) -> Result<()> {
    world.visit("/device").await?;
    world.works_offline().await?;
    let answer = world.site.get("/sw.js").await?;
    let (_, worker) = answer.split_once("\r\n\r\n").context("the worker's file has a body")?;
    let (worker, asked) = (worker.to_owned(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    world.proxy.spoil(move |path| {
        let stamped = || format!("{worker}\n// {}", count.fetch_add(1, Ordering::Relaxed));
        (path == "/sw.js").then(|| Fate::Replace {
            status: 200,
            content_type: "text/javascript",
            body: stamped(),
        })
    });
    world.browser.script("window.stillThisPage = true").await?;
    for time in 1..=5 {
        world.browser.promise(UPDATE_INSTALLED).await?;
        ensure!(asked.load(Ordering::Relaxed) >= time, "the file was not another one each time");
    }
    world.browser.holds("window.stillThisPage").await?;
    // All of them are the same version, whose files are whole: it opens without a network, and takes the next real one.
    world.site.stop().await?;
    world.reload().await?;
    world.site.resume().await?;
    is_healed_by_the_next_deployment(world).await
}

// The phone was short of space and evicted a single file of the app.
async fn b11_a_half_evicted_cache_is_mended_from_the_network(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    let evicted = evict(world, "/_bg.wasm$/").await?;
    ensure!(evicted > 0, "there was nothing to evict");
    world.reload().await?;
    world.browser.see(TITLE).await?;
    // Whole again: now even without the server.
    let whole = "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))
        .then((all) => Promise.all(all.map((cache) => cache.keys())))
        .then((all) => all.flat().some((one) => /_bg.wasm$/.test(one.url)))";
    tests::patience::until("the file to be back", async || {
        Ok((world.browser.promise(whole).await? == true).then_some(()))
    })
    .await?;
    world.site.stop().await?;
    world.reload().await?;
    world.browser.see(PLACE).await?;
    Ok(())
}

// The evicted file was the page itself, and there was no network.
async fn b11_without_its_first_file_and_without_network_a_rescue_page_opens(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    let evicted = evict(world, "/^https?:..[^/]+.$/").await?;
    ensure!(evicted > 0, "there was nothing to evict");
    world.site.stop().await?;
    world.reload_anything().await?;
    world.browser.read("h1", "いま、開けません").await?;
    world.site.resume().await?;
    world.browser.click("a[href='']").await?;
    world.has_started().await
}

async fn is_healed_by_the_next_deployment(world: &mut World) -> Result<()> {
    world.proxy.heal();
    world.site.deploy(next_build).await?;
    world.visit("/device").await?;
    world.browser.see(UPDATE).await?;
    Ok(())
}

/// A new worker, if there is one, has got as far as it gets by itself.
const UPDATE_INSTALLED: &str = "
navigator.serviceWorker.ready.then(async (one) => {
  await one.update();
  while (one.installing) {
    const { installing } = one;
    await new Promise((go) => installing.addEventListener('statechange', go, { once: true }));
  }
  return true;
})";

/// Takes the entries whose address matches out of every cache; how many there were.
pub async fn evict(world: &World, pattern: &str) -> Result<u64> {
    let gone = world
        .browser
        .promise(&format!(
            "(async () => {{
               let gone = 0;
               for (const name of await caches.keys()) {{
                 const cache = await caches.open(name);
                 for (const one of await cache.keys()) {{
                   if ({pattern}.test(one.url)) gone += await cache.delete(one);
                 }}
               }}
               return gone;
             }})()"
        ))
        .await?;
    Ok(gone.as_u64().unwrap_or_default())
}

// The worker kept whatever passed it; whoever had her phone next read her booking out of its cache.
async fn b19_nothing_of_a_booking_is_in_any_cache(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    world.choose_time("gunma").await?;
    world.write_letter().await?;
    world.agree_and_send().await?;
    let reference = world.browser.text(REFERENCE).await?;
    world.visit("/bookings").await?;
    world.browser.read(CARD, &reference).await?;
    let kept = world.browser.promise(CACHED).await?;
    let kept = kept.as_array().context("a list")?;
    ensure!(
        kept.iter().any(|one| one["path"] == "/boot.js"),
        "the app itself is there, of {} files",
        kept.len()
    );
    for one in kept {
        let [method, path, body] =
            ["method", "path", "body"].map(|part| one[part].as_str().unwrap_or_default());
        ensure!(method == "GET" && !path.starts_with("/api/v1/bookings"), "{method} {path} is kept");
        ensure!(![&*reference, NOTE].iter().any(|word| body.contains(word)), "{path} tells of her");
    }
    Ok(())
}

const CACHED: &str = "
(async () => {
  const all = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const body = await (await cache.match(request)).text();
      const words = /wasm|image|font/.test(request.url) ? '' : body;
      all.push({ method: request.method, path: new URL(request.url).pathname, body: words });
    }
  }
  return all;
})()";
