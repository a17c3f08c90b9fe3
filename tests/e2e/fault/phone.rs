//! WebKit's browser without WebDriver, as an iPhone would have it: a WebDriver session dies together with the storage
//! process and keeps nothing on the disk. A script in the page taps the app's own buttons instead, and what it sees comes
//! back as requests that the proxy writes down.

use std::process::Stdio;

use anyhow::{Context, Result};
use tempfile::TempDir;
use tests::patience::until;
use tests::proxy::Fate;
use tokio::process::{Child, Command};

use crate::engine::{give_display, mini_browser};
use crate::processes::{children, kill_whole, name_of};
use crate::world::World;

const REPORT: &str = "/tests-report";

/// What every such script needs. Reports go to the page's own server, because the policy of the page allows nothing else.
const SCRIPT: &str = "
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
};";

/// A browser on a display and a profile of its own.
pub struct Phone {
    browser: Child,
    _display: Child,
    profile: TempDir,
}

impl Phone {
    /// With this script in every page, as soon as it is loaded.
    pub async fn start(world: &mut World, script: &str, route: &str) -> Result<Self> {
        world.plant(&format!("addEventListener('load', async () => {{{SCRIPT}{script}}});")).await?;
        answer_reports(world, 204);
        let profile = tempfile::tempdir()?;
        let (browser, display) = open(&profile, &world.url(route)).await?;
        Ok(Self { browser, _display: display, profile })
    }

    /// The whole browser dies and comes back with what is on its disk.
    pub async fn restart(&mut self, address: &str) -> Result<()> {
        kill_whole(self.browser.id().context("the browser runs")?).await?;
        self.browser.wait().await?;
        (self.browser, self._display) = open(&self.profile, address).await?;
        Ok(())
    }

    /// Whether the browser has gone by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.browser.try_wait(), Ok(None))
    }

    /// What a story that waited in vain has to know.
    pub fn condition(&mut self) -> String {
        let Some(browser) = self.browser.id().filter(|_| !self.has_ended()) else {
            return "the browser itself has ended".to_owned();
        };
        let names: Vec<String> = children(browser).unwrap_or_default().into_iter().map(name_of).collect();
        format!("the browser runs, with {}", names.join(" ").replace('\n', ""))
    }

    /// The process that holds the databases, a child of this browser and nobody else's.
    pub async fn storage_process(&self) -> Result<u32> {
        let browser = self.browser.id().context("the browser runs")?;
        let is_storage = |pid: &u32| name_of(*pid).starts_with("WebKitNetworkPr");
        until("the storage process", async || Ok(children(browser)?.into_iter().find(is_storage))).await
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

/// 204 lets the script go on, 205 stops it after what it reports.
pub fn answer_reports(world: &World, status: u16) {
    world.proxy.spoil(move |path| {
        let answer = Fate::Replace { status, content_type: "text/plain", body: String::new() };
        path.starts_with(REPORT).then_some(answer)
    });
}

pub fn last_report(world: &World) -> String {
    reports(world).pop().unwrap_or_default()
}

pub fn reports(world: &World) -> Vec<String> {
    let requests = world.proxy.requests();
    requests.into_iter().map(|request| request.path).filter(|path| path.starts_with(REPORT)).collect()
}

/// What a report says about this; numbers, words and keys that need no decoding.
pub fn said<'r>(report: &'r str, name: &str) -> Option<&'r str> {
    let (_, query) = report.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}
