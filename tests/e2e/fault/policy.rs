//! The policy of every page holds for our own pages first.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::booker::REFERENCE;
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine};
use crate::founder::ANSWER;
use crate::journey::accessible::SCREENS;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => e10_no_screen_breaks_the_policy_it_came_with]
}

const TEAM: &str = "shimane";
/// Kept over all pages of the tab.
const LISTEN: &str = "
addEventListener('securitypolicyviolation', (event) => {
  const broken = JSON.parse(sessionStorage.getItem('broken') ?? '[]');
  broken.push([location.pathname, event.effectiveDirective, event.blockedURI].join(' '));
  sessionStorage.setItem('broken', JSON.stringify(broken));
});";

// A style set by a script was refused in one engine only; the screen looked odd there, and nobody knew why.
async fn e10_no_screen_breaks_the_policy_it_came_with(world: &mut World) -> Result<()> {
    world.plant(LISTEN).await?;
    world.visit("/").await?;
    for (language, theme) in [("en", "dark"), ("ja-easy", "light")] {
        world.prefers("lang", language).await?;
        world.prefers("theme", theme).await?;
        for screen in SCREENS.into_iter().chain(["/bookings"]) {
            world.visit(screen).await?;
        }
    }
    world.prefers("lang", "ja").await?;
    world.visit("/").await?;
    world.ask_for("690-0886").await?;
    world.browser.see(ANSWER).await?;
    world.request(TEAM).await?;
    // With its code to be scanned.
    world.browser.see(REFERENCE).await?;
    let broken = broken(world).await?;
    ensure!(broken == json!([]), "the policy was broken: {broken}");
    if world.browser.engine == Engine::Chromium {
        let console = world.browser.console().await?;
        ensure!(!console.contains("Security Policy"), "{console}");
    }
    hears_one_that_is_made(world).await
}

/// The list is empty because nothing was broken, not because nobody listened.
async fn hears_one_that_is_made(world: &World) -> Result<()> {
    world.browser.script("new Image().src = 'https://elsewhere.invalid/dot.png'").await?;
    let heard = "JSON.parse(sessionStorage.getItem('broken') ?? '[]').some((one) => one.includes('img-src'))";
    world.browser.holds(heard).await
}

async fn broken(world: &World) -> Result<Value> {
    world.browser.script("return JSON.parse(sessionStorage.getItem('broken') ?? '[]')").await
}
