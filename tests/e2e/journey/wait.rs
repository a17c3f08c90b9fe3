//! A full day, and a time of it that comes free.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use domain::calendar::JstTime;

use crate::booker::{CARD, REFERENCE};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::TITLE;
use crate::world::World;

const WAIT: &str = "[data-testid=wait]";

pub fn cases() -> Vec<Case> {
    stories![EVERY => she_waits_for_a_full_day_and_takes_the_time_that_comes_free]
}

// The only hour was taken. She saw it in a tunnel and put her name down there; the other one cancelled in the evening.
async fn she_waits_for_a_full_day_and_takes_the_time_that_comes_free(world: &mut World) -> Result<()> {
    one_hour(world).await?;
    world.request("kochi").await?;
    let taken = world.browser.text(REFERENCE).await?;
    let taken = taken.split_whitespace().last().context("there is a number")?;

    in_a_tunnel(world).await?;
    world.browser.read(TITLE, "空きを待っています").await?;

    world.site.hands(&["bookings", "cancel", taken]).await?;
    world.visit("/bookings").await?;
    world.browser.read(CARD, "空きが出ました").await?;
    world.tap("[data-state=again] .tn-card__link").await?;
    world.browser.read("[data-testid=detail]", "お取りしています").await?;
    world.tap("[data-testid=accept]").await?;
    world.browser.read(TITLE, "予約できました").await?;
    world.browser.see("[data-testid=move]").await?;
    Ok(())
}

/// Without a network she puts her name on the list of the only day; it goes when the train comes out.
async fn in_a_tunnel(world: &mut World) -> Result<()> {
    world.visit("/book/kochi").await?;
    world.browser.see(WAIT).await?;
    world.works_offline().await?;
    world.can_book_offline().await?;
    world.site.stop().await?;
    world.tap(WAIT).await?;
    world.browser.see(&format!("{WAIT}[aria-pressed=true]")).await?;
    world.tap("[data-testid=to-contact]").await?;
    world.write_letter().await?;
    world.browser.read(".tn-check-list", "の空きを待つ").await?;
    world.agree_and_send().await?;
    world.browser.read(TITLE, "送信待ち").await?;
    world.site.resume().await?;
    world.tap("[data-testid=send-now]").await
}

/// Of a team that has but one, ten days from now, whatever day of the week that is.
async fn one_hour(world: &World) -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().cast_signed();
    let day = JstTime::from_unix_seconds(now).date.plus_days(10).to_text();
    let times = format!(
        r#"{{ "weekly": [], "open": [{{ "date": "{day}", "from": "14:00", "to": "15:00", "length": 60, "every": 60,
              "places": 1, "kinds": ["visit"] }}],
              "lead_hours": 1, "horizon_days": 60, "cap": null, "deadline_hours": 24, "by_hand": false }}"#
    );
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("times.json");
    std::fs::write(&file, times)?;
    world.site.hands(&["slots", "import", "kochi", &file.to_string_lossy()]).await?;
    Ok(())
}
