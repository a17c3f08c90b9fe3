//! WebKit's storage process dies while she asks for consultations: what the screen called saved is in her list when she
//! comes back, and with the team once.
//!
//! The process is ended around the tap on 送信, each time a little later: before the write, in the middle of it, after it.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use tests::patience::until;
use tokio::time::sleep;

use super::phone::{Phone, answer_reports, last_report, reports, said};
use crate::case::{Case, kills_asked_for, stories};
use crate::engine::WEBKIT;
use crate::processes::kill;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![WEBKIT =>
        a01_the_storage_process_is_killed_again_and_again_while_she_asks_for_consultations,
        a02_the_storage_process_is_killed_while_she_asks_for_consultations_in_a_tunnel,
    ]
}

/// From the tap on 送信 to the screen that says where her request is. It is an eighth of that where nothing else runs; here
/// other stories do.
const SAID_WITHIN: Duration = Duration::from_secs(2);

/// From the earliest kill to the latest; the tap comes in between.
const MOMENTS: u64 = 160;

/// So often may the browser give up by itself in one story; more often, something else is wrong.
const ABORTS: usize = 2;

pub const TEAM: &str = "shimane";

/// On the screens of a team: asks for one time after the other, as she does it, and tells when she is about to tap 送信
/// and what she reads afterwards. After every fifth she goes to her list by a new load of the page, and back.
/// On the list: reports the keys in it; after `#` it is told where an earlier browser was. Told to stop, it stays there and
/// taps 今すぐ送る while anything waits.
const FOUNDER: &str = "
  const cards = () => [...document.querySelectorAll('[data-testid=booking-card] .tn-card__link')];
  const key = (address) => address.split('/').pop();
  if (location.pathname === '/bookings') {
    if (location.hash) window.name = location.hash.slice(1);
    await seen(() => find('bookings-list') || find('bookings-unread'));
    for (;;) {
      const waits = Boolean(find('waiting') || find('bookings-unread'));
      const listed = cards().map((card) => key(card.getAttribute('href'))).join('.');
      const answer = await report({ listed, waits });
      if (answer.status !== 205) return location.assign('/book/shimane');
      find('waiting')?.querySelector('button').click();
      await pause(200);
    }
  }
  // How many she has asked for, and the last time; in what outlives a load of the page without the storage process.
  let [asked, last] = (window.name || '0.0').split('.').map(Number);
  const chosen = () => document.querySelector('[data-testid=time][aria-pressed=true]');
  const chooseTime = () => {
    // The mark that a draft is hers was with the process that was killed.
    find('draft-claim')?.click();
    const now = chosen();
    if (now?.dataset.start > last) return true;
    const free = [...document.querySelectorAll('[data-testid=time]')].find((time) => time.dataset.start > last);
    // Tapped again, a time of before is let go.
    if (now ?? free) (now ?? free).click();
    else {
      const days = [...document.querySelectorAll('.tn-days__input')];
      days[days.findIndex((day) => day.checked) + 1]?.click();
    }
    return false;
  };
  const write = (field, words) => {
    const input = document.querySelector(field);
    input.value = words;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const steps = async () => {
    if (!await seen(chooseTime)) return 'time';
    last = Number(chosen().dataset.start);
    find('to-contact').click();
    if (!await seen(() => document.querySelector('#phone'))) return 'contact';
    write('#name', 'はな');
    write('#phone', '090-1234-5678');
    find('to-check').click();
    if (!await seen(() => find('send'))) return 'check';
    if (!find('consent').checked) find('consent').click();
  };
  // Without network the app comes back only from its worker.
  await seen(() => navigator.serviceWorker?.controller?.state === 'activated');
  for (;;) {
    const stuck = await steps();
    if (stuck) return report({ stuck, asked, page: document.querySelector('main')?.textContent.slice(0, 300) });
    if ((await report({ ready: asked })).status === 205) return;
    await pause(120);
    const tapped = performance.now();
    find('send').click();
    const isThere = await seen(() => location.pathname.startsWith('/bookings/') && document.querySelector('.tn-booking #page-title'));
    const took = Math.ceil(performance.now() - tapped);
    const words = document.querySelector('#page-title')?.textContent;
    if (!isThere) return report({ stuck: 'send', asked, words });
    const answer = await report({ acked: asked, last, took, key: key(location.pathname), saved: !find('not-saved'), words });
    if (answer.status === 205) return;
    asked += 1;
    window.name = [asked, last].join('.');
    if (asked % 5 === 0) {
      // A browser whose process dies while it loads a page shows an error of its own. The second report comes through a new one.
      await pause(400);
      await report({ leaves: asked });
      return location.assign('/bookings');
    }
    const link = document.createElement('a');
    link.href = '/book/shimane';
    document.body.append(link);
    link.click();
    link.remove();
  }
";

// She asked for a consultation on her phone, the system ended what holds its data, and she never heard from anybody.
async fn a01_the_storage_process_is_killed_again_and_again_while_she_asks_for_consultations(
    world: &mut World,
) -> Result<()> {
    let mut phone = start(world).await?;
    let times = kill_again_and_again(world, &mut phone).await?;
    comes_back_and_is_booked_once(world, &mut phone).await?;
    quick_enough(&times)
}

// The same in the underground: nothing is sent before the train comes out.
async fn a02_the_storage_process_is_killed_while_she_asks_for_consultations_in_a_tunnel(
    world: &mut World,
) -> Result<()> {
    let mut phone = start(world).await?;
    world.site.stop().await?;
    let times = kill_again_and_again(world, &mut phone).await?;
    comes_back_and_is_booked_once(world, &mut phone).await?;
    quick_enough(&times)
}

/// Storage processes ended in one story; more by `TONARI_KILLS`.
fn kills() -> usize {
    kills_asked_for().unwrap_or(20)
}

/// Nobody asks for a hundred consultations in a few minutes; here it is about the phone.
pub const PLENTY: &str = "60000";

pub async fn start(world: &mut World) -> Result<Phone> {
    world.site.set("TONARI_CHANGES_PER_MINUTE", PLENTY);
    world.site.set("TONARI_READS_PER_MINUTE", PLENTY);
    let phone = Phone::start(world, FOUNDER, &format!("/book/{TEAM}")).await?;
    heard(world, "acked", 0).await?;
    Ok(phone)
}

/// The first request was made in peace; each further one loses the process.
async fn kill_again_and_again(world: &World, phone: &mut Phone) -> Result<Vec<Duration>> {
    let (mut times, mut aborts) = (Vec::with_capacity(kills()), 0);
    for nth in 1..=kills() {
        // This report has shown that the process is there and at work: MiniBrowser aborts when one dies at its launch.
        heard(world, "ready", nth).await?;
        let victim = phone.storage_process().await?;
        // Not a wait for anything: the moment is what is tried.
        sleep(Duration::from_millis(nth as u64 * 149 % MOMENTS)).await;
        kill(victim).await?;
        let report = match heard(world, "acked", nth).await {
            // And now and then it aborts all the same. Nothing was said then; she goes on in a new one.
            Err(_) if phone.has_ended() && aborts < ABORTS => {
                aborts += 1;
                let reports = reports(world);
                let last = reports.iter().rev().find_map(|one| said(one, "last")).unwrap_or("0");
                phone.restart(&world.url(&format!("/bookings#{}.{last}", nth + 1))).await?;
                continue;
            }
            heard => heard.with_context(|| phone.condition())?,
        };
        let took = said(&report, "took").and_then(|ms| ms.parse().ok()).context("how long it took")?;
        ensure!(called_saved(&report).is_some(), "it could not be saved: {report}");
        times.push(Duration::from_millis(took));
    }
    times.sort();
    Ok(times)
}

/// Waits until the page has reported this about its nth request. After each new load of her list, all that she was
/// told before has to be in it.
pub async fn heard(world: &World, what: &str, nth: usize) -> Result<String> {
    let nth = nth.to_string();
    let report = until(&format!("{what} {nth}"), async || {
        let reports = reports(world);
        let stuck = reports.iter().find(|report| said(report, "stuck").is_some());
        if let Some(stuck) = stuck {
            return Ok(Some(Err(anyhow!("she cannot go on: {stuck}"))));
        }
        Ok(reports.into_iter().find(|report| said(report, what) == Some(&nth)).map(Ok))
    })
    .await
    .with_context(|| format!("last report: {}", last_report(world)))??;
    every_list_was_whole(world)?;
    Ok(report)
}

fn every_list_was_whole(world: &World) -> Result<()> {
    let reports = reports(world);
    let mut saved: Vec<&str> = Vec::new();
    for report in &reports {
        saved.extend(called_saved(report));
        if let Some(listed) = said(report, "listed") {
            let lost: Vec<&&str> = saved.iter().filter(|key| !listed.contains(**key)).collect();
            ensure!(lost.is_empty(), "she was told that these are saved, and they are gone: {lost:?}");
        }
    }
    Ok(())
}

/// One that could not be saved may be with the team all the same.
fn booked_once(world: &World) -> Result<()> {
    let (booked, reports) = (world.booked_keys()?, reports(world));
    for key in reports.iter().filter_map(|report| called_saved(report)) {
        let times = booked.iter().filter(|booked| *booked == key).count();
        ensure!(times == 1, "{key} was called saved and is booked {times} times");
    }
    let asked: HashSet<&str> = reports.iter().filter_map(|report| said(report, "key")).collect();
    let unasked: Vec<&String> = booked.iter().filter(|key| !asked.contains(key.as_str())).collect();
    ensure!(unasked.is_empty(), "nobody asked for {unasked:?}");
    Ok(())
}

/// The key of a request of which the screen said that it is on this device.
fn called_saved(report: &str) -> Option<&str> {
    said(report, "key").filter(|_| said(report, "saved") == Some("true"))
}

/// The browser starts again with what is on the disk, and then the network is there.
pub async fn comes_back_and_is_booked_once(world: &mut World, phone: &mut Phone) -> Result<()> {
    answer_reports(world, 205);
    // What she finds has to be her phone's own.
    world.site.stop().await?;
    let before = reports(world).len();
    phone.restart(&world.url("/bookings")).await?;
    let list =
        |world: &World| reports(world).split_off(before).into_iter().rfind(|one| one.contains("listed="));
    until("her list after the new start", async || Ok(list(world))).await?;
    every_list_was_whole(world)?;
    world.site.resume().await?;
    until("everything to be sent", async || {
        Ok(list(world).filter(|report| said(report, "waits") == Some("false")))
    })
    .await
    .with_context(|| format!("last report: {}", last_report(world)))?;
    every_list_was_whole(world)?;
    booked_once(world)?;
    let saved = reports(world).iter().filter(|report| called_saved(report).is_some()).count();
    println!("{saved} requests were called saved, none was lost or doubled");
    Ok(())
}

/// Sorted times from the tap to the word.
fn quick_enough(times: &[Duration]) -> Result<()> {
    let kills = times.len();
    // By the nearest rank: of twenty the nineteenth.
    let [usual, slow, slowest] = [50, 95, 100].map(|percent| times[(kills * percent).div_ceil(100) - 1]);
    println!("{kills} kills: half told within {usual:?}, 95 % within {slow:?}, all within {slowest:?}");
    ensure!(slow <= SAID_WITHIN, "one request in twenty took {slow:?}");
    Ok(())
}
