//! She looks for somebody like her, reads how it went, and goes on to the team that helped.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::find::stand_in_matsue;
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine};
use crate::founder::{ENTER, TAB, TITLE};
use crate::world::World;

pub const SEARCH: &str = "#search";
pub const CAFE: &str = "[data-item=demo-shimane-cafe-saikai]";
const COUNT: &str = "[data-testid=count]";

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        a_story_is_found_however_she_writes_what_she_looks_for,
        she_narrows_the_list_down_and_the_numbers_hold,
        from_a_story_she_goes_to_the_team_and_its_times,
        events_come_by_date_and_go_into_her_calendar,
        what_she_reads_and_looks_for_is_in_no_request,
        h12_a_story_is_there_without_the_app,
    ]
}

/// Types anew into the field of the search.
pub async fn look_for(world: &World, words: &str) -> Result<()> {
    let field = world.browser.see(SEARCH).await?;
    field.clear().await?;
    field.send_keys(words).await?;
    Ok(())
}

async fn ids(world: &World, css: &str) -> Result<Vec<String>> {
    let body = format!("return [...document.querySelectorAll(\"{css}\")].map((one) => one.dataset.item)");
    let found = world.browser.script(&body).await?;
    let texts = found.as_array().into_iter().flatten().filter_map(Value::as_str);
    Ok(texts.map(str::to_owned).collect())
}

// She wrote かふぇ, because the keyboard was in kana, and was told that there was nothing.
async fn a_story_is_found_however_she_writes_what_she_looks_for(world: &mut World) -> Result<()> {
    world.visit("/read").await?;
    world.browser.see("[data-testid=article-card]").await?;
    let mut first = Vec::new();
    for words in ["カフェ", "ｶﾌｪ", "かふぇ", "kafe", "ＫＡＦＥ"] {
        look_for(world, words).await?;
        world.browser.see(&format!("{CAFE} .tn-mark")).await?;
        world.browser.see(&format!("{CAFE} [data-testid=why]")).await?;
        let found = ids(world, "[data-testid=article-card]").await?;
        if first.is_empty() {
            first.clone_from(&found);
        }
        // In Latin letters more may be found: what is written so.
        ensure!(first.iter().all(|id| found.contains(id)), "{words} finds {found:?}, not {first:?}");
    }
    look_for(world, "カフェ 島根").await?;
    world.browser.see(CAFE).await?;
    look_for(world, "ぬぬぬ").await?;
    world.browser.see("[data-testid=none]").await?;
    // As she left it, when she comes back from a text.
    look_for(world, "カフェ").await?;
    world.browser.click(&format!("{CAFE} .tn-card__link")).await?;
    world.browser.read(TITLE, "カフェを閉めて").await?;
    world.browser.client.back().await?;
    world.browser.see(&format!("{CAFE} .tn-mark")).await?;
    Ok(())
}

async fn she_narrows_the_list_down_and_the_numbers_hold(world: &mut World) -> Result<()> {
    world.visit("/read").await?;
    world.browser.see("[data-testid=article-card]").await?;
    world.browser.click(".tn-filter__summary").await?;
    for choice in ["飲食", "島根", "起業の話"] {
        let chip = format!(".tn-chip[data-choice='{choice}']");
        let told = world.browser.text(&format!("{chip} .tn-chip__count")).await?;
        world.browser.script(&format!("document.querySelector(\"{chip}\").focus()")).await?;
        world.press(ENTER).await?;
        world.browser.see(&format!("{chip}[aria-pressed=true]")).await?;
        world.browser.read(COUNT, &format!("{told}件")).await?;
        let shown = ids(world, "[data-testid=article-card]").await?;
        ensure!(shown.len().to_string() == told, "{choice} promised {told} and shows {shown:?}");
        world.press(TAB).await?;
    }
    world.browser.see(CAFE).await?;
    world.browser.click("[data-testid=clear]").await?;
    world.browser.gone(".tn-chip[aria-pressed=true]").await
}

async fn from_a_story_she_goes_to_the_team_and_its_times(world: &mut World) -> Result<()> {
    world.visit("/read/demo-shimane-cafe-saikai").await?;
    world.browser.see("[data-testid=article] .tn-text").await?;
    world.browser.read("[data-testid=fictional]", "架空の例").await?;
    world.browser.click("[data-testid=save]").await?;
    world.browser.see("[data-testid=save][aria-pressed=true]").await?;
    world.browser.click(".tn-reading__team [data-testid=book]").await?;
    world.browser.holds("location.pathname === '/book/shimane'").await?;
    world.has_started().await?;
    world.browser.click(".tn-bar__link[href='/read']").await?;
    world.browser.see(&format!("{CAFE} .tn-reading__mark")).await?;
    world.browser.click(".tn-doors__link[href='/reading-list']").await?;
    world.browser.see(&format!("[data-testid=later] {CAFE}")).await?;
    Ok(())
}

async fn events_come_by_date_and_go_into_her_calendar(world: &mut World) -> Result<()> {
    const CARDS: &str = "[data-testid=event-card]";
    world.visit("/events").await?;
    world.browser.see(CARDS).await?;
    let by_date = ids(world, CARDS).await?;
    ensure!(by_date.len() >= 10, "{by_date:?}");
    if world.browser.engine == Engine::Chromium {
        stand_in_matsue(world).await?;
        world.browser.script("document.querySelectorAll('[name=order]')[1].click()").await?;
        world.browser.holds("document.querySelector('[data-testid=event-card] .tn-card__distance')").await?;
        let near = ids(world, CARDS).await?;
        ensure!(near[0].contains("shimane") && near.len() == by_date.len(), "{near:?}");
    }
    world.browser.click(&format!("{CARDS} .tn-card__link")).await?;
    world.browser.see("[data-testid=event] [data-testid=add]").await?;
    let one = "fetch(document.querySelector('[data-testid=add]').href).then((answer) => answer.text())";
    let file = world.browser.promise(one).await?;
    ensure!(file.as_str().is_some_and(|file| file.matches("BEGIN:VEVENT").count() == 1), "{file}");
    let all = world.browser.promise("fetch('/events.ics').then((answer) => answer.text())").await?;
    let events = all.as_str().map_or(0, |file| file.matches("BEGIN:VEVENT").count());
    ensure!(events >= by_date.len(), "{events} events to subscribe to");
    Ok(())
}

async fn what_she_reads_and_looks_for_is_in_no_request(world: &mut World) -> Result<()> {
    world.visit("/read").await?;
    world.works_offline().await?;
    world
        .browser
        .holds("(caches.match('/read.html').then((kept) => window.isKept = !!kept), window.isKept)")
        .await?;
    world.browser.see("[data-testid=article-card]").await?;
    look_for(world, "喫茶").await?;
    world.browser.see("[data-testid=article-card] .tn-mark").await?;
    look_for(world, "ぱん").await?;
    world.browser.click("[data-testid=article-card] .tn-card__link").await?;
    world.browser.see("[data-testid=article]").await?;
    world.browser.click("[data-testid=save]").await?;
    world.reload().await?;
    world.browser.see("[data-testid=article]").await?;
    for request in world.proxy.requests() {
        for word in ["喫茶", "ぱん", "%E5%96%AB", "/read/demo"] {
            ensure!(!request.text.contains(word), "a request says {word}: {}", request.text);
        }
    }
    Ok(())
}

// WebAssembly was switched off on her office computer; the story is there all the same, and so is the way to the team.
async fn h12_a_story_is_there_without_the_app(world: &mut World) -> Result<()> {
    world.plant("Object.defineProperty(window, 'WebAssembly', { value: undefined });").await?;
    world.browser.open(&world.url("/read/demo-shimane-cafe-saikai")).await?;
    world.browser.see("[data-boot-failed]").await?;
    world.browser.read(TITLE, "カフェを閉めて").await?;
    world.browser.see(".tn-text .tn-text__heading").await?;
    world.browser.see("a[href='/associations/shimane']").await?;
    Ok(())
}
