//! WebKit's storage process dies while she saves: the notorious fault of iPhones, produced for real.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tests::patience::{until, until_within};

use super::phone::{Phone, answer_reports, last_report, reports, said};
use crate::case::{Case, stories};
use crate::engine::WEBKIT;
use crate::processes::kill;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![WEBKIT =>
        a01_the_storage_process_is_killed_again_and_again_while_she_saves,
        a02_the_storage_process_is_killed_while_she_is_offline,
    ]
}

const KILLS: usize = 100;

/// From the kill to the second next word of the app that something is saved or taken back.
const HEALED_WITHIN: Duration = Duration::from_secs(2);

/// One time in twenty the machine may have been busy with something else.
const AT_MOST: Duration = Duration::from_secs(6);

/// On the page of a team: taps 保存 and takes it back until told to stop, and reports what the app says about it.
/// On the list of saved teams: reports how many there are.
const TAPPER: &str = "
  if (location.pathname === '/saved') {
    await seen(() => find('saved-list') || find('saved-empty'));
    return report({ cards: document.querySelectorAll('[data-testid=saved-card]').length });
  }
  await seen(() => find('save') && find('said'));
  // Without network the app comes back only from its worker.
  await seen(() => navigator.serviceWorker?.controller?.state === 'activated');
  const pressed = () => find('save').getAttribute('aria-pressed');
  for (let acked = 1; ; acked += 1) {
    const before = pressed();
    find('save').click();
    const done = await seen(() => pressed() !== before);
    const answer = await report(done ? { acked, kept: pressed() } : { stuck: acked, storage: find('storage')?.textContent });
    if (answer.status === 205) return;
  }
";

// On iPhones the system ends the storage process when it likes; apps lost what people had just entered.
async fn a01_the_storage_process_is_killed_again_and_again_while_she_saves(world: &mut World) -> Result<()> {
    let mut phone = start(world).await?;
    let mut times = Vec::with_capacity(KILLS);
    for _ in 0..KILLS {
        times.push(kill_and_heal(world, &phone).await?);
    }
    times.sort();
    let (usual, slow) = (times[KILLS / 2], times[KILLS * 95 / 100]);
    println!(
        "healed {KILLS} times: half within {usual:?}, 95 % within {slow:?}, all within {:?}",
        times[KILLS - 1]
    );
    ensure!(slow <= HEALED_WITHIN, "healing took {slow:?} for one kill in twenty");
    ensure!(pages(world) == 1, "the page was reloaded");
    what_was_said_is_true(world, &mut phone).await
}

// The same in the underground: no network, and the storage process gone.
async fn a02_the_storage_process_is_killed_while_she_is_offline(world: &mut World) -> Result<()> {
    let mut phone = start(world).await?;
    // The proxy still writes down what the page reports, but nothing behind it answers any more.
    world.site.stop().await?;
    for _ in 0..3 {
        kill_and_heal(world, &phone).await?;
    }
    ensure!(pages(world) == 1, "the page was reloaded");
    what_was_said_is_true(world, &mut phone).await
}

async fn start(world: &mut World) -> Result<Phone> {
    let phone = Phone::start(world, TAPPER, "/associations/shimane").await?;
    until("the first saved team", async || Ok((acked(world) >= 2).then_some(()))).await?;
    Ok(phone)
}

async fn kill_and_heal(world: &World, phone: &Phone) -> Result<Duration> {
    let victim = phone.storage_process().await?;
    // MiniBrowser itself aborts when a process dies while it is being launched: this one shall have carried a report.
    let launched = acked(world);
    until("the storage process at work", async || Ok((acked(world) >= launched + 2).then_some(()))).await?;
    let before = acked(world);
    let killed = Instant::now();
    kill(victim).await?;
    // The write under way may still be answered; two more acks prove that a new one went through.
    until_within(AT_MOST, "the app to save again", async || Ok((acked(world) >= before + 2).then_some(())))
        .await
        .with_context(|| format!("after the kill; last report: {}", last_report(world)))?;
    Ok(killed.elapsed())
}

/// The browser starts again: the disk holds exactly what the app said last, kept or taken back.
async fn what_was_said_is_true(world: &World, phone: &mut Phone) -> Result<()> {
    answer_reports(world, 205);
    let seen = reports(world).len();
    until("one more report, the last", async || Ok((reports(world).len() > seen).then_some(()))).await?;
    let last = last_report(world);
    let expected = u8::from(last.contains("kept=true"));
    phone.restart(&world.url("/saved")).await?;
    let cards = format!("cards={expected}");
    until(&format!("{cards} after {last}"), async || Ok(last_report(world).contains(&cards).then_some(())))
        .await
        .with_context(|| format!("after the restart; last report: {}", last_report(world)))
}

/// How often the app said that it had saved or taken back.
fn acked(world: &World) -> u64 {
    let number = |report: &String| said(report, "acked")?.parse().ok();
    reports(world).iter().filter_map(number).max().unwrap_or(0)
}

/// Each page has a mark of its own.
fn pages(world: &World) -> usize {
    let reports = reports(world);
    let mut marks: Vec<&str> = reports.iter().filter_map(|one| said(one, "mark")).collect();
    marks.sort();
    marks.dedup();
    marks.len()
}
