//! What is left of a screen on the narrowest phone, and at 400 % on a wide one: everything, in one column.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::accessible::SCREENS;
use crate::booker::{REFERENCE, TIME};
use crate::case::{Case, stories};
use crate::engine::CHROMIUM;
use crate::world::World;

const LANGUAGES: [&str; 3] = ["ja", "ja-easy", "en"];

/// WCAG's reflow: 1280 × 1024 at 400 %.
const WIDTH: u32 = 320;
const HEIGHT: u32 = 256;

pub fn cases() -> Vec<Case> {
    stories![CHROMIUM => h04_at_320_pixels_nothing_lies_beside_the_screen_or_is_cut_off]
}

// She had set the largest letters; the price of it was that half of each line lay beside the screen.
async fn h04_at_320_pixels_nothing_lies_beside_the_screen_or_is_cut_off(world: &mut World) -> Result<()> {
    let metrics = json!({ "width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false });
    world.save("shimane").await?;
    world.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    let mut found = Vec::new();
    for language in LANGUAGES {
        world.prefers("lang", language).await?;
        for screen in SCREENS {
            world.visit(screen).await?;
            found.extend(outside(world, &format!("{screen} {language}")).await?);
        }
        found.extend(booking(world, language).await?);
    }
    ensure!(found.is_empty(), "not on the screen:\n{}", found.join("\n"));
    Ok(())
}

async fn booking(world: &World, language: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    world.visit("/book/gunma").await?;
    world.browser.see(TIME).await?;
    found.extend(outside(world, &format!("times {language}")).await?);
    world.choose_time("gunma").await?;
    world.browser.see("#name").await?;
    found.extend(outside(world, &format!("contact {language}")).await?);
    world.write_letter().await?;
    found.extend(outside(world, &format!("check {language}")).await?);
    world.agree_and_send().await?;
    world.browser.see(REFERENCE).await?;
    found.extend(outside(world, &format!("booked {language}")).await?);
    world.visit("/bookings").await?;
    found.extend(outside(world, &format!("bookings {language}")).await?);
    Ok(found)
}

async fn outside(world: &World, screen: &str) -> Result<Vec<String>> {
    let found = world.browser.script(OUTSIDE).await?;
    let found = found.as_array().context("a list")?;
    Ok(found.iter().map(|one| format!("{screen}: {one}")).collect())
}

/// What is drawn beside the screen, unless something around it scrolls; and words of which a part is hidden.
const OUTSIDE: &str = "
const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
const around = (one) => one.parentElement && one.parentElement !== document.body
  ? (scrolls(one.parentElement) || around(one.parentElement)) : false;
const named = (one) => `${one.localName}.${one.className.baseVal ?? one.className} ${one.textContent.trim().slice(0, 20)}`;
const found = [];
if (document.documentElement.scrollWidth > innerWidth) found.push(`${document.documentElement.scrollWidth} px wide`);
for (const one of document.querySelectorAll('body *')) {
  const box = one.getBoundingClientRect();
  // A drawing is cut at its own edge. One pixel is for screen readers.
  if (one.ownerSVGElement || box.width <= 1 || box.height <= 1 || !one.checkVisibility({ visibilityProperty: true })) continue;
  if ((box.right > innerWidth + 1 || box.left < -1) && box.right > 0 && !around(one)) found.push(`beside: ${named(one)}`);
  const words = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (words && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible' && !scrolls(one))
    found.push(`cut off: ${named(one)}`);
}
return found;";
