//! Not one violation that axe can see, on any screen of the desk.

use anyhow::{Result, ensure};
use domain::staff::Role;

use super::{BOOKED, TEAM};
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine};
use crate::journey::accessible::{axe, violations};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => axe_finds_nothing_at_the_desk]
}

const SCREENS: [&str; 20] = [
    "/",
    "/?week",
    "/call",
    "/sheet",
    "/calls",
    "/mails",
    "/retention",
    "/availability",
    "/facts",
    "/texts",
    "/texts/new?kind=event",
    "/texts/new?kind=story",
    "/texts/imports",
    "/texts/file",
    "/texts/crisis",
    "/reports",
    "/found",
    "/colleagues",
    "/passkeys",
    "/nothing-here",
];

/// Words do not change colours: what is wrong with English in the dark is wrong in the light, or in Japanese. As elsewhere, all
/// of them in one engine.
fn looks(engine: Engine) -> &'static [(&'static str, &'static str)] {
    match engine {
        Engine::Chromium => &[("ja", "light"), ("ja", "dark"), ("en", "light")],
        Engine::Firefox => &[("en", "dark")],
        Engine::WebKit => &[("ja", "light")],
    }
}

async fn axe_finds_nothing_at_the_desk(world: &mut World) -> Result<()> {
    let axe = axe()?;
    world.confirms_by_hand().await?;
    world.request(TEAM).await?;
    world.browser.read("main", "チームが確かめてから").await?;
    world.browser.open(&world.desk("/")).await?;
    world.browser.see("[data-testid=enter], [data-testid=no-passkeys]").await?;
    let mut found = violations(world, &axe, "door").await?;
    world.sit_down(Role::Lead).await?;
    for (language, theme) in looks(world.browser.engine) {
        world.prefers("lang", language).await?;
        world.prefers("theme", theme).await?;
        let look = format!("{language} {theme}");
        for screen in SCREENS {
            world.go(screen).await?;
            world.browser.gone(".dk-loading").await?;
            found.extend(violations(world, &axe, &format!("{screen} {look}")).await?);
        }
        found.extend(record(world, &axe, &look).await?);
    }
    ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
    Ok(())
}

/// A record, and the forms on it.
async fn record(world: &World, axe: &str, look: &str) -> Result<Vec<String>> {
    world.go("/").await?;
    world.browser.click(&format!("#waiting {BOOKED} [data-testid=open]")).await?;
    world.browser.see("[data-testid=letter-note]").await?;
    let mut found = violations(world, axe, &format!("record {look}")).await?;
    for form in ["decline", "propose"] {
        world.browser.click(&format!("[data-testid={form}]")).await?;
        world.browser.see(&format!("[data-testid={form}-yes]")).await?;
        found.extend(violations(world, axe, &format!("{form} {look}")).await?);
    }
    Ok(found)
}
