//! The team's hours: seen before they are saved, and saved by whoever knows whom that leaves outside.

use anyhow::{Context, Result, ensure};
use domain::staff::Role;

use super::TEAM;
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => a_day_is_closed_by_whoever_knows_who_had_booked_it]
}

// The office was closed for a day's training. Two founders stood before it, and nobody had looked whether there were any.
async fn a_day_is_closed_by_whoever_knows_who_had_booked_it(world: &mut World) -> Result<()> {
    world.request(TEAM).await?;
    let list = world.until_booked().await?;
    let mut words = list.split_whitespace();
    let (reference, start) = (words.next().context("a number")?, words.next().context("a time")?);
    let day = start.split('T').next().unwrap_or_default();

    world.sit_down(Role::Lead).await?;
    world.go("/availability").await?;
    world.browser.see("[data-testid=preview]").await?;
    world.tap("[data-testid=add-closed]").await?;
    world.browser.see("[data-testid=closed-day] input").await?;
    let write = format!(
        "const field = document.querySelector('[data-testid=closed-day] input');
         field.value = '{day}';
         field.dispatchEvent(new Event('input', {{ bubbles: true }}));"
    );
    world.browser.script(&write).await?;
    // What was typed is still there after a reload.
    world.go("/availability").await?;
    world
        .browser
        .holds(&format!("document.querySelector('[data-testid=closed-day] input')?.value === '{day}'"))
        .await?;
    world.browser.click("[data-testid=save-times]").await?;
    world.browser.read("[data-testid=hits]", &reference[..4]).await?;
    let export = world.site.hands(&["slots", "export", TEAM]).await?;
    ensure!(!export.contains(day), "nothing is saved yet: {export}");
    world.browser.click("[data-testid=hits-yes]").await?;
    world.browser.see("[data-testid=saved-times]").await?;
    let export = world.site.hands(&["slots", "export", TEAM]).await?;
    ensure!(export.contains(day), "{export}");
    let times = world.site.get(&format!("/api/v1/teams/{TEAM}/slots?from={day}&to={day}")).await?;
    ensure!(!times.contains("T0"), "founders are offered it: {times}");
    let list = world.site.hands(&["bookings", "list", TEAM]).await?;
    ensure!(list.contains(reference) && list.contains("pending"), "she keeps her time: {list}");
    Ok(())
}

impl World {
    /// The line of the only booking, as soon as the server has it.
    pub(super) async fn until_booked(&self) -> Result<String> {
        tests::patience::until("the booking", async || {
            let list = self.site.hands(&["bookings", "list", TEAM]).await?;
            Ok(Some(list).filter(|list| !list.is_empty()))
        })
        .await
    }
}
