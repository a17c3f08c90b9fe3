//! The processes of a browser, as Linux tells of them: found from the one we started, and ended by their id.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Result, ensure};
use tests::patience::until;
use tokio::process::Command;

/// Ends it without a chance to tidy up.
pub async fn kill(pid: u32) -> Result<()> {
    let status =
        Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status().await?;
    ensure!(status.success(), "{pid} had ended before");
    Ok(())
}

/// What a power cut leaves of a program: nothing but its files. All that it started ends with it, itself first.
pub async fn kill_whole(program: u32) -> Result<()> {
    let whole = [vec![program], children(program)?].concat();
    for pid in &whole {
        // Those it had started may have gone with it.
        kill(*pid).await.ok();
    }
    until("its processes to be gone", async || Ok((!whole.iter().copied().any(runs)).then_some(()))).await
}

/// One that has ended and was not fetched yet runs no more.
fn runs(pid: u32) -> bool {
    stat(pid).is_some_and(|fields| !fields.starts_with('Z'))
}

/// And theirs; not those that have ended and still have a name.
pub fn children(parent: u32) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let Ok(pid) = entry?.file_name().to_string_lossy().parse::<u32>() else { continue };
        if parent_of(pid) == Some(parent) && runs(pid) {
            found.push(pid);
            found.extend(children(pid)?);
        }
    }
    Ok(found)
}

fn parent_of(pid: u32) -> Option<u32> {
    stat(pid)?.split_whitespace().nth(1)?.parse().ok()
}

/// From field 3 of `stat` on; the name in field 2 may contain anything but ends with the last parenthesis.
fn stat(pid: u32) -> Option<String> {
    let stat = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).ok()?;
    Some(stat.rsplit(')').next()?.trim_start().to_owned())
}

pub fn name_of(pid: u32) -> String {
    std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("comm")).unwrap_or_default()
}
