//! The least that must hold in an engine before anything else is worth asking.

use anyhow::Result;

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => the_app_starts]
}

async fn the_app_starts(world: &mut World) -> Result<()> {
    world.browser.open(&world.url("/")).await?;
    world.browser.see("h1").await?;
    Ok(())
}
