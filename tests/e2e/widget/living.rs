//! A matrix of host pages: on each the widget is there, or what stood in its tag is; nothing jumps, nothing is written to
//! the console, and the host's history is the host's.

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use super::host::Host;
use super::matrix;
use super::row::Row;
use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY, Engine};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let everywhere = stories![EVERY =>
        a_widget_lives_under_any_policy,
        a_widget_that_may_not_be_there_leaves_telephone_and_link,
        a_widget_lives_in_any_page,
        a_widget_lives_with_any_script,
        a_frame_lives_in_any_sandbox,
        a_broken_server_leaves_telephone_and_link,
    ];
    let measured = stories![CHROMIUM => what_is_taken_away_is_gone];
    [everywhere, measured].concat()
}

async fn a_widget_lives_under_any_policy(world: &mut World) -> Result<()> {
    let answer = world.site.get("/embed.1.js").await?;
    let (_, loader) = answer.split_once("\r\n\r\n").context("a body")?;
    let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(loader.as_bytes())));
    walk(world, matrix::policies(&world.home(), &integrity)).await
}

async fn a_widget_that_may_not_be_there_leaves_telephone_and_link(world: &mut World) -> Result<()> {
    walk(world, matrix::refused(&world.home())).await
}

async fn a_widget_lives_in_any_page(world: &mut World) -> Result<()> {
    walk(world, matrix::looks(&world.home())).await
}

async fn a_widget_lives_with_any_script(world: &mut World) -> Result<()> {
    walk(world, matrix::lives(&world.home())).await
}

/// All rows of a table, and all that is wrong with them at once.
async fn walk(world: &World, rows: Vec<Row>) -> Result<()> {
    let host = world.host().await?;
    let mut wrong = Vec::new();
    for row in &rows {
        if let Err(why) = live(world, &host, row).await {
            let seen = world
                .browser
                .script("return JSON.stringify(window.seen ?? null)")
                .await
                .unwrap_or(Value::Null);
            wrong.push(format!("{}: {why:#}; seen: {seen}", row.name));
            // Each of them takes its time; one is enough to know, three to understand.
            if wrong.len() == 3 {
                break;
            }
        }
    }
    ensure!(wrong.is_empty(), "{} of {} pages:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    Ok(())
}

async fn live(world: &World, host: &Host, row: &Row) -> Result<()> {
    // What an earlier page wrote is not this one's.
    world.browser.console().await?;
    world.browser.open(&host.put(row.name, row.page())).await?;
    if let Some(act) = &row.act {
        // What moves under her own finger is no jump.
        world.browser.script(&format!("document.querySelector('#act').onclick = () => {{ {act} }}")).await?;
        world.browser.click("#act").await?;
    }
    for expression in &row.holds {
        world.browser.holds(expression).await?;
    }
    let seen = world.browser.script("return { ...seen, entries: history.length }").await?;
    ensure!(seen["shift"].as_f64().context("a shift")? <= 0.01, "it jumps: {}", seen["shift"]);
    ensure!(seen["entries"] == seen["history"], "the host's history has grown");
    if row.quiet {
        ensure!(seen["wrong"] == json!([]), "the page hears of {}", seen["wrong"]);
        if world.browser.engine == Engine::Chromium {
            let console = world.browser.console().await?;
            ensure!(console.is_empty(), "the console says {console}");
        }
    }
    Ok(())
}

async fn a_frame_lives_in_any_sandbox(world: &mut World) -> Result<()> {
    let host = world.host().await?;
    for (name, markup, alive) in matrix::plain_frames(&world.home()) {
        let page = Row::without_script(name).body(&markup).page();
        world.browser.open(&host.put(name, page)).await?;
        world.enter_frame("document.querySelector('iframe')").await?;
        if alive {
            world.browser.see(".tn-framed [data-testid=time]").await.context(name)?;
        }
        let phone = world.browser.is_there("a[href^='tel:']").await?;
        ensure!(alive || phone, "{name}: neither the app nor a telephone");
        world.leave_frame().await?;
    }
    Ok(())
}

// The server was being updated while somebody read the association's page.
async fn a_broken_server_leaves_telephone_and_link(world: &mut World) -> Result<()> {
    use tests::proxy::Fate;
    let host = world.host().await?;
    let url = host.put("broken", Row::new("broken", &world.home()).page());
    type Broken = fn(&str) -> bool;
    let fates: [(&str, Broken); 3] = [
        ("no loader", |path| path == "/embed.js"),
        ("no frame", |path| path.starts_with("/embed/")),
        ("no wasm", |path| path.ends_with(".wasm")),
    ];
    for (what, broken) in fates {
        world.proxy.spoil(move |path| {
            let body = "busy".to_owned();
            broken(path).then_some(Fate::Replace { status: 503, content_type: "text/plain", body })
        });
        world.browser.open(&url).await?;
        world.browser.holds("document.readyState === 'complete' && performance.now() > 2000").await?;
        world.browser.holds(super::row::FALLS).await.context(what)?;
    }
    world.proxy.heal();
    world.browser.open(&url).await?;
    world.browser.holds(super::row::SHOWS).await
}

/// Milliseconds that the host's page spends on scripts more than without the widget: the least of five visits.
pub async fn cost(world: &World) -> Result<f64> {
    let host = world.host().await?;
    world.browser.devtools("Performance.enable", json!({})).await?;
    let mut costs = Vec::new();
    for (name, row) in [
        ("without", Row::without_script("without").holds(&["true"])),
        ("with", Row::new("with", &world.home())),
    ] {
        let mut best = f64::MAX;
        for _ in 0..5 {
            world.browser.open(&host.put(name, row.page())).await?;
            for expression in &row.holds {
                world.browser.holds(expression).await?;
            }
            let metrics = world.browser.devtools("Performance.getMetrics", json!({})).await?;
            let all = metrics["metrics"].as_array().context("metrics")?;
            let spent = |name: &str| {
                all.iter()
                    .find(|one| one["name"] == name)
                    .and_then(|one| one["value"].as_f64())
                    .unwrap_or(0.0)
            };
            best = best.min(1000.0 * spent("ScriptDuration"));
        }
        costs.push(best);
    }
    world.browser.devtools("Performance.disable", json!({})).await?;
    Ok(costs[1] - costs[0])
}

// A page that shows one article after the other made a widget for each, and had a hundred frames in the evening.
async fn what_is_taken_away_is_gone(world: &mut World) -> Result<()> {
    let host = world.host().await?;
    let row = Row::new("leaving", &world.home());
    world.browser.open(&host.put("leaving", row.page())).await?;
    world.browser.holds(super::row::SHOWS).await?;
    let again = "const one = widgets()[0], copy = one.cloneNode(true); one.replaceWith(copy)";
    world.browser.script(again).await?;
    let before = world.listeners_and_frames().await?;
    world.browser.script(&format!("for (let i = 0; i < 50; i++) {{ {again} }}")).await?;
    world.browser.holds(super::row::SHOWS).await?;
    let after = world.listeners_and_frames().await?;
    ensure!(
        after.0 <= before.0 + 2.0 && after.1 <= before.1,
        "listeners and frames: {before:?} before, {after:?} after"
    );
    Ok(())
}
