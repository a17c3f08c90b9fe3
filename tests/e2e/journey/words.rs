//! The three languages, and how she likes to read them.

use anyhow::Result;
use fantoccini::Locator;
use tests::patience::until;
use tests::proxy::Fate;
use tests::site::next_build;

use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::UPDATE;
use crate::world::World;

const MISSING: &str = "[data-testid=words-missing]";

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        she_changes_the_language_and_it_stays,
        her_language_is_there_offline_and_after_an_update,
        words_that_cannot_be_had_leave_japanese_with_a_word_about_it,
        she_chooses_dark_and_large_and_discreet_and_it_stays,
    ]
}

async fn she_changes_the_language_and_it_stays(world: &mut World) -> Result<()> {
    world.visit("/device").await?;
    choose(world, "English").await?;
    world.browser.holds("document.documentElement.lang === 'en'").await?;
    world.visit("/").await?;
    is_english(world).await?;
    world.visit("/device").await?;
    choose(world, "やさしい").await?;
    world.visit("/").await?;
    world.browser.see("#page-title ruby").await?;
    Ok(())
}

// She chose English on her first visit, before the service worker was ready, and opened it again on the train.
async fn her_language_is_there_offline_and_after_an_update(world: &mut World) -> Result<()> {
    world.visit("/device").await?;
    choose(world, "English").await?;
    world.works_offline().await?;
    keeps_words(world).await?;
    world.site.stop().await?;
    world.reload().await?;
    is_english(world).await?;
    // The next version has other words, too; it is taken, and she is on the train again.
    world
        .site
        .deploy(|app| {
            let words = app.join("words/en.json");
            std::fs::write(&words, std::fs::read_to_string(&words)? + "\n")?;
            next_build(app)
        })
        .await?;
    world.reload().await?;
    world.browser.click(&format!("{UPDATE} button")).await?;
    world.browser.holds("document.querySelector('meta[name=tests-build]')").await?;
    world.site.stop().await?;
    world.reload().await?;
    is_english(world).await
}

// The connection broke just when she chose another language, and still when she came back.
async fn words_that_cannot_be_had_leave_japanese_with_a_word_about_it(world: &mut World) -> Result<()> {
    world.proxy.spoil(|path| path.starts_with("/words/").then_some(Fate::Cut));
    world.visit("/device").await?;
    choose(world, "English").await?;
    world.browser.read(MISSING, "Could not load the language").await?;
    world.browser.holds("document.querySelector('#page-title').textContent === 'この端末'").await?;
    world.visit("/device").await?;
    world.browser.read(MISSING, "Could not load the language").await?;
    world.browser.holds("document.documentElement.lang === 'ja'").await?;
    world.proxy.heal();
    world.browser.click(&format!("{MISSING} button")).await?;
    is_english(world).await?;
    world.browser.gone(MISSING).await
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

async fn is_english(world: &World) -> Result<()> {
    world.browser.holds("document.documentElement.lang === 'en'").await?;
    let title = "/^[\\x20-\\x7e’–…]+$/.test(document.querySelector('#page-title').textContent)";
    world.browser.holds(title).await
}

async fn keeps_words(world: &World) -> Result<()> {
    until("the words to be kept", async || {
        let kept = world.browser.promise("caches.match('/words/en.json').then(Boolean)").await?;
        Ok((kept == true).then_some(()))
    })
    .await
}

/// The radio button of this label.
async fn choose(world: &World, label: &str) -> Result<()> {
    let path = format!("//label[contains(normalize-space(.), '{label}')]");
    world.browser.see("fieldset").await?;
    world.browser.client.find(Locator::XPath(&path)).await?.click().await?;
    Ok(())
}
