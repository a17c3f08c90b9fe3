//! A team's board with fifty thousand bookings behind it, measured inside the page of an office computer.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, ensure};
use domain::association::AssociationId;
use domain::calendar::JstTime;
use domain::staff::Role;
use server::service::vault::Vault;
use server::service::{Bookings, system_clock};
use server::store::sqlite::SqliteStore;
use server::store::{self, Address};
use tests::many::book_many;
use tokio::sync::Notify;

use crate::desk::{BOOKED, TEAM};
use crate::engine::{Engine, Options};
use crate::stopwatch::{median, number};
use crate::world::World;

const BOOKINGS: usize = 50_000;
const ROUNDS: usize = 7;

/// Notes when the first card has been drawn.
const NOTE_START: &str = "
new MutationObserver((_, observer) => {
  if (!document.querySelector('[data-testid=card]')) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.boardAfter = performance.now(); }));
}).observe(document, { childList: true, subtree: true });";

/// From the tap on this link to its cards on the screen; what was there before is gone then.
fn tap(css: &str) -> String {
    format!(
        "new Promise((done, fail) => {{
  const since = performance.now(), title = document.querySelector('#page-title').textContent;
  const before = new Set(document.querySelectorAll('{BOOKED}'));
  const look = () => {{
    if (performance.now() - since > 5000) return fail('the board did not change');
    const cards = [...document.querySelectorAll('[data-testid^=day-] {BOOKED}, [data-testid=none-booked]')];
    const is_new = document.querySelector('#page-title')?.textContent !== title;
    is_new && cards.length > 0 && !cards.some((card) => before.has(card))
      ? requestAnimationFrame(() => done(performance.now() - since)) : requestAnimationFrame(look);
  }};
  document.querySelector('{css}').click();
  requestAnimationFrame(look);
}})"
    )
}

/// Nobody taps within a third of a second of the last board that came.
const REST: &str = "new Promise((done) => {
  const count = () => performance.getEntriesByType('resource').filter((one) => one.name.includes('/desk/api/board')).length;
  let seen = count(), since = performance.now();
  const look = () => {
    if (count() !== seen) { seen = count(); since = performance.now(); }
    performance.now() - since > 300 ? done(seen) : requestAnimationFrame(look);
  };
  look();
})";

/// Bytes of the largest board.
const BYTES: &str =
    "return performance.getEntriesByType('resource').filter((one) => one.name.includes('/desk/api/board'))
  .map((one) => one.decodedBodySize).reduce((most, one) => Math.max(most, one), 0)";

pub async fn measure() -> Result<()> {
    let mut world = World::open(Engine::Chromium, "stopwatch_desk", &Options::default()).await?;
    let measured = measure_in(&mut world).await;
    world.close(&measured).await?;
    measured
}

async fn measure_in(world: &mut World) -> Result<()> {
    fill(world).await?;
    world.site.resume().await?;
    world.sit_down(Role::Member).await?;
    world.browser.see(BOOKED).await?;
    world
        .browser
        .devtools("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": NOTE_START }))
        .await?;
    for (name, route) in [("desk_paint_day", "/"), ("desk_paint_week", "/?week")] {
        let mut paints = Vec::new();
        for _ in 0..ROUNDS {
            world.go(route).await?;
            world.browser.holds("window.boardAfter").await?;
            paints.push(number(&world.browser.script("return window.boardAfter").await?)?);
        }
        println!("bench {name} {:.0}", median(paints));
    }
    let bytes = number(&world.browser.script(BYTES).await?)?;
    ensure!(bytes > 0.0, "no board was fetched");
    println!("bench desk_bytes_week {bytes:.0}");
    for (name, css) in [
        ("desk_week_after", ".dk-steps .dk-step:last-child"),
        ("desk_week_before", ".dk-steps .dk-step:first-child"),
    ] {
        taps(world, name, css).await?;
    }
    world.go("/").await?;
    for (name, css) in [
        ("desk_day_after", ".dk-steps .dk-step:last-child"),
        ("desk_day_before", ".dk-steps .dk-step:first-child"),
    ] {
        taps(world, name, css).await?;
    }
    Ok(())
}

async fn taps(world: &World, name: &str, css: &str) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        world.browser.promise(REST).await?;
        times.push(number(&world.browser.promise(&tap(css)).await?)?);
    }
    println!("bench {name} {:.0}", median(times));
    Ok(())
}

/// With the server away: what is measured is the board, not the filling.
async fn fill(world: &mut World) -> Result<()> {
    world.site.stop().await?;
    let file = world.site.database();
    let today = JstTime::from_unix_seconds((system_clock())()).date;
    let address =
        Address::of(Some(&format!("sqlite:{}", file.display())), &file).map_err(anyhow::Error::msg)?;
    book_many(&store::open(&address).await?, TEAM, BOOKINGS, today).await?;
    // Some eighty cards in a week, so that one statement for each of them would be seen.
    println!("bench desk_statements {}", statements(&file).await?);
    Ok(())
}

/// How many the database is given for the board of a week.
async fn statements(file: &std::path::Path) -> Result<usize> {
    let store = Arc::new(SqliteStore::open(file)?);
    let heard = Arc::new(Mutex::new(0_usize));
    let ear = Arc::clone(&heard);
    store.overhear_readers(move |_| *ear.lock().unwrap_or_else(PoisonError::into_inner) += 1)?;
    let folder = tempfile::tempdir()?;
    let clock = system_clock();
    let bookings = Bookings {
        store: Arc::clone(&store) as _,
        mails: Arc::clone(&store) as _,
        keeping: Arc::clone(&store) as _,
        boards: Arc::clone(&store) as _,
        settings: Arc::clone(&store) as _,
        calls: Arc::clone(&store) as _,
        journal: Arc::clone(&store) as _,
        news: Arc::new(Notify::new()),
        vault: Arc::new(Vault::load_or_create(&folder.path().join("booking.keys"), clock())?),
        clock,
    };
    let board = bookings.board(&AssociationId(TEAM.to_owned()), None, 7).await;
    ensure!(board.is_ok(), "the board cannot be told");
    let count = *heard.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(count)
}
