//! What Firefox makes of an empty profile at its first start: databases and caches of its own, for seconds of both cores. It is
//! made once and copied for each story, which begins with the browser of somebody who has used it before, and nowhere.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tokio::sync::OnceCell;

use crate::engine::{Engine, Options, firefox_profile, launch};

/// Those of the start itself: who runs in it, where it listens, what it was told, and which tabs it would open again.
const OF_ONE_START: [&str; 6] = [
    "lock",
    ".parentlock",
    "MarionetteActivePort",
    "user.js",
    "sessionstore.jsonlz4",
    "sessionCheckpoints.json",
];

/// To be copied, never to be started.
pub async fn profile() -> Result<PathBuf> {
    static MADE: OnceCell<PathBuf> = OnceCell::const_new();
    MADE.get_or_try_init(async || make(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("../e2e")).await)
        .await
        .cloned()
        .context("Firefox's first start")
}

async fn make(beside: &Path) -> Result<PathBuf> {
    fs::create_dir_all(beside)?;
    let made = beside.join("firefox-profile");
    let home = tempfile::tempdir_in(beside)?;
    let log = home.path().join("driver.log");
    fs::File::create(&log)?;
    let (client, mut driver, _) = launch(Engine::Firefox, &Options::default(), &log, home.path()).await?;
    // Ends the browser as well, which writes down what it keeps.
    client.close().await?;
    driver.kill().await?;
    let profile = firefox_profile(home.path());
    for name in OF_ONE_START {
        fs::remove_file(profile.join(name)).ok();
    }
    fs::remove_dir_all(profile.join("sessionstore-backups")).ok();
    fs::remove_dir_all(&made).ok();
    // Another run may have been first; its is as good.
    fs::rename(profile, &made).or_else(|error| if made.is_dir() { Ok(()) } else { Err(error) })?;
    Ok(made)
}
