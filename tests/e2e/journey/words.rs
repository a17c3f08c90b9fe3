//! The three languages, and how she likes to read them.

use anyhow::Result;
use fantoccini::Locator;

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        she_changes_the_language_and_it_stays,
        she_chooses_dark_and_large_and_discreet_and_it_stays,
    ]
}

async fn she_changes_the_language_and_it_stays(world: &mut World) -> Result<()> {
    world.visit("/device").await?;
    choose(world, "English").await?;
    world.browser.holds("document.documentElement.lang === 'en'").await?;
    world.visit("/").await?;
    world.browser.holds("document.documentElement.lang === 'en'").await?;
    world
        .browser
        .holds("/^[\\x20-\\x7e’–…]+$/.test(document.querySelector('#page-title').textContent)")
        .await?;
    world.visit("/device").await?;
    choose(world, "やさしい").await?;
    world.visit("/").await?;
    world.browser.see("#page-title ruby").await?;
    Ok(())
}

async fn she_chooses_dark_and_large_and_discreet_and_it_stays(world: &mut World) -> Result<()> {
    world.visit("/device").await?;
    choose(world, "暗い").await?;
    choose(world, "とても大きい").await?;
    world.browser.click("[data-testid=discreet]").await?;
    world.visit("/").await?;
    world.browser.holds("document.documentElement.dataset.theme === 'dark'").await?;
    world.browser.holds("document.documentElement.dataset.text === 'xl'").await?;
    world.browser.holds("!document.title.includes('となり')").await?;
    world.browser.holds("!document.querySelector('header').textContent.includes('となり')").await
}

/// The radio button of this label.
async fn choose(world: &World, label: &str) -> Result<()> {
    let path = format!("//label[contains(normalize-space(.), '{label}')]");
    world.browser.see("fieldset").await?;
    world.browser.client.find(Locator::XPath(&path)).await?.click().await?;
    Ok(())
}
