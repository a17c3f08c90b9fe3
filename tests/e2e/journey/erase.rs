//! What cannot be undone, by keyboard: every tap takes its button away, and the focus is never nowhere.

use anyhow::{Context, Result, ensure};

use crate::booker::{CARD, REFERENCE, TIME};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::{ENTER, TITLE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        one_of_two_is_erased_by_keyboard_on_the_list,
        a_booking_is_erased_by_keyboard_and_nothing_asks_for_it_again,
        a_booking_is_cancelled_by_keyboard,
        she_is_told_what_is_lost_before_all_is_erased,
        what_she_takes_back_by_keyboard_leaves_the_focus_somewhere,
    ]
}

const HEADING: &str = "#page-title";
const KEEP: &str = "[data-testid=keep]";

// She pressed Enter to erase one of two, and the next Tab began at the top of the page.
async fn one_of_two_is_erased_by_keyboard_on_the_list(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("gunma").await?;
    for _ in 0..2 {
        world.request("gunma").await?;
        world.browser.read(TITLE, "送信待ち").await?;
    }
    world.visit("/bookings").await?;
    world.browser.holds(&format!("document.querySelectorAll('{CARD}').length === 2")).await?;
    asks_first(world, "remove").await?;
    says_yes(world, "remove").await?;
    world.browser.holds(&format!("document.querySelectorAll('{CARD}').length === 1")).await?;
    let spoken = "document.querySelector('[data-testid=spoken]').textContent.includes('消しました')";
    world.browser.holds(spoken).await
}

// The page of what she had just erased told her that nobody knew it, and had asked the server for it.
async fn a_booking_is_erased_by_keyboard_and_nothing_asks_for_it_again(world: &mut World) -> Result<()> {
    world.request("gunma").await?;
    world.browser.see(REFERENCE).await?;
    let key = world.browser.script("return location.pathname.split('/').pop()").await?;
    let key = key.as_str().context("its address has its key")?;
    asks_first(world, "remove").await?;
    says_yes(world, "remove").await?;
    world.browser.holds("location.pathname === '/bookings'").await?;
    world.browser.see("[data-testid=bookings-empty]").await?;
    world.reload().await?;
    world.browser.see("[data-testid=bookings-empty]").await?;
    let asked = world.proxy.requests().into_iter().find(|request| request.path.contains(key));
    ensure!(asked.is_none(), "the server was asked for what she had erased: {asked:?}");
    Ok(())
}

async fn a_booking_is_cancelled_by_keyboard(world: &mut World) -> Result<()> {
    world.request("gunma").await?;
    world.browser.see(REFERENCE).await?;
    asks_first(world, "cancel").await?;
    says_yes(world, "cancel").await?;
    world.browser.read(TITLE, "取り消しました").await?;
    Ok(())
}

// "Saved teams and settings" was all it named, and a request that waited for a network went with them.
async fn she_is_told_what_is_lost_before_all_is_erased(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("gunma").await?;
    world.request("gunma").await?;
    world.browser.read(TITLE, "送信待ち").await?;
    world.visit("/device").await?;
    goes_to(world, "[data-testid=erase]").await?;
    world.press(ENTER).await?;
    world.browser.read("[data-testid=erase-unsent]", "1件").await?;
    focus_is_on(world, "#erase-harmless").await?;
    world.press(ENTER).await?;
    focus_is_on(world, "[data-testid=erase]").await?;
    world.press(ENTER).await?;
    goes_to(world, "[data-testid=erase-yes]").await?;
    world.press(ENTER).await?;
    world.browser.see("[data-testid=erased]").await?;
    focus_is_on(world, ".tn-notice:has([data-testid=erased])").await
}

// She dropped her second wish with Enter, and went on at the top of the page; so she did on the list of what she had saved.
async fn what_she_takes_back_by_keyboard_leaves_the_focus_somewhere(world: &mut World) -> Result<()> {
    world.visit("/book/gunma").await?;
    world.tap(TIME).await?;
    goes_to(world, "[data-testid=more-wishes]").await?;
    world.press(ENTER).await?;
    focus_is_on(world, "#wishes").await?;
    goes_to(world, "#wishes button").await?;
    world.press(ENTER).await?;
    focus_is_on(world, HEADING).await?;
    world.save("shimane").await?;
    world.visit("/saved").await?;
    goes_to(world, "[data-testid=remove]").await?;
    world.press(ENTER).await?;
    focus_is_on(world, HEADING).await?;
    world.browser.see("[data-testid=saved-empty]").await?;
    Ok(())
}

/// She presses it, is asked, thinks better of it, and presses it again.
async fn asks_first(world: &World, what: &str) -> Result<()> {
    let button = format!("[data-testid={what}]");
    goes_to(world, &button).await?;
    world.press(ENTER).await?;
    focus_is_on(world, KEEP).await?;
    world.press(ENTER).await?;
    focus_is_on(world, &button).await?;
    world.press(ENTER).await?;
    focus_is_on(world, KEEP).await
}

async fn says_yes(world: &World, what: &str) -> Result<()> {
    goes_to(world, &format!("[data-testid={what}-yes]")).await?;
    world.press(ENTER).await?;
    focus_is_on(world, HEADING).await
}

async fn goes_to(world: &World, css: &str) -> Result<()> {
    world.browser.see(css).await?;
    world.browser.script(&format!("document.querySelector('{css}').focus()")).await?;
    focus_is_on(world, css).await
}

async fn focus_is_on(world: &World, css: &str) -> Result<()> {
    world.browser.holds(&format!("document.activeElement.matches('{css}')")).await
}
