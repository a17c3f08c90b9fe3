//! How long a slow phone takes, measured inside the page. `cargo xtask bench` reads the lines this prints.

use anyhow::{Context, Result};
use serde_json::json;

use crate::booker::REFERENCE;
use crate::engine::{Engine, Options};
use crate::founder::ANSWER;
use crate::stopwatch_device;
use crate::world::World;

pub const ROUNDS: usize = 7;
const WORKS: usize = 3;

/// Four times slower than this machine: about a cheap phone of some years ago.
const SLOWER: u32 = 4;

/// Notes when the app has taken over from the static page.
const NOTE_START: &str = "
new MutationObserver((_, observer) => {
  if (!document.querySelector('[data-testid=said]')) return;
  observer.disconnect();
  requestAnimationFrame(() => { window.usableAfter = performance.now(); });
}).observe(document, { childList: true, subtree: true });";

/// From her wish to the painted answer.
const ASK: &str = "new Promise((done) => {
  const since = performance.now();
  document.querySelector('form[role=search]').requestSubmit();
  const look = () => document.querySelector('[data-testid=answer-title]')
    ? done(performance.now() - since) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})";

/// How long she would work for the largest number there is, from the time and the number of one that was found.
const NOTE_WORK: &str = "
const send = window.fetch;
window.fetch = async (...request) => {
  const proof = new Headers(request[1]?.headers).get('tonari-proof');
  if (proof) window.work = (performance.now() - window.asked) / (JSON.parse(atob(proof)).number + 1);
  const answer = await send.apply(window, request);
  if (answer.status === 429) window.asked = performance.now();
  return answer;
};";

/// As the server asks for it.
const LARGEST: f64 = server::pressure::MAX_NUMBER as f64;

pub async fn measure() -> Result<()> {
    let mut world = World::open(Engine::Chromium, "stopwatch", &Options::default()).await?;
    let measured = measure_in(&mut world).await;
    world.close(&measured).await?;
    measured
}

async fn measure_in(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.works_offline().await?;
    world.site.stop().await?;
    world.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NOTE_START })).await?;
    world.browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    let (mut starts, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        world.visit("/").await?;
        world.browser.holds("window.usableAfter").await?;
        starts.push(number(&world.browser.script("return window.usableAfter").await?)?);
        world.type_place("690-0886").await?;
        world.browser.see("#place-list").await.ok();
        answers.push(number(&world.browser.promise(ASK).await?)?);
        world.browser.see(ANSWER).await?;
    }
    println!("bench repeat_visit {:.0}", median(starts));
    println!("bench answer {:.0}", median(answers));
    measure_work(world).await?;
    stopwatch_device::leaving(world).await?;
    stopwatch_device::queue(world).await?;
    world.site.resume().await?;
    world.browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
    println!("bench host_cost {:.1}", crate::widget::cost(world).await?);
    Ok(())
}

async fn measure_work(world: &mut World) -> Result<()> {
    world.site.set("TONARI_CALM_BOOKINGS_PER_MINUTE", "1");
    world.site.resume().await?;
    world.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NOTE_WORK })).await?;
    let mut works = Vec::new();
    for turn in 0..=WORKS {
        world.choose_another_time("gunma", turn).await?;
        world.write_letter().await?;
        world.agree_and_send().await?;
        world.browser.see(REFERENCE).await?;
        // The first one is no crowd.
        if turn > 0 {
            works.push(number(&world.browser.script("return window.work").await?)? * LARGEST);
        }
    }
    println!("bench work {:.0}", median(works));
    Ok(())
}

pub fn number(value: &serde_json::Value) -> Result<f64> {
    value.as_f64().context("a number of milliseconds")
}

pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
