//! What is read where there is no network, and what has to go even there.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::patience::until;

use super::read::{CAFE, SEARCH, look_for};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::TITLE;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        she_reads_and_searches_with_the_server_stopped,
        of_two_areas_she_keeps_what_is_for_them_and_reads_it_with_the_server_stopped,
        what_is_published_reaches_her_phone_and_what_is_withdrawn_leaves_it,
        a_phone_that_stays_away_for_too_long_forgets_what_it_kept,
        a_notice_stands_on_the_first_screen_for_its_area_and_goes_when_it_is_over,
    ]
}

/// The entry is on the device, and so are the shelves.
async fn reads_offline(world: &World) -> Result<()> {
    world.works_offline().await?;
    world.browser.see("[data-testid=kept]").await?;
    world
        .browser
        .holds("(caches.match('/read.html').then((kept) => window.isKept = !!kept), window.isKept)")
        .await
}

// A story she had kept fell off her list when she opened it again: it was marked as read before the disk was.
async fn she_reads_and_searches_with_the_server_stopped(world: &mut World) -> Result<()> {
    world.visit("/read").await?;
    reads_offline(world).await?;
    world.site.stop().await?;
    world.reload().await?;
    look_for(world, "kafe").await?;
    world.browser.click(&format!("{CAFE} .tn-card__link")).await?;
    world.browser.see("[data-testid=article] .tn-text").await?;
    world.browser.click("[data-testid=save]").await?;
    world.browser.see("[data-testid=save][aria-pressed=true]").await?;
    for route in ["/reading-list", "/read/demo-shimane-cafe-saikai", "/events", "/read/guide-fraud"] {
        world.visit(route).await?;
    }
    world.browser.see("[data-testid=article] .tn-text").await?;
    world.visit("/reading-list").await?;
    world.browser.see(&format!("[data-testid=later] {CAFE}")).await?;
    Ok(())
}

const LIMITED: &str = "[data-testid=only-part]";

/// How large the page says that all is which this device keeps, in KB.
async fn kept_kb(world: &World) -> Result<u64> {
    // The line is drawn anew with each shelf: it is found and read until both are of one.
    let words = world.browser.read("[data-testid=kept]", " KB").await?;
    let (before, _) = words.split_once(" KB").with_context(|| format!("no size: {words}"))?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    Ok(digits.chars().rev().collect::<String>().parse()?)
}

/// How large what lies on the disk is, closed.
async fn closed_bytes(world: &World) -> Result<u64> {
    let sizes = "new Promise((resolve, reject) => {
        const opening = indexedDB.open('tonari');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
            const all = opening.result.transaction('shelves').objectStore('shelves').getAll();
            all.onsuccess = () => {
                opening.result.close();
                resolve(all.result.reduce((sum, shelf) => sum + shelf.closed.length, 0));
            };
        };
    })";
    world.browser.promise(sizes).await?.as_u64().context("no size")
}

async fn keep_only(world: &World, areas: &[&str]) -> Result<()> {
    world.browser.click("[data-testid=packs] > summary").await?;
    world.browser.click("[data-testid=packs-all]").await?;
    for area in areas {
        world.browser.click(&format!(".tn-packs__region:has({area}) > summary")).await?;
        world.browser.click(area).await?;
    }
    Ok(())
}

// Her phone was nearly full. She kept what was for two prefectures; in the tunnel the list seemed to be all there was, and a
// story from elsewhere was called withdrawn.
async fn of_two_areas_she_keeps_what_is_for_them_and_reads_it_with_the_server_stopped(
    world: &mut World,
) -> Result<()> {
    const AKITA: &str = "/read/demo-akita-ichijiku";
    world.visit("/read").await?;
    reads_offline(world).await?;
    let (said, lies) = (kept_kb(world).await?, closed_bytes(world).await?);
    ensure!(said.abs_diff(lies / 1024) <= 1, "it says {said} KB, and {lies} bytes lie there");
    keep_only(world, &["[data-testid=pack-17]", "[data-testid=pack-32]"]).await?;
    until("the disk to hold no more than the page says", async || {
        let (less, lie) = (kept_kb(world).await?, closed_bytes(world).await?);
        Ok((less < said && less.abs_diff(lie / 1024) <= 1).then_some(()))
    })
    .await?;
    // With a network she reads everything, from the first look on.
    world.visit(AKITA).await?;
    world.browser.see("[data-testid=article] .tn-text").await?;
    reads_what_she_kept_alone(world, AKITA).await?;
    world.site.resume().await?;
    world.visit(AKITA).await?;
    world.browser.see("[data-testid=article] .tn-text").await?;
    world.visit("/read").await?;
    look_for(world, "いちじく").await?;
    world.browser.see("[data-item=demo-akita-ichijiku]").await?;
    // Shelf by shelf: stories may be there before events are.
    world.browser.gone(LIMITED).await?;
    world.browser.read("[data-testid=packs] > summary", "2").await?;
    ensure!(kept_kb(world).await? < said, "what she saw for once is not kept");
    for request in world.proxy.requests() {
        let asks = request.path.starts_with("/api/v1/");
        ensure!(!asks || !request.path.contains('?'), "a request says more than its name: {}", request.path);
    }
    Ok(())
}

async fn reads_what_she_kept_alone(world: &mut World, elsewhere: &str) -> Result<()> {
    world.site.stop().await?;
    world.visit("/read").await?;
    world.browser.read(LIMITED, "石川、島根、全国").await?;
    look_for(world, "いちじく").await?;
    world.browser.see("[data-testid=none]").await?;
    look_for(world, "kafe").await?;
    world.browser.click(&format!("{CAFE} .tn-card__link")).await?;
    world.browser.see("[data-testid=article] .tn-text").await?;
    world.visit("/read/guide-fraud").await?;
    world.browser.see("[data-testid=article] .tn-text").await?;
    world.visit(elsewhere).await?;
    world.browser.read(LIMITED, "石川、島根、全国").await?;
    ensure!(!world.browser.is_there("[data-testid=gone]").await?, "nobody has withdrawn it");
    world.visit("/events").await?;
    world.browser.see(LIMITED).await?;
    world.browser.see("[data-item=demo-event-shimane-hamada-soudan]").await?;
    let gunma = "[data-item=demo-event-gunma-takasaki-koryu]";
    ensure!(!world.browser.is_there(gunma).await?, "it is not kept here");
    Ok(())
}

fn a_case(title: &str) -> Value {
    json!({ "items": [{
        "kind": "case", "id": "news-case", "published": "2026-11-25", "fictional": true,
        "ja": { "title": title, "summary": "きょう載りました。", "body": "本文です。" },
        "industries": [], "stages": [], "areas": [], "schemes": [], "lives": []
    }] })
}

async fn publish(world: &World, file: &Value) -> Result<()> {
    let path = world.site.write("news.json", &file.to_string())?;
    world.site.hands(&["publish", &path.to_string_lossy()]).await?;
    is_heard(world, true).await
}

/// The server looks once a second, when it is asked.
async fn is_heard(world: &World, there: bool) -> Result<()> {
    until("the server to hear of it", async || {
        let stories = world.site.get("/api/v1/stories").await?;
        Ok((stories.contains("news-case") == there).then_some(()))
    })
    .await
}

async fn what_is_published_reaches_her_phone_and_what_is_withdrawn_leaves_it(
    world: &mut World,
) -> Result<()> {
    const NEWS: &str = "[data-item=news-case]";
    world.visit("/read").await?;
    reads_offline(world).await?;
    ensure!(!world.browser.is_there(NEWS).await?, "nobody has published it yet");
    publish(world, &a_case("新しい取組み")).await?;
    world.reload().await?;
    world.browser.see(NEWS).await?;
    world.site.hands(&["withdraw", "news-case"]).await?;
    is_heard(world, false).await?;
    world.reload().await?;
    world.browser.gone(NEWS).await?;
    // Nor does the device have it any more.
    world.site.stop().await?;
    world.visit("/read/news-case").await?;
    world.browser.see("[data-testid=gone]").await?;
    Ok(())
}

/// A clock that goes by days, as her small keys say it.
const CLOCK: &str = "(() => {
    const Real = Date;
    const by = Number(localStorage.getItem('test.days')) * 86400000;
    window.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + by); }
        static now() { return Real.now() + by; }
    };
})();";

/// For every page that she opens from now on.
async fn days_later(world: &World, days: u32) -> Result<()> {
    world.browser.script(&format!("localStorage.setItem('test.days', '{days}')")).await?;
    Ok(())
}

// She kept a story, and the founder in it took her consent back while the phone lay in a drawer for a month.
async fn a_phone_that_stays_away_for_too_long_forgets_what_it_kept(world: &mut World) -> Result<()> {
    world.plant(CLOCK).await?;
    world.visit("/read").await?;
    reads_offline(world).await?;
    world.site.stop().await?;
    days_later(world, 13).await?;
    world.visit("/read/demo-shimane-cafe-saikai").await?;
    world.browser.see("[data-testid=article]").await?;
    days_later(world, 15).await?;
    world.visit("/read/demo-shimane-cafe-saikai").await?;
    world.browser.see("[data-testid=not-kept]").await?;
    // Key and bytes are off the device, not only out of sight.
    let left = world
        .browser
        .promise(
            "new Promise((resolve, reject) => {
                const opening = indexedDB.open('tonari');
                opening.onerror = () => reject(opening.error);
                opening.onsuccess = () => {
                    const all = opening.result.transaction('shelves').objectStore('shelves').getAllKeys();
                    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
                };
            })",
        )
        .await?;
    ensure!(left.as_array().is_some_and(|keys| !keys.contains(&json!("stories"))), "left: {left}");
    days_later(world, 0).await?;
    world.site.resume().await?;
    world.visit("/read").await?;
    world.browser.see(CAFE).await?;
    world.browser.see(SEARCH).await?;
    Ok(())
}

// A notice of a desk that had closed stood on her first screen for a week: she had been without a network.
async fn a_notice_stands_on_the_first_screen_for_its_area_and_goes_when_it_is_over(
    world: &mut World,
) -> Result<()> {
    const CRISIS: &str = "[data-testid=notice][href='/notices/demo-notice-ishikawa-ooame']";
    world.plant(CLOCK).await?;
    world.visit("/").await?;
    world.browser.read(CRISIS, "架空の例").await?;
    world.browser.click(CRISIS).await?;
    world.browser.see("[data-testid=notice-page]").await?;
    world.browser.read(TITLE, "石川県").await?;
    world.visit("/find?pref=17").await?;
    world.browser.see(CRISIS).await?;
    world.visit("/find?pref=47").await?;
    world.browser.see("[data-testid=answer-title]").await?;
    ensure!(!world.browser.is_there(CRISIS).await?, "it is not for 沖縄");
    world.works_offline().await?;
    world.site.stop().await?;
    world.visit("/").await?;
    world.browser.see(CRISIS).await?;
    days_later(world, 15).await?;
    world.visit("/").await?;
    ensure!(!world.browser.is_there(CRISIS).await?, "it is over");
    Ok(())
}
