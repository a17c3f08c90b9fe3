//! Whoever looks after an association's site: chooses a widget, sees it, copies it.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::accessible::{axe, violations};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

const TAG: &str = "#code-tag";

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        what_she_chooses_is_what_she_copies,
        axe_finds_nothing_where_widgets_are_made_and_shown,
    ]
}

// The page was exchanged under her hands; the field she was in lost what she had typed.
async fn what_she_chooses_is_what_she_copies(world: &mut World) -> Result<()> {
    world.browser.open(&world.url("/embed/generator")).await?;
    // Without its script there would be the button.
    world.browser.holds("document.querySelector('[data-make]').hidden").await?;
    choose(world, "#team", "shimane").await?;
    world.browser.read(TAG, "team=\"shimane\"").await?;
    choose(world, "#view", "book").await?;
    world.browser.read(TAG, "view=\"book\"").await?;
    world.browser.see("#accent").await?.send_keys("#ffd400").await?;
    world.browser.read(TAG, "accent=\"#ffd400\"").await?;
    world.browser.read("#accent-said", "1.4:1").await?;
    world.browser.holds("document.activeElement.id === 'accent'").await?;
    world.browser.click("[name=strict]").await?;
    world.browser.read("#code-rule", "min-height: 560px").await?;
    ensure!(!world.browser.text(TAG).await?.contains("style="), "the rule stands in for the attribute");
    world.browser.holds("!document.querySelector('[data-copy=code-rule]').hidden").await?;
    is_shown_and_kept(world).await?;
    she_is_told_what_did_not_arrive(world).await
}

/// What she sees is not what she chose, until the server is there again.
async fn she_is_told_what_did_not_arrive(world: &mut World) -> Result<()> {
    world.site.stop().await?;
    choose(world, "#view", "events").await?;
    world.browser.read("[data-said]", "受け取れませんでした").await?;
    world.site.resume().await?;
    world.browser.click("[data-make] button").await?;
    world.browser.read(TAG, "view=\"events\"").await?;
    world.browser.holds("document.querySelector('[data-said]').textContent === ''").await
}

/// In both previews, and in the address.
async fn is_shown_and_kept(world: &World) -> Result<()> {
    let shown =
        "[...document.querySelectorAll('tonari-widget')].map((one) => one.getAttribute('view')).join()";
    world.browser.holds(&format!("{shown} === 'book,book'")).await?;
    let address = world.browser.script("return location.search").await?;
    let kept = ["team=shimane", "view=book", "accent=%23ffd400", "strict=yes"];
    ensure!(kept.iter().all(|part| address.as_str().is_some_and(|all| all.contains(part))), "{address}");
    Ok(())
}

async fn choose(world: &World, field: &str, value: &str) -> Result<Value> {
    let chosen = format!(
        "const field = document.querySelector('{field}');
         field.value = '{value}';
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    world.browser.script(&chosen).await
}

// Text of programs was wrapped prettily, and WebKit's process died of it as soon as the second of such pages was unfolded.
async fn axe_finds_nothing_where_widgets_are_made_and_shown(world: &mut World) -> Result<()> {
    let axe = axe()?;
    let mut found = Vec::new();
    for page in [
        "/embed/generator",
        "/embed/generator?lang=en&team=tokyo&view=book&accent=pink&strict=yes",
        "/embed/demo",
        "/embed/demo?theme=dark",
    ] {
        world.browser.open(&world.url(page)).await?;
        world.browser.see("tonari-widget").await?;
        // What is folded is looked at, too.
        let unfold =
            "document.querySelectorAll('details').forEach((one) => { one.open = true; }); return true";
        world.browser.script(unfold).await?;
        found.extend(violations(world, &axe, page).await?);
    }
    ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
    Ok(())
}
