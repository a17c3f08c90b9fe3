//! What she saved is there without a network, and a new build arrives without taking anything away.

use anyhow::{Result, ensure};
use tests::site::next_build;

use crate::booker::{CARD, NOTE, REFERENCE};
use crate::case::{Case, stories};
use crate::engine::EVERY;
use crate::founder::{SAVED_CARD, UPDATE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        a_saved_team_opens_with_the_server_stopped,
        finding_works_with_the_server_stopped,
        a_new_build_waits_until_she_says_so,
        what_she_erases_is_gone_from_the_device,
        d14_in_a_cellar_her_receipt_shows_number_and_code_and_not_her_notes,
    ]
}

async fn a_saved_team_opens_with_the_server_stopped(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.works_offline().await?;
    world.save("kochi").await?;
    world.site.stop().await?;
    world.visit("/saved").await?;
    let card = world.browser.text(SAVED_CARD).await?;
    ensure!(card.contains("島根県信用保証協会"), "the saved card says {card}");
    // Nobody could say the telephone of this one, and all that she could do with it was to let it go.
    for way in ["[data-association=shimane] [href^='tel:']", "[data-association=kochi] [href*='kochi-cgc']"] {
        world.browser.see(&format!("{SAVED_CARD}{way}")).await?;
    }
    world.browser.click(&format!("{SAVED_CARD} .tn-card__link")).await?;
    world.browser.see("[data-testid=kept]").await?;
    Ok(())
}

async fn finding_works_with_the_server_stopped(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    world.site.stop().await?;
    world.reload().await?;
    world.ask_for("松江市").await?;
    world.is_answered("松江市", &["shimane"]).await
}

async fn a_new_build_waits_until_she_says_so(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.works_offline().await?;
    world.site.deploy(next_build).await?;
    world.reload().await?;
    world.browser.see(UPDATE).await?;
    ensure!(
        !world.browser.is_there("meta[name=tests-build]").await?,
        "the old build must go on until she agrees"
    );
    world.browser.click(&format!("{UPDATE} button")).await?;
    world.browser.holds("document.querySelector('meta[name=tests-build]')").await?;
    world.has_started().await?;
    world.browser.gone(UPDATE).await?;
    world.visit("/saved").await?;
    world.browser.see(SAVED_CARD).await?;
    Ok(())
}

async fn what_she_erases_is_gone_from_the_device(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.prefers("theme", "dark").await?;
    world.works_offline().await?;
    world.visit("/device").await?;
    world.browser.click("[data-testid=erase]").await?;
    world.browser.click("[data-testid=erase-yes]").await?;
    world.browser.see("[data-testid=erased]").await?;
    let left = world
        .browser
        .promise(
            "Promise.all([
                caches.keys(),
                indexedDB.databases().then((all) => all.map((one) => one.name)),
                navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.scope)),
                Object.keys(localStorage),
                Object.keys(sessionStorage),
             ]).then((all) => all.flat())",
        )
        .await?;
    ensure!(left.as_array().is_some_and(Vec::is_empty), "left on the device: {left}");
    Ok(())
}

// The waiting room was in the cellar, without a network; the desk there asked for her number, and he beside her read along.
async fn d14_in_a_cellar_her_receipt_shows_number_and_code_and_not_her_notes(
    world: &mut World,
) -> Result<()> {
    world.request("gunma").await?;
    let number = world.browser.text(REFERENCE).await?;
    world.visit("/bookings").await?;
    world.works_offline().await?;
    world.site.stop().await?;
    world.reload().await?;
    world.tap(&format!("{CARD} .tn-card__link")).await?;
    ensure!(world.browser.text(REFERENCE).await? == number, "another number");
    world.tap(".tn-receipt summary").await?;
    let code = world.browser.see(".tn-receipt__code").await?.attr("aria-label").await?.unwrap_or_default();
    let coded = code.split_whitespace().last().unwrap_or_default();
    ensure!(coded.len() > 4 && number.replace('-', "").contains(coded), "the code says {code}, she {number}");
    let page = world.browser.text("body").await?;
    ensure!(!page.contains(NOTE), "her notes are on it");
    Ok(())
}
