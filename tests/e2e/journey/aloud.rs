//! What a screen reader really says on the way to a consultation: each thing once, and nothing that was not asked for.

use anyhow::{Result, ensure};

use crate::booker::TIME;
use crate::case::{Case, reader_asked_for, stories};
use crate::engine::{CHROMIUM, Options};
use crate::founder::ENTER;
use crate::reader::Ear;
use crate::world::World;

/// Orca takes what has the focus now for the successor of what had it and is gone, and says nothing: it is asked where it is.
const ON_THE_HEADING: &str = "document.activeElement.id === 'page-title'";

pub fn cases() -> Vec<Case> {
    if !reader_asked_for() {
        return Vec::new();
    }
    let cases = stories![CHROMIUM => h03_a_screen_reader_says_each_thing_once];
    cases.into_iter().map(|case| case.with(|_| Options { reader: true, ..Options::default() })).collect()
}

// She does not see the screen. The answer was read piece by piece and from the bottom up, the times of the day as soon as they came,
// and what was wrong in the form once more with each letter.
async fn h03_a_screen_reader_says_each_thing_once(world: &mut World) -> Result<()> {
    let mut ear = Ear::new(world.browser.profile());
    world.visit("/").await?;
    ear.hears_once("Finished loading 女性職員のチームをさがす").await?;
    finds_her_team(world, &mut ear).await?;
    books(world, &mut ear).await?;
    // The runner has begun a line of its own.
    println!("\nbench reader_heard {}", ear.heard());
    Ok(())
}

async fn finds_her_team(world: &World, ear: &mut Ear) -> Result<()> {
    world.browser.script("document.querySelector('#place').focus()").await?;
    ear.hears_once("郵便番号、または市区町村や都道府県の名前").await?;
    for letter in "690-0886".chars() {
        world.press(&letter.to_string()).await?;
    }
    ear.hears("候補が1件あります").await?;
    world.press(ENTER).await?;
    world.browser.holds(ON_THE_HEADING).await?;
    let said = ear.hears_out().await?;
    ensure!(!said.iter().any(|one| one.contains("予約する")), "the card was read: {said:?}");
    // What a switch changes is said.
    world.browser.script("document.querySelector('[data-testid=terms]').open = true").await?;
    world.browser.script("document.querySelectorAll('[data-testid=terms] input')[1].click()").await?;
    ear.hears("島根県に住んでいれば相談できます").await?;
    Ok(())
}

async fn books(world: &World, ear: &mut Ear) -> Result<()> {
    world.visit("/book/shimane").await?;
    let said = ear.hears_once("Finished loading 相談を予約する").await?;
    let first = world.browser.text(TIME).await?;
    ensure!(said.iter().filter(|one| **one == first).count() < 2, "{first} was said by itself: {said:?}");
    world.tap(TIME).await?;
    ear.hears("pressed").await?;
    world.tap("[data-testid=to-contact]").await?;
    world.browser.holds(ON_THE_HEADING).await?;
    world.tap("[data-testid=to-check]").await?;
    ear.hears_once("お名前かニックネームを入れてください").await?;
    world.write_letter().await?;
    let said = ear.hears_out().await?;
    ensure!(!said.iter().any(|one| one.contains("を入れてください")), "what was mended: {said:?}");
    world.agree_and_send().await?;
    // And the heading, or not.
    ear.hears_once("· 来所").await?;
    Ok(())
}
