//! A request that waits for days and weeks, by the clock of her phone.

use anyhow::{Result, ensure};

use crate::booker::CARD;
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::TITLE;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        d01_days_and_weeks_later_it_is_sent_once,
        d01_after_a_month_she_is_told_and_nothing_is_sent,
        what_she_can_tap_stays_the_same_while_it_is_tried_again,
        what_she_can_tap_stays_the_same_after_the_first_try,
    ]
}

/// Nothing of this one is tried until then.
const ANOTHER_TAB_SENDS: &str =
    "navigator.locks.request('tonari-outbox', () => new Promise((done) => { window.hasSent = done; }))";

/// In every page from now on it is later by as many days as the test says.
const CLOCK: &str = "{
  const now = Date.now;
  Date.now = () => now() + Number(localStorage.getItem('days')) * 86_400_000;
  window.Date = new Proxy(Date, { construct: (date, given) => new date(...(given.length ? given : [date.now()])) });
}";

// She was on an island and came back on the last ship of the month.
async fn d01_days_and_weeks_later_it_is_sent_once(world: &mut World) -> Result<()> {
    world.plant(CLOCK).await?;
    for (booked, days) in [(1, 3), (2, 3 + 29)] {
        world.enters_the_tunnel("gunma").await?;
        world.request("gunma").await?;
        comes_back(world, days).await?;
        world
            .browser
            .holds(&format!("document.querySelectorAll('[data-state=good]').length === {booked}"))
            .await?;
        ensure!(world.arrivals() == 1, "it came {} times", world.arrivals());
        ensure!(world.booked_keys()? == world.listed_keys().await?, "others are booked than are shown");
    }
    Ok(())
}

async fn d01_after_a_month_she_is_told_and_nothing_is_sent(world: &mut World) -> Result<()> {
    world.plant(CLOCK).await?;
    world.enters_the_tunnel("gunma").await?;
    world.request("gunma").await?;
    comes_back(world, 31).await?;
    world.browser.read(CARD, "30日のあいだ送れませんでした").await?;
    ensure!(world.booked_keys()?.is_empty(), "it was booked without a word");
    Ok(())
}

// The phone tried just as she lifted her thumb: the button that she had pressed was another one by then, and nothing happened.
async fn what_she_can_tap_stays_the_same_while_it_is_tried_again(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("gunma").await?;
    world.request("gunma").await?;
    world.browser.read(TITLE, "送信待ち").await?;
    stays(world, "[data-testid=export]", TITLE, "[data-testid=send-now]").await?;
    world.visit("/bookings").await?;
    stays(world, &format!("{CARD} .tn-card__link"), ".tn-booking__state", "[data-testid=waiting] button")
        .await
}

// She was asked whether to erase it when the first try began: the question was gone.
async fn what_she_can_tap_stays_the_same_after_the_first_try(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("gunma").await?;
    world.choose_time("gunma").await?;
    world.browser.script(ANOTHER_TAB_SENDS).await?;
    world.write_letter().await?;
    world.agree_and_send().await?;
    world.browser.read(TITLE, "送信待ち").await?;
    presses_and_is_asked(world, "[data-testid=export]", TITLE).await?;
    world.browser.script("window.hasSent()").await?;
    world.browser.holds("window.heard.some((words) => words.includes('送っています'))").await?;
    world.browser.read(TITLE, "送信待ち").await?;
    both_are_there(world).await?;
    world.browser.read(".tn-booking__removal", "消しても取り消されません").await?;
    Ok(())
}

/// While it is tried, of which `words` tell, what she `presses` and a question that stands open are the same.
async fn stays(world: &World, presses: &str, words: &str, sends: &str) -> Result<()> {
    presses_and_is_asked(world, presses, words).await?;
    world.tap(sends).await?;
    world.browser.holds("window.heard.some((words) => words.includes('送っています'))").await?;
    world.browser.read(words, "送信待ち").await?;
    both_are_there(world).await
}

async fn presses_and_is_asked(world: &World, presses: &str, words: &str) -> Result<()> {
    world.tap("[data-testid=remove]").await?;
    world.browser.see("[data-testid=remove-yes]").await?;
    let remembers = format!(
        "window.pressed = document.querySelector('{presses}');
         window.asked = document.querySelector('[data-testid=remove-yes]');
         window.heard = [];
         const words = document.querySelector('{words}');
         new MutationObserver(() => window.heard.push(words.textContent))
           .observe(words, {{ childList: true, characterData: true, subtree: true }});"
    );
    world.browser.script(&remembers).await?;
    Ok(())
}

async fn both_are_there(world: &World) -> Result<()> {
    for (what, still) in [("what she had pressed", "pressed"), ("the question", "asked")] {
        let is_there = world.browser.script(&format!("return window.{still}.isConnected")).await?;
        ensure!(is_there == true, "{what} went away");
    }
    Ok(())
}

/// After so many days since the beginning, where there is a network.
async fn comes_back(world: &mut World, days: u32) -> Result<()> {
    world.browser.script(&format!("localStorage.setItem('days', {days})")).await?;
    world.site.resume().await?;
    world.visit("/bookings").await
}
