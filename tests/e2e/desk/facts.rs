//! The team's own telephone: written at its desk, published, and read on a founder's phone.

use anyhow::{Result, ensure};
use domain::staff::Role;

use super::TEAM;
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => a_telephone_is_corrected_at_the_desk_and_read_on_a_phone]
}

const OLD: &str = "0852-21-0561";
const NEW: &str = "0852-21-0000";

// Founders called a number that had rung in an empty room since the office moved.
async fn a_telephone_is_corrected_at_the_desk_and_read_on_a_phone(world: &mut World) -> Result<()> {
    let profile = format!("/associations/{TEAM}");
    world.visit(&profile).await?;
    world.browser.read("[data-testid=fact-phone]", OLD).await?;

    world.sit_down(Role::Lead).await?;
    world.browser.see("[data-testid=facts-count]").await?;
    correct_it(world).await?;
    world.visit(&profile).await?;
    world.browser.read("[data-testid=fact-phone]", NEW).await?;
    world.browser.read("[data-testid=fact-phone]", "協会のウェブサイト").await?;

    take_it_back(world).await?;
    world.visit(&profile).await?;
    world.browser.read("[data-testid=fact-phone]", OLD).await?;
    Ok(())
}

async fn correct_it(world: &World) -> Result<()> {
    world.go("/facts").await?;
    world.browser.click("[data-testid=fact-phone] [data-testid=fact-edit]").await?;
    let field = world.browser.see("#fact-value").await?;
    field.clear().await?;
    field.send_keys(NEW).await?;
    world.tap("input[name=fact-source][value=read]").await?;
    // A source is asked for, and what she typed stays.
    world.browser.click("[data-testid=fact-keep]").await?;
    world.browser.see("#errors").await?;
    world.browser.see("#fact-title").await?.send_keys("協会のウェブサイト").await?;
    world.browser.click("[data-testid=fact-keep]").await?;
    world.browser.read("[data-testid=draft-phone] [data-testid=draft-then]", NEW).await?;
    world.browser.read("[data-testid=draft-phone] [data-testid=draft-now]", OLD).await?;
    ensure!(!world.site.get("/api/v1/associations").await?.contains(NEW), "nothing is published yet");
    publish(world).await
}

async fn take_it_back(world: &World) -> Result<()> {
    world.go("/facts").await?;
    world.browser.click("[data-testid=fact-phone] summary").await?;
    world.browser.click("[data-testid=fact-phone] [data-testid=fact-undo]").await?;
    world.browser.read("[data-testid=draft-phone] [data-testid=draft-then]", OLD).await?;
    publish(world).await
}

async fn publish(world: &World) -> Result<()> {
    world.browser.click("[data-testid=facts-publish]").await?;
    world.browser.see("[data-testid=facts-published]").await.map(drop)
}
