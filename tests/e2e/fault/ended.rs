//! The whole browser is killed: as soon as the screen says that a request is on this device, or at any moment around the tap.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::dice::Dice;
use tokio::time::sleep;

use super::phone::said;
use super::queueing::{PLENTY, TEAM, comes_back_and_is_booked_once, heard, start};
use crate::case::{Case, kills_asked_for, stories};
use crate::engine::{CHROMIUM, EVERY, Engine};
use crate::founder::TITLE;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let mut cases = stories![EVERY => a25_the_browser_is_killed_as_soon_as_it_called_a_request_saved];
    cases.extend(stories![CHROMIUM => a26_the_browser_is_killed_at_any_moment_around_the_tap]);
    cases
}

/// Browsers ended in one story; each takes a few seconds to start.
fn ends() -> usize {
    kills_asked_for().unwrap_or(2)
}

// The battery was at its end; the screen had just said that her request is on the phone.
async fn a25_the_browser_is_killed_as_soon_as_it_called_a_request_saved(world: &mut World) -> Result<()> {
    match world.browser.engine {
        // Its WebDriver keeps nothing on the disk.
        Engine::WebKit => end_the_phone(world).await,
        Engine::Chromium | Engine::Firefox => end_the_browser(world).await,
    }
}

async fn end_the_phone(world: &mut World) -> Result<()> {
    let mut phone = start(world).await?;
    world.site.stop().await?;
    for nth in 1..=ends() {
        let report = heard(world, "acked", nth).await?;
        let last = said(&report, "last").context("the time she asked for")?;
        phone.restart(&world.url(&format!("/bookings#{}.{last}", nth + 1))).await?;
    }
    heard(world, "ready", ends() + 1).await?;
    comes_back_and_is_booked_once(world, &mut phone).await
}

async fn end_the_browser(world: &mut World) -> Result<()> {
    world.site.set("TONARI_CHANGES_PER_MINUTE", PLENTY);
    world.enters_the_tunnel(TEAM).await?;
    for nth in 0..ends() {
        world.choose_another_time(TEAM, nth).await?;
        world.write_letter().await?;
        world.agree_and_send().await?;
        world.browser.read(TITLE, "端末に保存").await?;
        world.browser.die_and_return().await?;
        world.visit("/bookings").await?;
        world.browser.read("[data-testid=waiting]", &format!("{}件", nth + 1)).await?;
    }
    world.comes_out_of_the_tunnel().await?;
    world.browser.gone("[data-testid=waiting]").await?;
    let (booked, list) = (world.booked_keys()?, world.listed_keys().await?);
    ensure!(booked == list, "her list says {list:?}, the team has {booked:?}");
    ensure!(booked.len() == ends(), "she asked {} times, the team has {booked:?}", ends());
    println!("{} browsers killed: every request was there again, and booked once", ends());
    Ok(())
}

/// From the tap to the latest kill. Some come before the write, some in it, some after the screen has said where it is.
const MOMENTS: usize = 120;
/// Of these, so many of the first are not even looked at.
const UNSEEN: usize = 40;

// The battery was at its end while her thumb was on 送信.
async fn a26_the_browser_is_killed_at_any_moment_around_the_tap(world: &mut World) -> Result<()> {
    world.site.set("TONARI_CHANGES_PER_MINUTE", PLENTY);
    world.enters_the_tunnel(TEAM).await?;
    let (mut dice, mut promised, mut lost) = (Dice::thrown(), Vec::new(), 0);
    for nth in 0..ends() {
        world.choose_another_time(TEAM, nth).await?;
        world.write_letter().await?;
        world.tap("[data-testid=consent]").await?;
        world.browser.script("document.querySelector('[data-testid=send]').click()").await?;
        let moment = dice.below(MOMENTS);
        sleep(Duration::from_millis(moment as u64)).await;
        // To ask takes longer than to write: of the early ones nobody knows what she saw.
        let screen = if moment < UNSEEN { Value::Null } else { world.browser.script(SAID).await? };
        world.browser.die_and_return().await?;
        world.visit("/bookings").await?;
        let listed = world.listed_keys().await?;
        match screen.as_str() {
            Some(key) => promised.push(key.to_owned()),
            None => lost += 1,
        }
        ensure!(
            promised.iter().all(|key| listed.contains(key)),
            "{promised:?} were saved, {listed:?} are there"
        );
    }
    println!(
        "{} browsers killed around the tap, {lost} of them before anything was seen to be saved",
        ends()
    );
    let listed = world.listed_keys().await?;
    world.comes_out_of_the_tunnel().await?;
    world.browser.gone("[data-testid=waiting]").await?;
    let booked = world.booked_keys()?;
    ensure!(booked == listed, "her list said {listed:?}, the team has {booked:?}");
    Ok(())
}

/// The key of her request, where the screen calls it saved.
const SAID: &str = "
const said = document.querySelector('#page-title')?.textContent.includes('端末に保存');
return said && location.pathname.startsWith('/bookings/') ? location.pathname.split('/').pop() : null;";
