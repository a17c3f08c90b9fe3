//! What was done at the desk, counted; and the plan of a team that is to be.

use anyhow::{Context, Result, ensure};
use domain::staff::Role;
use rusqlite::Connection;

use super::TEAM;
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => who_came_is_counted_also_when_she_is_erased_and_a_team_is_planned]
}

// The month's figures were collected by telephone, and whoever had come was counted by whoever remembered her.
async fn who_came_is_counted_also_when_she_is_erased_and_a_team_is_planned(world: &mut World) -> Result<()> {
    world.request(TEAM).await?;
    let list = world.until_booked().await?;
    let reference = list.split_whitespace().next().context("a number")?.to_owned();
    // Her day has come: just now, by this machine's clock.
    let past = "UPDATE bookings SET start = unixepoch()";
    Connection::open(world.site.database())?.execute(past, [])?;

    world.sit_down(Role::Lead).await?;
    world.go("/reports").await?;
    world.browser.read("[data-testid=all]", "1件").await?;
    world.browser.read("[data-testid=came]", "0件").await?;
    world.go(&format!("/bookings/{reference}")).await?;
    came(world).await?;
    recorded(world).await?;
    world.go("/reports").await?;
    world.browser.read("[data-testid=came]", "1件").await?;
    world.browser.read("[data-testid=outcomes]", "相談済み").await?;
    world.browser.read("[data-testid=areas]", "松江市").await?;
    // Another period says that there is nothing, and what to do.
    world.browser.script("document.querySelector('input[value=last-month]').click()").await?;
    world.browser.see("[data-testid=none]").await?;
    erased(world, &reference).await?;
    plan(world).await
}

async fn came(world: &World) -> Result<()> {
    world.browser.click("[data-testid=confirm]").await?;
    world.browser.see("[data-testid=attended]").await?;
    world.browser.click("[data-testid=attended]").await?;
    world.browser.gone("[data-testid=confirm]").await?;
    world.browser.see("[data-testid=done]").await?;
    Ok(())
}

/// What it was about, by keyboard as in any form; the next one at the desk sees it.
async fn recorded(world: &World) -> Result<()> {
    for (list, value) in [("industry", "food"), ("area", "32201")] {
        let choose = format!(
            "const list = document.querySelector('#{list}');
             list.value = '{value}';
             list.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        );
        world.browser.see(&format!("#{list} option[value='{value}']")).await?;
        world.browser.script(&choose).await?;
    }
    world.browser.click("[data-testid=record-subject]").await?;
    world.browser.read("[data-testid=recorded]", "飲食").await?;
    world.browser.read("[data-testid=recorded]", "松江市").await?;
    Ok(())
}

/// She asked for it: nobody finds her any more, and the month stays what it was.
async fn erased(world: &World, reference: &str) -> Result<()> {
    world.site.hands(&["erase", reference]).await?;
    world.go(&format!("/bookings/{reference}")).await?;
    world.browser.read("main", "この番号の予約は見つかりません").await?;
    world.go("/reports").await?;
    world.browser.read("[data-testid=came]", "1件").await?;
    world.browser.read("[data-testid=outcomes]", "相談済み").await?;
    Ok(())
}

async fn plan(world: &World) -> Result<()> {
    world.go("/found").await?;
    world.browser.read("[data-testid=teams]", "エスポワール").await?;
    world.browser.script("document.querySelector('[data-testid=check-2]').click()").await?;
    world.browser.read("[data-testid=ticked]", "1/10").await?;
    let write = |value: u32| {
        format!(
            "const field = document.querySelector('#monthly');
             field.value = '{value}';
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        )
    };
    world.browser.script(&write(2_000)).await?;
    world.browser.read("[data-testid=wait]", "終わりなく").await?;
    world.browser.script(&write(13)).await?;
    world.browser.read("[data-testid=wait]", "0.5日").await?;
    world.browser.see("[data-testid=rota-table]").await?;
    // What she ticked and typed is there the next time.
    world.go("/found").await?;
    world.browser.read("[data-testid=ticked]", "1/10").await?;
    let kept = world.browser.script("return document.querySelector('#monthly').value").await?;
    ensure!(kept == "13", "{kept}");
    let link = "return document.querySelector('[data-testid=widget-link]').getAttribute('href')";
    let link = world.browser.script(link).await?;
    ensure!(link == format!("/embed/generator?team={TEAM}"), "{link}");
    Ok(())
}
