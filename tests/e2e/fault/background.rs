//! What the browser does for her when no page of ours is open any more.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::patience::until;

use crate::booker::CARD;
use crate::case::{Case, stories};
use crate::engine::Engine;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    // The others have no Background Sync: there the next start, the next look at the page and `online` send it (d01).
    stories![&[Engine::Chromium] => d07_sent_without_a_page_and_again_by_the_next_one_it_is_one_booking]
}

// She tapped 送信 between two tunnels, closed the browser's tab and forgot it. The team never heard of her.
async fn d07_sent_without_a_page_and_again_by_the_next_one_it_is_one_booking(
    world: &mut World,
) -> Result<()> {
    world.enters_the_tunnel("shimane").await?;
    world.request("shimane").await?;
    world.browser.read("[data-testid=detail]", "まだ送信されていません").await?;
    world.browser.open("about:blank").await?;
    world.site.resume().await?;
    ensure!(bookings(world).await? == 0, "it was never sent away");
    until("the worker to send it", async || {
        network_is_back(world).await?;
        Ok((bookings(world).await? == 1).then_some(()))
    })
    .await?;
    // The device has not heard the answer yet; asking again brings it, and no second booking.
    world.visit("/bookings").await?;
    let card = world.browser.read(CARD, "受付番号").await?.replace('-', "");
    let booked = world.site.hands(&["bookings", "list", "shimane"]).await?;
    ensure!(booked.lines().count() == 1 && card.contains(&booked[..8]), "{card} of {booked}");
    Ok(())
}

/// As Chromium tells a worker; the first one of a fresh profile has the number 0.
async fn network_is_back(world: &World) -> Result<()> {
    let origin = world.url("");
    let event = json!({ "origin": origin.trim_end_matches('/'), "registrationId": "0", "tag": "outbox", "lastChance": false });
    world.browser.devtools("ServiceWorker.enable", json!({})).await?;
    world.browser.devtools("ServiceWorker.dispatchSyncEvent", event).await?;
    Ok(())
}

async fn bookings(world: &World) -> Result<usize> {
    Ok(world.site.hands(&["bookings", "list", "shimane"]).await?.lines().count())
}
