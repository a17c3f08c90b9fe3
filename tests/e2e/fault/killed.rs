//! WebKit's storage process dies while she saves: the notorious fault of iPhones, produced for real.
//!
//! A WebDriver session dies together with that process, so this browser is started plainly, a script in the page
//! taps the app's own buttons, and what it sees comes back as requests that the proxy writes down.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tests::patience::{until, until_within};
use tests::proxy::Fate;
use tokio::process::{Child, Command};

use crate::case::{Case, stories};
use crate::engine::{WEBKIT, give_display, mini_browser};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![WEBKIT =>
        a01_the_storage_process_is_killed_again_and_again_while_she_saves,
        a02_the_storage_process_is_killed_while_she_is_offline,
    ]
}

const KILLS: usize = 100;

const REPORT: &str = "/tests-report";

/// From the kill to the second next word of the app that something is saved or taken back.
const HEALED_WITHIN: Duration = Duration::from_secs(2);

/// One time in twenty the machine may have been busy with something else.
const AT_MOST: Duration = Duration::from_secs(6);

/// On the page of a team: taps 保存 and takes it back until told to stop, and reports what the app says about it.
/// On the list of saved teams: reports how many there are. Reports go to the page's own server, because the policy of
/// the page allows nothing else.
const TAPPER: &str = "
addEventListener('load', async () => {
  const mark = Math.random().toString(36).slice(2);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  // The process that dies also carries the network: a report under way dies with it and is sent again.
  const report = async (what) => {
    for (;;) {
      try {
        return await fetch('/tests-report?' + new URLSearchParams({ mark, ...what }), { signal: AbortSignal.timeout(500) });
      } catch {
        await pause(20);
      }
    }
  };
  const find = (name) => document.querySelector(`[data-testid=${name}]`);
  const seen = async (look) => {
    for (const since = performance.now(); performance.now() - since < 9000; await pause(10)) {
      if (look()) return true;
    }
    return false;
  };
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
});";

// On iPhones the system ends the storage process when it likes; apps lost what people had just entered.
async fn a01_the_storage_process_is_killed_again_and_again_while_she_saves(world: &mut World) -> Result<()> {
    let mut phone = Phone::start(world).await?;
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
    let mut phone = Phone::start(world).await?;
    // The proxy still writes down what the page reports, but nothing behind it answers any more.
    world.site.stop().await?;
    for _ in 0..3 {
        kill_and_heal(world, &phone).await?;
    }
    ensure!(pages(world) == 1, "the page was reloaded");
    what_was_said_is_true(world, &mut phone).await
}

/// WebKit's browser without WebDriver, on a display and a profile of its own.
struct Phone {
    browser: Child,
    _display: Child,
    profile: TempDir,
}

impl Phone {
    async fn start(world: &mut World) -> Result<Self> {
        world.plant(TAPPER).await?;
        answer_reports(world, 204);
        let profile = tempfile::tempdir()?;
        let (browser, display) = open(&profile, &world.url("/associations/shimane")).await?;
        let phone = Self { browser, _display: display, profile };
        until("the first saved team", async || Ok((acked(world) >= 2).then_some(()))).await?;
        Ok(phone)
    }

    /// The whole browser dies and comes back with what is on its disk.
    async fn restart(&mut self, address: &str) -> Result<()> {
        self.browser.kill().await?;
        (self.browser, self._display) = open(&self.profile, address).await?;
        Ok(())
    }

    /// The process that holds the databases, a child of this browser and nobody else's.
    fn storage_process(&self) -> Result<u32> {
        let browser = self.browser.id().context("the browser runs")?;
        let found = children(browser)?.into_iter().find(|pid| name_of(*pid).starts_with("WebKitNetworkPr"));
        found.context("the browser has no storage process just now")
    }
}

async fn open(profile: &TempDir, address: &str) -> Result<(Child, Child)> {
    let mut command = Command::new(mini_browser());
    command.arg(address).env("HOME", profile.path()).kill_on_drop(true);
    for folder in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env(folder, profile.path().join(folder));
    }
    command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    let display = give_display(&mut command).await?;
    Ok((command.spawn().context("cannot start MiniBrowser")?, display))
}

/// 204 lets the tapper go on, 205 stops it after the tap it reports.
fn answer_reports(world: &World, status: u16) {
    world.proxy.spoil(move |path| {
        let answer = Fate::Replace { status, content_type: "text/plain", body: String::new() };
        path.starts_with(REPORT).then_some(answer)
    });
}

async fn kill_and_heal(world: &World, phone: &Phone) -> Result<Duration> {
    let victim = until("the storage process", async || Ok(Some(phone.storage_process()?))).await?;
    // MiniBrowser itself aborts when a process dies while it is being launched: this one shall have carried a report.
    let launched = acked(world);
    until("the storage process at work", async || Ok((acked(world) >= launched + 2).then_some(()))).await?;
    let before = acked(world);
    let killed = Instant::now();
    Command::new("kill").args(["-KILL", &victim.to_string()]).status().await?;
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
    let number = |report: &String| report.split("acked=").nth(1)?.split('&').next()?.parse().ok();
    reports(world).iter().filter_map(number).max().unwrap_or(0)
}

/// Each page has a mark of its own.
fn pages(world: &World) -> usize {
    let mut marks: Vec<String> = reports(world)
        .iter()
        .filter_map(|one| one.split("mark=").nth(1)?.split('&').next().map(str::to_owned))
        .collect();
    marks.sort();
    marks.dedup();
    marks.len()
}

fn last_report(world: &World) -> String {
    reports(world).pop().unwrap_or_default()
}

fn reports(world: &World) -> Vec<String> {
    let requests = world.proxy.requests();
    requests.into_iter().map(|request| request.path).filter(|path| path.starts_with(REPORT)).collect()
}

fn children(parent: u32) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let Ok(pid) = entry?.file_name().to_string_lossy().parse::<u32>() else { continue };
        if parent_of(pid) == Some(parent) {
            found.push(pid);
            found.extend(children(pid)?);
        }
    }
    Ok(found)
}

/// Field 4 of `stat`; the name in field 2 may contain anything but ends with the last parenthesis.
fn parent_of(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).ok()?;
    stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()
}

fn name_of(pid: u32) -> String {
    std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("comm")).unwrap_or_default()
}
