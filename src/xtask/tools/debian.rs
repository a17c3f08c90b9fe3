//! Debian packages: the three engines, PostgreSQL and what the fallback compiler needs. Only root may install them;
//! elsewhere one line says what to install, and we stop.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process::{self, Took};

struct Package {
    name: &'static str,
    /// Any of these shows that it is there, whoever installed it.
    probes: &'static [&'static str],
}

const BROWSERS: [Package; 6] = [
    Package { name: "chromium", probes: &["/usr/bin/chromium"] },
    Package { name: "chromium-driver", probes: &["/usr/bin/chromedriver"] },
    Package { name: "firefox-esr", probes: &["/usr/bin/firefox-esr"] },
    Package { name: "webkit2gtk-driver", probes: &["/usr/bin/WebKitWebDriver"] },
    Package { name: "xvfb", probes: &["/usr/bin/Xvfb"] },
    // Without Japanese letters every screenshot would show boxes, and layouts would not be the real ones.
    Package {
        name: "fonts-noto-cjk",
        probes: &[
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
        ],
    },
];

pub fn ensure_browsers() -> Result<()> {
    let missing: Vec<&str> = BROWSERS
        .iter()
        .filter(|package| !package.probes.iter().any(|probe| Path::new(probe).exists()))
        .map(|package| package.name)
        .collect();
    install(&missing, "the end-to-end tests drive three real browser engines")
}

/// It reads Chromium as a founder hears it who does not see her screen.
pub fn ensure_screen_reader() -> Result<()> {
    let there =
        ["/usr/bin/orca", "/usr/bin/dbus-run-session"].iter().all(|program| Path::new(program).exists());
    let missing: &[&str] = if there { &[] } else { &["orca", "at-spi2-core", "dbus"] };
    install(missing, "a story is told to a screen reader")
}

/// Where its versions lie, each with its programs.
const POSTGRES_VERSIONS: &str = "/usr/lib/postgresql";
const CLUSTERS: &str = "/etc/postgresql-common/createcluster.conf";

/// The server's programs, for tests that start one of their own. The one Debian would start by itself is not made.
pub fn ensure_postgres() -> Result<()> {
    let versions = fs::read_dir(POSTGRES_VERSIONS).into_iter().flatten().flatten();
    if versions.map(|version| version.path()).any(|version| version.join("bin/initdb").is_file()) {
        return Ok(());
    }
    let reason = "the stories of bookings run on PostgreSQL, too";
    if is_root()? && process::on_path("apt-get").is_some() {
        // First what holds the setting, then what obeys it.
        install(&["postgresql-common"], reason)?;
        make_no_cluster()?;
    }
    install(&["postgresql"], reason)
}

fn make_no_cluster() -> Result<()> {
    let settings = fs::read_to_string(CLUSTERS).unwrap_or_default();
    let others = settings.lines().filter(|line| !line.contains("create_main_cluster"));
    let lines: Vec<&str> = others.chain(["create_main_cluster = false"]).collect();
    fs::write(CLUSTERS, lines.join("\n") + "\n").with_context(|| format!("cannot write {CLUSTERS}"))
}

/// Installs packages, or says in one line who should.
pub fn install(packages: &[&str], reason: &str) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if process::on_path("apt-get").is_none() {
        bail!("please install what Debian calls: {list} ({reason})");
    }
    if !is_root()? {
        bail!("please run: sudo apt-get install {list} ({reason})");
    }
    println!("tools: installing Debian packages {list} ({reason})");
    let started = Instant::now();
    process::run(Command::new("apt-get").args(["update", "--quiet=2"]))?;
    let mut apt = Command::new("apt-get");
    apt.args(["install", "--yes", "--quiet=2", "--no-install-recommends"]).args(packages);
    process::run(apt.env("DEBIAN_FRONTEND", "noninteractive"))?;
    println!("tools: Debian packages installed in {}", Took(started.elapsed()));
    Ok(())
}

pub fn is_installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${Status}", package]).stderr(Stdio::null());
    query.output().is_ok_and(|answer| answer.stdout.ends_with(b" installed"))
}

/// The newest linker `lld-NN` the distribution has: only that one understands a new compiler's output.
pub fn newest_lld() -> Result<String> {
    if let Some(known) = newest_lld_in_lists()? {
        return Ok(known);
    }
    // A fresh image knows no packages before the first update.
    if is_root()? {
        process::run(Command::new("apt-get").args(["update", "--quiet=2"]))?;
    }
    newest_lld_in_lists()?
        .context("this distribution has no package lld-NN, or its lists are empty: apt-get update")
}

fn newest_lld_in_lists() -> Result<Option<String>> {
    let found = process::output(Command::new("apt-cache").args(["search", "--names-only", "^lld-[0-9]+$"]))?;
    let versions =
        found.lines().filter_map(|line| line.strip_prefix("lld-")?.split(' ').next()?.parse::<u32>().ok());
    Ok(versions.max().map(|newest| format!("lld-{newest}")))
}

fn is_root() -> Result<bool> {
    Ok(process::output(Command::new("id").arg("-u"))?.trim() == "0")
}
