//! What she has told her device about colours and movement, and the app never asks.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::accessible::SCREENS;
use crate::booker::TIME;
use crate::case::{Case, stories};
use crate::engine::{Engine, ON_DISK, Options};
use crate::founder::ANSWER;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let colours = stories![TOLD =>
        h04_in_her_own_colours_what_can_be_used_has_an_edge_and_what_is_chosen_shows,
    ];
    let stillness = stories![TOLD => h04_where_she_asked_for_stillness_nothing_moves];
    let colours =
        colours.into_iter().map(|case| case.with(|_| of_firefox("browser.display.document_color_use", 2)));
    let stillness = stillness.into_iter().map(|case| case.with(|_| of_firefox("ui.prefersReducedMotion", 1)));
    colours.chain(stillness).collect()
}

/// Chromium is told by its own protocol, Firefox by a setting when it begins.
const TOLD: &[Engine] = ON_DISK;

fn of_firefox(setting: &'static str, value: u8) -> Options {
    Options { preferences: vec![(setting, json!(value))], ..Options::default() }
}

// With her own colours on black every button was a word among words, and the chosen hour looked like all others.
async fn h04_in_her_own_colours_what_can_be_used_has_an_edge_and_what_is_chosen_shows(
    world: &mut World,
) -> Result<()> {
    walk(world, "forced-colors", "active", EDGELESS).await
}

// She gets sick of what slides.
async fn h04_where_she_asked_for_stillness_nothing_moves(world: &mut World) -> Result<()> {
    walk(world, "prefers-reduced-motion", "reduce", MOVING).await
}

/// Over all screens with one wish of hers; `look` returns a list of what is wrong.
async fn walk(world: &World, wish: &str, value: &str, look: &str) -> Result<()> {
    world.save("shimane").await?;
    if world.browser.engine == Engine::Chromium {
        let wishes = json!({ "features": [{ "name": wish, "value": value }] });
        world.browser.devtools("Emulation.setEmulatedMedia", wishes).await?;
    }
    world.browser.holds(&format!("matchMedia('({wish}: {value})').matches")).await?;
    let mut wrong = Vec::new();
    for screen in SCREENS {
        world.visit(screen).await?;
        wrong.extend(seen(world, look, screen).await?);
    }
    world.visit("/").await?;
    world.ask_for("松江市").await?;
    world.browser.see(ANSWER).await?;
    wrong.extend(seen(world, look, "an answer").await?);
    wrong.extend(booking(world, look).await?);
    ensure!(wrong.is_empty(), "{wish}:\n{}", wrong.join("\n"));
    Ok(())
}

async fn booking(world: &World, look: &str) -> Result<Vec<String>> {
    world.visit("/book/gunma").await?;
    world.browser.see(TIME).await?;
    world.tap(TIME).await?;
    world.browser.see(&format!("{TIME}[aria-pressed=true]")).await?;
    let times = seen(world, look, "times").await?;
    world.tap("[data-testid=to-contact]").await?;
    world.browser.see("#name").await?;
    let contact = seen(world, look, "contact").await?;
    world.write_letter().await?;
    let check = seen(world, look, "check").await?;
    Ok([times, contact, check].concat())
}

async fn seen(world: &World, look: &str, screen: &str) -> Result<Vec<String>> {
    let found = world.browser.script(look).await?;
    let found = found.as_array().context("a list")?;
    Ok(found.iter().map(|one| format!("{screen}: {one}")).collect())
}

/// Controls without an edge, a line below or a fill of the system's; and chosen ones that look like the others.
const EDGELESS: &str = "
const named = (one) => `${one.localName}.${one.className} ${(one.ariaLabel || one.textContent).trim().slice(0, 20)}`;
const sides = ['Top', 'Right', 'Bottom', 'Left'];
const edge = (style) => sides.some((side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0)
  || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
const clear = (style) => /rgba\\(.*, 0\\)/.test(style.backgroundColor);
const page = getComputedStyle(document.body).backgroundColor;
const filled = (style) => !clear(style) && style.backgroundColor !== page;
const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.getBoundingClientRect().width > 1;
const found = [];
for (const one of document.querySelectorAll('button, .tn-button, input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea')) {
  const style = getComputedStyle(one);
  const boxed = !one.matches('button, .tn-button') && edge(getComputedStyle(one.parentElement));
  if (shown(one) && !edge(style) && !filled(style) && style.textDecorationLine === 'none' && !boxed)
    found.push(`no edge: ${named(one)}`);
}
const look = (one) => {
  const style = getComputedStyle(one);
  const sign = getComputedStyle(one, '::before').content + getComputedStyle(one, '::after').content;
  return [style.backgroundColor, style.color, style.outlineStyle, style.outlineWidth, style.textDecorationLine, sign,
    ...sides.flatMap((side) => [style[`border${side}Width`], style[`border${side}Style`], style[`border${side}Color`]]),
    one.querySelector('svg')?.innerHTML].join(' ');
};
for (const chosen of document.querySelectorAll('[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false])')) {
  const other = [...chosen.parentElement.parentElement.querySelectorAll(`.${chosen.classList[0]}`)].find((one) =>
    one !== chosen && !one.matches('[aria-pressed=true], [aria-selected=true], [aria-current]'));
  if (other && shown(chosen) && look(chosen) === look(other)) found.push(`as the others: ${named(chosen)}`);
}
return found;";

/// A hundredth of a second is no movement.
const MOVING: &str = "
const longest = (times) => Math.max(...times.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 0.001 : 1)));
const found = [];
for (const one of document.querySelectorAll('*')) {
  for (const part of [undefined, '::before', '::after']) {
    const style = getComputedStyle(one, part);
    const moves = longest(style.transitionDuration) > 0.01 || (style.animationName !== 'none' && longest(style.animationDuration) > 0.01);
    if (moves || (!part && style.scrollBehavior === 'smooth')) found.push(`${one.localName}.${one.className.baseVal ?? one.className}${part ?? ''}`);
  }
}
return [...new Set(found)].slice(0, 20);";
