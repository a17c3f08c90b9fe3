//! For everybody: with a keyboard alone, and without one violation that axe can see.

use std::env;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::patience::until;

use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine};
use crate::founder::{ANSWER, BACK_TAB, DOWN, ENTER, TAB};
use crate::world::World;

/// Every language and both themes. Colours know no language, so not each in each; and what axe reads, the tree and its colours,
/// hardly knows an engine, so all looks in one of them, and one look in each of the others.
fn looks(engine: Engine) -> &'static [(&'static str, &'static str)] {
    match engine {
        Engine::Chromium => &[("ja", "light"), ("ja", "dark"), ("ja-easy", "light"), ("en", "dark")],
        Engine::Firefox => &[("en", "dark")],
        Engine::WebKit => &[("ja-easy", "light")],
    }
}

/// All of the app's that need nothing to have been done before.
pub const SCREENS: [&str; 14] = [
    "/",
    "/find?pref=32",
    "/find?pref=23",
    "/associations/shimane",
    "/associations/tokyo",
    "/saved",
    "/device",
    "/about",
    "/read",
    "/read/demo-shimane-cafe-saikai",
    "/read/case-guarantee-volume",
    "/events",
    "/events/demo-event-ehime-imabari-seminar",
    "/reading-list",
];

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        she_finds_her_team_with_the_keyboard_alone,
        the_map_is_walked_with_the_arrow_keys,
        axe_finds_nothing_on_any_screen_in_any_theme_and_language,
        h12_she_books_without_the_app,
    ]
}

async fn she_finds_her_team_with_the_keyboard_alone(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    tab_to(world, "#place").await?;
    world.press("まつえ").await?;
    world.browser.see("#place-option-0").await?;
    world.press(DOWN).await?;
    world.press(ENTER).await?;
    world.browser.read(ANSWER, "松江市").await?;
    // Where the new screen starts, for eyes and for screen readers.
    world.browser.holds("document.activeElement.id === 'page-title'").await?;
    tab_to(world, "[data-testid=card-in-charge] [data-testid=save]").await?;
    world.press(ENTER).await?;
    world.browser.see("[data-testid=card-in-charge] [data-testid=save][aria-pressed=true]").await?;
    // Back up the page: at its end the next tab belongs to the browser.
    walk_to(world, BACK_TAB, ".tn-bar a[href='/saved']").await?;
    world.press(ENTER).await?;
    world.browser.see("[data-testid=saved-card]").await?;
    Ok(())
}

async fn the_map_is_walked_with_the_arrow_keys(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    tab_to(world, "[data-testid=tile-map] [role=option]").await?;
    let before = world.browser.script("return document.activeElement.dataset.pref").await?;
    world.press(DOWN).await?;
    world.browser.holds(&format!("document.activeElement.dataset.pref !== {before}")).await?;
    world.press(ENTER).await?;
    world.browser.see(ANSWER).await?;
    Ok(())
}

async fn tab_to(world: &World, css: &str) -> Result<()> {
    walk_to(world, TAB, css).await
}

/// Presses a key until the element has the focus and shows it.
async fn walk_to(world: &World, key: &str, css: &str) -> Result<()> {
    const FAR: usize = 60;
    for _ in 0..FAR {
        world.press(key).await?;
        let there =
            world.browser.script(&format!("return document.activeElement.matches(\"{css}\")")).await?;
        if there == Value::Bool(true) {
            return world.browser.holds("document.activeElement.matches(':focus-visible')").await;
        }
    }
    anyhow::bail!("{FAR} steps do not lead to {css}")
}

async fn axe_finds_nothing_on_any_screen_in_any_theme_and_language(world: &mut World) -> Result<()> {
    let axe = axe()?;
    world.save("shimane").await?;
    let mut found = Vec::new();
    for (language, theme) in looks(world.browser.engine) {
        world.prefers("lang", language).await?;
        world.prefers("theme", theme).await?;
        for screen in SCREENS {
            world.visit(screen).await?;
            found.extend(violations(world, &axe, &format!("{screen} {language} {theme}")).await?);
        }
        world.visit("/").await?;
        world.ask_for("府中市").await?;
        world.browser.see("[data-testid=choices]").await?;
        found.extend(violations(world, &axe, &format!("choices {language} {theme}")).await?);
        found.extend(booking(world, &axe, &format!("{language} {theme}")).await?);
    }
    ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
    Ok(())
}

// WebAssembly was switched off on her office computer. Pages of the form have no script, so what they do needs none.
async fn h12_she_books_without_the_app(world: &mut World) -> Result<()> {
    let axe = axe()?;
    world.plant("Object.defineProperty(window, 'WebAssembly', { value: undefined });").await?;
    world.browser.open(&world.url("/book/shimane")).await?;
    world.browser.click("[data-boot-failed] a[href='/form']").await?;
    let mut found = Vec::new();
    world.browser.see("a[href='/form/shimane']").await?;
    found.extend(violations(world, &axe, "teams").await?);
    world.browser.click("a[href='/form/shimane']").await?;
    world.browser.see("#wish").await?;
    found.extend(violations(world, &axe, "form").await?);
    // A program would be as fast as this, and is asked to look again.
    submit(world).await?;
    world.browser.read("[role=alert]", "もう一度送ってください").await?;
    let looked_at = until("a look at what she wrote", async || {
        submit(world).await?;
        Ok(world.browser.is_there(".tn-errors__link[href='#wish']").await?.then_some(()))
    });
    looked_at.await?;
    found.extend(violations(world, &axe, "errors").await?);
    fill_in(world).await?;
    found.extend(violations(world, &axe, "booked").await?);
    world.browser.click("summary").await?;
    world.browser.click("details button").await?;
    world.browser.read("main", "取り消しました").await?;
    ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
    Ok(())
}

/// Until the next page is there: not all drivers wait for it.
async fn submit(world: &World) -> Result<()> {
    world.browser.script("window.isBefore = true").await?;
    world.browser.click("button[type=submit]").await?;
    world.browser.holds("!window.isBefore && document.readyState === 'complete'").await
}

async fn fill_in(world: &World) -> Result<()> {
    for (field, words) in [("#name", "はな"), ("#mail", "hana@example.jp")] {
        world.browser.see(field).await?.send_keys(words).await?;
    }
    world.browser.click("#wish optgroup option").await?;
    world.browser.click("input[name=consent]").await?;
    submit(world).await?;
    world.browser.read("main", "受付番号").await?;
    Ok(())
}

pub fn axe() -> Result<String> {
    Ok(fs::read_to_string(env::var("TONARI_AXE").context("TONARI_AXE names axe.min.js")?)?)
}

/// The steps of a booking, also with everything wrong.
async fn booking(world: &World, axe: &str, look: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    world.choose_time("gunma").await?;
    world.browser.see("#name").await?;
    found.extend(violations(world, axe, &format!("contact {look}")).await?);
    world.tap("[data-testid=to-check]").await?;
    world.browser.see("#errors").await?;
    found.extend(violations(world, axe, &format!("errors {look}")).await?);
    world.write_letter().await?;
    found.extend(violations(world, axe, &format!("check {look}")).await?);
    world.agree_and_send().await?;
    world.browser.see(crate::booker::REFERENCE).await?;
    found.extend(violations(world, axe, &format!("booked {look}")).await?);
    for screen in ["/book/gunma", "/bookings"] {
        world.visit(screen).await?;
        found.extend(violations(world, axe, &format!("{screen} {look}")).await?);
    }
    Ok(found)
}

pub async fn violations(world: &World, axe: &str, screen: &str) -> Result<Vec<String>> {
    let body = format!(
        "{axe};
         const done = arguments[arguments.length - 1];
         window.axe.run(document, {{ resultTypes: ['violations'], rules: {{ 'target-size': {{ enabled: true }} }} }}).then(
           (result) => done(result.violations.map((one) => `${{one.id}} at ${{one.nodes.map((node) => node.target).join(', ')}}`)),
           (error) => done([`axe failed: ${{error}}`]));"
    );
    let found = world.browser.client.execute_async(&body, vec![]).await?;
    let found = found.as_array().context("axe gives a list")?;
    Ok(found.iter().map(|one| format!("{screen}: {one}")).collect())
}
