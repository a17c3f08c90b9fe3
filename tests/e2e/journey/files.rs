//! On a host that only keeps files, at its top and in a folder: the same app finds, reads and works offline, nobody is
//! offered to book, and nothing is asked for that is not there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::plain_host::{PlainHost, lost_links};
use tests::site::{binary, built_app};
use xtask::dist::{self, Plan};

use super::read::{CAFE, look_for};
use crate::case::{Case, stories};
use crate::engine::{EVERY, Engine};
use crate::founder::TITLE;
use crate::world::World;

pub fn cases() -> Vec<Case> {
    stories![EVERY =>
        a_host_of_files_finds_reads_and_works_offline,
        in_a_folder_of_somebodys_site_it_does_the_same,
        what_else_lies_on_that_site_stays_when_she_erases_her_device,
    ]
}

/// Collected once for each folder, whichever engine comes first.
fn collected(base: &str) -> Result<PathBuf> {
    static DONE: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut done = DONE.lock().ok().context("another test could not collect the files")?;
    if let Some(folder) = done.get(base) {
        return Ok(folder.clone());
    }
    let name = format!("files{}", base.replace('/', "-"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../e2e").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let var = tempfile::tempdir()?;
    let plan = Plan {
        binary: binary(),
        app: built_app(),
        var: var.path().to_path_buf(),
        origin: "https://soudan.example.jp".to_owned(),
        base: base.to_owned(),
        texts: Vec::new(),
        demo: true,
    };
    dist::make(&plan, &folder)?;
    let lost = lost_links(&folder, base)?;
    ensure!(lost.is_empty(), "links into nothing: {lost:?}");
    done.insert(base.to_owned(), folder.clone());
    Ok(folder)
}

async fn host(base: &str) -> Result<PlainHost> {
    let asked = base.to_owned();
    let files = tokio::task::spawn_blocking(move || collected(&asked)).await??;
    PlainHost::start(&files, base).await
}

async fn a_host_of_files_finds_reads_and_works_offline(world: &mut World) -> Result<()> {
    works(world, "/").await
}

// An association had room in a folder of its old site only, and every link of ours led out of it.
async fn in_a_folder_of_somebodys_site_it_does_the_same(world: &mut World) -> Result<()> {
    works(world, "/soudan/").await
}

async fn works(world: &mut World, base: &str) -> Result<()> {
    let mut host = host(base).await?;
    finds(world, &host).await?;
    reads(world, &host).await?;
    nobody_books(world, &host).await?;
    nothing_was_missed(world, &host).await?;
    world.browser.open(&host.url("/read")).await?;
    world.has_started().await?;
    world.works_offline().await?;
    world.browser.see("[data-testid=kept]").await?;
    world
        .browser
        .holds("(caches.match('/reading/').then((kept) => window.isKept = !!kept), window.isKept)")
        .await?;
    host.stop().await;
    world.reload().await?;
    look_for(world, "kafe").await?;
    world.browser.see(CAFE).await?;
    for route in ["/find?pref=32", "/saved", "/associations/shimane", "/events"] {
        world.browser.open(&host.url(route)).await?;
        world.has_started().await?;
    }
    world.browser.open(&host.url("/bookings")).await?;
    world.browser.read(TITLE, "予約").await?;
    Ok(())
}

async fn finds(world: &World, host: &PlainHost) -> Result<()> {
    world.browser.open(&host.url("/")).await?;
    world.has_started().await?;
    world.ask_for("690-0887").await?;
    world.is_answered("松江市", &["shimane"]).await?;
    let address = world.browser.client.current_url().await?;
    ensure!(address.as_str() == host.url("/find?pref=32"), "she is at {address}");
    ensure!(!world.browser.is_there("[data-testid=book]").await?, "it offers to book");
    world.browser.see("[data-testid=card-in-charge] a[href^='tel:']").await?;
    world.reload().await?;
    world.is_answered("島根県", &["shimane"]).await?;
    world.browser.click("[data-association=shimane] a[href$='/associations/shimane']").await?;
    world.browser.see("[data-testid=fact-phone] a[href^='tel:']").await?;
    let address = world.browser.client.current_url().await?;
    ensure!(address.as_str() == host.url("/associations/shimane"), "the link led to {address}");
    ensure!(!world.browser.is_there("[data-testid=book]").await?, "it offers to book");
    world.reload().await?;
    world.browser.see("[data-testid=fact-phone]").await.map(drop)
}

async fn reads(world: &World, host: &PlainHost) -> Result<()> {
    world.browser.click(".tn-bar__link[href$='/read']").await?;
    world
        .browser
        .holds("location.pathname.endsWith('/read') || location.pathname.endsWith('/read/')")
        .await?;
    world.has_started().await?;
    look_for(world, "かふぇ").await?;
    world.browser.click(&format!("{CAFE} .tn-card__link")).await?;
    world.browser.see("[data-testid=article] .tn-text").await?;
    ensure!(!world.browser.is_there("[data-testid=book]").await?, "it offers to book");
    // A link from outside, to a page of its own.
    world.browser.open(&host.url("/events/")).await?;
    world.has_started().await?;
    world.browser.see("[data-testid=event-card]").await.map(drop)
}

async fn nobody_books(world: &World, host: &PlainHost) -> Result<()> {
    world.browser.click(".tn-bar__link[href$='/bookings']").await?;
    world.browser.read("main", "予約を受け付けていません").await?;
    world.browser.click("main a[href$='/#associations']").await?;
    world.has_started().await?;
    let address = world.browser.client.current_url().await?;
    ensure!(address.as_str().starts_with(&host.url("/")), "the way to the telephones led to {address}");
    Ok(())
}

/// What was asked for was there, and nobody complained of anything.
async fn nothing_was_missed(world: &World, host: &PlainHost) -> Result<()> {
    let missed: Vec<_> = host.answered().into_iter().filter(|(_, status)| *status >= 400).collect();
    ensure!(missed.is_empty(), "asked for in vain: {missed:?}");
    if world.browser.engine == Engine::Chromium {
        // What the browser tells of its own offer to install is no complaint.
        let console = world.browser.console().await?;
        let complaints: Vec<&str> = console.lines().filter(|line| !line.starts_with("\"INFO\"")).collect();
        ensure!(complaints.is_empty(), "the console says {complaints:?}");
    }
    Ok(())
}

// She erased Tonari's traces in the folder, and the association's own site had forgotten what it kept for her.
async fn what_else_lies_on_that_site_stays_when_she_erases_her_device(world: &mut World) -> Result<()> {
    let host = host("/soudan/").await?;
    world.browser.open(&host.url("/device")).await?;
    world.has_started().await?;
    world.works_offline().await?;
    world
        .browser
        .promise("(localStorage.setItem('basket', '1'), caches.open('theirs').then(() => true))")
        .await?;
    world.browser.click("[data-testid=erase]").await?;
    world.browser.click("[data-testid=erase-yes]").await?;
    world.browser.see("[data-testid=erased]").await?;
    let left = world.browser.promise("caches.keys()").await?;
    ensure!(left == json!([]), "of ours are left {left}");
    let left = world.browser.promise("(caches.has('theirs'))").await?;
    ensure!(left == json!(true), "their cache is gone");
    let left = world.browser.script("return Object.keys(localStorage).join()").await?;
    ensure!(left == json!("basket"), "left are {left}");
    Ok(())
}
