//! Not one violation that axe can see, on any screen of the desk.

use anyhow::{Result, ensure};
use domain::staff::Role;

use super::{BOOKED, TEAM};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::journey::accessible::{axe, violations};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => axe_finds_nothing_at_the_desk]
}

const SCREENS: [&str; 8] =
    ["/", "/?week", "/call", "/sheet", "/availability", "/colleagues", "/passkeys", "/nothing-here"];

async fn axe_finds_nothing_at_the_desk(world: &mut World) -> Result<()> {
    let axe = axe()?;
    world.confirms_by_hand().await?;
    world.request(TEAM).await?;
    world.browser.read("main", "チームが確かめてから").await?;
    world.browser.open(&world.desk("/")).await?;
    world.browser.see("[data-testid=enter], [data-testid=no-passkeys]").await?;
    let mut found = violations(world, &axe, "door").await?;
    world.sit_down(Role::Lead).await?;
    for language in ["ja", "en"] {
        for theme in ["light", "dark"] {
            let look = format!(
                "localStorage.setItem('tn.lang', '{language}'); localStorage.setItem('tn.theme', '{theme}')"
            );
            world.browser.script(&look).await?;
            for screen in SCREENS {
                world.go(screen).await?;
                world.browser.gone(".dk-loading").await?;
                found.extend(violations(world, &axe, &format!("{screen} {language} {theme}")).await?);
            }
            world.go("/").await?;
            world.browser.click(&format!("#waiting {BOOKED} [data-testid=open]")).await?;
            world.browser.see("[data-testid=letter-note]").await?;
            found.extend(violations(world, &axe, &format!("record {language} {theme}")).await?);
            for form in ["decline", "propose"] {
                world.browser.click(&format!("[data-testid={form}]")).await?;
                world.browser.see(&format!("[data-testid={form}-yes]")).await?;
                found.extend(violations(world, &axe, &format!("{form} {language} {theme}")).await?);
            }
        }
    }
    ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
    Ok(())
}
