//! Booking inside a frame: where the browser can tell that nothing lies over it, to the end; elsewhere the times are chosen
//! there and the rest is done in the app.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::patience::until;

use super::host::Host;
use super::row::{Row, SHOWS, tag};
use crate::booker::{NAME, NOTE, REFERENCE, TIME};
use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY, Engine, Options};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let everywhere = stories![EVERY => d12_times_chosen_in_a_frame_go_on_in_the_app, a_frame_without_a_network_queues_nothing];
    let told = stories![CHROMIUM =>
        she_books_in_a_frame_and_nothing_stays_there,
        a_covered_frame_sends_nothing,
    ];
    let blocked = stories![FIREFOX => she_chooses_a_time_where_sites_may_keep_nothing];
    let blocked = blocked.into_iter().map(|case| case.with(|_| nothing_for_others())).collect::<Vec<_>>();
    [everywhere, told, blocked].concat()
}

/// The browser that lets a switch forbid it; a page of another site asks for its storage and gets an exception.
const FIREFOX: &[Engine] = &[Engine::Firefox];

fn nothing_for_others() -> Options {
    Options { preferences: vec![("network.cookie.cookieBehavior", json!(1))], ..Options::default() }
}

// Her browser keeps nothing of sites she did not open herself.
async fn she_chooses_a_time_where_sites_may_keep_nothing(world: &mut World) -> Result<()> {
    let _host = chosen_there(world, "").await?;
    let closed = "(() => { try { return !localStorage } catch { return true } })()";
    world.browser.holds(closed).await?;
    world.browser.see(".tn-page__actions [data-testid=frame-out]").await?;
    Ok(())
}

/// Her times on the association's own page.
pub async fn chosen_there(world: &World, style: &str) -> Result<Host> {
    let host = world.host().await?;
    let row = Row::new("book", &world.home()).style(style).body(&tag("team='shimane' view='book'"));
    world.browser.open(&host.put("book", row.page())).await?;
    world.browser.holds(SHOWS).await?;
    // Under her finger it may grow to its whole height.
    world
        .browser
        .script("document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))")
        .await?;
    world.enter_widget().await?;
    world.tap_within(TIME).await?;
    world.browser.see(&format!("{TIME}[aria-pressed=true]")).await?;
    world.tap_within("[data-testid=to-contact]").await?;
    Ok(host)
}

// On an iPhone the browser cannot tell whether something lies over a frame.
async fn d12_times_chosen_in_a_frame_go_on_in_the_app(world: &mut World) -> Result<()> {
    let _host = chosen_there(world, "").await?;
    let out = "[data-testid=frame-out]";
    if world.browser.engine == Engine::Chromium {
        world.browser.see("#name").await?;
    } else {
        ensure!(!world.browser.is_there("#name").await?, "she is asked for her name inside another site");
        world.browser.see(&format!(".tn-page__actions {out}")).await?;
    }
    let href = world.browser.script(&format!("return document.querySelector('{out}').href")).await?;
    let href = href.as_str().context("an address")?.to_owned();
    ensure!(href.contains("/book/shimane#wish="), "{href}");
    world.leave_frame().await?;
    world.browser.open(&href).await?;
    world.has_started().await?;
    world.browser.see(&format!("{TIME}[aria-pressed=true]")).await?;
    world.browser.holds("location.hash === ''").await?;
    world.tap("[data-testid=to-contact]").await?;
    world.write_letter().await?;
    world.agree_and_send().await?;
    world.browser.see(REFERENCE).await?;
    Ok(())
}

pub async fn write_and_go(world: &World) -> Result<()> {
    world.write_letter().await?;
    world.tap("[data-testid=consent]").await?;
    world
        .browser
        .script("document.querySelector('[data-testid=send]').scrollIntoView({ block: 'center' })")
        .await?;
    Ok(())
}

async fn she_books_in_a_frame_and_nothing_stays_there(world: &mut World) -> Result<()> {
    let _host = chosen_there(world, "").await?;
    write_and_go(world).await?;
    let sent = until("the button to be trusted", async || {
        world.browser.click("[data-testid=send]").await?;
        Ok(world.browser.is_there("[data-testid=frame-kept]").await?.then_some(()))
    });
    sent.await?;
    world.browser.see(REFERENCE).await?;
    let disk = world
        .browser
        .promise("indexedDB.databases().then((all) => [all.length, localStorage.length])")
        .await?;
    ensure!(disk == json!([0, 0]), "databases and keys of the partition: {disk}");
    let out = world.browser.script("return document.querySelector('[data-testid=frame-out]').href").await?;
    world.leave_frame().await?;
    world.browser.holds("said('booked').length === 1").await?;
    let told = world.browser.script("return { booked: said('booked'), all: JSON.stringify(seen.messages), entries: history.length, before: seen.history }").await?;
    ensure!(told["booked"][0]["team"] == "shimane", "{told}");
    ensure!(told["entries"] == told["before"], "a booking made entries in the host's history");
    for secret in [NAME, NOTE, "090", "token", out.as_str().unwrap_or("none")] {
        ensure!(!told["all"].as_str().context("messages")?.contains(secret), "the host is told of {secret}");
    }
    // By the link that holds nothing but the token the booking is hers in the app, too.
    world.browser.open(out.as_str().context("an address")?).await?;
    world.browser.see(REFERENCE).await?;
    ensure!(world.booked_keys()?.len() == 1, "it was booked more than once");
    // A screen that followed what it asked for asked a thousand times a minute.
    let asked = world.proxy.requests().iter().filter(|request| request.path.contains("/slots")).count();
    ensure!(asked <= 6, "the times were asked for {asked} times");
    Ok(())
}

// A site laid its own button over ours, which could not be seen.
async fn a_covered_frame_sends_nothing(world: &mut World) -> Result<()> {
    let _host = chosen_there(world, "tonari-widget{opacity:.02}").await?;
    write_and_go(world).await?;
    for _ in 0..3 {
        world.browser.click("[data-testid=send]").await?;
        world.browser.see("[data-testid=covered]").await?;
    }
    ensure!(world.booked_keys()?.is_empty(), "a tap she did not see has booked");
    Ok(())
}

async fn a_frame_without_a_network_queues_nothing(world: &mut World) -> Result<()> {
    let host = world.host().await?;
    let row = Row::new("offline", &world.home()).body(&tag("team='shimane' view='team'"));
    world.browser.open(&host.put("offline", row.page())).await?;
    world.browser.holds(SHOWS).await?;
    world.enter_widget().await?;
    world.browser.see("[data-testid=book]").await?;
    world.site.stop().await?;
    world.tap_within("[data-testid=book]").await?;
    world.browser.see("[data-testid=frame-offline]").await?;
    for way in
        [".tn-facts a[href^='tel:']", "[data-testid=fact-hours]", ".tn-page__actions [data-testid=frame-out]"]
    {
        world.browser.see(way).await?;
    }
    world.site.resume().await?;
    world.leave_frame().await
}
