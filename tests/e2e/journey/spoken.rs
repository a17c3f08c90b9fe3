//! What a screen reader is given: a name for all that can be used, and what changes by itself, once.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::patience::until;

use super::accessible::SCREENS;
use crate::booker::TIME;
use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY};
use crate::founder::{ENTER, PLACE, TITLE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    [
        stories![EVERY =>
            h03_what_became_of_her_wishes_is_said_once_each,
            h03_how_many_suggestions_there_are_is_said_when_it_changes,
        ],
        stories![CHROMIUM => h03_whatever_can_be_used_has_a_name_as_it_is_spoken],
    ]
    .concat()
}

/// Notes what is read out by itself: what changes inside of a region that was there before, and an alert that comes whole.
const LISTEN: &str = "
window.spoken = [];
const last = new Map();
const regions = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
new MutationObserver((changes) => {
  const told = new Set();
  for (const { target, addedNodes } of changes) {
    const region = (target.closest ? target : target.parentElement)?.closest(regions);
    if (region) told.add(region);
    for (const node of addedNodes) {
      if (node.matches?.('[role=alert]')) told.add(node);
      node.querySelectorAll?.('[role=alert]').forEach((one) => told.add(one));
    }
  }
  for (const region of told) {
    const words = region.textContent.trim();
    if (region.isConnected && words && words !== last.get(region)) window.spoken.push(words);
    last.set(region, words);
  }
}).observe(document.body, { childList: true, subtree: true, characterData: true });";

// The screen changed from 送信待ち to 予約できました without a word, and the focus, which had been on the heading, was nowhere.
async fn h03_what_became_of_her_wishes_is_said_once_each(world: &mut World) -> Result<()> {
    world.enters_the_tunnel("akita").await?;
    // Both for the same hour.
    world.request("akita").await?;
    world.request("akita").await?;
    world.browser.read(TITLE, "端末に保存").await?;
    let on_the_heading = "document.activeElement.id === 'page-title'";
    world.browser.holds(on_the_heading).await?;
    world.browser.script(LISTEN).await?;
    world.site.resume().await?;
    // The button goes with what waited.
    world.browser.script("document.querySelector('[data-testid=send-now]').focus()").await?;
    world.press(ENTER).await?;
    let words = ["予約できました", "選び直してください"];
    until("both to be told", async || {
        let spoken = spoken(world).await?;
        Ok(words.iter().all(|word| spoken.iter().any(|said| said.contains(word))).then_some(()))
    })
    .await?;
    world.browser.read(TITLE, "してください").await.ok();
    let spoken = spoken(world).await?;
    for word in words {
        let times = spoken.iter().filter(|said| said.contains(word)).count();
        ensure!(times == 1, "{word} was said {times} times: {spoken:?}");
    }
    world.browser.holds(on_the_heading).await
}

// "One suggestion", "one suggestion", "one suggestion", with each figure of her postal code.
async fn h03_how_many_suggestions_there_are_is_said_when_it_changes(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    world.browser.script(COUNT).await?;
    for figure in "690-0886".chars() {
        world.browser.see(PLACE).await?.send_keys(&figure.to_string()).await?;
    }
    world.browser.holds("said.at(-1) === '候補が1件あります' && said.length > 1").await?;
    let again = world.browser.script("return said.filter((words, at) => words === said[at - 1])").await?;
    ensure!(again == json!([]), "said again: {again}");
    Ok(())
}

/// Each text that comes into the line.
const COUNT: &str = "
window.said = [];
new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    for (const node of addedNodes) said.push(node.data);
    if (addedNodes.length === 0 && target.data) said.push(target.data);
  }
}).observe(document.querySelector('.tn-place [role=status]'), { childList: true, subtree: true, characterData: true });";

async fn spoken(world: &World) -> Result<Vec<String>> {
    Ok(serde_json::from_value(world.browser.script("return window.spoken").await?)?)
}

// In やさしい日本語 each word was read out twice, once as it is written and once as it is read.
async fn h03_whatever_can_be_used_has_a_name_as_it_is_spoken(world: &mut World) -> Result<()> {
    world.save("shimane").await?;
    world.browser.devtools("Accessibility.enable", json!({})).await?;
    let mut wrong = Vec::new();
    // Each at a team of its own: what was chosen there before is kept.
    for (language, team) in [("ja-easy", "gunma"), ("en", "akita")] {
        world.prefers("lang", language).await?;
        for screen in SCREENS {
            world.visit(screen).await?;
            wrong.extend(misnamed(world, &format!("{screen} {language}")).await?);
        }
        world.visit(&format!("/book/{team}")).await?;
        world.browser.see(TIME).await?;
        wrong.extend(misnamed(world, &format!("times {language}")).await?);
        world.choose_time(team).await?;
        world.browser.see("#name").await?;
        wrong.extend(misnamed(world, &format!("contact {language}")).await?);
        world.write_letter().await?;
        wrong.extend(misnamed(world, &format!("check {language}")).await?);
    }
    ensure!(wrong.is_empty(), "spoken wrongly:\n{}", wrong.join("\n"));
    Ok(())
}

/// What she can do something with, or finds her way by.
const NAMED: [&str; 14] = [
    "button",
    "link",
    "textbox",
    "searchbox",
    "combobox",
    "checkbox",
    "radio",
    "switch",
    "option",
    "listbox",
    "tab",
    "heading",
    "dialog",
    "DisclosureTriangle",
];

async fn misnamed(world: &World, screen: &str) -> Result<Vec<String>> {
    let doubled = world.browser.script(DOUBLED).await?;
    let doubled: Vec<String> = serde_json::from_value(doubled)?;
    let tree = world.browser.devtools("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = tree["nodes"].as_array().context("a tree")?;
    let used = nodes.iter().filter(|node| {
        node["ignored"] != true && NAMED.contains(&node["role"]["value"].as_str().unwrap_or_default())
    });
    let mut wrong = Vec::new();
    let mut seen = 0;
    for node in used {
        seen += 1;
        let (role, name) = (&node["role"]["value"], node["name"]["value"].as_str().unwrap_or_default());
        if name.trim().is_empty() {
            wrong.push(format!("{screen}: a {role} without a name, {}", chosen(node)));
        }
        if let Some(twice) = doubled.iter().find(|twice| name.contains(twice.as_str())) {
            wrong.push(format!("{screen}: {role} {name}: {twice} is said twice"));
        }
    }
    ensure!(seen > 5, "{screen}: a tree of {seen}");
    Ok(wrong)
}

fn chosen(node: &Value) -> String {
    node["properties"].to_string()
}

/// A word and its reading, as a name would hold them both.
const DOUBLED: &str = "
return [...document.querySelectorAll('ruby')].flatMap((one) => {
  const word = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join('');
  const reading = one.querySelector('rt').textContent;
  return ['', ' ', '（', ' （ '].map((between) => word + between + reading);
});";
