//! Draws the bitmap icons from `public/icons/icon.svg`. Run by hand after a change of the drawing; the results are
//! committed, so that a build needs no browser.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::workspace::Workspace;

/// File and edge in pixels. The drawing keeps the mark inside the safe circle of maskable icons, so one serves all.
const ICONS: [(&str, u32); 3] = [("apple-touch-icon.png", 180), ("icon-192.png", 192), ("icon-512.png", 512)];

pub fn run(workspace: &Workspace) -> Result<()> {
    let browser = process::on_path("chromium").context("drawing icons needs chromium on the PATH")?;
    let drawing = workspace.path("public/icons/icon.svg");
    let profile = workspace.target().join("icons-profile");
    for (file, edge) in ICONS {
        let out = workspace.path("public/icons").join(file);
        let drawn = Command::new(&browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"])
            .args(["--force-device-scale-factor=1", "--disable-background-networking", "--disable-sync"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--window-size={edge},{edge}"))
            .arg(format!("--screenshot={}", out.display()))
            .arg(format!("file://{}", drawing.display()))
            .output()?;
        ensure!(drawn.status.success() && out.is_file(), "chromium did not draw {file}");
        println!("{} {edge} × {edge}, {} bytes", out.display(), fs::metadata(&out)?.len());
    }
    Ok(())
}
