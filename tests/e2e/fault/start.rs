//! The app cannot start; the page it stands on can.

use anyhow::{Result, ensure};
use tests::proxy::Fate;

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        b17_a_browser_without_wasm_shows_the_plain_page,
        b17_wasm_that_cannot_be_loaded_shows_the_plain_page,
        b17_a_page_whose_scripts_do_not_come_says_so,
        b17_a_panic_brings_the_plain_page_back,
    ]
}

// Her employer's settings had switched WebAssembly off.
async fn b17_a_browser_without_wasm_shows_the_plain_page(world: &mut World) -> Result<()> {
    world.plant("Object.defineProperty(window, 'WebAssembly', { value: undefined });").await?;
    world.browser.open(&world.url("/")).await?;
    shows_the_plain_page(world).await
}

// The largest file did not get through a filter on the way.
async fn b17_wasm_that_cannot_be_loaded_shows_the_plain_page(world: &mut World) -> Result<()> {
    world.proxy.spoil(|path| {
        path.ends_with(".wasm").then(|| Fate::Replace {
            status: 200,
            content_type: "application/wasm",
            body: "blocked".to_owned(),
        })
    });
    world.browser.open(&world.url("/")).await?;
    shows_the_plain_page(world).await
}

// A worker was being replaced while its page came, and nobody answered for the scripts: a headline, and nothing else.
async fn b17_a_page_whose_scripts_do_not_come_says_so(world: &mut World) -> Result<()> {
    for lost in [&["/boot.js"][..], &["/boot.js", "/early.js"]] {
        world.proxy.spoil(|path| lost.contains(&path).then_some(Fate::Lose));
        world.browser.open(&world.url("/")).await?;
        shows_the_plain_page(world).await?;
    }
    Ok(())
}

// A bug let the app panic when she went back; the screen stood there and no longer answered.
async fn b17_a_panic_brings_the_plain_page_back(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.browser.click(".tn-header__device").await?;
    world.browser.holds("location.pathname === '/device'").await?;
    // The app relies on running in a window; where there seems to be none, the next thing it does is a panic.
    world
        .browser
        .script("Object.defineProperty(Window, Symbol.hasInstance, { value: () => false }); history.back()")
        .await?;
    shows_the_plain_page(world).await
}

/// Headline, an honest word, and all 51 associations with the way to them.
async fn shows_the_plain_page(world: &World) -> Result<()> {
    world.browser.see("h1").await?;
    world.browser.see("[data-boot-failed]").await?;
    let sites = world
        .browser
        .script(
            "return new Set([...document.querySelectorAll('main a[href^=http]')].map((a) => a.host)).size",
        )
        .await?;
    ensure!(sites.as_u64().is_some_and(|sites| sites >= 51), "links to {sites} sites");
    let phones =
        world.browser.script("return document.querySelectorAll('main a[href^=\"tel:\"]').length").await?;
    ensure!(phones.as_u64().is_some_and(|phones| phones > 0), "no phone number");
    Ok(())
}
