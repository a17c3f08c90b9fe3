//! Real frameworks around the widget. They own the page: they render it again whenever something changes, set what has
//! changed, and take away what is no longer there.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::row::{Row, SHOWS};
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY => preact_renders_a_widget, vue_renders_a_widget]
}

/// What both draw, in their own words for an element.
const DRAWN: &str = "const drawn = (h, state) => h('div', null, [
    h('p', { key: 'note', id: 'note' }, String(state.note)),
    state.view && h('tonari-widget', { key: 'widget', team: 'shimane', view: state.view, lang: state.lang,
      style: 'display:block;min-height:560px' }, [h('p', { key: 'tel' }, '電話 0852-21-0561')]),
  ]);
  const place = document.querySelector('#place'), first = { note: 0, view: 'find', lang: 'ja' };";

const PREACT: &str = "import { h, render } from '/preact.mjs';
  const draw = (state) => render(drawn(h, state), place);
  window.change = (next) => draw(Object.assign(first, next));
  draw(first);";

const VUE: &str = "import { createApp, h, reactive } from '/vue.mjs';
  const state = reactive(first);
  window.change = (next) => Object.assign(state, next);
  createApp({ render: () => drawn(h, state) }).mount(place);";

async fn preact_renders_a_widget(world: &mut World) -> Result<()> {
    lives_in(world, "preact", PREACT).await
}

async fn vue_renders_a_widget(world: &mut World) -> Result<()> {
    lives_in(world, "vue", VUE).await
}

async fn lives_in(world: &World, name: &'static str, framework: &str) -> Result<()> {
    let host = world.host().await?;
    let script = format!("<script type='module'>{DRAWN}\n{framework}</script>");
    let row = Row::new(name, &world.home()).head(&script).body("<div id='place'></div>");
    world.browser.console().await?;
    world.browser.open(&host.put(name, row.page())).await?;
    world.browser.holds(SHOWS).await?;
    renders_again(world).await.context("rendered again")?;
    changes(world).await.context("changed")?;
    comes_and_goes(world).await.context("taken away")?;
    let seen = world.browser.script("return { ...seen, entries: history.length }").await?;
    ensure!(seen["wrong"] == json!([]), "the page hears of {}", seen["wrong"]);
    ensure!(seen["entries"] == seen["history"], "the host's history has grown");
    if world.browser.engine == Engine::Chromium {
        let console = world.browser.console().await?;
        ensure!(console.is_empty(), "the console says {console}");
    }
    Ok(())
}

// A counter beside the widget went up, and the form she had begun in the frame was empty again.
async fn renders_again(world: &World) -> Result<()> {
    world.browser.script("window.before = frameOf(widgets()[0])").await?;
    for note in 1..=20 {
        world.browser.script(&format!("change({{ note: {note} }})")).await?;
    }
    world.browser.holds("document.querySelector('#note').textContent === '20'").await?;
    let same = "return before === frameOf(widgets()[0]) && before.isConnected && said('ready').length === 1";
    ensure!(world.browser.script(same).await? == json!(true), "it is another frame");
    Ok(())
}

async fn changes(world: &World) -> Result<()> {
    world.browser.script("change({ view: 'events', lang: 'en' })").await?;
    world.browser.holds("frameOf(widgets()[0]).src.includes('/embed/events?team=shimane&lang=en')").await?;
    world.browser.holds(SHOWS).await
}

async fn comes_and_goes(world: &World) -> Result<()> {
    let gone = async || {
        world.browser.script("change({ view: '' })").await?;
        world
            .browser
            .holds("widgets().length === 0 && document.querySelectorAll('iframe').length === 0")
            .await
    };
    gone().await?;
    let counts = world.browser.engine == Engine::Chromium;
    let before = if counts { world.listeners_and_frames().await? } else { (0.0, 0.0) };
    for _ in 0..10 {
        world.browser.script("change({ view: 'find' })").await?;
        world.browser.holds("widgets().length === 1 && frameOf(widgets()[0])").await?;
        gone().await?;
    }
    let after = if counts { world.listeners_and_frames().await? } else { (0.0, 0.0) };
    ensure!(
        after.0 <= before.0 + 2.0 && after.1 <= before.1,
        "listeners and frames: {before:?} before, {after:?} after"
    );
    Ok(())
}
