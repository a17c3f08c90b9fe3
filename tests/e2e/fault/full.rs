//! A phone that is full: what the browser allows a site is used up, or the disk is. Both for real: the first by the browser's
//! own setting, the second on a small disk (`cargo xtask trust disks`, because a disk has to be mounted for it).

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::patience::until;

use crate::booker::CARD;
use crate::case::{Case, disks_asked_for, stories};
use crate::engine::{Engine, ON_DISK, Options};
use crate::founder::{SAVED_CARD, TITLE};
use crate::world::World;

const TEAM: &str = "shimane";
/// The app with everything it keeps needs two or three.
const QUOTA_MB: u32 = 24;
const DISK_MB: u32 = 160;

pub fn cases() -> Vec<Case> {
    let quota = stories![ON_DISK =>
        a10_what_the_browser_allows_is_used_up_while_she_asks_in_a_tunnel,
        a11_after_the_browser_was_full_a_small_write_is_kept_or_its_failure_said,
    ];
    let mut cases: Vec<Case> = quota.into_iter().map(|case| case.with(|_| narrow())).collect();
    if disks_asked_for() {
        let disk = stories![ON_DISK => a12_the_disk_is_full_while_she_asks_in_a_tunnel];
        cases.extend(
            disk.into_iter()
                .map(|case| case.with(|_| Options { disk_mb: Some(DISK_MB), ..Options::default() })),
        );
    }
    cases
}

/// Firefox gives a site a fifth of all, and at least ten megabytes.
fn narrow() -> Options {
    let limit = json!(QUOTA_MB * 1024);
    Options {
        preferences: vec![("dom.quotaManager.temporaryStorage.fixedLimit", limit)],
        ..Options::default()
    }
}

// Her phone was full of pictures; the app said 端末に保存, and after the tunnel there was nothing to send.
async fn a10_what_the_browser_allows_is_used_up_while_she_asks_in_a_tunnel(world: &mut World) -> Result<()> {
    world.save(TEAM).await?;
    world.choose_time(TEAM).await?;
    world.write_letter().await?;
    world.use_up().await?;
    world.asks_in_a_tunnel_and_is_told_the_truth(|| Ok(())).await?;
    world.visit("/saved").await?;
    world.browser.see(SAVED_CARD).await?;
    Ok(())
}

// Firefox had counted what was no longer there, and the next note of ten letters failed without a word.
async fn a11_after_the_browser_was_full_a_small_write_is_kept_or_its_failure_said(
    world: &mut World,
) -> Result<()> {
    world.visit(&format!("/associations/{TEAM}")).await?;
    world.works_offline().await?;
    world.use_up().await?;
    world.allow(QUOTA_MB << 20).await?;
    // Where not a byte is left, Firefox finds no room to write down what is to go. Then it is as full as before, and the
    // same has to be true.
    world.browser.promise("caches.delete('junk').catch(() => false)").await?;
    world.tap_save().await?;
    let said = world.was_told().await?;
    let is_kept = !["書き込めません", "保存できませんでした"].iter().any(|words| said.contains(words));
    world.visit("/saved").await?;
    ensure!(world.browser.is_there(SAVED_CARD).await? == is_kept, "she was told: {said}");
    Ok(())
}

// The disk itself was full: nothing at all could be written, by no program.
async fn a12_the_disk_is_full_while_she_asks_in_a_tunnel(world: &mut World) -> Result<()> {
    world.save(TEAM).await?;
    world.browser.script("localStorage.setItem('marked', '1')").await?;
    world.choose_time(TEAM).await?;
    world.write_letter().await?;
    let junk = world.browser.profile().join("junk");
    fill_up(&junk)?;
    world.asks_in_a_tunnel_and_is_told_the_truth(|| Ok(std::fs::remove_file(&junk)?)).await?;
    // Chromium may throw its database away at the next start, because it could not be written to its end. Sometimes it
    // throws away all that is the site's, the witness as well: then there is nobody left who could tell.
    world.browser.die_and_return().await?;
    world.visit("/saved").await?;
    until("what she saved, or how much of it is gone", async || {
        let is_there = world.browser.is_there(SAVED_CARD).await?;
        let said = world.browser.script(SAID).await?;
        let is_told = said.as_str().is_some_and(|said| said.contains("1件なくなって"));
        let is_all_gone = world.browser.script("return localStorage.getItem('marked')").await?.is_null();
        Ok((is_there || is_told || is_all_gone).then_some(()))
    })
    .await?;
    // The runner has begun a line of its own.
    println!("\nbench disks_{} 1", world.browser.engine.name());
    Ok(())
}

/// To the last byte.
fn fill_up(junk: &Path) -> Result<()> {
    let mut file = File::create(junk)?;
    let mut size = 1 << 20;
    while size > 0 {
        match file.write(&vec![0; size]) {
            Ok(written) if written > 0 => {}
            _ => size /= 2,
        }
    }
    Ok(())
}

impl World {
    /// Everything that the browser still allows is taken by something else of this site, to the last kilobyte.
    async fn use_up(&self) -> Result<()> {
        self.allow(QUOTA_MB << 20).await?;
        let used = self.browser.promise(USE_UP).await?;
        let used = used.as_u64().context("bytes")?;
        // By default it would be gigabytes.
        ensure!(used > 1 << 20 && used < 1 << 28, "{used} bytes were to be had");
        // Its database finds room for a few kilobytes more than its caches do.
        self.allow(1).await
    }

    /// Firefox was started with its limit.
    async fn allow(&self, bytes: u32) -> Result<()> {
        if self.browser.engine == Engine::Chromium {
            let quota = json!({ "origin": self.url(""), "quotaSize": bytes });
            self.browser.devtools("Storage.overrideQuotaForOrigin", quota).await?;
        }
        Ok(())
    }

    /// A browser may still find room in a page it has begun: what is called saved then outlives the browser. What is not
    /// is sent all the same while the page is open. `make_room` comes before the browser is started again.
    async fn asks_in_a_tunnel_and_is_told_the_truth(
        &mut self,
        make_room: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        self.site.stop().await?;
        self.agree_and_send().await?;
        if self.browser.read(TITLE, "保存").await?.contains("端末に保存") {
            make_room()?;
            self.browser.die_and_return().await?;
            self.visit("/bookings").await?;
            self.browser.read("[data-testid=waiting]", "1件").await?;
        } else {
            self.browser.read("[data-testid=not-saved]", "閉じないでください").await?;
            self.browser.click("a[href='/bookings']").await?;
            self.browser.read(CARD, "保存できていません").await?;
            make_room()?;
        }
        self.is_sent_after_all().await
    }

    async fn is_sent_after_all(&mut self) -> Result<()> {
        self.comes_out_of_the_tunnel().await?;
        self.browser.read(CARD, "受付番号").await?;
        ensure!(self.booked_keys()?.len() == 1, "booked once");
        Ok(())
    }
}

const SAID: &str = "return document.querySelector('[data-testid=storage]')?.textContent";

const USE_UP: &str = "
(async () => {
  const junk = await caches.open('junk');
  let used = 0;
  for (let size = 1 << 22, n = 0; size >= 256; n += 1) {
    try {
      await junk.put(`/junk-${n}`, new Response(new Uint8Array(size).map((_, at) => (at * 2654435761) >> 7)));
      used += size;
    } catch {
      size >>= 1;
    }
  }
  return used;
})()";
