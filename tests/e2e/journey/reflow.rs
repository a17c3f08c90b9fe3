//! What is left of a screen on the narrowest phone, at 400 % on a wide one, lying on its side, and with more room between
//! letters and lines: everything.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::accessible::SCREENS;
use crate::booker::{REFERENCE, TIME};
use crate::case::{Case, stories};
use crate::engine::CHROMIUM;
use crate::world::World;

const LANGUAGES: [&str; 3] = ["ja", "ja-easy", "en"];

/// WCAG's reflow: 1280 × 1024 at 400 %.
const NARROW: (u32, u32) = (320, 256);
const UPRIGHT: (u32, u32) = (390, 844);
const LYING: (u32, u32) = (844, 390);

pub fn cases() -> Vec<Case> {
    stories![CHROMIUM =>
        h04_at_320_pixels_nothing_lies_beside_the_screen_or_is_cut_off,
        h04_with_room_between_letters_and_lines_nothing_is_cut_off,
        h04_a_phone_that_lies_on_its_side_has_room_for_the_screen,
    ]
}

// She had set the largest letters; the price of it was that half of each line lay beside the screen.
async fn h04_at_320_pixels_nothing_lies_beside_the_screen_or_is_cut_off(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.holds_it_like(NARROW).await?;
    everything_is_there(world, &LANGUAGES).await
}

// She reads with a style of her own, and the last line of each button was cut in the middle.
async fn h04_with_room_between_letters_and_lines_nothing_is_cut_off(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.holds_it_like(UPRIGHT).await?;
    world.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SPACED })).await?;
    everything_is_there(world, &["ja-easy"]).await
}

// Between the header and the doors at the bottom there was one line of text left.
async fn h04_a_phone_that_lies_on_its_side_has_room_for_the_screen(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.holds_it_like(LYING).await?;
    everything_is_there(world, &["en"]).await?;
    for screen in SCREENS {
        world.visit(screen).await?;
        let taken = world.browser.script(TAKEN).await?;
        let taken = taken.as_f64().context("a height")?;
        ensure!(taken <= f64::from(LYING.1) / 2.0, "{screen}: {taken} px never move away");
    }
    Ok(())
}

impl World {
    async fn holds_it_like(&self, (width, height): (u32, u32)) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }
}

async fn everything_is_there(world: &World, languages: &[&str]) -> Result<()> {
    let mut found = Vec::new();
    for language in languages {
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

/// As WCAG's text spacing says.
const SPACED: &str = "
addEventListener('DOMContentLoaded', () => {
  const style = new CSSStyleSheet();
  style.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
});";

/// Pixels of the height that stay where they are however far she scrolls.
const TAKEN: &str = "
const stays = (one) => /fixed|sticky/.test(getComputedStyle(one).position) && one.checkVisibility();
const wide = [...document.querySelectorAll('body *')].filter(stays).map((one) => one.getBoundingClientRect());
return wide.filter((box) => box.width > innerWidth / 2).reduce((sum, box) => sum + box.height, 0);";

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
  // A drawing is cut at its own edge. What is hidden, and one pixel, are for screen readers.
  if (one.ownerSVGElement || one.closest('.tn-visually-hidden') || box.width <= 1 || box.height <= 1 || !one.checkVisibility({ visibilityProperty: true })) continue;
  if ((box.right > innerWidth + 1 || box.left < -1) && box.right > 0 && !around(one)) found.push(`beside: ${named(one)}`);
  const words = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (words && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible' && !scrolls(one))
    found.push(`cut off: ${named(one)}`);
}
return found;";
